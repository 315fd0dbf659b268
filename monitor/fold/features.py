"""What of an article the fold compares: sentences, word pairs, figures, denials."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from monitor.fold.furniture import is_furniture, without_dateline
from monitor.fold.lexicon import listed
from monitor.fold.spelling import cut_short, joined, shortened, skeleton, wording
from monitor.identify.wording import folded
from monitor.text.words import sentences

Pairs = frozenset[tuple[str, str]]
Change = tuple[str, int, int, int, int]

# With so much of an earlier text in it, a text or sentence may go back to it.
LEAST: Final = 0.4
# Sentences that stand for the whole where a bare headline is compared with a text.
_LEAD: Final = 3
# Letters: what runs on without a full stop, as a table does, is compared piece by piece.
_LONGEST: Final = 1000
# What asks or calls out may be a line of the outlet as well; two dots stand within headlines.
_CLOSED: Final = re.compile(r"(?:(?<!\.)\.|\.{3}|[۔।。…])[\"'»”’)\]」』]*$")

# What is cut off ends in dots; of fewer words nothing is left.
_CUT_OFF: Final = re.compile(r"(?:\.\.|…)[\])\s»”\"]*$")
_HALF: Final = 4
# Letters of Persian, Urdu and Kurdish that Arabic has not.
_NOT_ARABIC: Final = re.compile("[پچژگکیےںھہٹڈڑۆێ]")
# A capital within a sentence: a name, in scripts that have capitals.
_CAPITAL: Final = re.compile(r"(?<=[\w,;:] )[«“\"(]?([A-ZÀ-ÞА-ЯЁІЇЄҐ][\w]+)")

# Words that turn a statement into its opposite, as `wording` gives them.
_DENYING: Final = listed("features denying")
_ATTACHED: Final = frozenset(("ال", "ب", "ل", "و", "ف", "ك"))
_DENIALS: Final = frozenset(wording(_DENYING))
# Chinese signs that only join: without spaces each makes other pairs of the signs beside it.
_JOINING: Final = re.compile("[的了于於也则則并並其之所]")
_SIGNS_THAT_JOIN: Final[Mapping[str | None, re.Pattern[str]]] = {"zh": _JOINING, "yue": _JOINING}
# What denies in other languages and here is "in the".
_IN_THE: Final[Mapping[str | None, Mapping[str, str]]] = {"pt": {"no": "em"}, "gl": {"no": "en"}}
# What Arabic attaches to a denial: ولم, فلا.
_AND: Final = frozenset("وف")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as comparable words, `plain` only folded. `closed`: it ends as a sentence does."""

    raw: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    pairs: Pairs
    closed: bool

    @property
    def furniture(self) -> bool:
        """Whether it is a line of the outlet: a credit, rights, a link to follow."""
        return is_furniture(self.raw)

    @property
    def arabic(self) -> bool:
        """Whether it is in Arabic, not in another language of its script."""
        last = next((word for word in reversed(self.plain) if not word[0].isdigit()), "")
        return "\u0620" < last[:1] < "\u06d3" and _NOT_ARABIC.search(self.raw) is None

    @property
    def cut_off(self) -> bool:
        """Whether it breaks off in its midst, in dots."""
        return _CUT_OFF.search(self.raw) is not None

    @property
    def capitals(self) -> tuple[str, ...]:
        """The folded words that are written with a capital though they do not begin it."""
        return tuple(word for name in _CAPITAL.findall(self.raw) for word in folded(name))


@dataclass(frozen=True, slots=True)
class Features:
    """An article as it is compared.

    `lead` are the words of title and first sentences; `folded` gives the word that each stands for;
    `cut` are those that may be others cut short. `language` is None where it is not known.
    """

    title: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    pairs: Pairs
    words: frozenset[str]
    lead: frozenset[str]
    figures: frozenset[str]
    folded: Mapping[str, str]
    cut: frozenset[str]
    language: str | None = None

    @property
    def length(self) -> int:
        """Words of the text, the title aside."""
        return sum(len(sentence.words) for sentence in self.sentences)

    def nearest(self, sentence: Sentence) -> Sentence | None:
        """The sentence that shares most word pairs with another; None where none shares any.

        Of a single word, which has no pairs, the first.
        """
        best = max(self.sentences, key=lambda each: len(each.pairs & sentence.pairs), default=None)
        if best is None or (sentence.pairs and best.pairs.isdisjoint(sentence.pairs)):
            return None
        return best


