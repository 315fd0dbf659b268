"""Rules that look at more than one key, on the plain values of the file.

They work on what was written and not on validated models, so that they speak
even where other keys of the same mapping are wrong: all problems at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.config import lookalikes, seeds, values, ways
from monitor.config.syntax import Place
from monitor.config.tree import Tree
from monitor.model import PollSettings

Finding = tuple[Place, str]

_OF_KIND = {
    "email": ("to", "from", "smtp"),
    "webhook": ("url", "secret", "private", "template", "content_type"),
    "chat": ("url",),
    "command": ("run", "timeout"),
    "files": ("folder", "items"),
}
_NEEDED = {
    "email": {"to": "to: [desk@example.org]", "smtp": "smtp: {host: mail.example.org}"},
    "webhook": {"url": "url: https://hooks.example.org/x"},
    "chat": {"url": "url: {credential: chat-url}"},
    "command": {"run": "run: [/usr/local/bin/on-alert]"},
}


_TELLING = re.compile(r"t\.me|news\.google|bing\.com|gdeltproject|sitemap")  # else it is a feed


def guess_kind(url: str, *, links: bool) -> str:
    """Guess the kind of a source that names none; `links`: it has `selectors: {links: …}`."""
    if not links and not _TELLING.search(url.lower()):
        return "feed"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "feed"
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.lower()
    if host == "t.me" and path.startswith("/s/"):
        return "telegram"
    if (host, path.rstrip("/")) in {
        ("news.google.com", "/rss/search"),
        ("bing.com", "/news/search"),
        ("api.gdeltproject.org", "/api/v2/doc/doc"),
    }:
        return "search"
    if links:
        return "listing"
    return "sitemap" if "sitemap" in path and "/wp-json/" not in path else "feed"


def findings(tree: Tree, folder: Path) -> Iterator[Finding]:
    """Yield every problem; `folder` is where relative paths start."""
    yield from lookalikes.findings(tree)
    yield from _settings(tree)
    yield from _keep(tree)
    yield from _stories(tree, folder)
    yield from _channels(tree)
    yield from ways.findings(tree, folder)
    yield from _sources(tree)


def _settings(tree: Tree) -> Iterator[Finding]:
    written = _mapping(_mapping(tree.value.get("settings")).get("poll"))
    spans = {}
    for name in ("floor", "ceiling"):
        try:
            default = getattr(PollSettings(), name)
            spans[name] = values.duration(written[name]) if name in written else default
        except ValueError:  # told by its own check
            return
    if spans["floor"] > spans["ceiling"]:
        key = "floor" if "floor" in written else "ceiling"
        lengths = f"floor {_short(spans['floor'])}, ceiling {_short(spans['ceiling'])}"
        yield tree.at_value(("settings", "poll", key)), f"the floor is above the ceiling: {lengths}"


def _keep(tree: Tree) -> Iterator[Finding]:
    """A text is compared with what comes within the window: it must last so long."""
    settings = _mapping(tree.value.get("settings"))
    try:
        off = values.duration(_mapping(settings.get("keep"))["off"])
        window = values.duration(_mapping(settings.get("fold")).get("window", "14d"))
    except (ValueError, KeyError):  # told by its own check
        return
    if off < window:
        place = tree.at_value(("settings", "keep", "off"))
        yield (
            place,
            f"shorter than settings.fold.window ({_short(window)}), in which copies are looked for",
        )


def _stories(tree: Tree, folder: Path) -> Iterator[Finding]:
    stories = tree.value.get("stories")
    empty = _empty_keys(tree, ("stories",))
    for name in empty:
        yield tree.at_key(("stories", name)), f"story '{name}' is empty: it needs 'seeds'"
    if stories == {} and not empty:
        example = "stories: {my-story: {seeds: seeds/my-story}}"
        yield tree.at_key(("stories",)), f"there is no story: expected one such as {example}"
    for name, story in _mapping(stories).items():
        written = _mapping(story).get("seeds")
        if not isinstance(written, str) or not written.strip() or "\0" in written:
            continue
        path = folder / written.strip()
        where = tree.at_value(("stories", name, "seeds"))
        try:
            found = seeds.paths(path)
        except FileNotFoundError:
            yield where, f"no such folder: {path}; put the story's seed articles there"
        except NotADirectoryError:
            yield where, f"{path} is no folder: name the folder that holds the seed articles"
        except OSError as error:
            yield where, f"the folder {path} cannot be read: {error.strerror}"
        else:
            if not found:
                yield where, f"no seeds in {path}: put at least one article about the story there"


def _channels(tree: Tree) -> Iterator[Finding]:
    stories = list(_mapping(tree.value.get("stories")))
    for name in _empty_keys(tree, ("channels",)):
        yield tree.at_key(("channels", name)), f"channel '{name}' is empty: it needs 'kind'"
    for name, channel in _mapping(tree.value.get("channels")).items():
        path = ("channels", name)
        written = _mapping(channel)
        kind = written.get("kind")
        for key, example in _NEEDED.get(str(kind), {}).items():
            if key not in written or written[key] == []:
                where = tree.at_key((*path, key) if key in written else path)
                yield where, f"a channel of kind {kind} needs '{key}', such as {example}"
        for key in written:
            owners = [owner for owner, keys in _OF_KIND.items() if key in keys]
            if kind in ("log", *_OF_KIND) and owners and kind not in owners:
                message = (
                    f"'{key}' belongs to channels of kind {' or '.join(owners)}; this one is {kind}"
                )
                yield tree.at_key((*path, key)), message
        smtp = _mapping(written.get("smtp"))
        for one, other in (("user", "password"), ("password", "user")):
            if one in smtp and other not in smtp:
                yield tree.at_key((*path, "smtp", one)), f"'{one}' is given without '{other}'"
        send = _mapping(written.get("send"))
        if send.get("instant") == "none" and not send.get("digest"):
            message = "'instant: none' without a digest would tell nothing; add send.digest"
            yield tree.at_value((*path, "send", "instant")), message
        for key in ("at", "days"):
            if _mapping(send.get("digest")).get(key) == []:
                message = f"'{key}' is empty: name at least one"
                yield tree.at_value((*path, "send", "digest", key)), message
        wanted = written.get("stories")
        for number, story in enumerate(wanted if isinstance(wanted, list) else ()):
            if isinstance(story, str) and story not in stories:
                hint = values.did_you_mean(story, stories)
                where = tree.at_value((*path, "stories", number))
                yield where, f"unknown story '{story}'{hint or _known(stories)}"


def _sources(tree: Tree) -> Iterator[Finding]:
    first: dict[str, int] = {}
    sources = tree.value.get("sources")
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        path = ("sources", number)
        written = _mapping(source)
        name = written.get("name")
        if isinstance(name, str) and name.strip():
            seen = first.setdefault(name.strip(), number)
            if seen != number:
                line = tree.at_value(("sources", seen, "name"))[0]
                message = f"duplicate source name '{name}', first given on line {line}"
                yield tree.at_value((*path, "name")), message
        empty = _empty_keys(tree, (*path, "selectors")) if "selectors" in written else []
        for key in empty:
            message = f"'{key}' is empty: write a selector that begins with # in quotes"
            yield tree.at_key((*path, "selectors", key)), message


def _empty_keys(tree: Tree, path: tuple[str | int, ...]) -> list[str]:
    node = tree.node(path)
    children = node.children if node else None
    if not isinstance(children, dict):
        return []
    return [key for key, child in children.items() if child.text == "" and child.value is None]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _known(names: list[str]) -> str:
    return f"; known: {', '.join(names)}" if names else "; there is none"


def _short(span: timedelta) -> str:
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60)):
        if span.total_seconds() % seconds == 0:
            return f"{span.total_seconds() / seconds:.0f}{unit}"
    return f"{span.total_seconds():g}s"
