"""`monitor add`: the best source behind an address, shown and written into sources.yaml."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.alert.direction import isolate, one_line, shorten
from monitor.cli.check import ADVICE
from monitor.cli.options import config_option, json_option, path_of
from monitor.cli.output import rfc3339, say_json
from monitor.config import save
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.naming import free_name
from monitor.config.written import declared
from monitor.daemon.logs import set_up
from monitor.discovery import Discovery, discover, whole
from monitor.errors import MonitorError
from monitor.fetch.client import Client
from monitor.identify.address import canonical
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
    path = path_of(config)
    loaded = load(path)
    dry_run = dry_run or (as_json and not yes)
    if not (yes or dry_run or sys.stdin.isatty()):
        raise click.UsageError("nobody to ask: --yes adds the best, --dry-run only shows it")
    taken = [source.name for source in loaded.sources]
    if name in taken:
        raise click.UsageError(f"the name {name} is taken in {path}")
    try:
        _refuse_declared(loaded.sources, whole(url))
    except ValueError as error:
        raise click.UsageError(f"{url}: {error}") from None
    set_up(quiet=True)
    text = save.read(path)
    (found,) = asyncio.run(
        seek(loaded.poll, loaded.contact, [url], private=private, everything=everything)
    )
    _show(found, everything=everything, as_json=as_json)
    if found.best is None:
        raise MonitorError(failure(found))
    offer = _chosen(found, ask=not (yes or dry_run))
    if offer is None:
        click.echo("nothing was added")
        return
    _refuse_declared(loaded.sources, offer.url)
    source = source_of(offer, found, taken, name=name, private=private)
    if not dry_run:
        try:
            save.save(path, append(text, [source], file=str(path)), was=text)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    if as_json:
        say_json({"kind": "added", "added": not dry_run, "source": declared(source)})
    elif dry_run:
        click.echo("\nwould add:\n" + "".join(f"  {k}: {v}\n" for k, v in declared(source).items()))
    else:
        click.echo(f"\nadded to {path} as {source.name}\nnext: monitor check {source.name}")


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
    advice = ADVICE.get(found.misses[0].failure) if found.misses else None
    parts = (f"no source was found behind {found.url}; tried:", tried, advice, _ELSE)
    return "\n".join(part for part in parts if part)


def _refuse_declared(sources: Iterable[Source], url: str) -> None:
    same = canonical(url)
    for source in sources:
        if canonical(source.url) == same:
            raise MonitorError(f"{url} is declared already, as {source.name}")


def _chosen(found: Discovery, *, ask: bool) -> Offer | None:
    if not ask:
        return found.best
    usable = [offer for offer in found.offers if offer.usable]
    number = click.prompt(
        "\nadd which? (0 for none)", default=1, type=click.IntRange(0, len(usable))
    )
    return usable[number - 1] if number else None


def _show(found: Discovery, *, everything: bool, as_json: bool) -> None:
    if as_json:
        for rank, offer in enumerate(found.offers, 1):
            say_json(_row(rank, offer))
        for miss in found.misses:
            say_json(
                {"kind": "miss", "url": miss.url, "failure": miss.failure, "detail": miss.detail}
            )
        return
    for note in found.notes:
        click.echo(note)
    usable = [offer for offer in found.offers if offer.usable]
    for rank, offer in enumerate(usable if everything else usable[:_SHOWN], 1):
        newest = rfc3339(offer.newest) or "undated"
        click.echo(f"\n{rank}. {offer.form}  {offer.url}")
        click.echo(
            f"   {offer.entries} entries, newest {newest}, {offer.language or 'language unknown'},"
            f" {offer.depth}"
        )
        click.echo(f"   {'; '.join(offer.why)}")
        for headline in offer.headlines:
            click.echo(f"   - {isolate(shorten(one_line(headline), _LETTERS), 'ltr')}")
    if everything and usable:
        for url, what in _not_usable(found):
            click.echo(f"\nnot usable: {url}\n   {what}")


def _not_usable(found: Discovery) -> list[tuple[str, str]]:
    poor = [(one.url, ", ".join(one.why)) for one in found.offers if not one.usable]
    return [*poor, *((miss.url, f"{miss.failure}: {miss.detail}") for miss in found.misses)]


def _row(rank: int, offer: Offer) -> dict[str, Any]:
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
        "headlines": offer.headlines,
        "why": offer.why,
    }
