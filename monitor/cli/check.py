"""`monitor check`: the configuration, then every source, channel and story once."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.alert.troubles import ENGLISH
from monitor.cli.options import config_of, config_option, json_option, warn_of_no_source
from monitor.cli.output import counted, progress, say_json, table
from monitor.cli.ways import fault
from monitor.config.secrets import read
from monitor.daemon.logs import set_up
from monitor.daemon.rig import leads_to
from monitor.errors import FetchError, MonitorError, ParseError
from monitor.fetch.client import Client
from monitor.learn import profiles
from monitor.look.loaded import MEND, unread
from monitor.look.plain import rfc3339
from monitor.model import Channel, Config, Fetched, Secret, Source
from monitor.parse import read_entries
from monitor.store.lock import holder
from monitor.store.store import Store
from monitor.story.look import look_at
from monitor.story.portrait import portrait
from monitor.story.profile import Profile
from monitor.workers import Workers

_EMPTY = "watch it for a day before you keep it"
_SHORT = 12  # characters of a password that are soon guessed, where there are no more
_OWN_NETWORK = ("not a public address", "a local name")


def advice(failure: str, detail: str, *, private: str = "set `private: true`") -> str | None:
    """What may be done; `private` is how the caller's own sources are allowed in one's network."""
    if failure != "forbidden-address":
        return ENGLISH.advice.get(failure)
    if detail.endswith(_OWN_NETWORK):
        return f"for a source in your own network {private}"
    return None


@click.command("check")
@click.argument("names", nargs=-1)
@json_option
@config_option
def check_command(names: tuple[str, ...], as_json: bool, config: Path | None) -> None:
    """Check the configuration, then every source, channel and story once (or sources NAMED).

    Sources with `enabled: false` are tried where they are named.

    Nothing is stored and nothing is sent. Exit status 1 where a source fails or a
    secret cannot be read, 2 where the configuration is wrong.
    """
    loaded = config_of(config)
    set_up(quiet=True)
    wanted = [s for s in loaded.sources if (s.name in names if names else s.enabled)]
    if unknown := set(names) - {source.name for source in loaded.sources}:
        raise click.UsageError(f"no source named {', '.join(sorted(unknown))} in {loaded.path}")
    for warning in loaded.warnings:
        click.echo(f"warning: {warning}", err=True)
    if len(loaded.channels) == 1:
        (only,) = loaded.channels
        click.echo(
            f"warning: {only.name} is the only channel: if it fails, nobody hears of it; add a"
            " second one, or settings.ping",
            err=True,
        )
    warn_of_no_source(wanted)
    learnt = profiles(loaded)
    rows = [_check_story(learnt[story.name]) for story in loaded.stories]
    rows += [_check_channel(loaded, channel) for channel in loaded.channels]
    rows += _check_inbox(loaded)
    rows += _check_page(loaded)
    if as_json:
        for row in rows:
            say_json(row)
    rows += asyncio.run(_check_sources(loaded, learnt, wanted, as_json=as_json))
    if not as_json:
        shown = [(r["kind"], r["name"], r["state"], r["detail"]) for r in rows]
        below = [r.get("advice") for r in rows]
        table(("kind", "name", "state", "detail"), shown, below=below, mark="→ ")
        if off := 0 if names else len(loaded.sources) - len(wanted):
            said = (
                "1 source is switched off and was"
                if off == 1
                else f"{off} sources are switched off and were"
            )
            click.echo(f"{said} not tried", err=True)
    _say_unread(loaded)
    bad = sum(row["state"] != "ok" for row in rows)
    if bad:
        raise MonitorError(f"{bad} of {len(rows)} checks failed")


def _say_unread(config: Config) -> None:
    """What was checked and the running daemon does not know of."""
    if holder(config.database) is None or not config.database.exists():
        return
    with closing(Store.open(config.database)) as store:
        if said := unread(config, store):
            click.echo(f"warning: {said}\n→ {MEND}", err=True)


def _check_story(profile: Profile) -> dict[str, Any]:
    """The pieces that its documents came to; a document may hold two articles."""
    pieces = profile.seeds
    documents = {piece.name.split("#")[0] for piece in pieces}
    found = portrait(profile, profile)
    return {
        "kind": "story",
        "name": profile.story.name,
        "state": "ok",
        "seeds": len(pieces),
        "detail": f"{counted(len(documents), 'document')}, {counted(len(pieces), 'article')} in them",
        "advice": next(iter(found["not_understood"]), None),
    }


def _check_channel(config: Config, channel: Channel) -> dict[str, Any]:
    problem = fault(config, channel)
    return {
        "kind": "channel",
        "name": channel.name,
        "state": "failing" if problem else "ok",
        "detail": problem or f"{channel.kind} to {leads_to(channel)}",
    }


def _check_inbox(config: Config) -> list[dict[str, Any]]:
    inbox = config.inbox
    if inbox is None:
        return []
    detail = f"answers come to {inbox.url}, here to {inbox.host}:{inbox.port}"
    return [_of_secret("inbox", inbox.secret, detail)]


def _check_page(config: Config) -> list[dict[str, Any]]:
    web = config.web
    if web is None or not web.page or web.password is None:
        return []
    detail = f"asks for its password, at {web.url or f'http://{web.host}:{web.port}/'}"
    row = _of_secret("page", web.password, detail)
    if row["state"] == "ok" and len(read(web.password)) < _SHORT:
        row["advice"] = f"its password is short: {_SHORT} characters at least are not soon guessed"
    return [row]


def _of_secret(kind: str, secret: Secret, detail: str) -> dict[str, Any]:
    """Whether it can be read; `detail` where it can."""
    try:
        read(secret)
    except MonitorError as error:
        return {"kind": kind, "name": kind, "state": "failing", "detail": str(error)}
    return {"kind": kind, "name": kind, "state": "ok", "detail": detail}


async def _check_sources(
    config: Config, learnt: dict[str, Profile], wanted: list[Source], *, as_json: bool
) -> list[dict[str, Any]]:
    """Each source once; progress goes to standard error, JSON Lines out as they come."""
    client = Client(config.poll, contact=config.contact)
    workers = Workers()
    slots = asyncio.Semaphore(config.poll.concurrency)

    async def one(source: Source) -> dict[str, Any]:
        async with slots:
            return await _check_source(client, workers, learnt, source)

    found: dict[str, dict[str, Any]] = {}
    try:
        with progress(len(wanted), "sources") as step:
            for done in asyncio.as_completed([one(source) for source in wanted]):
                row = await done
                found[row["name"]] = row
                step(f"{row['name']}: {row['state']}")
                if as_json:
                    say_json(row)
    finally:
        await workers.aclose()
        await client.aclose()
    return [found[source.name] for source in wanted]


async def _check_source(
    client: Client, workers: Workers, learnt: dict[str, Profile], source: Source
) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": "source", "name": source.name, "url": source.url}
    try:
        answer = await client.get(source.url, headers=source.headers, private=source.private)
        assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
        reading = await workers.run(read_entries, source, answer)
    except (FetchError, ParseError) as error:
        return {
            **row,
            "state": error.failure,
            "detail": error.detail,
            "advice": advice(error.failure, error.detail),
        }
    if reading.children:
        count, (first, _) = len(reading.children), reading.children[0]
        return {
            **row,
            "state": "ok",
            "entries": len(reading.entries),
            "sitemaps": count,
            "detail": f"an index of {count} sitemaps, of which the newest are read: first {first}",
        }
    newest = max((e.published for e in reading.entries if e.published), default=None)
    likely = sum(
        not all(look_at(profile, entry, source.language).off for profile in learnt.values())
        for entry in reading.entries
    )
    if not reading.entries:
        return {**row, "state": "ok", "entries": 0, "detail": "it lists nothing", "advice": _EMPTY}
    return {
        **row,
        "state": "ok",
        "entries": len(reading.entries),
        "newest": rfc3339(newest),
        "likely": likely,
        "detail": f"{counted(len(reading.entries), 'entry', 'entries')},"
        f" {f'newest {rfc3339(newest)}' if newest else 'undated'},"
        f" {likely} to be read for a story",
        "title": reading.title,
    }
