"""`monitor add`: the best source behind an address, shown and written into sources.yaml."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.alert.direction import isolate, one_line, shorten
from monitor.cli.check import advice
from monitor.cli.options import config_option, json_option, path_of
from monitor.cli.output import counted, say_json
from monitor.cli.reload import take_over
from monitor.config import save
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.naming import free_name
from monitor.config.stand import stand
from monitor.config.written import declared
from monitor.daemon.logs import set_up
from monitor.discovery import Discovery, discover, whole
from monitor.errors import MonitorError
from monitor.fetch.client import Client
from monitor.identify.address import canonical
from monitor.look.plain import rfc3339
from monitor.model import PollSettings, Source
from monitor.parse.platforms import is_service
from monitor.parse.rank import Offer
from monitor.workers import Workers

_SHOWN = 5  # candidates, unless all are asked for
_LETTERS = 90  # of a headline
_ELSE = (
    "if you know its feed or news sitemap, give that address; else its headlines may be read"
    " by selectors, or by a search feed (docs/adding-a-source.md, chapters 6 and 7)"
)


@click.command("add")
@click.argument("url")
@click.option("--name", metavar="NAME", help="The source's name; made from its host if left out.")
@click.option("--yes", is_flag=True, help="Add the best without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what was found.")
@click.option("--all", "everything", is_flag=True, help="Look on after a good find, and show all.")
@click.option("--private", is_flag=True, help="Allow an address in your own network.")
@json_option
@config_option
def add_command(
    url: str,
    name: str | None,
    yes: bool,
    dry_run: bool,
    everything: bool,
    private: bool,
    as_json: bool,
    config: Path | None,
) -> None:
    """Find the feed, sitemap or page of headlines behind URL and add it to sources.yaml.

    URL is a site, one of its sections, an article, a feed, a bare host, or a channel. What
    it offers is read and shown, best first. The best is added when you say so: on a
    terminal you are asked, elsewhere --yes says it; with --json nothing is added without
    --yes. All else in sources.yaml stays as it is, byte for byte.
    """
    path, url = path_of(config), one_line(url)  # pasted, it may bring marks of direction along
    loaded = load(path)
    dry_run = dry_run or (as_json and not yes)
    if not (yes or dry_run or sys.stdin.isatty()):
        raise click.UsageError("nobody to ask: --yes adds the best, --dry-run only shows it")
    taken = [source.name for source in loaded.sources]
    known = {_identity(source.url): source.name for source in loaded.sources}
    if name in taken:
        raise click.UsageError(f"the name {name} is taken in {path}")
    try:
        _refuse_declared(known, whole(url))
    except ValueError as error:
        raise click.UsageError(f"{url}: {error}") from None
    set_up(quiet=True)
    text = save.read(path)
    (found,) = asyncio.run(
        seek(loaded.poll, loaded.contact, [url], private=private, everything=everything)
    )
    _show(found, known, everything=everything, as_json=as_json)
    if found.best is None:
        raise MonitorError(failure(found))
    offer = _chosen(found, known, ask=not (yes or dry_run))
    if offer is None:
        click.echo("nothing was added")
        return
    _refuse_declared(known, offer.url)
    source = source_of(offer, found, taken, name=name, private=private)
    try:
        changed = append(text, [source], file=str(path))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    before = stand(loaded)
    if not dry_run:
        save.save(path, changed, was=text)
    if as_json:
        say_json({"kind": "added", "added": not dry_run, "source": declared(source)})
    elif dry_run:
        click.echo(f"\nwould add to {path}:\n{_new_lines(text, changed)}")
    else:
        click.echo(f"\nadded to {path} as {source.name}\nnext: monitor check {source.name}")
        take_over(load(path), before)


async def seek(
    poll: PollSettings,
    contact: str | None,
    addresses: Iterable[str],
    *,
    private: bool = False,
    everything: bool = False,
) -> list[Discovery]:
    """Look behind each address, one after the other; what is asked is said on standard error."""
    client = Client(poll, contact=contact)
    workers = Workers()
    try:
        return [
            await discover(
                client,
                workers,
                address,
                private=private,
                everything=everything,
                say=lambda one: click.echo(f"looking at {one}", err=True),
            )
            for address in addresses
        ]
    finally:
        await workers.aclose()
        await client.aclose()


def source_of(
    offer: Offer,
    found: Discovery,
    taken: Sequence[str],
    *,
    name: str | None = None,
    private: bool = False,
) -> Source:
    """The offer as it is declared; its name is made from the host, or from the channel's."""
    channel = urlsplit(found.url).path.rstrip("/").rpartition("/")[2].lstrip("@")
    wanted = channel if is_service(offer.url) else offer.url
    return Source(
        name=name or free_name(wanted, taken, url=offer.url),
        kind=offer.kind,
        url=offer.url,
        outlet=one_line(found.outlet) if found.outlet else None,
        language=offer.language,
        aggregator=offer.aggregator,
        private=private,
    )


