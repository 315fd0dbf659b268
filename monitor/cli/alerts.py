"""`monitor alerts`: the delivery log, sending again, a test through every channel."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.alert.direction import shorten
from monitor.cli.holds import answer, said
from monitor.cli.options import config_of, config_option, json_option, since_option, store_of
from monitor.cli.output import age, counted, rfc3339, say_json
from monitor.daemon.clock import clock
from monitor.daemon.logs import set_up
from monitor.errors import MonitorError
from monitor.model import Config
from monitor.store.rows import moment

_LETTERS = 60  # of an answer, in a listing
_STATES = ("held", "queued", "delivered", "given-up")


@click.group("alerts", invoke_without_command=True)
@json_option
@config_option
@click.pass_context
def alerts_command(ctx: click.Context, as_json: bool, config: Path | None) -> None:
    """Show the delivery log (as `monitor alerts list`), send again, try the channels."""
    if config is not None:
        ctx.find_root().obj = config
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_command, as_json=as_json)


@alerts_command.command("list", short_help="List deliveries, with the receiver's answer.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--channel", metavar="NAME", help="Only this channel.")
@click.option("--state", type=click.Choice(_STATES), help="Only what stands so.")
@json_option
@config_option
def list_command(
    limit: int = 50,
    channel: str | None = None,
    state: str | None = None,
    as_json: bool = False,
    config: Path | None = None,
) -> None:
    """List deliveries of alerts and notices, newest first, with the receiver's answer.

    What is held for a summary or the digest stands first, with what it waits for.
    """
    loaded = config_of(config)
    store = store_of(loaded)
    try:
        held = [
            row
            for row in map(_held, store.held.listing())
            if channel in {None, row["channel"]} and state in {None, "held"}
        ][:limit]
        rows = [*held, *store.outbox.log(limit, channel=channel, state=state)]
    finally:
        store.close()
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
    story = f"{first['story']}: " if first.get("story") and len(config.stories) > 1 else ""
    click.echo(f"{rfc3339(moment(first['created']))}  {first['alert'] or 'held'}  {story}{title}")
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


def _held(row: dict[str, Any]) -> dict[str, Any]:
    """A hold in the shape of a delivery."""
    return {
        "alert": None,
        "created": row["held_at"],
        "recipient": "",
        "state": "held",
        "attempts": 0,
        "next_at": row["until"],
        "claimed": 0,
        "settled_at": None,
        "status": None,
        "reply": None,
        "key": None,
        **row,
    }


@alerts_command.command("resend", short_help="Queue an alert again, or all that was given up.")
@click.argument("alert", required=False)
@click.option("--channel", metavar="NAME", help="Only on this channel.")
@click.option("--given-up", is_flag=True, help="All that was given up, in place of one ALERT.")
@since_option("With --given-up: only what was given up since then.")
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
    if (alert is None) != given_up:
        raise click.UsageError("name an ALERT, or say --given-up for all that was given up")
    if since is not None and not given_up:
        raise click.UsageError("--since goes with --given-up")
    store = store_of(config_of(config))
    try:
        queued = store.outbox.resend(alert, clock(), channel=channel, since=since)
    finally:
        store.close()
    on = f" on {channel}" if channel else ""
    if not queued and alert is None:
        click.echo(f"nothing was given up{on}")
        return
    if not queued:
        raise MonitorError(f"no alert {alert}{on}: `monitor alerts list` shows their ids")
    click.echo(f"{counted(queued, 'delivery', 'deliveries')} queued again")


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
