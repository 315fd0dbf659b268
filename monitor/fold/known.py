"""Whether what one text says stands in another in some form: words parted, cut short, spelt otherwise, whole sentences.

Foreign names are written by their sounds, and each outlet hears others. But between the same two words a name is in the
same case, so that another ending of it is another person: Иванов, Иванова.

Words are too fine a measure where a text is spelt otherwise throughout: a joiner written as a space parts one word into
two, and umlauts written with an e change every other word. There whole sentences are compared as rows of letters, from
the beginning of one to the end of one: nothing may be cut from within, and figures stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, changes, is_figure
from monitor.fold.lexicon import substance
from monitor.fold.spelling import skeleton
from monitor.fold.synonyms import is_common, meanings
from monitor.fold.verbs import decides
from monitor.fold.vocabulary import joins
from monitor.identify.spelling import simpler, spelt
from monitor.identify.wording import root
from monitor.text.arabic import fold

# Letters that outlets choose differently for one foreign sound.
_SOUNDS: Final = str.maketrans("شصزطضذثقحخجغ", "سسستددسكههكك")
_FOREIGN: Final = 6
_SHORT_NAME: Final = 5


def same_sound(one: str, other: str) -> bool:
    """Whether two long folded words are one foreign name by its sounds (غوتيريش, جوتيريس)."""
    least = min(len(one), len(other))
    if least < _SHORT_NAME or one[0] < "\u0620":
        return False
    # A shorter one may be two words of all news: تقرير, تكرير.
    if least < _FOREIGN and any(is_common(word) or decides(word) for word in (one, other)):
        return False
    return any(
        form(one).translate(_SOUNDS) == form(other).translate(_SOUNDS)
        for form in (substance, skeleton)
    )


_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+")
# By these endings the names of women are told from those of men and of their families.
_ENDINGS: Final = frozenset(
    frozenset(map(fold, pair.split("/")))
    for pair in [
        "o/a",
        "/a",
        "e/a",
        "i/a",
        "y/a",
        "s/a",
        "us/a",
        "os/a",
        "is/a",
        "as/e",
        "is/e",
        "/e",
        "/ne",
        "/le",
        "s/u",
        "/о",
        "/а",
        "о/а",
        "и/а",
        "ий/ая",
        "ый/ая",
        "ой/ая",
        "й/я",
        "/я",
        "ь/я",
        "ій/а",
        "ий/а",
        "ів/ова",
    ]
)
_BESIDE: Final = 4
_SAME: Final = 3
_LONGEST: Final = 2
# Where names are written as other nouns are, an ending may be a plural.
_NOUNS: Final = re.compile(r"\b(?:der|die|das|und|nicht|ein|eine)\b")


def renamed(own: Sequence[Sentence], other: Features) -> str:
    """The first name of `own` with another ending than in the same place of `other`; empty if none."""
    for sentence in own:
        origin = other.nearest(sentence)
        if origin is None or sentence.raw == origin.raw:
            continue
        before, after = _TOKEN.findall(origin.raw), _TOKEN.findall(sentence.raw)
        for change, start, end, first, last in changes([*map(fold, before)], [*map(fold, after)]):
            # Words beside it may be spelt otherwise too, one for one.
            if change != "replace" or end - start != last - first or end - start > _BESIDE:
                continue
            for one, two in zip(range(start, end), range(first, last), strict=True):
                if one and two and _is_another(before[one], after[two], origin.raw):
                    return str(after[two])
    return ""


def _is_another(one: str, two: str, raw: str) -> bool:
    if not (one[0].isupper() and two[0].isupper()) or skeleton(fold(one)) == skeleton(fold(two)):
        return False
    mine, its = fold(one), fold(two)
    same = 0
    while same < min(len(mine), len(its)) and mine[same] == its[same]:
        same += 1
    ends = frozenset((mine[same:], its[same:]))
    return (
        same >= _SAME
        and max(map(len, ends)) <= _LONGEST
        and ends in _ENDINGS
        and not ("e" in ends and _NOUNS.search(raw))
    )


# Foreign names are compared by sound where few words are strange: it costs more.
_FEW: Final = 3


def unknown_words(
    line: Sequence[str], own: Features, other: Features, known: Collection[str]
) -> list[str]:
    """The words of `own` that are not among `known` ones of `other` in any form, each once."""
    strange = [
        at
        for at, word in enumerate(line)
        if word not in known
        and (len(word) > 2 or decides(own.folded[word]))
        and not joins(own.folded[word], own.language)
    ]
    if not strange or len(strange) > len(line) * 3 // 4:
        # Other spelling alone does not go so far.
        return [line[at] for at in strange]
    roots = {root(other.folded[word]) for word in known}
    # What one text writes as one word, the other may write as two (بيونغ يانغ, بيونغيانغ).
    glued = {skeleton(one + two) for one, two in other.pairs}
    meant = frozenset[str]().union(*(meanings(other.folded[word]) for word in known))
    found: dict[str, None] = {}
    for at in strange:
        word = line[at]
        split = {skeleton(one + two) for one, two in pairwise(line[max(at - 1, 0) : at + 2])}
        spelt = root(own.folded[word]) in roots or word in glued or not split.isdisjoint(known)
        if is_figure(word) or not (
            spelt
            or not meant.isdisjoint(meanings(own.folded[word]))
            or any(one_letter_apart(word, one) for one in known)
            or (
                len(strange) <= _FEW
                and any(same_sound(own.folded[word], other.folded[one]) for one in known)
            )
        ):
            found[word] = None
    return list(found)


def is_glued(word: str, behind: str, other: Features) -> bool:
    """Whether `other` has a word as two, behind the same word (ولا بيونغ يانغ, ولا بيونغيانغ)."""
    starts = [two for one, two in other.pairs if one == behind and word.startswith(two[:2])]
    return any(skeleton(one + two) == word for one, two in other.pairs if one in starts)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ by one letter changed, added or lost."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5 or is_figure(other):
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, tail = one[start:], other[start:]
    return rest[1:] == tail[1:] or rest[1:] == tail or rest == tail[1:]


# Fewer letters may be an answer, a name, a section.
_FEWEST_LETTERS: Final = 4
_SIGNS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_UMLAUT: Final = re.compile("(?<=[aou])e")
# Vietnamese writes tỉ and tỷ; behind a vowel the two are other words (mai, may).
_LAST_Y: Final = re.compile("(?<=[b-df-hj-np-tv-z])y")
# At the end of a foreign word it may be left out: ユーザー, ユーザ.
_LENGTHENED: Final = re.compile("(?<=[ァ-ヶ]{2})ー(?![ァ-ヶー])")
_KATAKANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# What Japanese writes with a sign or without: folded to the latter, in hiragana.
_WITH_A_SIGN: Final = (
    ("怪我", "けが"), ("濡れ", "ぬれ"), ("頃", "ごろ"), ("子供", "子ども"), ("友達", "友だち"), ("既に", "すでに"),
    ("更に", "さらに"), ("全て", "すべて"), ("様々", "さまざま"), ("及び", "および"), ("出来", "でき"), ("下さい", "ください"),
    ("我々", "われわれ"), ("殆ど", "ほとんど"), ("直ぐ", "すぐ"), ("箇月", "か月"), ("ゕ月", "か月"), ("ゖ月", "か月"),
    ("け月", "か月"), ("ゖ所", "か所"), ("箇所", "か所"), ("ゖ国", "か国"), ("分か", "わか"),
    ("れぽーと", "りぽーと"), ("うぃ", "うい"), ("うぇ", "うえ"), ("ゔぁ", "ば"), ("ゔぃ", "び"), ("ゔぇ", "べ"), ("ゔぉ", "ぼ"), ("ゔ", "ぶ"),
    ("きーう", "きえふ"), ("くずれ", "崩れ"),
    ("取り組み", "取組"), ("引き上げ", "引上げ"), ("申し込み", "申込み"),
)  # fmt: skip
_IN_KANA: Final = tuple((simpler(sign), simpler(kana)) for sign, kana in _WITH_A_SIGN)


def same_letters(own: Features, places: Sequence[int], other: Features) -> bool:
    """Whether the sentences of `own` at `places` are each one or more whole sentences of `other`."""
    row, edges = "", {0}
    for sentence in other.sentences:
        row += _letters(sentence)
        edges.add(len(row))
    return bool(places) and all(
        _stands_in(_letters(own.sentences[at]), row, edges) for at in places
    )


def _stands_in(letters: str, row: str, edges: set[int]) -> bool:
    if len(letters) < _FEWEST_LETTERS:
        return False
    start = row.find(letters)
    while start >= 0:
        if start in edges and start + len(letters) in edges:
            return True
        start = row.find(letters, start + 1)
    return False


def _letters(sentence: Sentence) -> str:
    """The letters of a sentence in one spelling; a space before and behind each figure."""
    if _SIGNS.search(sentence.raw):
        text = _LENGTHENED.sub("", spelt(fold(sentence.raw))).translate(_KATAKANA)
        for sign, kana in _IN_KANA:
            text = text.replace(sign, kana)
        text = simpler(text)
        return "".join(
            f" {part} " if part[0].isdigit() else _NO_LETTER.sub("", part)
            for part in re.split(rf"({_FIGURE.pattern})", text)
            if part
        )
    return "".join(map(_spelt, sentence.plain))


def _spelt(word: str) -> str:
    if word[0].isdigit():
        return f" {word} "
    if not "a" <= word[0] <= "z":
        # Without their vowels too many words of Arabic and Hebrew are one.
        return word
    return _LAST_Y.sub("i", _UMLAUT.sub("", skeleton(word)))
