"""Rules of channels that reach outside the file: addresses, templates, folders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.config import addresses, values
from monitor.config.syntax import Place
from monitor.config.tree import Tree

FEEDS = "feeds"
_TEMPLATE = 100_000  # characters
# The courier's lease on a delivery is five minutes, and it must be settled before.
_ATTEMPT = timedelta(minutes=4)


def findings(tree: Tree, folder: Path) -> Iterator[tuple[Place, str]]:
    """Yield every problem; `folder` is where relative paths start."""
    channels = tree.value.get("channels")
    folders: dict[str, str] = {}
    for name, channel in (channels if isinstance(channels, dict) else {}).items():
        written: dict[str, Any] = channel if isinstance(channel, dict) else {}
        path = ("channels", name)
        kind = written.get("kind")
        if kind == "webhook" and "url" in written:
            message = _no_hook(written["url"])
            if message:
                yield tree.at_value((*path, "url")), message
        if isinstance(found := written.get("template"), str) and kind == "webhook":
            problem = _broken(folder / found.strip())
            if problem:
                yield tree.at_value((*path, "template")), problem
        if "content_type" in written and "template" not in written and kind == "webhook":
            yield tree.at_key((*path, "content_type")), "'content_type' is given without 'template'"
        if kind == "command" and _too_long(written.get("timeout")):
            yield tree.at_value((*path, "timeout")), "longer than an attempt may last: 4m at most"
        if kind == "files":
            where = str(written.get("folder", FEEDS))
            if where in folders:
                place = (
                    tree.at_value((*path, "folder")) if "folder" in written else tree.at_key(path)
                )
                yield (
                    place,
                    f"channel '{folders[where]}' writes its feeds there: name another folder",
                )
            folders.setdefault(where, name)


def template(path: Path) -> str:
    """The text of a template. ValueError says what is wrong with it, and on which line."""
    # Only who has a template pays for the engine, which every command would load else.
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    try:
        source = path.read_text("utf-8")
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not text in UTF-8") from None
    if len(source) > _TEMPLATE:
        raise ValueError(f"{path} is larger than {_TEMPLATE // 1000} kB: too large for a template")
    try:
        ImmutableSandboxedEnvironment().parse(source)
    except TemplateSyntaxError as error:
        raise ValueError(f"{path}:{error.lineno}: {error.message}") from None
    return source


def _no_hook(value: object) -> str | None:
    """What is wrong with an address that a chat service could have."""
    try:
        if isinstance(addresses.address(value), str):
            return None
    except ValueError:  # told by its own check
        return None
    if not isinstance(value, str):
        return "a webhook's address is written here: expected one such as https://example.org/x"
    try:
        addresses.url(value)
    except ValueError as error:
        return str(error)
    return None


def _too_long(value: object) -> bool:
    try:
        return value is not None and values.duration(value) > _ATTEMPT
    except ValueError:  # told by its own check
        return False


def _broken(path: Path) -> str | None:
    try:
        template(path)
    except ValueError as error:
        return str(error)
    return None
