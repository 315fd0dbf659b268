"""Rows as JSON, the same from a command and from a page."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def as_json(value: Mapping[str, Any]) -> bytes:
    """One object on one line, in UTF-8."""
    line = json.dumps(value, ensure_ascii=False, default=_plain)
    # A lone surrogate of a hostile feed must not end the listing.
    return line.encode("utf-8", "replace")


def rfc3339(moment: datetime | None) -> str | None:
    """UTC with a Z, without fractions."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return rfc3339(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
