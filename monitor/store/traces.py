"""Traces of the pages that were read, by site: what the judge of standing blocks compares with."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from typing import Final

from sqlite_utils import Database

from monitor.model import Trace
from monitor.store.rows import short, stamp

_PAGES: Final = 120  # of a site: the newest are kept, whatever it publishes a day
_KEPT: Final = timedelta(days=90)
_TRACE: Final = struct.Struct(">qH")


class Traces:
    """One table, a row for each page of a site."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def load(self, site: str, address: str) -> list[tuple[Trace, ...]]:
        """The traces of the site's other addresses, newest first."""
        rows = self._db.conn.execute(
            "select blocks from traces where site = ? and address <> ? order by seen_at desc limit ?",
            [site, short(address), _PAGES],
        )
        return [tuple(Trace(*one) for one in _TRACE.iter_unpack(blocks)) for (blocks,) in rows]

    def keep(self, site: str, address: str, blocks: tuple[Trace, ...], now: datetime) -> None:
        """Remember what stood at an address, in place of what stood there before; old ones expire."""
        self._db.conn.execute(
            """insert into traces (site, address, seen_at, blocks) values (?, ?, ?, ?)
               on conflict (site, address)
               do update set seen_at = excluded.seen_at, blocks = excluded.blocks""",
            [site, short(address), stamp(now), b"".join(_TRACE.pack(*one) for one in blocks)],
        )
        self._db.conn.execute("delete from traces where seen_at < ?", [stamp(now - _KEPT)])
        self._db.conn.execute(
            """delete from traces where site = ?1 and seen_at < (
                 select seen_at from traces where site = ?1 order by seen_at desc limit 1 offset ?2)""",
            [site, _PAGES - 1],
        )
