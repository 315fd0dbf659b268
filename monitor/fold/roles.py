"""Who did it to whom, in languages other than Arabic: what stood on either side of a word stands on the other.

"The company sued the farmers" has every word of "the farmers sued the company". What a desk only moves (last spring,
the farmers sued) keeps the order of the rest, so that of three words some two stand as they stood; where all three are
turned about, doer, deed and whom it was done to are. But a language may say by a form or a particle who does it, and
then the order tells nothing: пожар потушили спасатели; the farmers were sued by the company.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.fold.features import LEAST, Features, Sentence
from monitor.fold.lexicon import listed
from monitor.fold.vocabulary import forms, is_form, joins
from monitor.identify.wording import folded

# So far from each other, in words of substance, stand doer, deed and whom it was done to.
_REACH: Final = 4
# So many words before a noun are its article and what rules it.
_BEFORE: Final = 2
# By whom something is done.
_BY: Final = frozenset(folded(listed("roles by")))
# Of languages without cases; all other particles tell what a noun is in a sentence.
_ARTICLES: Final = {
    language: frozenset(folded(words))
    for language, words in (
        ("en", "a an the"), ("fr", "le la les l un une des"), ("es", "el la los las un una"),
        ("it", "il lo la i gli le l un uno una"), ("pt", "o a os as um uma"), ("nl", "de het een"), ("ca", "el la els les l un una"),
        ("gl", "o a os as un unha"), ("ro", "un o"), ("sv", "en ett den det de"), ("da", "en et den det de"),
        ("no", "en et den det de"), ("nb", "en et den det de"),
    )
}  # fmt: skip
# Where the form of a noun, or of its article, says who does it.
_CASES: Final = frozenset(
    ("de", "el", "ru", "uk", "be", "pl", "cs", "sk", "sl", "sr", "hr", "bs", "lt", "lv", "et", "fi", "hu", "he")
)  # fmt: skip
# Where the verb is last, and stands between nobody.
_VERB_LAST: Final = frozenset(["tr", "az", "hi", "ur", "fa", "ko"])
# The place of a word in a sentence, and in the one gone back to.
_Places = tuple[int, int]


def turns_about(own: Features, other: Features, language: str | None) -> bool:
    """Whether a sentence of `own` tells of somebody what one of `other` tells of whom he did it to."""
    if language is None or language == "ar":
        return False
    whole = {sentence.words for sentence in other.sentences}
    for sentence in own.sentences:
        if sentence.words not in whole:
            origin = _origin(sentence, other)
            if origin is not None and _is_turned(sentence.plain, origin.plain, language):
                return True
    return False


def _origin(sentence: Sentence, other: Features) -> Sentence | None:
    """The sentence with most of the words of another, if they are enough."""
    words = set(sentence.words)
    best = max(other.sentences, key=lambda each: len(words.intersection(each.words)), default=None)
    known = len(words.intersection(best.words)) if best is not None else 0
    return best if known >= LEAST * len(words) else None


def _is_turned(now: Sequence[str], before: Sequence[str], language: str) -> bool:
    told = _told_in_both(now, before, language)
    if language in _VERB_LAST:
        return any(
            one[1] > two[1]
            and not any(_has_its_marks(each, now, before, language) for each in (one, two))
            for at, one in enumerate(told)
            for two in told[at + 1 : at + 1 + _REACH]
        )
    if len(_BY.intersection(now)) != len(_BY.intersection(before)):
        return False  # told passively
    for middle, (_, stood) in enumerate(told):
        ahead = [one for one in told[max(middle - _REACH, 0) : middle] if one[1] > stood]
        behind = [two for two in told[middle + 1 : middle + 1 + _REACH] if two[1] < stood]
        if any(not _are_marked(one, two, now, before, language) for one in ahead for two in behind):
            return True
    return False


def _told_in_both(now: Sequence[str], before: Sequence[str], language: str) -> list[_Places]:
    """The words of substance that stand once in both, in any form, by their places."""
    mine, its = (
        [at for at, word in enumerate(words) if not joins(word, language)]
        for words in (now, before)
    )
    found = []
    for at in mine:
        places = [place for place in its if _is_one(now[at], before[place], language)]
        if len(places) == 1 and sum(_is_one(now[each], now[at], language) for each in mine) == 1:
            found.append((at, places[0]))
    return found


def _is_one(one: str, other: str, language: str) -> bool:
    return one == other or any(
        is_form(mine, its, language)
        for mine in forms(one, language)
        for its in forms(other, language)
    )


def _are_marked(
    one: _Places, two: _Places, now: Sequence[str], before: Sequence[str], language: str
) -> bool:
    """Whether forms and particles say of two words, as they did, what they are in the sentence."""
    if language in _CASES:
        return all(_has_its_marks(each, now, before, language) for each in (one, two))
    return any(
        _lead(now, at, language) and _lead(now, at, language) == _lead(before, place, language)
        for at, place in (one, two)
    )


def _has_its_marks(
    places: _Places, now: Sequence[str], before: Sequence[str], language: str
) -> bool:
    """Whether a word has the form that it had, and the same particles beside it."""
    at, place = places
    return (
        now[at] == before[place]
        and _lead(now, at, language) == _lead(before, place, language)
        and (
            language not in _VERB_LAST
            or _particle(now, at + 1, language) == _particle(before, place + 1, language)
        )
    )


def _lead(words: Sequence[str], at: int, language: str) -> str:
    """The particle before a place that is no article of a language without cases; empty if none."""
    for place in range(at - 1, max(at - 1 - _BEFORE, -1), -1):
        if not (found := _particle(words, place, language)):
            return ""
        if found not in _ARTICLES.get(language, frozenset()):
            return found
    return ""


def _particle(words: Sequence[str], at: int, language: str) -> str:
    word = words[at] if 0 <= at < len(words) else ""
    return word if word and joins(word, language) else ""
