"""What stands behind a headline's last marks: `Headline | Site`, `Headline - Outlet - Section`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_MARKS: Final = re.compile(r"(?<=\s)(?:[|｜–—·•-]|::)(?=\s)|[|｜]")
# One of them stands in each: most headlines have none, and are looked through for these much faster.
_LETTERS: Final = re.compile("[|｜–—·•:-]")
# The shortest headline in words.
_HEADLINE: Final = 3
# As many letters in scripts without spaces.
_EASTERN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]{6}")
# Marks that are tried from the end: "… | NK News - North Korea News".
_PARTS: Final = 3


def without_tails(title: str, is_outlet: Callable[[str], bool]) -> str:
    """A headline cut at the marks behind which `is_outlet` says that an outlet stands, last one first.

    Never to fewer than three words, or six letters of a script without spaces.
    """
    if not _LETTERS.search(title):
        return title
    for mark in reversed(list(_MARKS.finditer(title))[-_PARTS:]):
        rest, name = title[: mark.start()].rstrip(), title[mark.end() :].strip()
        if len(rest.split()) < _HEADLINE and not _EASTERN.search(rest):
            break
        if is_outlet(name):
            title = rest
    return title
