"""What the sentence encoder gains on words that no list has.

python -m bench.meaning            # first sight: words withheld, each set judged by the others
python -m bench.meaning --stories  # stories of other kinds, by the shipped file
python -m bench.meaning --rank     # the themes beside likeness to the seeds
python -m bench.meaning --cost     # CPU and memory of reading
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from mmap import PAGESIZE
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.directions import SETS, STORIES, Array, arrays, encoded, rows, unit
from monitor.cli.stream import Stream
from monitor.model import Reason, Story
from monitor.story import concepts, encoder, match, news_words, unlisted, vocabulary
from monitor.story.facts import facts
from monitor.story.match import judge
from monitor.story.measures import alerts, average_precision, b_cubed, b_cubed_across, cost
from monitor.story.profile import Profile, learn
from tests import labelled
from tests.labelled import ROOT, SEEDS, Row, learnt, shipped


@contextmanager
def withheld(share: float, draw: int) -> Iterator[None]:
    """The lists without a share of their spellings for themes and acts."""
    chance = random.Random(draw)
    with TemporaryDirectory() as folder:
        for name in ("aliases.txt", "acts.txt"):
            lines, kind = [], ""
            for line in (ROOT / "monitor" / "story" / name).read_text("utf-8").splitlines():
                written = line
                if line.startswith("["):
                    kind = line.partition("]")[2].split()[0]
                elif line and not line.startswith("#") and kind in {"theme", "act"}:
                    language, _, spellings = line.partition(":")
                    kept = [each for each in spellings.split("|") if chance.random() >= share]
                    written = f"{language}:{'|'.join(kept)}" if kept else ""
                lines.append(written)
            Path(folder, name).write_text("\n".join(lines), "utf-8")
        with (
            patch.object(concepts, "files", lambda _: Path(folder)),
            patch.object(news_words, "files", lambda _: Path(folder)),
        ):
            _forget()
            yield
    _forget()


def _forget() -> None:
    for remembered in (
        concepts.shipped, news_words.shipped, news_words.reactions, news_words.spokesmen, vocabulary.common,
    ):  # fmt: skip
        remembered.cache_clear()


def figures(profile: Profile, every: Sequence[Row]) -> dict[str, float]:
    """The verdicts' and the groups' measures on one stream."""
    stream = Stream(profile, timedelta(days=14))
    pairs = [(row, stream.judge(row)) for row in every]
    scored = [(a["score"], r["band"] == "on") for r, a in pairs if r["band"] != "maybe"]
    wanted = [a["band"] != "off" for r, a in pairs if r["band"] != "off"]
    on = [(r, a) for r, a in pairs if r["band"] == "on"]
    groups = [(r["development"], a["development"] or r["id"]) for r, a in on]
    told, lost = alerts(
        [(r["development"], a["band"] == "on" and a["relation"] == "new") for r, a in on]
    )
    return {
        "AP": average_precision(scored),
        "cost": cost(scored),
        "misses": sum(score < 0.5 for score, is_on in scored if is_on),
        "alarms": sum(score >= 0.5 for score, is_on in scored if not is_on),
        "on or maybe": sum(wanted) / len(wanted),
        "B-cubed F1": b_cubed(groups)[2],
        "across": b_cubed_across(
            [(*pair, r["lang"]) for pair, (r, _) in zip(groups, on, strict=True)]
        ),
        "alerts": told,
        "lost": lost,
    }


def first_sight(names: Sequence[str], draws: Sequence[tuple[float, int]]) -> None:
    """Print each set's figures without and with the encoder, taught by the other sets."""
    total: dict[tuple[str, bool], list[Mapping[str, float]]] = defaultdict(list)
    for share, draw in draws:
        with withheld(share, draw):
            story = Story(name="soldiers", title="Soldiers", seeds=SEEDS)
            plain = learn(story, shipped())
            if set(plain.required) != {"who", "with", "what"}:
                print(share, draw, "the seeds are not understood without these words")
                continue
            by_meaning = learn(replace(story, encoder=True), shipped())
            for name in names:
                others = arrays([each for each in SETS if each != name], plain)
                reader = encoder.Reader(lambda text: encoded([text])[0], others)
                with patch.object(encoder, "reader", lambda reader=reader: reader):
                    encoder.meaning.cache_clear()
                    encoder._middle.cache_clear()
                    total[name, True].append(figures(by_meaning, rows(name, read=False)))
                total[name, False].append(figures(plain, rows(name, read=False)))
                for on in (False, True):
                    print(
                        share,
                        draw,
                        name,
                        "with" if on else "without",
                        shown(total[name, on][-1:]),
                        flush=True,
                    )
    for on in (False, True):
        every = [each for (_, kind), found in total.items() if kind == on for each in found]
        print("all", "with" if on else "without", shown(every))


