"""What a user's yes and no make of a story: verdicts after 0, 5, 10 and 20 labels, on articles that none of them is on.

    python -m bench.labels [NAME…] [--split fifths|ahead|halves] [--rows odd|all] [--wrong 0.1] [--crowded] [--seeds 3] [--users 2]

A story's stream is dealt into articles that may be labelled and articles that are scored. The user reads the
first kind in the order of publication and answers by the gold band what he is shown: what is *on* was
alerted, what is *maybe* stood in the digest; no other. What is *maybe* in truth he leaves alone, and of the rest he
answers four of five, which ones hangs on the user. After each fifth answer the profile is taught anew, and
what is shown from then on is what it shows. `--wrong` is the share of answers that are a slip of the hand.

- `fifths`: each fifth of the rows, dealt in turn, is scored by what the user said of the other four; all
  fifths are counted together.
- `ahead`: the first half may be labelled, the second is scored.
- `halves`: the odd rows (1, 3, 5 …, counted from 0) may be labelled, the even ones are scored.

`--crowded` hangs the openings of three other articles below each that is labelled, as a page that was badly read does.
`--rows odd` (the default) takes of stories that are held out in part those rows alone, counted from 0: the half that nobody
read, but of quay, ferry and goldmine the other. They are scored as a whole. `--seeds N` replaces
a story's seeds by N reports drawn from its stream, which are neither labelled nor scored.
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from monitor.model import Label, Seed, Story
from monitor.story.labels import taught
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.measures import average_precision
from monitor.story.profile import Profile, learn
from tests.labelled import Row, learnt, stream_of

HURRIED = ("dialysis", "waterbill", "throws", "karkheh", "dredger")
READ = (
    "dam",
    "takeover",
    "bank",
    "mussels",
    "protests",
    "cuts",
    "wells",
    "medicines",
    "oilfield",
    "climbers",
)
OWN = ("own-measles", "own-power", "own-talks", "own-trial")
BUDGETS = (0, 5, 10, 20)
A_DAY = 5
ANSWERED = 0.8
FALSE_ALARM = 4.9  # beside a miss (monitor/story/measures.py)

# Score (0.5 the edge), band, whether the first look lets it go, and the band in truth.
Judged = tuple[float, str, bool, str]
Teach = Callable[[Profile, Sequence[Label]], Profile]


class Figures(NamedTuple):
    """Of one story at one budget: labels given, and how the rest is judged."""

    labels: float
    precision: float
    cost: float
    found: float
    misses: float
    alarms: float
    let_go: float


def rows_of(name: str, which: str) -> list[Row]:
    rows = stream_of(name)
    return rows[1::2] if which == "odd" and not name.startswith(("own-", "held-out-")) else rows


def drawn(rows: Sequence[Row], count: int, chance: random.Random) -> list[Row]:
    """Reports as a hurried user takes them: any, each of an event of its own."""
    found: dict[str, Row] = {}
    reports = [row for row in rows if row["band"] == "on" and row["kind"] != "headline"]
    for row in chance.sample(reports, len(reports)):
        found.setdefault(row["development"], row)
    return list(found.values())[:count]


def splits(rows: Sequence[Row], how: str) -> Iterator[tuple[list[Row], list[Row]]]:
    """(may be labelled, are scored)."""
    if how == "halves":
        yield list(rows[1::2]), list(rows[::2])
    elif how == "ahead":
        yield list(rows[: len(rows) // 2]), list(rows[len(rows) // 2 :])
    else:
        for fold in range(5):
            yield (
                [row for at, row in enumerate(rows) if at % 5 != fold],
                [row for at, row in enumerate(rows) if at % 5 == fold],
            )


def verdict(profile: Profile, row: Row) -> Any:
    return judge(profile, title=row["title"], text=row["text"], language=row["lang"])


def reading(
    profile: Profile, rows: Sequence[Row], chance: random.Random, options: Namespace, teach: Teach
) -> list[tuple[int, Profile]]:
    """(labels, profile) at each budget; the last again where nothing more was shown."""
    now, labels = profile, list[Label]()
    found = [(0, profile)]
    for number, row in enumerate(rows):
        answers, slip = chance.random() < ANSWERED, chance.random() < options.wrong
        if not answers or row["band"] == "maybe" or verdict(now, row).band == "off":
            continue
        yes = (row["band"] == "on") != slip
        text = row["text"]
        for other in chance.sample(rows, 3) if options.crowded else ():
            text += f"\n\n{other['title']}. {other['text'][:200]}"
        labels.append(
            Label(article=number, yes=yes, title=row["title"], text=text, language=row["lang"])
        )
        if len(labels) % A_DAY == 0:
            now = teach(profile, labels)
            if len(labels) in BUDGETS:
                found.append((len(labels), now))
        if len(labels) == BUDGETS[-1]:
            return found
    last = len(labels), teach(profile, labels) if len(labels) % A_DAY else now
    return [*found, *[last] * (len(BUDGETS) - len(found))]


def one(
    name: str, user: int, options: Namespace, teach: Teach = taught
) -> list[tuple[int, list[Judged]]]:
    """For each budget the labels given, and how what is scored is judged."""
    chance = random.Random(f"{name} {user}")
    rows = rows_of(name, options.rows)
    if options.seeds:
        taken = drawn(rows, options.seeds, chance)
        seeds = [
            Seed(name=row["id"], title=row["title"], text=row["text"], language=row["lang"])
            for row in taken
        ]
        rows = [row for row in rows if row not in taken]
        profile = learn(Story(name=name, title=name, seeds=Path("seeds")), seeds)
    else:
        profile = learnt(name)
    total: list[list[Any]] = [[[], []] for _ in BUDGETS]
    for shown, scored in splits(rows, options.split):
        steps = reading(profile, shown, chance, options, teach)
        for at, (count, now) in enumerate(steps):
            total[at][0].append(count)
            for row in scored:
                match = verdict(now, row)
                look = glance(
                    now, title=row["title"], summary=row["text"][:200], language=row["lang"]
                )
                score = match.score / match.threshold / 2
                total[at][1].append((score, match.band, look.off, row["band"]))
    return [(round(mean(counts)), judged) for counts, judged in total]


def figures(count: float, judged: Sequence[Judged]) -> Figures:
    told = [(score, truth == "on") for score, _, _, truth in judged if truth != "maybe"]
    on = [(band, off) for _, band, off, truth in judged if truth == "on"]
    alarms = [band == "on" for _, band, _, truth in judged if truth == "off"]
    misses = mean(band != "on" for band, _ in on)
    return Figures(
        labels=count,
        precision=average_precision(told),
        cost=misses + FALSE_ALARM * mean(alarms),
        found=mean(band != "off" for _, band, _, truth in judged if truth != "off"),
        misses=misses,
        alarms=mean(alarms),
        let_go=mean(off for _, off in on),
    )


def of_story(name: str, options: Namespace, teach: Teach = taught) -> list[Figures]:
    """The means over the users, at each budget."""
    users = [
        [figures(*each) for each in one(name, user, options, teach)]
        for user in range(options.users)
    ]
    return [Figures(*map(mean, zip(*steps, strict=True))) for steps in zip(*users, strict=True)]


def line(name: str, steps: Sequence[Figures]) -> str:
    cells = (
        f"{s.labels:4.0f}: {s.precision:.3f} {s.cost:.3f} {s.found:.2f} {s.misses:.2f}/{s.alarms:.3f} {s.let_go:.2f}"
        for s in steps
    )
    return f"{name:20}" + " |".join(cells)


def options_of(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--split", choices=("fifths", "ahead", "halves"), default="fifths")
    parser.add_argument("--rows", choices=("odd", "all"), default="odd")
    parser.add_argument("--wrong", type=float, default=0.0)
    parser.add_argument("--crowded", action="store_true")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("--users", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(arguments)


def report(options: Namespace, work: Callable[[str, Namespace], list[Figures]] = of_story) -> None:
    names = options.names or [*HURRIED, *READ, *OWN]
    print(
        "story: labels: AP, cost, on or maybe found, misses/false alarms, let go by the first look, at each budget"
    )
    with ProcessPoolExecutor(options.jobs) as pool:
        found = dict(zip(names, pool.map(work, names, [options] * len(names)), strict=True))
    for name, steps in found.items():
        print(line(name, steps))
    for title, group in (
        ("hurried", HURRIED),
        ("the others", [n for n in names if n not in HURRIED]),
        ("all", names),
    ):
        kept = [found[name] for name in group if name in found]
        if kept:
            print(
                line(
                    f"mean: {title}",
                    [
                        Figures(*map(mean, zip(*each, strict=True)))
                        for each in zip(*kept, strict=True)
                    ],
                )
            )


if __name__ == "__main__":
    report(options_of(sys.argv[1:]))
