"""`monitor import`: lists of sources from other programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from monitor.cli.options import config_of, config_option, json_option, path_of
from monitor.cli.output import say_json
from monitor.cli.reload import take_over
from monitor.errors import MonitorError, ParseError
from monitor.model import Source
from monitor.parse.opml import Subscription

if TYPE_CHECKING:
    from monitor.config.naming import Names

_LARGEST = 20_000_000  # bytes; a thousand feeds are about 300,000
_FEEDS = frozenset(("", "rss", "rss1", "rss2", "rss1.0", "rss2.0", "atom", "rdf", "feed", "json", "jsonfeed"))  # fmt: skip


@dataclass(slots=True)
class _Found:
    """What becomes of one subscription: `state` is new, there or skipped."""

    file: str
    said: Subscription
    state: str
    why: str = ""
    source: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        return self.source["name"] if self.source else ""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@click.option("--disabled", is_flag=True, help="Add them with enabled: false, to be tried first.")
@json_option
@config_option
def import_command(
    files: tuple[str, ...], dry_run: bool, disabled: bool, as_json: bool, config: Path | None
) -> None:
    """Add the feeds of OPML FILES (- for standard input) that sources.yaml does not have yet.

    OPML is what feed readers export. A feed is known again by its address, whatever its
    name. What was there already and what was left out is said, with the reason. All else
    in sources.yaml stays as it is.
    """
    from monitor.config import save
    from monitor.config.edit import append
    from monitor.config.stand import stand

    path = path_of(config)
    text = save.read(path)
    loaded = config_of(path)
    found = list(_found(files, loaded.sources, disabled=disabled))
    new = [one.source for one in found if one.source]
    before = stand(loaded)
    if new and not dry_run:
        save.save(path, append(text, new, comments=_comments(found), file=str(path)), was=text)
    for one in found:
        _say(one, as_json=as_json)
    counts = {
        state: sum(one.state == state for one in found) for state in ("new", "there", "skipped")
    }
    written = f"added to {path}" if new and not dry_run else "nothing written"
    click.echo(
        f"{counts['new']} new, {counts['there']} there already, {counts['skipped']} skipped: {written}",
        err=as_json,
    )
    if new and not dry_run and not as_json:
        click.echo("next: `monitor check` tries every source once")
        take_over(config_of(path), before)


def _found(
    files: tuple[str, ...], sources: tuple[Source, ...], *, disabled: bool
) -> Iterator[_Found]:
    """What becomes of each subscription. Raises MonitorError for a file that is no OPML."""
    from monitor.config.naming import Names
    from monitor.config.opml import NAMESPACE
    from monitor.parse.opml import read_opml

    known = {_identity(source.url): source.name for source in sources}
    names = Names(source.name for source in sources)
    for file in files:
        try:
            said, odd = read_opml(_read(file), namespace=NAMESPACE)
        except ParseError as error:
            raise MonitorError(f"{file}: {error.detail}") from None
        if odd:
            click.echo(f"{file}: {odd}", err=True)
        for one in said:
            try:
                keys = _keys(one)
                address = _identity(str(keys["url"]))
                if address in known:
                    yield _Found(file, one, "there", f"source {known[address]}")
                    continue
                source = _source(one, keys, names, disabled=disabled)
            except ValueError as error:
                yield _Found(file, one, "skipped", str(error))
                continue
            known[address] = source["name"]
            names.add(source["name"])
            yield _Found(file, one, "new", source=source)


def _identity(url: str) -> str:
    from monitor.identify.address import canonical

    try:
        return canonical(url)
    except ValueError:  # no request will ever reach it
        return url


def _read(file: str) -> bytes:
    try:
        if file == "-":
            body = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                body = stream.read(_LARGEST + 1)
    except OSError as error:
        raise MonitorError(f"{file} cannot be read: {error.strerror}") from None
    if len(body) > _LARGEST:
        raise MonitorError(f"{file} is larger than {_LARGEST // 1_000_000} MB: no list of feeds")
    return body


def _keys(said: Subscription) -> dict[str, Any]:
    """What the list says of a source; ValueError says why there is none."""
    from monitor.config.opml import keys_of

    if said.is_comment:
        raise ValueError("commented out there")
    if not said.url:
        raise ValueError("no address of a feed")
    keys = keys_of(said.own, said.url) if said.own else _feed(said)
    parts = urlsplit(str(keys["url"]))
    if parts.username or parts.password:
        raise ValueError("its address carries a user name or password: use the source's `headers`")
    return keys


def _source(
    said: Subscription, keys: dict[str, Any], taken: Names, *, disabled: bool
) -> dict[str, Any]:
    """The keys of a new source, with a name of its own; ValueError says why there is none."""
    from monitor.config.written import checked

    wanted = str(keys.get("name") or "")
    keys["name"] = (
        wanted if wanted and wanted not in taken else taken.free(wanted or said.title, url=said.url)
    )
    if disabled:
        keys["enabled"] = False
    return checked(keys)


def _feed(said: Subscription) -> dict[str, Any]:
    from monitor.config.rules import guess_kind
    from monitor.config.values import language, text
    from monitor.identify.address import absolute

    if said.kind not in _FEEDS:
        raise ValueError(f"of type {said.kind}: no feed")
    # `feed:` before an address is how browsers once handed feeds to readers.
    url = re.sub(r"(?i)^feed:(?://)?(?=https?:)", "", said.url)
    url = absolute(re.sub(r"(?i)^feed:(?://)?", "http://", url))
    kind = guess_kind(url, links=False)
    keys: dict[str, Any] = {"url": url, "kind": "feed" if kind == "sitemap" else kind}
    keys["aggregator"] = kind == "search"
    for key, check, value in (("outlet", text, said.title), ("language", language, said.language)):
        try:
            keys[key] = check(value)
        except ValueError:
            continue  # a title or tag that says nothing is as good as none
    return keys


def _comments(found: list[_Found]) -> list[str]:
    """The file above its first feed, and the folder above the first of each folder."""
    comments = []
    before: tuple[str, tuple[str, ...]] = ("", ())
    for one in found:
        if one.source is None:
            continue
        file, folders = one.file, one.said.folders
        lines = (
            []
            if file == before[0]
            else ["imported" + (f" from {Path(file).name}" if file != "-" else "")]
        )
        lines += [" / ".join(folders)] if folders and (file, folders) != before else []
        comments.append("\n".join(lines))
        before = (file, folders)
    return comments


def _say(one: _Found, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "file": one.file,
                "state": one.state,
                "why": one.why or None,
                "title": one.said.title or None,
                "folders": one.said.folders,
                **(one.source or {"url": one.said.url or None}),
            }
        )
    elif one.source:
        click.echo(f"new: {one.name}  {one.source['url']}")
    else:
        click.echo(f"{one.state}: {one.said.title or one.said.url or 'an outline'}: {one.why}")
