"""The source that a page names beside its article: “المصدر: رويترز”, “Source: AFP”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.parse.shown import Shown

_LABEL: Final = re.compile(
    r"\W*(?:المصدر|المصادر|مصدر الخبر|نقلا عن|نقلاً عن|sources?|источники?|джерело|quelle|fuente|kaynak|منبع|출처|来源|來源|出典)"
    r"\s*[:：/|]\s*(?P<named>.{0,80})",
    re.IGNORECASE,
)
_NAME: Final = 80  # letters


def read_credit(lines: Sequence[Shown]) -> str | None:
    """What stands behind the first label of a source, on its line or as the next one."""
    for at, line in enumerate(lines):
        label = _LABEL.fullmatch(line.text)
        if not label:
            continue
        if named := label["named"].strip():
            return named
        if at + 1 < len(lines) and len(lines[at + 1].text) <= _NAME:
            return lines[at + 1].text
    return None
