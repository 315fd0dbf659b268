"""`monitor alerts`: the delivery log, sending again, a test through every channel."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.alert.direction import shorten
from monitor.bulletin import Editor
from monitor.cli.holds import said
from monitor.cli.options import config_of, config_option, json_option, since_option, store_of
from monitor.cli.output import age, counted, say_json
from monitor.daemon.clock import clock
from monitor.daemon.logs import set_up
from monitor.errors import MonitorError
from monitor.look.deliveries import answer, log
from monitor.look.plain import rfc3339
from monitor.look.wanted import article
from monitor.model import Config
from monitor.store.rows import moment
from monitor.store.store import Store

_F = TypeVar("_F", bound=Callable[..., Any])
_LETTERS = 60  # of an answer, in a listing
_STATES = ("held", "queued", "delivered", "given-up", "dismissed")


def _which(function: _F) -> _F:
    """What the log is narrowed to."""
    limit = click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
    channel = click.option("--channel", metavar="NAME", help="Only this channel.")
    state = click.option("--state", type=click.Choice(_STATES), help="Only what stands so.")
    return limit(channel(state(function)))


@click.group("alerts", invoke_without_command=True)
@_which
@json_option
@config_option
@click.pass_context
def alerts_command(
    ctx: click.Context,
    limit: int,
    channel: str | None,
    state: str | None,
    as_json: bool,
    config: Path | None,
) -> None:
    """Show the delivery log (as `monitor alerts list`), send again, try the channels."""
    if config is not None:
        ctx.find_root().obj = config
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_command, limit=limit, channel=channel, state=state, as_json=as_json)
    elif channel or state:
        raise click.UsageError(f"--channel and --state come after {ctx.invoked_subcommand}")


@alerts_command.command("list", short_help="List deliveries, with the receiver's answer.")
@_which
@json_option
@config_option
def list_command(
    limit: int,
    channel: str | None,
    state: str | None,
    as_json: bool,
    config: Path | None = None,
) -> None:
    """List deliveries of alerts and notices, newest first, with the receiver's answer.

    What is held for a summary or the digest stands first, with what it waits for.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        _known(channel, loaded, store)
        rows = log(store, limit, channel=channel, state=state)
    if as_json:
        for row in rows:
            say_json(row)
        return
    for (_, title), group in itertools.groupby(rows, lambda row: (row["alert"], row["title"])):
        deliveries = list(group)
        _say(loaded, title, deliveries, clock())


def _say(config: Config, title: str, rows: list[dict[str, Any]], now: datetime) -> None:
    """One alert with its deliveries, a line each."""
    first = rows[0]
    number = first["alert"] or f"held {first['article']}"
    story = f"{first['story']}: " if first.get("story") and len(config.stories) > 1 else ""
    click.echo(f"{rfc3339(moment(first['created']))}  {number}  {story}{title}")
    width = max(len(row["channel"]) for row in rows)
    for row in rows:
        state = said(config, row) if row["state"] == "held" else _state(row, now)
        told = f"  {shorten(answer(row), _LETTERS)}" if row["state"] != "held" else ""
        to = f"  {row['recipient']}" if row["recipient"] else ""
        click.echo(f"  {row['channel']:<{width}}  {state}{to}{told}".rstrip())


def _state(row: dict[str, Any], now: datetime) -> str:
    """`delivered`, `given-up ×10`, `queued ×2, next try in 4m`."""
    state = f"{row['state']} ×{row['attempts']}" if row["attempts"] > 1 else str(row["state"])
    if row["state"] != "queued":
        return state
    if row["claimed"]:
        return f"{state}, on its way"
    next_at = moment(str(row["next_at"]))
    if next_at <= now:
        return f"{state}, due"
    return f"{state}, {'next try ' if row['attempts'] else ''}{age(next_at, now)}"


def _known(channel: str | None, config: Config, store: Store) -> None:
    """UsageError for a channel that there never was: a slip must not read as a channel without alerts."""
    known = {each.name for each in config.channels}
    known.update(store.deliveries.counts(), store.held.counts())
    if channel is not None and channel not in known:
        raise click.UsageError(_none(channel, config))


def _lost(function: _F) -> _F:
    """One alert, or what was given up."""
    since = since_option("With --given-up: only what was given up since then.")
    every = click.option("--given-up", is_flag=True, help="All that was given up, in place of one.")
    channel = click.option("--channel", metavar="NAME", help="Only on this channel.")
    return click.argument("alert", required=False)(channel(every(since(function))))


def _channels(config: Config, channel: str | None) -> list[str]:
    """What is queued for a channel that there is no more would wait for ever."""
    names = [each.name for each in config.channels]
    if channel is None:
        return names
    if channel not in names:
        raise click.UsageError(_none(channel, config))
    return [channel]


def _none(channel: str, config: Config) -> str:
    names = sorted(each.name for each in config.channels)
    return f"no channel named {channel} in {config.path}: there is {', '.join(names)}"


def _one_or_all(alert: str | None, given_up: bool, since: datetime | None) -> None:
    if (alert is None) != given_up:
        raise click.UsageError("name an ALERT, or say --given-up for all that was given up")
    if since is not None and not given_up:
        raise click.UsageError("--since goes with --given-up")


