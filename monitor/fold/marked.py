"""What a nearly verbatim sentence lost or gained: a denial, a doubt or plan, a part of a whole, a word for which a particle stands.

Such marks are short and stand among the words that carry no fact, so that two sentences are alike but for "not",
"will" or "half". "Free for residents" is not "also for residents": the word that came carries no fact, so that nothing
new seems to be said, but what was said of the words around it is gone. Arabic has its own marks (`denied`, `staged`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import Change, Features, Sentence, changes, is_figure
from monitor.fold.lexicon import is_stopword
from monitor.fold.spelling import skeleton
from monitor.fold.verbs import frames, speaks
from monitor.fold.vocabulary import Vocabulary, future_words, vocabulary
from monitor.identify.counting import counts
from monitor.identify.spelling import simpler
from monitor.text.arabic import fold

# So many words may stand in each other's place.
_FEW: Final = 2
# Shorter words are particles of some language.
_LETTERS: Final = 2
# Behind it a new part of a sentence begins.
_PARTED: Final = r"[,;:(–—،؛]\s*"
# A Hebrew preposition is written as one with the next word.
_PREPOSITION: Final = re.compile("[לבמכ][א-ת]{2}")


def _emptied(
    before: Sentence, now: Sentence, change: Change, listed: Vocabulary, told: Collection[str]
) -> str:
    """The word of `before` that one change on the way to `now` puts a particle for; empty if none.

    `told` are folded words that `now` tells elsewhere.
    """
    kind, start, end, first, last = change
    gone, come = before.plain[start:end], now.plain[first:last]
    if not 1 <= len(gone) <= _FEW or len(come) > _FEW:
        return ""

    def is_empty(word: str) -> bool:
        return listed.is_stopword(word) or is_stopword(word)

    lost = [word for word in gone if _tells(word, is_empty) and word not in told]
    if not lost:
        return ""
    if kind == "replace":
        put = any(word not in before.plain for word in come) and all(map(is_empty, come))
        return lost[0] if put and not _spell_one("".join(gone), "".join(come)) else ""
    if kind == "delete" and (
        _stood_alone(before, gone, end, is_empty)
        or (
            end == len(before.plain)
            and now.closed
            and not now.cut_off
            and is_empty(before.plain[start - 1])
        )
    ):
        return lost[0]
    return ""


def _stood_alone(
    before: Sentence, gone: Sequence[str], end: int, is_empty: Callable[[str], bool]
) -> bool:
    """Whether what is gone was all between a comma and a preposition."""
    following = before.plain[end : end + 1]
    if len(gone) != 1 or not following:
        return False
    if not (is_empty(following[0]) or _PREPOSITION.match(following[0])):
        return False
    behind = rf"{_PARTED}{re.escape(gone[0])}\s+{re.escape(following[0])}\b"
    return re.search(behind, fold(before.raw)) is not None


def _spell_one(one: str, other: str) -> bool:
    """Whether the letters of one stand in the other in their order: ueber, über."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _tells(word: str, is_empty: Callable[[str], bool]) -> bool:
    return len(word) > _LETTERS and not (
        is_empty(word) or is_figure(word) or speaks(word) or frames(word)
    )


# More words that are gone from within are a clause, and cut; at either end already more than these.
_CLAUSE: Final = 6
_END: Final = 2
# A word and the two behind it.
_FOLLOWING: Final = 3
# Forms of one verb begin alike.
_STEM: Final = 3
# What is to come, and what was, by the ending of a folded verb.
_FUTURE: Final = re.compile("(?:ra|ran|rao|ranno|ront)$")
_CYRILLIC: Final = (
    re.compile("(?:ет|ют|ут|ит|ят|ат|ть|є)(?:ся|сь)?$"), re.compile("(?:л|ла|ло|ли|в)(?:ся|сь)?$|(?:[аея]н|ыт|[аея]н[аоы]|ыт[аоы])$"),
)  # fmt: skip
_SLAVIC: Final = re.compile("[aeiouy]$"), re.compile("(?:l|la|lo|li|ly)$")
_ROMANCE: Final = frozenset(("es", "pt", "it", "fr", "ca", "gl"))
_TENSES: Final = {
    "ru": _CYRILLIC, "uk": _CYRILLIC, "be": _CYRILLIC, "pl": _SLAVIC, "cs": _SLAVIC, "sk": _SLAVIC,
}  # fmt: skip
# What is to come, by an ending.
_ENDING: Final = {
    "tr": re.compile(r"(?:acak|ecek)(?:lar|ler)?$|(?:acag|eceg)[a-z]+$"),
    "hi": re.compile(r".(?:गा|गे|गी)$"),
    "uk": re.compile(r".{3}(?:тиме|тимуть)$"),
    "ur": re.compile(r".{2}(?:گا|گے|گي)$"),
}


# Turkish verbs that deny: verilemiyor, verildi.
_DENIED: Final = {
    "tr": re.compile("m[iu]yor|m[ae](?:di|z|mis|yacak|yecek|yan|yen|mas|mes)"),
    "az": re.compile("m[iu]r|m[ae](?:di|z|mis|yacak|yecek|yan|yen)"),
}


