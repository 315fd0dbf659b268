"""Outlets' marks: lines, compared without what stands around them, behind which something else than the article comes."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.arabic import fold
from monitor.text.lists import any_of, pattern, phrases
from monitor.text.memory import of_lines, of_names

_LISTS: Final = ("monitor.parse", "marks")
# A line that is one of these and nothing else: what follows is other stories or comments.
HARD: Final = phrases(*_LISTS, "others")
# As HARD when alone on a line; with a headline behind it, that one line.
SOFT: Final = phrases(*_LISTS, "one")
# A line that heads a box of its own on the page, which is the box's as far as it goes: whom, what and how many it is about.
BOXED: Final = phrases(*_LISTS, "boxed")
# Lines that close an article: its source and tags.
CLOSING: Final = phrases(*_LISTS, "closing")
_EDGE: Final = ' \t:：.…·•●▪▫■□◆►▶»«›‹>|–—-*#!،,_/✔☑👈👇⬇️🔴⭕🔵🔶🔷🔸🔹🟢🟡📌📍🔔📢📲📱➡✅❗🔥○◉◾◽▫()[]【】"“”'
LABEL_START: Final = re.compile(rf"(?:{any_of(phrases(*_LISTS, 'here'))})(?!\w)")
SOFT_START: Final = re.compile(
    rf"(?:{any_of(SOFT)})\s*(?:[:：|–—\]】〕］-]|\.{{2,}}|…|\?|»|>)+\s*(?=\S)"
)
CLOSING_START: Final = re.compile(rf"(?:{any_of(CLOSING)})\s*[:：|]\s*(?=\S)")
STAMP_START: Final = re.compile(rf"(?:{any_of(phrases(*_LISTS, 'stamp'))})\s*[:：]?\s*(?=.*\d)")
# The comment form, and what can only be the foot of a page: by their first words.
FOOT_START: Final = re.compile(any_of(phrases(*_LISTS, "foot")))
BYLINE: Final = re.compile(
    rf"(?:{any_of(phrases(*_LISTS, 'byline'))})\s*[:：|/-]?\s+\S"
    r"|(?:د|ا\.\s?د|م|دكتور|الدكتور|dr|prof)\.\s?\S|.{2,12}\s(?:기자|특파원)(?:\s|$)|(?:by|بقلم)\b"
)
# As Arabic outlets put such a line together: short, and all of it this.
_HEAD: Final = re.compile(pattern(*_LISTS, "heads"))
_HEAD_WORDS: Final = 6
# What tells those who listen how to get past a box.
_SKIP: Final = re.compile(pattern(*_LISTS, "skips"))


@of_names
def is_soft(bare: str) -> bool:
    """Whether a line, as compared, heads other stories, be it one or a list: "Read also", "You may like"."""
    return bare in SOFT or (bare.count(" ") < _HEAD_WORDS and _HEAD.fullmatch(bare) is not None)


@of_names
def heads_others(bare: str) -> bool:
    """Whether a line, as compared, is an outlet's mark, behind which other stories or comments stand."""
    return bare in HARD or is_soft(bare) or _SKIP.fullmatch(bare) is not None


@of_lines
def folded(line: str) -> str:
    """The line folded; of the lines of one page each is asked for several times."""
    return fold(line)


@of_lines
def key(line: str) -> str:
    """The line as it is compared with a mark: folded, without bullets, colons and quotes around it."""
    return folded(line).strip(_EDGE)