@lru_cache(maxsize=128)
def features(title: str, text: str, language: str | None = None) -> Features:
    """The features of an article; kept, since one article is compared with many."""
    forms: dict[str, str] = {}
    heading, _ = _comparable(title, forms, language)
    body = tuple(
        Sentence(
            sentence, found, plain, frozenset(pairwise(found)), _CLOSED.search(sentence) is not None
        )
        for whole in sentences(without_dateline(text))
        for sentence in _pieces(whole)
        for found, plain in [_whole(sentence, *_comparable(sentence, forms, language))]
        if found and not _is_headline(found, heading)
    )
    return _gathered(heading, body, forms, cut_short(f"{title}\n{text}"), language)


def _is_headline(found: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    """Whether a line of the text is its headline again, as many pages have it, or the most of it."""
    return found in (heading, heading[: len(found)]) and len(found) * 2 > len(heading)


def restated(own: Features, title: str, given: Mapping[int, str]) -> Features:
    """The features of an article with another headline, and at some places another sentence."""
    forms = dict(own.folded)
    heading, _ = _comparable(title, forms, own.language)
    body: list[Sentence] = []
    for at, sentence in enumerate(own.sentences):
        if at not in given:
            body.append(sentence)
            continue
        found, plain = _whole(given[at], *_comparable(given[at], forms, own.language))
        if found:
            body.append(
                replace(
                    sentence,
                    raw=given[at],
                    words=found,
                    plain=plain,
                    pairs=frozenset(pairwise(found)),
                )
            )
    return _gathered(heading, tuple(body), forms, own.cut, own.language)


def _gathered(
    heading: tuple[str, ...],
    body: tuple[Sentence, ...],
    forms: Mapping[str, str],
    cut: frozenset[str],
    language: str | None,
) -> Features:
    every = frozenset(heading).union(*(sentence.words for sentence in body))
    return Features(
        title=heading,
        sentences=body,
        pairs=frozenset(pairwise(heading)).union(*(sentence.pairs for sentence in body)),
        words=every,
        lead=frozenset(heading).union(*(sentence.words for sentence in body[:_LEAD])),
        figures=frozenset(word for word in every if is_figure(word)),
        folded=forms,
        cut=cut,
        language=language,
    )


def _whole(
    sentence: str, words: tuple[str, ...], plain: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a sentence without the last where it is cut off: 240… may have been 240,000."""
    if len(words) > _HALF and _CUT_OFF.search(sentence):
        return words[:-1], plain[:-1]
    return words, plain


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence, or the parts of one that is too long to be compared as one: the cost is quadratic."""
    while len(sentence) > _LONGEST:
        cut = sentence.rfind(" ", 0, _LONGEST) + 1 or _LONGEST
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence


def _comparable(
    text: str, forms: dict[str, str], language: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The comparable words of a text and the folded ones; `forms` gains what each stands for."""
    if language in _SIGNS_THAT_JOIN:
        text = _SIGNS_THAT_JOIN[language].sub("", text)
    plain = joined(shortened(folded(text)))
    if language in _IN_THE:
        plain = [_IN_THE[language].get(word, word) for word in plain]
    words = list(map(skeleton, plain))
    forms.update(zip(words, plain, strict=True))
    # What stands attached to a figure in words stands alone before one in digits.
    if not _ATTACHED.isdisjoint(plain):
        kept = [at for at, word in enumerate(plain) if word not in _ATTACHED]
        words, plain = [words[at] for at in kept], [plain[at] for at in kept]
    return tuple(words), tuple(plain)


def changes(before: Sequence[Hashable], now: Sequence[Hashable]) -> Iterator[Change]:
    """How one row of words becomes another: (replace, delete or insert; from, to there; from, to here)."""
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    return (change for change in matcher.get_opcodes() if change[0] != "equal")


def is_figure(word: str) -> bool:
    """Whether a comparable word is a number."""
    return word[0].isdigit()


def is_denial(word: str) -> bool:
    """Whether a comparable word turns a statement into its opposite."""
    return word in _DENIALS or (word[0] in _AND and word[1:] in _DENIALS)
