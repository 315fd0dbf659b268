"""What was in force before, for a start at which sources.yaml is wrong and nobody stands by."""

from __future__ import annotations

from pathlib import Path

import structlog

from monitor.config.load import database_near, load
from monitor.config.stand import place
from monitor.errors import ConfigError, StoreError
from monitor.model import Config
from monitor.store.care import in_force

log = structlog.get_logger()


def former(path: Path) -> Config | None:
    """The configuration that the last daemon on this file worked by; None where there is none.

    It was read from this file and belongs to this database, or it is another monitor's. What
    it refers to (seeds, templates, secrets) is what is there now.
    """
    database = database_near(path)
    try:
        loaded, text = in_force(database)
    except StoreError:  # whoever opens it to work tells what ails it
        return None
    if loaded is None or text is None or loaded.path != place(path):
        return None
    try:
        config = load(path, text)
    except ConfigError as error:
        # Written by another version, say, or a folder that it names has gone.
        log.error("what was in force before is of no use", problem=str(error))  # noqa: TRY400
        return None
    return config if config.database == database else None


def told(wrong: str) -> str:
    """Say in the log that it is in force, as the file is `wrong`; the note for the status."""
    log.error(
        "what was in force before is followed",
        problem=wrong,
        mend="monitor check names every mistake; mend them, then monitor reload",
    )
    return f"follows what was in force before, as {wrong.splitlines()[0]}"
