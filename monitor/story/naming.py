"""Learning a story's own names from its seeds: the dam, the company, the judge.

What the alias file does not know tells a story all the same, where most seeds name it:
written as a name in scripts with capitals; in others a rare word, or two of which one
hardly stands without the other, that they share. A rare word in most headlines ("botulism") is as
good as a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Final

from monitor.model import Seed
from monitor.story.capitals import CASED, SHORTEST, has_capitals, named_in, nouns, written_small
from monitor.story.names import FEWEST, FULL, WITH_CAPITALS, Names, script
from monitor.story.vector import common, heard_often
from monitor.text.arabic import fold
from monitor.text.sound import consonants, loose
from monitor.text.words import UNSPACED, sentences, split, stem

# A name counts from this share of the pieces on, and in full from the second on.
_SOME: Final = 0.4
_MOST: Final = 0.6
# What a name of some pieces, a part of a longer name, and one that is in few headlines (a
# town, a spokesman) count beside one that most pieces name.
_OF_SOME: Final = 0.5
_OF_PART: Final = 0.9
_IN_TEXT: Final = 0.6
# The share of the headlines in which what a story is about stands.
_HEADED: Final = 0.4
# A rare word that is no name tells the story when this share of the pieces have it, and it is this
# long.
_TERM: Final = 0.8
_LONG: Final = 7
# Of the times that a word of a name stands in the seeds, how often beside the other.
_BOUND: Final = 0.75
# Seeds of one kind of script at the least, to share something.
_FEWEST_SEEDS: Final = 2
# Seeds at the least of which each has a name, that it tells the story also where few headlines have it.
_ENOUGH: Final = 3
_SOLID: Final = "solid"
# Signs of a name where no spaces part words.
_SIGNS: Final = range(3, 13)
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_RUNS: Final = re.compile(f"[{UNSPACED}]+")
_MOST_NAMES: Final = 24


def learn_names(
    seeds: Sequence[Seed],
    known: Collection[str] = (),
    is_country: Callable[[str], bool] = lambda name: False,
) -> Names:
    """The names that enough of the seeds share; `known` are words that are none of its own."""
    found: dict[str, float] = {}
    terms: dict[str, float] = {}
    by_script: dict[str, list[Seed]] = {}
    for seed in seeds:
        by_script.setdefault(_script_of(seed), []).append(seed)
    for written, own in by_script.items():
        if len(own) < _FEWEST_SEEDS:
            continue
        if written in WITH_CAPITALS:
            terms |= _terms(own, known)
            found.update({**terms, **_of_cased(own, known)})
        elif written == _SOLID:
            found.update(_of_solid(own, known))
        else:
            found.update(_of_uncased(own, known))
    if len(seeds) >= _ENOUGH and not any(weight >= FULL for weight in found.values()):
        whole = _of_every(seeds, found)
        found.update(
            {name: 1.0 for name in found if not whole.isdisjoint({name, *name.split(" ")})}
        )
    of_lands = {name for name in found if is_country(name)}
    parts_of_lands = {part for name in of_lands for part in name.split(" ")}
    kept = (each for each in found.items() if each[0] not in of_lands | parts_of_lands)
    weights = dict(sorted(kept, key=lambda each: (-each[1], each[0]))[:_MOST_NAMES])
    stems: dict[str, tuple[str, ...]] = {}
    sounds: dict[str, tuple[tuple[str, str], ...]] = {}
    languages = tuple(dict.fromkeys(seed.language for seed in seeds if seed.language))
    solid = frozenset(filter(_UNSPACED.match, weights))
    for name in weights:
        parts = name.split(" ")
        firsts = (
            {name[:2]} if name in solid else {stem(parts[0], each) for each in (None, *languages)}
        )
        for first in firsts:
            stems[first] = (*stems.get(first, ()), name)
        cased = CASED.fullmatch(parts[0]) is not None and _is_cased(name)
        for part in (stem(each) if not cased else each for each in parts):
            if heard_often(part) or common(part) or (len(parts) > 1 and cased):
                continue
            for key in {consonants(part), loose(part)}:
                if len(key) >= FEWEST:
                    sounds[key] = (*sounds.get(key, ()), (name, part))
    forms = frozenset(
        form
        for name, weight in weights.items()
        for part in name.split(" ")
        for form in (part, *(stem(part, language) for language in (None, *languages)))
        if weight >= FULL
    )
    begins = {name.partition(" ")[0] for name in weights if " " in name}
    # An r at the end is often left out.
    signs = {
        (key, name)
        for each in sounds.values()
        for name, part in each
        for key in {loose(part), loose(part).removesuffix("r")}
        if len(key) >= FEWEST
    }
    return Names(
        weights,
        stems,
        sounds,
        tuple(sorted(signs)),
        frozenset(terms).intersection(weights),
        forms,
        frozenset(begins.intersection(weights)),
        frozenset(name for name in weights if _is_told(seeds, name)),
        solid,
        languages,
    )


def _of_solid(seeds: Sequence[Seed], known: Collection[str]) -> dict[str, float]:
    """Runs of signs of a script without spaces that most headlines and pieces share."""
    heads = [fold(seed.title) for seed in seeds]
    texts = [fold(f"{seed.title}\n{seed.text}") for seed in seeds]
    runs = {
        run[at : at + size]
        for head in heads
        for run in _RUNS.findall(head)
        for size in _SIGNS
        for at in range(len(run) - size + 1)
    }
    shared = {
        run
        for run in runs
        if sum(run in head for head in heads) >= _HEADED * len(seeds)
        and sum(run in text for text in texts) >= _MOST * len(seeds)
        and run not in known
        and not all(heard_often(run[at : at + 2], rare=True) for at in range(len(run) - 1))
    }
    return {run: 1.0 for run in shared if not any(run in each for each in shared - {run})}


def _script_of(seed: Seed) -> str:
    """The script of the seed with capitals, "solid" for words without spaces, empty for others."""
    if has_capitals(seed.text):
        return Counter(map(script, split(fold(seed.text)))).most_common(1)[0][0]
    solid = sum(map(len, _RUNS.findall(seed.text)))
    return _SOLID if 2 * solid > sum(map(str.isalpha, seed.text)) else ""


def _is_cased(name: str) -> bool:
    return name.upper() != name


def _of_cased(seeds: Sequence[Seed], known: Collection[str]) -> dict[str, float]:
    """Runs of words that the seeds write with capitals, and their parts."""
    plain = {word for seed in seeds for word in written_small(seed)}
    plain |= {word for word in nouns(seeds) if not _is_in_headlines(seeds, word)}
    weights: dict[str, float] = {}
    language = Counter(seed.language for seed in seeds).most_common(1)[0][0]
    named = named_in(seeds, plain, known)
    spelt = Counter(name for run in named for name in run)
    alone = {name for name in spelt if " " not in name}
    # Калужин and Калужине are one.
    forms: dict[str, list[str]] = {}
    for name, _ in spelt.most_common():
        key = " ".join(stem(part, language) for part in name.split(" "))
        forms.setdefault(key, []).append(name)
    for written in forms.values():
        name, count = written[0], sum(not run.isdisjoint(written) for run in named)
        parts = name.split(" ")
        if name in known or common(name) or (len(parts) == 1 and name in plain):
            continue
        weight = _weight(seeds, name, count)
        if not weight:
            continue
        weights[name] = max(weight, weights.get(name, 0.0))
        for part in parts if len(parts) > 1 else ():
            if len(part) < SHORTEST or part in plain or part in known or common(part):
                continue
            if part in alone or not heard_often(part, rare=True):
                weights[part] = max(weight * _OF_PART, weights.get(part, 0.0))
    return weights


def _terms(seeds: Sequence[Seed], known: Collection[str]) -> dict[str, float]:
    """Rare words that are no names and stand in most headlines and nearly all pieces: "botulism"."""
    pieces = [set(split(fold(f"{seed.title} {seed.text}"))) for seed in seeds]
    heads = Counter(word for seed in seeds for word in set(split(fold(seed.title))))
    known_stems = {stem(word) for word in known}
    small = {word for seed in seeds for word in written_small(seed)}
    return {
        word: 1.0
        for word, count in heads.items()
        if count >= _MOST * len(seeds)
        and word in small
        and sum(word in piece for piece in pieces) >= _TERM * len(seeds)
        and len(word) >= _LONG
        and not (common(word) or heard_often(word, rare=True) or stem(word) in known_stems)
    }


def _weight(seeds: Sequence[Seed], name: str, count: int) -> float:
    share = count / len(seeds)
    weight = 1.0 if share >= _MOST else _OF_SOME if share >= _SOME and count > 1 else 0.0
    return weight if _is_in_headlines(seeds, name) else weight * _IN_TEXT


def _of_every(seeds: Sequence[Seed], names: Collection[str]) -> set[str]:
    """The names that every seed has and hardly another story: no town, no office, no byline."""
    texts = [
        _stems(" ".join(split(fold(f"{seed.title} {seed.text}"))), seed.language) for seed in seeds
    ]
    return {
        name
        for name in names
        if not any(heard_often(part, rare=True) or common(part) for part in name.split(" "))
        and all(
            _stems(name, seed.language) in text for seed, text in zip(seeds, texts, strict=True)
        )
        and _is_told(seeds, name)
    }


def _is_in_headlines(seeds: Sequence[Seed], name: str) -> bool:
    headed = (_stems(name, seed.language) in _headed(seed) for seed in seeds)
    return sum(headed) >= _HEADED * len(seeds)


def _is_told(seeds: Sequence[Seed], name: str) -> bool:
    """Whether a headline has the name, or many texts in their midst and hardly other news.

    Before and behind it stand who wrote the piece, for whom and where.
    """
    if _UNSPACED.match(name) or any(_stems(name, s.language) in _headed(s) for s in seeds):
        return True
    if len(name) < _LONG or any(heard_often(part, rare=True) for part in name.split(" ")):
        return False
    midst = (" ".join(sentences(seed.text)[1:-1]) for seed in seeds)
    language = seeds[0].language
    inside = sum(
        _stems(name, language) in _stems(" ".join(split(fold(text))), language) for text in midst
    )
    return inside >= _SOME * len(seeds)


def _headed(seed: Seed) -> str:
    return _stems(" ".join(split(fold(seed.title))), seed.language)


def _stems(name: str, language: str | None) -> str:
    return f" {' '.join(stem(word, language) for word in name.split(' '))} "


def _of_uncased(seeds: Sequence[Seed], known: Collection[str]) -> dict[str, float]:
    """Rare words that the seeds share, and pairs of words that seldom stand apart."""
    texts = [
        [split(fold(sentence)) for sentence in sentences(f"{seed.title}\n{seed.text}")]
        for seed in seeds
    ]
    pieces = [[[stem(word) for word in words] for words in piece] for piece in texts]
    spelt: dict[str, Counter[str]] = {}
    written: dict[tuple[str, str], Counter[str]] = {}
    for words in (words for piece in texts for words in piece):
        for word in words:
            spelt.setdefault(stem(word), Counter())[word] += 1
        for one, two in pairwise(words):
            written.setdefault((stem(one), stem(two)), Counter())[f"{one} {two}"] += 1
    times = Counter(word for piece in pieces for sentence in piece for word in sentence)
    shared = Counter(word for piece in pieces for word in {w for s in piece for w in s})
    pairs = Counter(pair for piece in pieces for sentence in piece for pair in pairwise(sentence))
    of_pair = Counter(
        pair for piece in pieces for pair in {p for sentence in piece for p in pairwise(sentence)}
    )
    known_stems = {stem(word) for word in known}

    def plain(word: str) -> bool:
        return word in known_stems or common(word) or word.isdigit()

    weights: dict[str, float] = {}
    joined: set[str] = set()
    for (one, two), count in of_pair.items():
        rarer = min(one, two, key=lambda word: (heard_often(word), times[word]))
        if common(one) or common(two) or heard_often(rarer) or rarer in known_stems:
            continue
        if one.isdigit() or two.isdigit() or pairs[one, two] < _BOUND * times[rarer]:
            continue
        name = written[one, two].most_common(1)[0][0]
        weight = _weight(seeds, name, count)
        met = heard_often(rarer, rare=True)
        if weight == 1.0 or (weight and not met):
            weights[name] = weight
            if met:
                joined.add(rarer)
    for word, count in shared.items():
        if (
            plain(word)
            or word in joined
            or heard_often(word, rare=True)
            or len(word) < SHORTEST - 1
        ):
            continue
        name = spelt[word].most_common(1)[0][0]
        if weight := _weight(seeds, name, count):
            # No capital says that it is a name: it may be a word that is seldom met.
            weights[name] = weight if weight == 1.0 else weight * _OF_SOME
    return weights
