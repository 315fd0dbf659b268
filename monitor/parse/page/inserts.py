"""Furniture in the middle of a paragraph: an advertisement, a "read also", a call that the sentence goes on behind.

It is told by what it says, and by an element of its own, deeper than the text around it; a sentence may have the
same words. In scripts with capitals a label in the middle of a sentence has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.parse.buttons import is_advert_label, labelled
from monitor.parse.furniture import is_noise
from monitor.parse.lines import Line, words
from monitor.parse.marks import SOFT_START, heads_others, is_soft, key

Part = tuple[str, bool, int]  # text, whether it is linked, how deep it stands

_OPENS: Final = (":", "：", "…", "..", "|", "-", "–", "—", "»", ">", "]", "】")  # behind a label
_LABEL_WORDS: Final = 5
_HEADLINE_WORDS: Final = 3
_LONGEST: Final = 30  # words
_OWN_WORDS: Final = 4  # of the paragraph, which is else a line of furniture itself
_BRACKET: Final = re.compile(r"(?=[(\[【（])")
_BRACKETS: Final = {"(": ")", "[": "]", "【": "】", "（": "）"}


def without_inserts(parts: list[Part]) -> list[Part]:
    """A paragraph's parts without those that are no part of what it says."""
    told = [at for at, (text, _, _) in enumerate(parts) if len(text) > 1 and not text.isspace()]
    if len(told) < 2:
        return parts
    least = min(parts[at][2] for at in told)
    gone: set[int] = set()
    cut: dict[int, str] = {}
    for number, at in enumerate(told):
        text, linked, depth = parts[at]
        if at in gone:
            continue
        after = told[number + 1] if number + 1 < len(told) else None
        label = ""
        if not linked and after is not None and parts[after][2] > least:
            label = _label(text, is_apart=depth > least)
        if label and after is not None and words(parts[after][0]) >= _HEADLINE_WORDS:
            gone.add(after)
            cut[at] = text[: len(text) - len(label)]
            closing = _BRACKETS.get(label[0])
            rest = after + 1
            if closing and rest < len(parts) and parts[rest][0].startswith(closing):
                cut[rest] = parts[rest][0][1:]
        elif depth > least and _is_insert(text, linked=linked):
            gone.add(at)
    left = [cut.get(at, parts[at][0]) for at in told if at not in gone]
    if not gone or sum(map(words, left)) < _OWN_WORDS:
        return parts
    return [
        (" " if at in gone else cut.get(at, text), linked and at not in gone, depth)
        for at, (text, linked, depth) in enumerate(parts)
    ]


def is_labelled(parts: Sequence[Part]) -> bool:
    """Whether a line is elements alone, of which the first is an advertisement's label: boxes on the screen."""
    first = parts[0]
    if first[0].count(" ") >= _LABEL_WORDS or any(
        depth != first[2] and not text.isspace() for text, _, depth in parts
    ):
        return False
    return is_advert_label(key(first[0])) and len(parts) > 1


def _is_insert(text: str, *, linked: bool) -> bool:
    """Whether what an element in a line says is a label with a headline, or a call, and no words of a sentence."""
    size = words(text)
    bare = text.strip(" \t\r\n([【（*_")
    if not 1 < size <= _LONGEST:
        return False
    if bare[:1].islower():
        return linked and _is_pointer(text)
    label = labelled(bare)
    if label is not None and (heads_others(label) or is_advert_label(label)):
        return True
    if SOFT_START.match(key(bare)) is not None or (linked and _is_pointer(text)):
        return True
    return size >= _HEADLINE_WORDS and is_noise(Line(bare))


def _is_pointer(text: str) -> bool:
    """Whether a link is a bracket that says where there is more: "(more of this in our report)"."""
    bare = text.strip()
    if _BRACKETS.get(bare[:1]) != bare[-1:]:
        return False
    said = bare[1:-1].split()
    return any(is_soft(key(" ".join(said[:size]))) for size in range(1, _HEADLINE_WORDS + 1))


def _label(text: str, *, is_apart: bool) -> str:
    """What a text ends with that a headline stands behind: "… [Read also: ". Empty where nothing is."""
    bare = text.rstrip()
    if not (bare.endswith(_OPENS) or is_apart):
        return ""
    said = _BRACKET.sub(" ", bare).split()
    for size in range(min(_LABEL_WORDS + 1, len(said)), 0, -1):
        label = " ".join(said[-size:])
        named = key(label)
        first = label.lstrip("([【（*")[:1]
        if first.islower() or not (heads_others(named) or is_advert_label(named)):
            continue
        if not bare.endswith(_OPENS) and (size < 2 or size < len(said)):
            continue
        start = len(bare)
        for word in reversed(said[-size:]):
            start = bare.rfind(word, 0, start)
        return text[start:]
    return ""