def _say_done(count: int, done: str, nothing: str, missing: str) -> None:
    """What became of so many; of none, `nothing`, and where that is empty MonitorError `missing`."""
    if count:
        click.echo(f"{counted(count, 'delivery', 'deliveries')} {done}")
    elif nothing:
        click.echo(nothing)
    else:
        raise MonitorError(missing)


@alerts_command.command("resend", short_help="Queue an alert again, or all that was given up.")
@_lost
@config_option
def resend_command(
    alert: str | None,
    channel: str | None,
    given_up: bool,
    since: datetime | None,
    config: Path | None,
) -> None:
    """Queue an ALERT again: the same message under the same key, on every channel it had.

    With --given-up, once a channel works again, all that it lost. The daemon sends it at its
    next tick; without a daemon, `monitor poll` does.
    """
    _one_or_all(alert, given_up, since)
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        queued = store.outbox.resend(
            alert, clock(), channels=_channels(loaded, channel), since=since
        )
    on = f" on {channel}" if channel else ""
    missing = f"no alert {alert}{on}: `monitor alerts list` shows their ids"
    _say_done(queued, "queued again", "" if alert else f"nothing was given up{on}", missing)


@alerts_command.command("dismiss", short_help="Let go what was given up: it is counted no more.")
@_lost
@config_option
def dismiss_command(
    alert: str | None,
    channel: str | None,
    given_up: bool,
    since: datetime | None,
    config: Path | None,
) -> None:
    """Let go what was given up and need not be told any more, of an ALERT or all of it.

    `status` and `doctor` count it no more, and `resend --given-up` leaves it. `explain` still
    says that it never arrived, and `resend ALERT` still sends it.
    """
    _one_or_all(alert, given_up, since)
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        _known(channel, loaded, store)
        gone = store.outbox.dismiss(alert, channels=[channel] if channel else None, since=since)
    on = f" on {channel}" if channel else ""
    missing = f"nothing of {alert} was given up{on}: see `monitor alerts --state given-up`"
    _say_done(gone, "dismissed", "" if alert else f"nothing was given up{on}", missing)


@alerts_command.command("release", short_help="Send what is held now.")
@click.argument("wanted", metavar="URL_OR_ID", required=False)
@click.option("--all", "everything", is_flag=True, help="All that is held, in place of one.")
@click.option("--channel", metavar="NAME", help="Only on this channel.")
@config_option
def release_command(
    wanted: str | None, everything: bool, channel: str | None, config: Path | None
) -> None:
    """Tell now what waits for the end of quiet hours, a ceiling, a digest or a flood.

    URL_OR_ID is an article's address or the number that `monitor alerts` shows; its development
    goes out on every channel that holds it, in a summary of its own. It counts as told then:
    no later summary or digest names it again. The daemon sends it at its next tick; without a
    daemon, `monitor poll` does.
    """
    if (wanted is None) != everything:
        raise click.UsageError("name one that is held, or say --all")
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        _known(channel, loaded, store)
        chosen = None if wanted is None else _held_of(loaded, store, wanted)
        queued = Editor(loaded, store, clock).release(chosen, channel)
    if not queued:
        on = f" on {channel}" if channel else ""
        raise MonitorError(
            f"nothing{'' if everything else ' of it'} is held{on}: see `monitor alerts --state held`"
        )
    told = sum(len(each.held) for each in queued)
    click.echo(
        f"{counted(told, 'development')} in {counted(len(queued), 'summary', 'summaries')} queued"
    )


def _held_of(config: Config, store: Store, wanted: str) -> set[tuple[str, int]]:
    """The held developments that an article, or one's number, stands for."""
    row = article(config, store, wanted)
    numbers = {row["id"], row["original_id"]} if row else set()
    found = set()
    for each in store.held.listing():
        place = row and store.developments.place(each["story"], row["id"])
        ours = numbers | ({place["id"]} if place else set())
        if each["article"] in ours or each["development"] in ours:
            found.add((each["story"], each["development"]))
    return found


@alerts_command.command("test", short_help="Send a test message through the channels.")
@click.argument("channels", nargs=-1)
@json_option
@config_option
def test_command(channels: tuple[str, ...], as_json: bool, config: Path | None) -> None:
    """Send a test message through every channel (or those named) now; nothing is stored."""
    from monitor.cli.trial import send_trial

    loaded = config_of(config)
    set_up(quiet=False)
    unknown = set(channels) - {channel.name for channel in loaded.channels}
    if unknown:
        raise click.UsageError(f"no channel named {', '.join(sorted(unknown))}")
    chosen = [c for c in loaded.channels if not channels or c.name in channels]
    results = asyncio.run(send_trial(loaded, chosen, clock()))
    for each in results:
        if as_json:
            say_json(asdict(each))
            continue
        said = f" ({shorten('; '.join(each.answers), _LETTERS)})" if each.answers else ""
        click.echo(f"{each.channel}: {each.problem or 'sent' + said}")
    if any(each.problem for each in results):
        raise MonitorError("not every channel took the test message")