def marked_otherwise(own: Features, other: Features, language: str | None) -> str:
    """The first mark that a sentence of `own` has or lacks beside the one it stands for; empty if none."""
    listed = vocabulary(language) if language else None
    if listed is None:
        return ""
    whole = {sentence.words for sentence in other.sentences}
    for sentence in own.sentences:
        if sentence.words in whole:
            continue
        origin = other.nearest(sentence)
        if origin is None or 2 * len(origin.pairs & sentence.pairs) < len(sentence.pairs):
            continue
        for opcode in changes(origin.words, sentence.words):
            change, start, end, first, last = opcode
            # Ex mayor and exmayor, in whatever language.
            if skeleton("".join(origin.plain[start:end]) or " ") == skeleton(
                "".join(sentence.plain[first:last]) or " "
            ):
                continue
            within = start > 0 and end < len(origin.plain)
            most = _CLAUSE if within else 0 if sentence.cut_off else _END
            if change == "delete" and end - start > most:
                continue
            # What is cut off a sentence may stand in the next.
            told = frozenset(own.folded.values() if change == "delete" else sentence.plain)
            if word := _emptied(origin, sentence, opcode, listed, told):
                return f"“{word}” is gone, a particle in its place"
            gone, come = origin.plain[start:end], sentence.plain[first:last]
            lost = [
                word
                for at, word in enumerate(gone, start)
                if not (_goes_on(origin.words, at, own) or _stands_in(word, come))
            ]
            put = [
                word
                for at, word in enumerate(come, first)
                if not (_goes_on(sentence.words, at, other) or _stands_in(word, gone))
            ]
            turned = _turned(lost, put, listed) or _in_other_tenses(gone, come, listed.language)
            if turned:
                return turned
            if change == "replace" and listed.opposes(gone, come):
                return f"“{' '.join(gone)}” is now “{' '.join(come)}”"
    return ""


def is_marked_otherwise(spoken: Sequence[str], before: Sequence[str], language: str | None) -> bool:
    """Whether of some folded words one denies, plans or tells a part, and none of the others does, or the reverse."""
    listed = vocabulary(language) if language else None
    return listed is not None and any(
        any(map(marked, spoken)) != any(map(marked, before))
        for marked in (listed.denies, listed.modal.have, listed.parts.have)
    )


def _goes_on(words: Sequence[str], at: int, there: Features) -> bool:
    """Whether a word stands before the same two words in the other text, perhaps in another sentence."""
    following = list(pairwise(words[at : at + _FOLLOWING]))
    return len(following) == _FOLLOWING - 1 and there.pairs.issuperset(following)


def _turned(gone: Sequence[str], come: Sequence[str], listed: Vocabulary) -> str:
    for marked in (listed.denies, listed.modal.have, listed.parts.have):
        was, now = next(filter(marked, gone), ""), next(filter(marked, come), "")
        if bool(was) != bool(now):
            return f"“{now}” is new" if now else f"“{was}” is gone"
    was, now = (
        next((word for word in words if _comes(word, listed.language)), "")
        for words in (gone, come)
    )
    if bool(was) != bool(now):
        return f"“{now}” is new" if now else f"“{was}” is gone"
    return ""


def _in_other_tenses(gone: Sequence[str], come: Sequence[str], language: str) -> str:
    denied = _DENIED.get(language)
    for one in gone:
        for two in come:
            if one[:_STEM] != two[:_STEM]:
                continue
            if _in_another_tense(one, two, language) or (
                denied is not None and (denied.search(one) is None) != (denied.search(two) is None)
            ):
                return f"“{one}” is now “{two}”"
    return ""


def _stands_in(mark: str, words: Sequence[str]) -> bool:
    """Whether a mark is there all the same: written as one with the next word, or as the figure it counts (نه, 9)."""
    return (len(mark) > _STEM and mark in "".join(words)) or not counts(mark).isdisjoint(words)


def _comes(word: str, language: str) -> bool:
    """Whether a folded word says that something is to come."""
    ending = _ENDING.get(language)
    return word in future_words(language) or (
        ending is not None and ending.search(word) is not None
    )


def _in_another_tense(one: str, two: str, language: str) -> bool:
    if language in _ROMANCE:
        return (_FUTURE.search(one) is None) != (_FUTURE.search(two) is None)
    tenses = _TENSES.get(language)
    if tenses is None:
        return False
    coming, past = tenses
    # Polish forms of one verb: ustali, ustalił.
    if tenses is _SLAVIC and any(long == f"{short}l" for short, long in ((one, two), (two, one))):
        return True
    return any(
        past.search(each) is not None and past.search(other) is None and coming.search(other)
        for each, other in ((one, two), (two, one))
    )


# Who holds an office no longer, or below; only, and once more; not.
_SIGN: Final = re.compile(
    "(?<![日此目之以先年月天周午])(?:副|前|原|元|代理|候任)(?=.{0,3}[长席统理任官裁记导监帅使员相臣督役手])|[只仅]有?|再び|再度|再次|又一次|没有?|[未不无非]"
)
# So many signs behind a mark are what it stands before.
_SIGNS_BEHIND: Final = 2


def marked_signs(own: Features, other: Features, language: str | None) -> str:
    """A sign before a word that makes it another (vice, former, only, again, not) and did not stand, or is gone.

    Asked of texts that are else word for word.
    """
    if language not in {"zh", "ja"}:
        return ""
    stands = {sentence.raw for sentence in other.sentences}
    for sentence in own.sentences:
        origin = other.nearest(sentence)
        if sentence.raw in stands or origin is None:
            continue
        now, before = simpler(fold(sentence.raw)), simpler(fold(origin.raw))
        for one, two in ((now, before), (before, now)):
            for mark in _SIGN.finditer(one):
                following = one[mark.end() : mark.end() + _SIGNS_BEHIND]
                if f"{mark[0]}{following}" not in two and following in two:
                    return f"“{mark[0]}” is {'new' if one is now else 'gone'}"
    return ""
