"""`monitor service`: the systemd unit put in place, taken away, looked at."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from monitor.cli.options import json_option
from monitor.cli.output import say_json
from monitor.errors import MonitorError

_user_option = click.option(
    "--user", "is_user", is_flag=True, help="A service of your own, without root."
)
_dry_option = click.option("--dry-run", is_flag=True, help="Show what would be done, do nothing.")


@click.group("service")
def service_command() -> None:
    """Run the monitor as a systemd service: install, remove, status."""


@service_command.command("install", short_help="Write, enable and start the unit; make its user.")
@_user_option
@_dry_option
@click.option("--no-start", is_flag=True, help="Enable it for the next boot only.")
def install_command(is_user: bool, dry_run: bool, no_start: bool) -> None:
    """Write and enable the unit, make its user and configuration, and start it.

    As root: the unit in /etc/systemd/system, user and group story-monitor, the
    configuration in /etc/story-monitor, the database in /var/lib/story-monitor. With
    --user: ~/.config/systemd/user, ~/.config/story-monitor, ~/.local/state/story-monitor.
    A configuration that is there is left as it is; without one it is the shipped story.
    Done again, after an upgrade, say, it writes only what differs and starts it anew.
    """
    from monitor.daemon.install import USER, carry_out, places, plan
    from monitor.daemon.probes import shown

    where = places(is_user=is_user)
    steps = plan(where, _program(), start=not no_start)
    for step in steps:
        if dry_run:
            click.echo(f"would be: {step}")
            if step.kind == "file" and step.path == where.unit:
                click.echo(step.text.rstrip().replace("\n", "\n    ").join(["    ", ""]))
            continue
        click.echo(f"{step}: {carry_out(step, is_user=is_user)}")
    if dry_run:
        return
    command = " ".join([*where.systemctl, "status", "monitor"])
    if not no_start:
        # That it runs is not all: it may follow what was in force before, as the file is wrong.
        click.echo(f"\nit says: {shown([*where.systemctl], 'StatusText').get('StatusText', '')}")
    click.echo(f"\nconfiguration {where.config}; database {where.database}")
    click.echo(f"look: {command}; monitor --config {where.config} status")
    if is_user:
        click.echo("it ends when you log out; for always: loginctl enable-linger")
    else:
        click.echo(f"whoever is to teach it joins the group: usermod -aG {USER} NAME")


@service_command.command("remove", short_help="Stop the service and take its unit away.")
@_user_option
@_dry_option
def remove_command(is_user: bool, dry_run: bool) -> None:
    """Stop and disable the service and take its unit away; configuration and data stay."""
    from monitor.daemon.install import UNIT, is_ours, places, run

    where = places(is_user=is_user)
    if not where.unit.exists():
        click.echo(f"there is no {where.unit}: nothing to remove")
        return
    if not is_ours(where.unit):
        raise MonitorError(f"{where.unit} was not written by `monitor service install`: left")
    commands = [[*where.systemctl, "disable", "--now", UNIT], [*where.systemctl, "daemon-reload"]]
    for command in commands:
        if dry_run:
            click.echo(f"would be: {' '.join(command)}")
        else:
            run(command)
        if command is commands[0]:
            click.echo(f"{'would be removed' if dry_run else 'removed'}: {where.unit}")
            if not dry_run:
                _unlink(where.unit)
    click.echo(f"left as they are: {where.config.parent}, {where.database.parent}")


@service_command.command("status", short_help="Say whether it runs, and where its things lie.")
@_user_option
@json_option
def status_command(is_user: bool, as_json: bool) -> None:
    """Say whether it is installed, enabled and running, and where its things lie.

    Exit status 1 where it does not run.
    """
    from monitor.daemon.install import is_ours, places, unit_text
    from monitor.daemon.probes import shown

    where = places(is_user=is_user)
    state = shown(
        [*where.systemctl], "LoadState", "UnitFileState", "ActiveState", "SubState", "StatusText"
    )
    try:
        fresh = unit_text(where, _program())
        is_current = where.unit.exists() and where.unit.read_text("utf-8") == fresh
    except MonitorError:
        is_current = False
    told = {
        "unit": str(where.unit),
        "installed": where.unit.exists(),
        "ours": is_ours(where.unit),
        "current": is_current,
        "enabled": state.get("UnitFileState") == "enabled",
        "active": state.get("ActiveState", "unknown"),
        "status": state.get("StatusText", ""),
        "config": str(where.config),
        "database": str(where.database),
    }
    if as_json:
        say_json(told)
    else:
        for name, value in told.items():
            word = ("yes" if value else "no") if isinstance(value, bool) else value
            click.echo(f"{name}: {word}".rstrip())
        if told["installed"] and not is_current:
            click.echo("the unit is another than this program's: monitor service install renews it")
    if told["active"] != "active":
        raise MonitorError("the service does not run")


def _program() -> Path:
    """The command that was called, as a service can call it."""
    beside = Path(sys.executable).with_name("monitor")
    if beside.exists():
        return beside
    found = shutil.which("monitor")
    if found is None:
        raise MonitorError("no command `monitor` beside the interpreter: install the package")
    return Path(found)


def _unlink(unit: Path) -> None:
    try:
        unit.unlink()
    except OSError as error:
        raise MonitorError(f"{unit}: {error.strerror}; run this as root") from error
