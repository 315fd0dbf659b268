"""`monitor evidence`: whether the bytes that were judged are still those that were judged."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import click

from monitor.cli.options import config_of, config_option, json_option, store_of
from monitor.cli.output import say_json
from monitor.errors import MonitorError

_SHORTEST = 12  # digits of a hash that tell it from every other


def _head(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    found = value.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", found):
        raise click.BadParameter(
            f"{value!r} is no head of the chain: {_SHORTEST} to 64 digits 0-9 a-f", ctx, param
        )
    return found


@click.group("evidence")
def evidence_command() -> None:
    """Check what is kept of each article on a story: the bytes that were judged.

    `monitor export --story NAME --warc FILE` takes it out.
    """


@evidence_command.command("verify")
@click.option(
    "--head", callback=_head, metavar="HASH",
    help="Also find this hash in the chain: from a digest, a dossier or a web archive.",
)  # fmt: skip
@json_option
@config_option
def verify_command(head: str | None, as_json: bool, config: Path | None) -> None:
    """Check that every row follows from the one before, and that bodies hash to their names.

    Each row's hash is made of its facts and the hash before it, so a hash that left this
    machine (in a digest, a dossier) fixes all rows up to it: with --head it must be found.
    Without one, a chain that was written anew as a whole looks sound.

    Exit status 1 where a row does not follow, a body is missing or changed, or the hash is
    not in the chain.
    """
    with closing(store_of(config_of(config))) as store, store.records.still():
        rows, bodies = store.evidence.size()
        newest = store.evidence.head()
        broken = store.evidence.broken()
        spoiled = list(store.evidence.spoiled())
        found = store.evidence.standing(head) if head else None
    # A row behind the broken one is held by nothing.
    fixed = found is not None and (broken is None or found["id"] < broken)
    if as_json:
        say_json(
            {
                "rows": rows,
                "bodies": bodies,
                "head": newest or None,
                "broken": broken,
                "spoiled": [{"sha256": sha256, "state": state} for sha256, state in spoiled],
                "asked": head,
                "found": {**found, "fixed": fixed} if found else None,
            }
        )
    else:
        click.echo(f"{rows} rows, {bodies} bodies; head {newest or 'none yet'}")
        for sha256, state in spoiled:
            click.echo(f"{state}: the body {sha256}")
        if found:
            said = "all before it is as it was then" if fixed else "but it stands behind a break"
            click.echo(f"{found['head']} is row {found['id']}, of {found['fetched_at']}: {said}")
    faults = [f"row {broken} does not follow from the one before"] if broken is not None else []
    faults += [f"{len(spoiled)} bodies are not as their hash says"] if spoiled else []
    faults += [f"{head} is not in the chain"] if head and not found else []
    if faults:
        raise MonitorError(
            f"{'; '.join(faults)}: keep the database as it is and compare it with a backup"
        )
