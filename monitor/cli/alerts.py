"""`monitor alerts`: the delivery log, sending again, a test through every channel."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from monitor.alert.direction import shorten
from monitor.cli.holds import answer, said
from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import counted, say_json, table
from monitor.daemon.clock import clock
from monitor.daemon.logs import set_up
from monitor.errors import MonitorError

_LETTERS = 40  # of an answer, in the table


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
@json_option
@config_option
def list_command(limit: int = 50, as_json: bool = False, config: Path | None = None) -> None:
    """List deliveries of alerts and notices, newest first, with the receiver's answer.

    What is held for a summary or the digest stands first, with what it waits for.
    """
    loaded = config_of(config)
    store = store_of(loaded)
    try:
        rows = [*map(_held, store.held.listing()[:limit]), *store.outbox.log(limit)]
    finally:
        store.close()
    if as_json:
        for row in rows:
            say_json(row)
        return
    table(
        ("alert", "created", "channel", "to", "state", "tries", "answer", "title"),
        [
            (
                row["alert"] or "",
                row["created"][:19] + "Z",
                row["channel"],
                row["recipient"],
                row["state"],
                row["attempts"],
                said(loaded, row) if row["state"] == "held" else shorten(answer(row), _LETTERS),
                row["title"],
            )
            for row in rows
        ],
    )


def _held(row: dict[str, Any]) -> dict[str, Any]:
    """A hold in the shape of a delivery."""
    return {
        "alert": None,
        "created": row["held_at"],
        "recipient": "",
        "state": "held",
        "attempts": 0,
        "next_at": row["until"],
        "settled_at": None,
        "status": None,
        "reply": None,
        "key": None,
        **row,
    }


@alerts_command.command("resend", short_help="Queue an alert again, on every channel it had.")
@click.argument("alert")
@config_option
def resend_command(alert: str, config: Path | None) -> None:
    """Queue an ALERT again: the same message under the same key, on every channel it had.

    The daemon sends it at its next tick; without a daemon, `monitor poll` does.
    """
    store = store_of(config_of(config))
    try:
        queued = store.outbox.resend(alert, clock())
    finally:
        store.close()
    if not queued:
        raise MonitorError(f"no alert {alert}: `monitor alerts list` shows their ids")
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
