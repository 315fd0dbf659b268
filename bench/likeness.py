"""What the sentence encoder gains for stories that no name of their own tells.

    python -m bench.likeness            # the lists whole, and with words for kinds withheld
    python -m bench.likeness FOLDER...  # story folders (seeds/, stream.jsonl) as they are
    python -m bench.likeness --cost     # how much of general news is read by it, and what that costs

Of stories of the tests that half was read of, that half alone is scored.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time
from unittest.mock import patch

from bench.meaning import figures, shown
from monitor.learn import seeds
from monitor.model import Story
from monitor.story import encoder, survey
from monitor.story.look import glance
from monitor.story.match import judge
from monitor.story.measures import average_precision, least_cost
from monitor.story.profile import Profile, learn
from tests.labelled import ROOT, STORIES, Row, read_of, rows

READ = ("protests", "cuts", "wells")
WITHHELD = ((0.0, 0), (0.4, 1), (0.4, 2), (0.6, 3), (0.6, 4))


def folders() -> list[Path]:
    """Those of the stories without a name of their own that may be looked at."""
    return [*(STORIES / name for name in READ), *sorted(STORIES.glob("own-*"))]


def rows_of(folder: Path) -> list[Row]:
    """The rows of a story folder; of the tests' those that may be read, or all that are only scored."""
    if folder.resolve().parent == STORIES and not folder.name.startswith("held-out-"):
        return read_of(folder.name)
    return rows(folder / "stream.jsonl")


@contextmanager
def withheld(share: float, draw: int) -> Iterator[None]:
    """The lists of kinds without a share of the spellings of each language."""
    listed = survey._listed

    def some(language: str) -> Mapping[str, Sequence[str]]:
        chance = random.Random(f"{draw} {language}")
        return {
            kind: [each for each in own if chance.random() >= share]
            for kind, own in listed(language).items()
        }

    with patch.object(survey, "_listed", some if share else listed):
        _forget()
        yield
    _forget()


def _forget() -> None:
    survey.kinds.cache_clear()
    survey._surveyed = survey.Sentences(survey._survey, survey.LETTERS)  # type: ignore[misc]


def profiles(folder: Path) -> tuple[Profile, Profile]:
    """A folder's story without the encoder, and with it, by the lists as they stand."""
    plain = Story(name=folder.name, title=folder.name, seeds=folder / "seeds")
    with_it = replace(plain, encoder=True)
    return learn(plain, seeds(plain)), learn(with_it, seeds(with_it))


def measured(profile: Profile, rows: Sequence[Row]) -> dict[str, float]:
    """The figures of one stream, with what the best edge would cost and what is never read."""
    found = figures(profile, rows)
    scored = [
        (judge(profile, title=r["title"], text=r["text"], language=r["lang"]).score, r["band"])
        for r in rows
    ]
    pairs = [(score, band == "on") for score, band in scored if band != "maybe"]
    assert abs(average_precision(pairs) - found["AP"]) < 0.05
    unread = sum(
        glance(profile, title=r["title"], summary=r["text"][:200], language=r["lang"]).off
        for r in rows
        if r["band"] == "on"
    )
    return {**found, "best edge": least_cost(pairs), "unread": unread}


def gained() -> None:
    """Print the figures with words withheld."""
    total: dict[tuple[float, bool], list[Mapping[str, float]]] = defaultdict(list)
    for share, draw in WITHHELD:
        with withheld(share, draw):
            for folder in folders():
                for on, profile in enumerate(profiles(folder)):
                    total[share, bool(on)].append(measured(profile, rows_of(folder)))
    for (share, on), found in sorted(total.items()):
        print(f"{share:.0%} withheld,", "with" if on else "without", shown(found))


def spent() -> None:
    """Print how much the encoder reads of general news and of the streams, and its CPU time."""
    news = rows(ROOT / "tests" / "data" / "newsroom" / "others.jsonl")
    encoder.reader()
    took: dict[tuple[str, bool], list[float]] = defaultdict(list)
    read: dict[str, list[float]] = defaultdict(list)
    for folder in folders():
        for on, profile in enumerate(profiles(folder)):
            seed = profile.seeds[0]
            judge(profile, title=seed.title, text=seed.text, language=seed.language)
            for kind, every in (("general news", news), ("its stream", rows_of(folder))):
                before = encoder.near.cache_info().misses
                began = process_time()
                for row in every:
                    judge(profile, title=row["title"], text=row["text"], language=row["lang"])
                took[kind, bool(on)].append((process_time() - began) / len(every) * 1000)
                if on:
                    read[kind].append((encoder.near.cache_info().misses - before) / len(every))
    for (kind, on), times in took.items():
        said = f", {median(read[kind]):.0%} read" if on else ""
        how = "with" if on else "without"
        print(f"{kind}, {how}: {median(times):.1f} ms an article (median of the stories){said}")


def main() -> None:
    """Print what was asked for."""
    if "--cost" in sys.argv:
        spent()
    elif len(sys.argv) > 1:
        for name in sys.argv[1:]:
            for on, profile in enumerate(profiles(Path(name))):
                found = shown([measured(profile, rows_of(Path(name)))])
                print(Path(name).name, "with" if on else "without", found)
    else:
        gained()


if __name__ == "__main__":
    main()
