"""A story's own names, and where a text has them, in whatever script.

In the script of the seeds a name is known by its spelling, with a capital where there are any; in
another by its sound: الزركة, Zarka, Зарка, 자르카 and 扎尔卡 are one. `story/naming.py` learns them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, NamedTuple, TypeVar

from monitor.text.arabic import fold
from monitor.text.memory import Memory
from monitor.text.sound import consonants, loose, transcribed, vowels
from monitor.text.words import split, stem

K = TypeVar("K")

# A name of this weight is that of the thing itself which a story is about.
FULL: Final = 0.9
# Consonants at the least by which a word is known as a name, and from which on one is sure.
FEWEST: Final = 3
_SURE: Final = 4
# A word of the story that is no name may end otherwise in another language of its script.
_ENDING: Final = 2
_REMEMBERED: Final = 20_000
# Letters of a word at the most that may be a name, and signs at the most for one consonant.
_LONGEST: Final = 40
_SIGNS: Final = 3

_CASED: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_JOINED: Final = re.compile("[-'’]")
_PAIR: Final = re.compile(r"([^\W\d_]+) (?=([^\W\d_]+))")
_LAST_VOWELS: Final = re.compile("(?<=..)[aeiouyаеиоуыэюяєіїαεηιουω]+$")
_SCRIPTS: Final = tuple(
    (name, re.compile(f"[{letters}]"))
    for name, letters in (
        ("arabic", "\u0621-\u06d3"), ("latin", "a-z"), ("cyrillic", "а-яёіїєґўђјљњћџ"), ("greek", "α-ω"),
        ("hebrew", "א-ת"), ("hangul", "가-힣"), ("kana", "ァ-ヴー"), ("nagari", "\u0904-\u0939"),
    )
)  # fmt: skip
WITH_CAPITALS: Final = frozenset(("latin", "cyrillic", "greek"))
_KANA: Final = re.compile("[ァ-ヴー]{3,}")
# Korean and Japanese keep less of a name.
_HEARD_BY: Final = {"hangul": loose, "kana": loose}


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text, the folded word that was read as it, and its weight from 0 to 1."""

    name: str
    text: str
    weight: float
    # Of few consonants, or without a capital: it may be another's.
    doubtful: bool = False


class _Word(NamedTuple):
    """What a folded word may be of a story's names."""

    stems: frozenset[str]
    # Of a script that has capitals.
    cased: bool
    # The names that it may begin, those that it sounds like a part of, and the story's word.
    starts: tuple[str, ...]
    heard: tuple[tuple[str, str], ...]
    term: str | None


_NONE: Final = _Word(frozenset(), cased=False, starts=(), heard=(), term=None)


@dataclass(frozen=True, slots=True)
class Names:
    """The folded names with their weights.

    `stems` are the names by the stem of their first word; `sounds` the words of names by their
    consonants, with the name each stands for, and `signs` the same for Chinese; `terms` are
    words that are no names; `forms` all words of names and their stems, `parts` the names
    that are the first word of a longer one, `told` those of which the seeds tell
    (others are in each piece: who wrote it, where), `solid` those of scripts without spaces;
    `languages` are the seeds'.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sounds: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    signs: tuple[tuple[str, str], ...] = ()
    terms: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    solid: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    _words: Memory[_Word] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Remember words."""
        object.__setattr__(self, "_words", Memory(self._look_up, _REMEMBERED))

    def __bool__(self) -> bool:
        return bool(self.weights)

    @property
    def subject(self) -> bool:
        """Whether most pieces name one thing, which so tells the story."""
        return any(weight >= FULL for weight in self.weights.values())

    def find(self, sentence: str) -> list[Named]:
        """The names in a sentence, each once; in another script than theirs by sound."""
        if not self.weights:
            return []
        words = candidates(sentence)
        known = [self._words[word] for word in words]
        found: dict[str, Named] = {}
        if any(each.starts or each.heard or each.term for each in known):
            capitals = _capitalised(sentence)
            following = _following(sentence) if self.parts else {}
            for name in self._spelt(words, known, capitals, following):
                found[name] = self._named(name, name, doubtful=name in self.terms)
            for name, part, word in _heard(words, known, capitals, self.terms):
                if name not in found:
                    sure = word in capitals and name not in self.terms
                    doubtful = not sure or len(consonants(part)) < _SURE
                    found[name] = self._named(name, word, doubtful=doubtful)
        folded = fold(sentence) if self.solid else ""
        for name in self.weights if self.solid else ():
            if name in self.solid and name in folded:
                found[name] = self._named(name, name, doubtful=False)
        for name, text in self._transcribed(sentence) if self.signs else ():
            if name not in found:
                found[name] = self._named(name, text, doubtful=True)
        whole = {part for name in found if " " in name for part in name.split(" ")}
        return [each for name, each in found.items() if name not in whole]

    def with_towns(self, towns: Names) -> Names:
        """These names and those of towns; a name that is both keeps its weight."""

        def both(
            one: Mapping[str, tuple[K, ...]], other: Mapping[str, tuple[K, ...]]
        ) -> dict[str, tuple[K, ...]]:
            return {key: (*one.get(key, ()), *other.get(key, ())) for key in {**one, **other}}

        return replace(
            self,
            weights={**towns.weights, **self.weights},
            stems=both(self.stems, towns.stems),
            sounds=both(self.sounds, towns.sounds),
            signs=tuple(sorted({*self.signs, *towns.signs})),
            told=self.told | towns.told,
            solid=self.solid | towns.solid,
        )

    def may_name(self, word: str) -> bool:
        """Whether a folded word can begin or be a name: `find` finds none without such a word."""
        known = self._words[word]
        return bool(known.starts or known.heard or known.term)

    def _named(self, name: str, text: str, *, doubtful: bool) -> Named:
        return Named(name, text, self.weights[name], doubtful)

    def _look_up(self, word: str) -> _Word:
        if len(word) > _LONGEST:
            return _NONE
        short, written = stem(word), script(word)
        stems = self._stems(word)
        heard = dict.fromkeys(
            (name, part)
            for form in dict.fromkeys((word, short))
            for key in _keys(form, _HEARD_BY.get(written, consonants))
            for name, part in self.sounds.get(key, ())
            if written and written != script(part) and _sounds_as(part, form, key)
        )
        words = (name for name in self.weights if name in self.terms) if self.terms else ()
        term = next((name for name in words if word.startswith(name[:-_ENDING])), None)
        starts = dict.fromkeys(name for each in stems for name in self.stems.get(each, ()))
        return _Word(stems, written in WITH_CAPITALS, tuple(starts), tuple(heard), term)

    def _stems(self, word: str) -> frozenset[str]:
        """The stems of a word, by its letters alone and in each language of the seeds."""
        return frozenset((stem(word), *(stem(word, language) for language in self.languages)))

    def _spelt(
        self,
        words: Sequence[str],
        known: Sequence[_Word],
        capitals: Collection[str],
        following: Mapping[str, Collection[str]],
    ) -> Iterator[str]:
        for at, each in enumerate(known):
            if each.term:
                yield each.term
            for name in each.starts:
                wanted = name.split(" ")
                there = known[at : at + len(wanted)]
                if name in self.solid or len(there) < len(wanted):
                    continue
                pairs = zip(there, wanted, strict=True)
                if any(word.stems.isdisjoint(self._stems(part)) for word, part in pairs):
                    continue
                if len(wanted) == 1 and each.cased and name not in self.terms:
                    if words[at] not in capitals:
                        continue
                    # "Calder Valley" is not "Calder Ports".
                    longer = following.get(words[at])
                    if name in self.parts and longer and self.forms.isdisjoint(longer):
                        continue
                yield name

    def _transcribed(self, sentence: str) -> Iterator[tuple[str, str]]:
        """The names that Chinese signs may write, each once in a run of them."""
        for run, sounds in transcribed(sentence):
            heard = "".join(sounds)
            begins = [0, *accumulate(map(len, sounds))]
            for key, name in self.signs:
                for first, end in _written(key, heard, begins):
                    yield name, run[first:end]
                    break


