"""The shape of the database: numbered migrations, append only, all or none of what is pending.

What each does stands in `migrations/NAME.sql`. Times are RFC 3339 text in UTC with
milliseconds and a fixed width, so that they sort as text and read well in any SQLite tool.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from monitor.store.headlines import carried
from monitor.store.rows import deflate, short
from monitor.text.terms import FOLDING

migrations = Migrations("story-monitor")


@migrations()
def first(db: Database) -> None:
    """Sources, entries, articles, verdicts, the outbox, evidence."""
    _run(db, "first")


@migrations()
def memory(db: Database) -> None:
    """What is remembered of a source beyond its last answer."""
    _run(db, "memory")


@migrations()
def health(db: Database) -> None:
    """How sources and stories fare, and what is told of it."""
    _run(db, "health")


@migrations()
def developments(db: Database) -> None:
    """Which articles tell of one event."""
    _run(db, "developments")


@migrations()
def care(db: Database) -> None:
    """What the service is told about itself."""
    _run(db, "care")


@migrations()
def traces(db: Database) -> None:
    """What stood on the pages of a site."""
    _run(db, "traces")


@migrations()
def lineage(db: Database) -> None:
    """Whom articles credit."""
    _run(db, "lineage")


@migrations()
def retention(db: Database) -> None:
    """Texts that need not be kept for ever."""
    _run(db, "retention")


@migrations()
def pace(db: Database) -> None:
    """What is due is found without a look at every source."""
    _run(db, "pace")


@migrations()
def rhythm(db: Database) -> None:
    """What is held, told in one message of many, and whether the daemon lives."""
    _run(db, "rhythm")


@migrations()
def proposals(db: Database) -> None:
    """The addresses of an article without a look at all addresses."""
    _run(db, "proposals")


@migrations()
def desk(db: Database) -> None:
    """Labels, and what was mended by hand."""
    _run(db, "desk")


@migrations()
def search(db: Database) -> None:
    """Words of the stored articles."""
    _run(db, "search")


@migrations()
def background(db: Database) -> None:
    """Sentences that stand under everything."""
    _run(db, "background")


@migrations()
def lookups(db: Database) -> None:
    """Verdicts of one article and deliveries of one state without a look at all others."""
    _run(db, "lookups")


@migrations()
def aftermath(db: Database) -> None:
    """What becomes of articles after they were told."""
    _run(db, "aftermath")


@migrations()
def edits(db: Database) -> None:
    """Copies in an editor's words, which may be told as updates."""
    _run(db, "edits")


@migrations()
def digests(db: Database) -> None:
    """Addresses and headlines are found by eight bytes of them."""
    db.conn.create_function("short", 1, short, deterministic=True)
    _run(db, "digests")


@migrations()
def searched(db: Database) -> None:
    """The search index without a second copy of all texts."""
    _run(db, "searched")


@migrations()
def texts(db: Database) -> None:
    """What articles say apart from what is known of them, packed."""
    for function in (short, deflate):
        db.conn.create_function(function.__name__, 1, function, deterministic=True)
    _run(db, "texts")


@migrations()
def refilled(db: Database) -> None:
    """The search index without a copy of what it was filled with."""
    _run(db, "refilled")
    db.execute("insert into searched (one, folding) values (1, ?)", [FOLDING])


@migrations()
def headlined(db: Database) -> None:
    """Entries do not say again what their articles say."""
    db.conn.create_function("short", 1, short, deterministic=True)
    _run(db, "headlined")


@migrations()
def rulings(db: Database) -> None:
    """What verdicts have in common is said once."""
    _run(db, "rulings")


@migrations()
def firsts(db: Database) -> None:
    """When a delivery was first taken, whatever is sent again."""
    _run(db, "firsts")


@migrations()
def stories(db: Database) -> None:
    """The stories by the seeds that they keep under another name."""
    _run(db, "stories")


@migrations()
def spelled(db: Database) -> None:
    """A headline is found however it is spelled; what was ruled out has no key beside it."""
    db.conn.create_function("carried", 2, carried, deterministic=True)
    _run(db, "spelled")


@migrations()
def acknowledged(db: Database) -> None:
    """Troubles that somebody has taken note of."""
    _run(db, "acknowledged")


@migrations()
def declared(db: Database) -> None:
    """When a source was named, where the very first databases do not say it."""
    if "declared" not in {column.name for column in db["sources"].columns}:
        _run(db, "declared")


def _run(db: Database, name: str) -> None:
    # Statement by statement: executescript would commit the transaction
    # that holds the migrations together.
    for statement in _statements(files(__package__).joinpath(f"migrations/{name}.sql").read_text()):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    found = [""]
    for line in script.splitlines():
        found[-1] += line.split("--")[0].rstrip() + "\n"
        # It knows that a trigger ends with its last semicolon.
        if sqlite3.complete_statement(found[-1]):
            found.append("")
    return [part.strip().removesuffix(";") for part in found if part.strip()]
