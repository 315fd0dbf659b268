"""Whether a Chinese or Japanese article is another's text in an editor's words, sign by sign.

Where no space parts the words, an editor's joints make new pairs of signs everywhere;
but nearly all he writes is written with the signs that stood there. Kana between them
are left out. The lists are in `lists/signs.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence
from monitor.fold.lexicon import shipped
from monitor.identify.spelling import simpler
from monitor.text.arabic import fold

_SHORTEST: Final = 60
# Of the pairs of signs of a sentence so many stand in those that it goes back to.
_PAIRS: Final = 0.5
_MOST: Final = 3
_JOINED: Final = 3
_LEAD: Final = 1
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SIGN: Final = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[\u30a1-\u30fe]+|[\u3400-\u9fff]")
_COUNTING: Final = frozenset("一二三四五六七八九十百千万亿两半零")
# More or less, up or down, before or after: where it stands decides.
_TURNING: Final = frozenset("升降涨跌增减上下高低大小多少前后先东西南北左右内外进出胜负赢输男女")
# In kana: it is not so, it was not.
_KANA_DENIAL: Final = re.compile("ない|なかっ|ません|ず(?=[、。に])|ぬ(?=[、。])")
_DENIAL: Final = "不"
# Who holds an office no longer, or below; only, and once more.
_MARK: Final = re.compile(
    "(?<![日此目之以先年月天周午])(?:副|前|原|元|代理|候任)(?=.{0,3}[长席统理任官裁记导监帅使员相臣督役手])|[只仅]有?|再び|再度|再次|又一次"
)
_GOVERNED: Final = 2
# So many signs behind a mark are what it stands before.
_BEHIND: Final = 2


@dataclass(frozen=True, slots=True)
class _Lists:
    alike: Mapping[str, str]
    stopwords: frozenset[str]
    denying: frozenset[str]
    verb_last: bool


@dataclass(frozen=True, slots=True)
class _Said:
    signs: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


@cache
def _lists(language: str) -> _Lists:
    def listed(section: str) -> list[str]:
        return list(map(_plain, shipped("signs", language, section)))

    alike = {
        word: first for first, *rest in map(str.split, listed("alike")) for word in rest
    } | dict.fromkeys(" ".join(listed("empty")).split(), "")
    return _Lists(
        dict(sorted(alike.items(), key=lambda each: -len(each[0]))),
        frozenset("".join(listed("stopwords"))),
        frozenset("".join(listed("denying"))),
        language == "ja",
    )


def _plain(text: str) -> str:
    return simpler(fold(text))


def signs_share(
    own: Features, sentences: Sequence[Sentence], other: Features, language: str | None
) -> float:
    """The share of the pairs of signs of `own` that stand in `other`; 0 if it is no edit of it."""
    if language not in {"zh", "ja"}:
        return 0.0
    lists = _lists(language)
    earlier = [_said(each.raw, lists) for each in other.sentences]
    lead = frozenset[str]().union(*(each.signs for each in earlier[:_LEAD]))
    found = total = 0
    for sentence in sentences:
        said = _said(sentence.raw, lists)
        origin = _goes_back(said, earlier)
        common = len(said.pairs & origin.pairs)
        if common < _PAIRS * len(said.pairs) or _adds(said, origin, lead, lists):
            return 0.0
        found += common
        total += len(said.pairs)
    headline = {word for word in own.title if word[0].isdigit()} - other.figures
    return found / total if total >= _SHORTEST and not headline else 0.0


def marked_signs(own: Features, other: Features, language: str | None) -> str:
    """A sign before a word that makes it another (vice, former, only, again) and did not stand, or is gone.

    Asked of texts that are else word for word.
    """
    if language not in {"zh", "ja"}:
        return ""
    stands = {sentence.raw for sentence in other.sentences}
    for sentence in own.sentences:
        origin = other.nearest(sentence)
        if sentence.raw in stands or origin is None:
            continue
        now, before = _plain(sentence.raw), _plain(origin.raw)
        for one, two in ((now, before), (before, now)):
            for mark in _MARK.finditer(one):
                following = one[mark.end() : mark.end() + _BEHIND]
                if mark[0] not in two and following in two:
                    return f"“{mark[0]}” is {'new' if one is now else 'gone'}"
    return ""


def _said(raw: str, lists: _Lists) -> _Said:
    text = _plain(raw)
    for word, first in lists.alike.items():
        text = text.replace(word, first)
    signs = tuple(_SIGN.findall(_KANA_DENIAL.sub(_DENIAL, text)))
    return _Said(signs, frozenset(pairwise(signs)))


def _goes_back(said: _Said, earlier: Sequence[_Said]) -> _Said:
    found = _Said((), frozenset())
    left = list(earlier)
    for _ in range(_MOST):
        missing = said.pairs - found.pairs
        best = max(left, key=lambda each: len(each.pairs & missing), default=None)
        if best is None or len(best.pairs & missing) < (_JOINED if found.signs else 1):
            break
        left.remove(best)
        found = _Said(found.signs + best.signs, found.pairs | best.pairs)
    return found


def _adds(said: _Said, origin: _Said, lead: frozenset[str], lists: _Lists) -> bool:
    """Whether a sentence has a sign that tells and did not stand there, or one in another place."""
    last = -1
    for at, sign in enumerate(said.signs):
        if sign in lists.denying or sign in lists.stopwords:
            continue
        if sign not in origin.signs and (sign not in lead or sign in _COUNTING):
            return True
        # A number and a direction are those of what stands beside them.
        if sign in _COUNTING or sign in _TURNING or _FIGURE.fullmatch(sign):
            beside = set(pairwise(said.signs[max(at - 1, 0) : at + 2]))
            if beside and beside.isdisjoint(origin.pairs):
                return True
        if _FIGURE.fullmatch(sign):
            place = origin.signs.index(sign)
            if (
                place < last
                and not set(pairwise(said.signs[max(at - 1, 0) : at + 2])) <= origin.pairs
            ):
                return True
            last = place
    mine, its = _denied(said, lists), _denied(origin, lists)
    denied = frozenset[str]().union(*mine), frozenset[str]().union(*its)
    return any(denied[1].isdisjoint(each) for each in mine if each) or any(
        set(each) <= set(said.signs) and denied[0].isdisjoint(each) for each in its if each
    )


def _denied(said: _Said, lists: _Lists) -> list[Sequence[str]]:
    """For each sign that denies the two beside it that tell something: behind it, in Japanese before."""
    found: list[Sequence[str]] = []
    for at, sign in enumerate(said.signs):
        if sign in lists.denying:
            ahead = [each for each in said.signs[:at] if each not in lists.stopwords]
            behind = [each for each in said.signs[at + 1 :] if each not in lists.stopwords]
            found.append(ahead[-_GOVERNED:] if lists.verb_last else behind[:_GOVERNED])
    return found
