"""Care of what is kept: backup, restore, resume."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from pathlib import Path

import click

from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import counted, gauge, say_json
from monitor.daemon.clock import clock


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@json_option
@config_option
def backup_command(file: Path, force: bool, as_json: bool, config: Path | None) -> None:
    """Write database, configuration and seeds into one FILE (.tar.gz), also beside the daemon.

    FILE appears when it is whole, readable by you alone; an error leaves none, and an
    older FILE as it was. Secrets in files, credentials and the environment are not in
    it: what the configuration refers to is listed. A secret written in sources.yaml is.
    """
    from monitor.backup import make

    loaded = config_of(config)
    with gauge() as progress:
        manifest = make(loaded, file, clock(), force=force, progress=progress)
    if as_json:
        say_json({"file": str(file), **dataclasses.asdict(manifest)})
        return
    click.echo(f"{file}: {len(manifest.files)} files, {manifest.size:,} bytes before packing")
    for secret in manifest.secrets:
        click.echo(f"not in it: {secret}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path),
    help="A folder that is empty or not there yet.",
)  # fmt: skip
@json_option
def restore_command(file: Path, folder: Path, as_json: bool) -> None:
    """Unpack a backup FILE into DIR and check it; it starts held.

    Every hash is compared and the whole database checked. Held means: the daemon
    polls and judges but sends nothing until `monitor resume`, so that two monitors
    do not both alert. The database lies beside sources.yaml, or in $STATE_DIRECTORY
    where that is set (for the systemd service: STATE_DIRECTORY=/var/lib/story-monitor).
    """
    from monitor.backup import restore

    with gauge() as progress:
        restored = restore(file, folder, clock(), progress=progress)
    manifest = restored.manifest
    if as_json:
        say_json(
            {
                "config": str(restored.config),
                "database": str(restored.database),
                "made": manifest.made,
                "host": manifest.host,
                "changed": restored.changed,
                "secrets": restored.secrets,
            }
        )
        return
    click.echo(f"{restored.config}: as on {manifest.host} at {manifest.made}")
    click.echo(f"{restored.database}: sound, and held: nothing is sent until `monitor resume`")
    for change in restored.changed:
        click.echo(f"changed in sources.yaml: {change}")
    for secret in restored.secrets:
        click.echo(f"to be put in place by hand: {secret}")


@click.command("resume")
@click.option(
    "--told-elsewhere",
    is_flag=True,
    help="Another monitor has sent what is queued or held here: drop it.",
)
@config_option
def resume_command(told_elsewhere: bool, config: Path | None) -> None:
    """Let a restored monitor send again; the daemon does so at its next tick.

    What was told before the backup is not told again. What is queued goes out: alerts
    that waited at the time of the backup, and those of what was found since. Where
    another monitor went on meanwhile and sent them, say --told-elsewhere: what is held for a
    summary or the digest is dropped with them.
    """
    loaded = config_of(config)
    with closing(store_of(loaded)) as store:
        with store.transaction():
            was_held = store.care.resume()
            drop = told_elsewhere and was_held
            dropped = store.outbox.told_elsewhere(clock()) if drop else 0
            waited = store.held.told_elsewhere() if drop else 0
        queued = sum(counts.get("queued", 0) for counts in store.deliveries.counts().values())
    if not was_held:
        click.echo("nothing was held: alerts are sent as ever")
        return
    if dropped:
        click.echo(f"{counted(dropped, 'delivery', 'deliveries')} dropped: told elsewhere")
    if waited:
        click.echo(f"{counted(waited, 'held alert', 'held alerts')} dropped: told elsewhere")
    waiting = counted(queued, "delivery waits", "deliveries wait")
    click.echo(f"resumed; {waiting} for the daemon")
