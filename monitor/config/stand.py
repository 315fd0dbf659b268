"""What a configuration says and its seeds hold, as digests: whether they changed is seen by these."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitor.config.seeds import files
from monitor.model import Config

# Where it lies is no part of what it says.
_PLACES = ("path", "database", "warnings", "text")


def stand(config: Config) -> dict[str, str]:
    """Digests by what they are of, as a person would name it: `sources.yaml`, `the seeds of NAME`.

    Comments and order of writing do not count. MonitorError where seeds cannot be read.
    """
    said = {name: value for name, value in _plain(config).items() if name not in _PLACES}
    found = {config.path.name: _digest(json.dumps(said, default=_plain).encode())}
    for story in config.stories:
        parts = (part for name, body in files(story.seeds) for part in (name.encode(), body))
        found[f"the seeds of {story.name}"] = _digest(*parts)
    return found


def place(path: Path) -> str:
    """Which file that is, wherever its name leads: of a link in its folder each edit may be another file.

    So Kubernetes mounts a ConfigMap. Seeds and database are looked for from here, too.
    """
    return str(path.absolute().parent.resolve() / path.name)


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs, of what there is now; what is gone is told by `sources.yaml` itself."""
    # A story that came with the file needs no word of its own.
    return [name for name, digest in now.items() if before.get(name, digest) != digest]


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    return dict(value) if isinstance(value, Mapping) else str(value)
