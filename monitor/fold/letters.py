"""Whether two texts are one, letter by letter, once what only spelling varies in is put aside.

Words are too fine a measure where a text is spelt otherwise throughout: a joiner written as
a space parts one word into two, and umlauts written with an e change every other word. So
whole sentences are compared as rows of letters, from the beginning of one to the end of one:
nothing may be cut from within, so that no denial is lost, and figures stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.features import Features, Sentence
from monitor.fold.spelling import skeleton
from monitor.identify.spelling import simpler, spelt
from monitor.text.arabic import fold

# Fewer letters may be an answer, a name, a section.
_LEAST: Final = 4
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
    if len(letters) < _LEAST:
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