def stories() -> None:
    """Print the figures of stories of other kinds, by the shipped file; two are held out."""
    for name in (*STORIES, "held-out-ship", "held-out-volcano"):
        plain, every = learnt(name), labelled.stream_of(name)
        for on in (False, True):
            profile = learn(replace(plain.story, encoder=True), plain.seeds) if on else plain
            found = shown([figures(profile, every)])
            print(name, "with" if on else "without", found, flush=True)


def ranked(names: Sequence[str], draws: Sequence[int]) -> None:
    """Print how well three measures tell what is on the story, where no list has the act's word.

    The area under the curve: how often one on the story stands above one off it.
    """
    told: list[tuple[bool, list[float]]] = []
    for draw in draws:
        with withheld(0.6, draw):
            story = Story(name="soldiers", title="Soldiers", seeds=SEEDS, encoder=True)
            profile = learn(story, shipped())
            for name in names:
                others = arrays([each for each in SETS if each != name], profile)
                means_of = dict(zip(others["languages"], others["means"], strict=True))

                def near(lead: str, language: str, means_of: Array = means_of, mean: Array = others["mean"]) -> float:  # fmt: skip
                    own = encoded([encoder.lead(each.title, [each.text]) for each in shipped()])
                    own = unit(own - means_of["ar"])
                    return float(
                        (own @ unit(encoded([lead])[0] - means_of.get(language, mean))).max()
                    )

                seen: list[tuple[float, str]] = []

                def watch(
                    profile: Profile, score: float, passage: Any, article: Any, language: Any,
                    seen: list[tuple[float, str]] = seen,
                ) -> tuple[float, list[Reason]]:  # fmt: skip
                    moved, reasons = unlisted.unlisted(profile, score, passage, article, language)
                    seen.extend((score, reason.sentence or "") for reason in reasons)
                    return moved, reasons

                reader = encoder.Reader(lambda text: encoded([text])[0], others)
                with (
                    patch.object(encoder, "reader", lambda reader=reader: reader),
                    patch.object(match, "unlisted", watch),
                ):
                    encoder.meaning.cache_clear()
                    for row in rows(name, read=False):
                        seen.clear()
                        judge(profile, title=row["title"], text=row["text"], language=row["lang"])
                        if seen and row["band"] != "maybe":
                            score, lead = seen[-1]
                            themes = encoder.meaning(lead, row["lang"]).themes
                            means = sum(unlisted.shares(profile, themes).values())
                            told.append(
                                (row["band"] == "on", [score, near(lead, row["lang"]), means])
                            )
    for at, measure in enumerate(("score by the lists", "likeness to the seeds", "themes")):
        on = np.array([values[at] for is_on, values in told if is_on])
        off = np.array([values[at] for is_on, values in told if not is_on])
        above = (on[:, None] > off).mean() + (on[:, None] == off).mean() / 2
        print(f"{measure}: {above:.2f} ({len(on)} on the story, {len(off)} off)")


def spent() -> None:
    """Print what loading and reading cost, in CPU time and memory."""

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGESIZE >> 20

    every = [row for name in ("third", "dev") for row in rows(name)]
    story = Story(name="soldiers", title="Soldiers", seeds=SEEDS)
    took: dict[str, list[float]] = defaultdict(list)
    for on in (False, True):
        profile = learn(replace(story, encoder=on), shipped())
        if on:
            before, began = resident(), process_time()
            encoder.reader()
            print(f"loading: {process_time() - began:.1f} s, {resident() - before} MB")
        for row in every:
            read, began = encoder.meaning.cache_info().misses, process_time()
            said = {"title": row["title"], "text": row["text"], "language": row["lang"]}
            if judge(profile, **said).band != "off":
                facts(profile, **said)
            new = encoder.meaning.cache_info().misses > read
            took["read by meaning" if new else "others with it" if on else "without it"].append(
                (process_time() - began) * 1000
            )
    for kind, times in took.items():
        times.sort()
        middle, most = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{kind}: {len(times)} articles, median {middle:.1f} ms, 95th of 100 {most:.1f} ms")
    print(f"resident after all: {resident()} MB")


def shown(found: Sequence[Mapping[str, float]]) -> str:
    return ", ".join(f"{key} {np.mean([each[key] for each in found]):.3f}" for key in found[0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", action="store_true", help="stories of other kinds")
    parser.add_argument("--rank", action="store_true", help="beside likeness to the seeds")
    parser.add_argument("--cost", action="store_true", help="what it costs in CPU and memory")
    parser.add_argument(
        "--draws", type=int, default=3, help="draws of withheld words, half of 40 %%"
    )
    asked = parser.parse_args()
    if asked.stories:
        stories()
        return
    if asked.rank:
        ranked([name for name in SETS if name != "variants-3"], (2, 4))
        return
    if asked.cost:
        spent()
        return
    draws = [(0.4 if draw % 2 else 0.6, draw) for draw in range(1, asked.draws + 1)]
    first_sight(["dev", "second", "third", "fifth", "sixth", "variants", "variants-4"], draws)


if __name__ == "__main__":
    main()