def _written(key: str, heard: str, begins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The signs, the first and the one behind the last, that write these consonants.

    `heard` is what all signs stand for, `begins` where in it each begins. Signs for vowels
    alone may stand before a name.
    """
    at = heard.find(key)
    while at >= 0:
        own, end = bisect_right(begins, at) - 1, bisect_left(begins, at + len(key))
        first = max(bisect_left(begins, at), own + 1 - FEWEST)
        whole = begins[own] == at and begins[end] == at + len(key)
        if whole and FEWEST <= end - first <= _SIGNS * len(key):
            yield first, end
        at = heard.find(key, at + 1)


def _heard(
    words: Sequence[str], known: Sequence[_Word], capitals: Collection[str], terms: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Names by sound, with the part that is heard and the word; a name has a capital where it can."""
    for word, each in zip(words, known, strict=True):
        for name, part in each.heard:
            if not each.cased or word in capitals or name in terms or _may_be_a_word(name, part):
                yield name, part, word


def _may_be_a_word(name: str, part: str) -> bool:
    """Whether a name of a script without capitals may be none: phosphate is written small elsewhere."""
    alone = " " not in name and script(part) not in WITH_CAPITALS
    return alone and len(consonants(part)) >= _SURE


def _keys(word: str, heard: Callable[[str], str]) -> tuple[str, ...]:
    """The consonants of a word, and without the last, which may be an ending's."""
    key = heard(word)
    return (key, key[:-1]) if len(key) > _SURE else (key,)


def _capitalised(sentence: str) -> frozenset[str]:
    """The words that are written with a capital, folded; of joined ones each part."""
    return frozenset(
        folded
        for word in _CASED.findall(sentence)
        for part in _JOINED.split(word)
        if part[:1].isupper()
        for folded in split(fold(part))
    ) | frozenset(_KANA.findall(sentence))


def _following(sentence: str) -> dict[str, set[str]]:
    """The words with a capital that stand behind each word, folded."""
    found: dict[str, set[str]] = {}
    for one, two in _PAIR.findall(sentence):
        if two[0].isupper():
            found.setdefault(fold(one), set()).add(fold(two))
    return found


def script(word: str) -> str:
    """The script of a folded word, by the first that one of its letters is of; empty for others."""
    return next((name for name, letters in _SCRIPTS if letters.search(word)), "")


def _sounds_as(name: str, word: str, key: str) -> bool:
    """Whether a word whose consonants begin with the key's may spell a name of these consonants.

    Of the vowels those must agree that the one which writes fewer has: alphabets without short
    vowels may write none.
    """
    if len(key) < FEWEST:
        return False
    # At the end each language has a vowel of its own.
    few, many = sorted(
        (vowels(_LAST_VOWELS.sub("", each)) for each in (name, _cut(word, key))), key=len
    )
    rest = iter(many)
    return all(vowel in rest for vowel in few)


def _cut(word: str, key: str) -> str:
    """The word without an ending behind so many consonants."""
    end = len(word)
    while len(consonants(word[:end])) > len(key):
        end -= 1
    return word[:end]


def candidates(text: str) -> list[str]:
    """The folded words of a text that may be names; katakana, which has no spaces, in runs."""
    return [*split(fold(text)), *_KANA.findall(text)]
