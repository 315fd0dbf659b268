"""A source as the text of sources.yaml: which keys are written, and how a value is quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import yaml
from pydantic import ValidationError

from monitor.config.rules import guess_kind
from monitor.config.schema import SourceKeys
from monitor.config.tree import Tree
from monitor.model import Source

# The order in which people write them: what it is, how it is read, how it is taken apart.
KEYS = (
    "name", "kind", "url", "outlet", "language", "timezone", "every", "aggregator", "private",
    "primary", "enabled", "article_id", "selectors", "headers",
)  # fmt: skip
_USUAL = {"enabled": True, "aggregator": False, "private": False, "primary": False}
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def declared(source: Source | Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a source as they are written: in the usual order, without defaults.

    `kind` stays out only for a feed whose address would not be taken for anything else.
    """
    given = dict(source) if isinstance(source, Mapping) else _plain(source)
    order = {key: number for number, key in enumerate(KEYS)}
    written = {
        key: _plain(given[key]) for key in sorted(given, key=lambda k: order.get(k, len(KEYS)))
    }
    written = {
        key: value
        for key, value in written.items()
        if value not in (None, {}) and value != _USUAL.get(key)
    }
    links = "links" in written.get("selectors", {})
    if guess_kind(str(written.get("url")), links=links) == written.get("kind") == "feed":
        del written["kind"]
    return written


def checked(source: Source | Mapping[str, Any]) -> dict[str, Any]:
    """Return what `declared` gives; ValueError where no file could be loaded with it."""
    keys = declared(source)
    try:
        SourceKeys.model_validate(keys)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = first.get("ctx", {}).get("error") or first["msg"]
        raise ValueError(f"source {keys.get('name')!r}: {where}: {reason}") from None
    return keys


def _plain(value: Any) -> Any:
    if isinstance(value, timedelta):
        return _duration(value)
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(found) for key, found in value.items() if found is not None}
    return value


def _duration(span: timedelta) -> str:
    """`90m`, `2h`: the largest unit that leaves no rest."""
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if not span % timedelta(seconds=length):
            return f"{span // timedelta(seconds=length)}{unit}"
    return f"{span.total_seconds():f}".rstrip("0").rstrip(".") + "s"


def in_lines(mapping: Mapping[str, Any]) -> list[str]:
    """Return the lines of a block mapping, a mapping in it indented by two blanks."""
    lines = []
    for key, value in mapping.items():
        if isinstance(value, Mapping):
            lines += [f"{_scalar(key)}:", *(f"  {line}" for line in in_lines(value))]
        else:
            lines.append(f"{_scalar(key)}: {_scalar(value)}")
    return lines


def in_one_line(value: Any, *, as_json: bool = False) -> str:
    """Return `{name: x, url: "https://…"}`; `as_json` for a file that quotes its keys, too."""
    if as_json:
        # JSON may hold letters as they are that end a line in YAML or cannot stand there.
        written = json.dumps(value, ensure_ascii=False)
        return _ODD.sub(lambda letter: f"\\u{ord(letter[0]):04x}", written)
    if isinstance(value, Mapping):
        pairs = (f"{_scalar(k, in_flow=True)}: {in_one_line(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    return _scalar(value, in_flow=True)


def _scalar(value: Any, *, in_flow: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _is_bare(text, in_flow=in_flow):
        return text
    if not _ODD.search(text):
        if '"' in text or "\\" in text:
            return "'" + text.replace("'", "''") + "'"
        return f'"{text}"'
    escaped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return escaped.rstrip("\n")


def _is_bare(text: str, *, in_flow: bool) -> bool:
    """Whether it may stand without quotes: as YAML has it, and plain to a person's eye."""
    if not text.isprintable() or text != text.strip() or not text[:1].isalnum():
        return False
    if any(sign in text for sign in ("#", "%", "\\", ": ")) or text.endswith(":"):
        return False
    if in_flow and any(sign in text for sign in ",[]{}:?"):
        return False
    return bool(Tree(f"- {text}").value == [text])
