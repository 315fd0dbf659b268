"""`monitor check`: the configuration, then every source, channel and story once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from monitor.cli.options import config_of, config_option, json_option
from monitor.cli.output import rfc3339, say_json
from monitor.config.secrets import read
from monitor.daemon.logs import set_up
from monitor.errors import FetchError, MonitorError, ParseError
from monitor.fetch.client import Client
from monitor.learn import profiles, seeds
from monitor.model import Channel, Config, Entry, Fetched, Source
from monitor.parse import read_entries
from monitor.story.match import glance
from monitor.story.profile import Profile
from monitor.workers import Workers

ADVICE = {
    "blocked": "the site refuses this client: try its feed or news sitemap, or ask the outlet",
    "misread": "open the address in a browser: it may need another address or `kind`",
    "not-found": "the address is wrong or has moved",
    "gone": "the outlet has taken it away: remove the source",
    "forbidden-address": "for a source in your own network set `private: true`",
    "unreachable": "check the spelling of the host, and your own network",
}


@click.command("check")
@click.argument("names", nargs=-1)
@json_option
@config_option
def check_command(names: tuple[str, ...], as_json: bool, config: Path | None) -> None:
    """Check the configuration, then every source, channel and story once (or sources NAMED).

    Nothing is stored and nothing is sent. Exit status 1 where a source fails or a
    secret cannot be read, 2 where the configuration is wrong.
    """
    loaded = config_of(config)
    set_up(quiet=True)
    wanted = [s for s in loaded.sources if s.enabled and (not names or s.name in names)]
    if unknown := set(names) - {source.name for source in loaded.sources}:
        raise click.UsageError(f"no source named {', '.join(sorted(unknown))} in {loaded.path}")
    for warning in loaded.warnings:
        click.echo(f"warning: {warning}", err=True)
    learnt = profiles(loaded)
    for story in loaded.stories:
        pieces = seeds(story)
        _say(
            {"kind": "story", "name": story.name, "state": "ok", "seeds": len(pieces)},
            f"story {story.name}: ok, {len(pieces)} seeds",
            as_json=as_json,
        )
    bad = sum(_check_channel(channel, as_json=as_json) for channel in loaded.channels)
    bad += asyncio.run(_check_sources(loaded, learnt, wanted, as_json=as_json))
    if bad:
        raise MonitorError(f"{bad} of {len(wanted) + len(loaded.channels)} checks failed")


def _check_channel(channel: Channel, *, as_json: bool) -> bool:
    """Whether something is wrong: a secret that cannot be read now would lose no alert, but delay all."""
    secrets = [channel.secret, channel.smtp.password if channel.smtp else None]
    problem = ""
    try:
        for secret in secrets:
            if secret is not None:
                read(secret)
    except MonitorError as error:
        problem = str(error)
    to = ", ".join(channel.to) or channel.url or "the log"
    _say(
        {
            "kind": "channel",
            "name": channel.name,
            "state": "failing" if problem else "ok",
            "detail": problem or to,
        },
        f"channel {channel.name}: {problem or f'ok, {channel.kind} to {to}'}",
        as_json=as_json,
    )
    return bool(problem)


async def _check_sources(
    config: Config, learnt: dict[str, Profile], wanted: list[Source], *, as_json: bool
) -> int:
    failed = 0
    client = Client(config.poll, contact=config.contact)
    workers = Workers()
    slots = asyncio.Semaphore(config.poll.concurrency)

    async def one(source: Source) -> dict[str, Any]:
        async with slots:
            return await _check_source(client, workers, learnt, source)

    try:
        for number, done in enumerate(asyncio.as_completed([one(s) for s in wanted]), 1):
            row = await done
            failed += row["state"] != "ok"
            text = f"source {row['name']}: {row['state']}, {row['detail']}"
            if row.get("advice"):
                text += f" ({row['advice']})"
            _say(row, f"[{number}/{len(wanted)}] {text}", as_json=as_json)
    finally:
        await workers.aclose()
        await client.aclose()
    return failed


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
            "advice": ADVICE.get(error.failure),
        }
    newest = max((e.published for e in reading.entries if e.published), default=None)
    likely = sum(
        not all(_off(profile, entry) for profile in learnt.values()) for entry in reading.entries
    )
    return {
        **row,
        "state": "ok",
        "entries": len(reading.entries),
        "newest": rfc3339(newest),
        "likely": likely,
        "detail": f"{len(reading.entries)} entries, newest {rfc3339(newest) or 'undated'},"
        f" {likely} to be read for a story",
        "title": reading.title,
    }


def _off(profile: Profile, entry: Entry) -> bool:
    return glance(
        profile, title=entry.title or "", summary=entry.summary or "", language=entry.language
    ).off


def _say(row: dict[str, Any], text: str, *, as_json: bool) -> None:
    if as_json:
        say_json(row)
    else:
        click.echo(text)
