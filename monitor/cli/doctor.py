"""`monitor doctor`: what is wrong with this set-up, each thing with its mend."""

from __future__ import annotations

import asyncio
import dataclasses
from functools import partial
from pathlib import Path

import click

from monitor.cli.options import config_of, config_option, json_option
from monitor.cli.output import say_json
from monitor.daemon.clock import clock
from monitor.daemon.logs import set_up
from monitor.errors import MonitorError

_SIGNS = {"ok": "ok     ", "warning": "warning", "broken": "BROKEN "}


@click.command("doctor")
@json_option
@config_option
def doctor_command(as_json: bool, config: Path | None) -> None:
    """Look at everything around the monitor and say what to mend.

    The database's owner, mode, soundness and schema; disk, file system and clock; the
    daemon and the service; ports; mail servers (as far as the login) and webhooks (as
    far as the connection), with their secrets; names, sources, queue, seeds and the
    program itself. Nothing is sent and nothing is changed, save that an old schema is
    brought up to date as by every command. Exit status 1 where something is broken.
    """
    from monitor.cli.ways import fault
    from monitor.daemon.doctor import examine

    loaded = config_of(config)
    set_up(quiet=True)
    found = asyncio.run(examine(loaded, clock(), partial(fault, loaded)))
    for each in found:
        if as_json:
            say_json(dataclasses.asdict(each))
            continue
        click.echo(f"{_SIGNS[each.grade]}  {each.check}: {each.said}")
        if each.mend:
            click.echo(f"         → {each.mend}")
    bad = sum(each.grade == "broken" for each in found)
    if bad:
        raise MonitorError(f"{bad} of {len(found)} findings are broken")
