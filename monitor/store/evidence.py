"""The very bytes that were judged, and a chain of hashes that dates them.

Each row's `head` is SHA-256 over the row before's head and this row's facts, so
that a head mailed to an outside mailbox fixes everything before it.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.store.entries import Provenance
from monitor.store.rows import moment, stamp

# Half the time of zlib's own choice, for a twentieth more bytes.
_LEVEL = 4
# A sender's packing is taken where it is one part of so many: what is packed badly stays so.
_WORTH = 2


class Evidence:
    """Evidence rows and the bodies they name."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def keep_body(self, body: bytes, came: bytes | None = None) -> str:
        """Store bytes under their hash; the hash. `came` is the member of gzip that they came as."""
        digest = hashlib.sha256(body).hexdigest()
        self._db.execute(
            "insert or ignore into bodies (sha256, size, packed) values (?, ?, ?)",
            [digest, len(body), _packed(body, came)],
        )
        return digest

    def has_body(self, sha256: str) -> bool:
        """Whether these bytes are stored."""
        row = self._db.conn.execute("select 1 from bodies where sha256 = ?", [sha256])
        return row.fetchone() is not None

    def body(self, sha256: str) -> bytes | None:
        """The stored bytes, None when they were not kept."""
        row = self._db.conn.execute(
            "select packed from bodies where sha256 = ?", [sha256]
        ).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def add(self, article_id: int, provenance: Provenance) -> str:
        """Append a row for an article and return the new head of the chain."""
        facts = [
            article_id,
            provenance.url,
            provenance.final_url,
            stamp(provenance.fetched_at),
            provenance.status,
            json.dumps(provenance.headers, ensure_ascii=False),
            json.dumps(provenance.redirects, ensure_ascii=False),
            provenance.sha256,
        ]
        head = link(self.head(), facts)
        self._db.execute(
            """insert into evidence (article_id, url, final_url, fetched_at, status, headers,
                 redirects, sha256, head) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [*facts, head],
        )
        return head

    def head(self) -> str:
        """The newest hash of the chain, empty before the first."""
        row = self._db.conn.execute("select head from evidence order by id desc limit 1").fetchone()
        return "" if row is None else str(row[0])

    def broken(self) -> int | None:
        """The id of the first row that does not follow from the one before, None when all do."""
        head = ""
        for row in self._db.conn.execute(
            """select id, head, article_id, url, final_url, fetched_at, status, headers, redirects,
                 sha256 from evidence order by id"""
        ):
            head = link(head, list(row[2:]))
            if head != row[1]:
                return int(row[0])
        return None

    def spoiled(self) -> Iterator[tuple[str, str]]:
        """Hashes of the chain whose bytes are `missing` or `changed`; one body in memory at a time."""
        for sha256, packed in self._db.conn.execute(
            """select e.sha256, b.packed from (select distinct sha256 from evidence) e
               left join bodies b on b.sha256 = e.sha256"""
        ):
            if packed is None:
                yield sha256, "missing"
                continue
            try:
                body = zlib.decompress(packed)
            except zlib.error:
                body = b""
            if hashlib.sha256(body).hexdigest() != sha256:
                yield sha256, "changed"

    def size(self) -> tuple[int, int]:
        """How many rows the chain has, and how many bodies they name."""
        rows, bodies = self._db.conn.execute(
            "select count(*), count(distinct sha256) from evidence"
        ).fetchone()
        return rows, bodies

    def standing(self, head: str) -> dict[str, Any] | None:
        """The row whose hash begins so: `id`, `fetched_at`, `head`; the first, None for none."""
        for row in self._db.query(
            "select id, fetched_at, head from evidence where substr(head, 1, ?) = ? order by id limit 1",
            [len(head), head],
        ):
            return row
        return None

    def of(self, article_id: int) -> list[dict[str, object]]:
        """An article's evidence rows without the bodies, oldest first."""
        return list(
            self._db.query(
                """select e.*, b.size from evidence e left join bodies b on b.sha256 = e.sha256
                   where e.article_id = ? order by e.id""",
                [article_id],
            )
        )

    def newest(self, limit: int) -> list[tuple[datetime, dict[str, str]]]:
        """When answers were fetched, and their headers, the newest first."""
        rows = self._db.conn.execute(
            "select fetched_at, headers from evidence order by id desc limit ?", [limit]
        )
        return [(moment(at), dict(json.loads(headers))) for at, headers in rows]

    def sweep(self) -> int:
        """Drop bodies that neither evidence nor a pending entry names; how many."""
        cursor = self._db.conn.execute(
            """delete from bodies where sha256 not in (select sha256 from evidence)
               and sha256 not in (
                 select json_extract(payload, '$.provenance.sha256') from entries
                 where stage = 'pending' and payload is not null)"""
        )
        return cursor.rowcount


def _packed(body: bytes, came: bytes | None) -> bytes:
    """The body as zlib packs it (RFC 1950), by the sender's own work where that is any good.

    Between header and sum zlib and gzip have the same stream (RFC 1952, 2.3).
    """
    if came is None or len(came) * _WORTH > len(body):
        return zlib.compress(body, _LEVEL)
    return b"\x78\x9c" + came[10:-8] + zlib.adler32(body).to_bytes(4, "big")


def link(previous: str, facts: list[object]) -> str:
    """The next hash of the chain."""
    text = previous + json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