def failure(found: Discovery) -> str:
    """What was tried and what came of it, and what may be done."""
    tried = "\n".join(f"  {url}\n    {what}" for url, what in _not_usable(found))
    first = found.misses[0] if found.misses else None
    hint = advice(first.failure, first.detail, private="give --private") if first else None
    parts = (f"no source was found behind {found.url}; tried:", tried, hint, _ELSE)
    return "\n".join(part for part in parts if part)


def _identity(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:  # no request will ever reach it
        return url


def _refuse_declared(known: Mapping[str, str], url: str) -> None:
    if name := known.get(canonical(url)):
        raise MonitorError(f"{url} is declared already, as {name}")


def _chosen(found: Discovery, known: Mapping[str, str], *, ask: bool) -> Offer | None:
    """The best; a person is led to the best that is new.

    A script that adds one site twice must not get a second, poorer source of it: so
    unasked, nothing takes the place of a best that is declared already.
    """
    usable = [offer for offer in found.offers if offer.usable]
    new = [n for n, offer in enumerate(usable, 1) if canonical(offer.url) not in known]
    if not ask:
        if name := known.get(canonical(usable[0].url)):
            instead = (
                f"; to have the next best as well, add {usable[new[0] - 1].url}" if new else ""
            )
            raise MonitorError(f"{usable[0].url} is declared already, as {name}{instead}")
        return usable[0]
    number = click.prompt(
        "\nadd which? (0 for none)",
        default=new[0] if new else 0,
        type=click.IntRange(0, len(usable)),
    )
    return usable[number - 1] if number else None


def _new_lines(before: str, after: str) -> str:
    """The lines of `after` that `before` does not have, where one place was added to."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return "".join(new[head : len(new) - tail]).strip("\r\n")


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _show(found: Discovery, known: Mapping[str, str], *, everything: bool, as_json: bool) -> None:
    if as_json:
        for rank, offer in enumerate(found.offers, 1):
            say_json(_row(rank, offer, known.get(canonical(offer.url))))
        for miss in found.misses:
            say_json(
                {"kind": "miss", "url": miss.url, "failure": miss.failure, "detail": miss.detail}
            )
        return
    for note in found.notes:
        click.echo(note)
    usable = [offer for offer in found.offers if offer.usable]
    for rank, offer in enumerate(usable if everything else usable[:_SHOWN], 1):
        newest = f"newest {rfc3339(offer.newest)}" if offer.newest else "undated"
        click.echo(f"\n{rank}. {offer.form}  {offer.url}")
        if name := known.get(canonical(offer.url)):
            click.echo(f"   declared already, as {name}")
        click.echo(
            f"   {counted(offer.entries, 'entry', 'entries')}, {newest}, {offer.language or 'language unknown'},"
            f" {offer.depth}"
        )
        click.echo(f"   {'; '.join(offer.why)}")
        for headline in offer.headlines:
            click.echo(f"   - {isolate(shorten(one_line(headline), _LETTERS), 'ltr')}")
    if everything and usable:
        for url, what in _not_usable(found):
            click.echo(f"\nnot usable: {url}\n   {what}")


def _not_usable(found: Discovery) -> list[tuple[str, str]]:
    """Addresses and what is wrong with them; those of one site with one fault come together."""
    poor = [(one.url, ", ".join(one.why)) for one in found.offers if not one.usable]
    missed = [(miss.url, f"{miss.failure}: {miss.detail}") for miss in found.misses]
    groups: dict[tuple[str, str], list[str]] = {}
    for url, what in [*poor, *missed]:
        site = "/".join(url.split("/", 3)[:3])
        groups.setdefault((site, what), []).append(url.removeprefix(site))
    return [(site + ", ".join(paths), what) for (site, what), paths in groups.items()]


def _row(rank: int, offer: Offer, name: str | None) -> dict[str, Any]:
    return {
        "kind": "candidate",
        "rank": rank,
        "url": offer.url,
        "source_kind": offer.kind,
        "form": offer.form,
        "found": offer.found,
        "entries": offer.entries,
        "newest": rfc3339(offer.newest),
        "language": offer.language,
        "depth": offer.depth,
        "aggregator": offer.aggregator,
        "usable": offer.usable,
        "declared": name,
        "headlines": offer.headlines,
        "why": offer.why,
    }
