"""Between columns and values: times as fixed-width text, sketches as bytes."""

from __future__ import annotations

import array
import hashlib
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, overload

# Clocks are set back by seconds in daily life; by more, what they stamped is worthless.
SLACK: Final = timedelta(minutes=5)
# Nothing is put off for longer; what seems to be was stamped by a clock since set back.
LONGEST: Final = timedelta(days=2)
_SMALL: Final = 4096  # bytes
# The answer of a delivery that was let go because it arrived by another way.
ELSEWHERE: Final = "not sent: told by another monitor"


@overload
def stamp(moment: datetime) -> str: ...
@overload
def stamp(moment: None) -> None: ...
def stamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds: 24 characters, sorts as text."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    if not moment.microsecond:  # as feeds have them
        return f"{moment.isoformat()[:-6]}.000Z"
    return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"


@overload
def moment(text: str) -> datetime: ...
@overload
def moment(text: None) -> None: ...
def moment(text: str | None) -> datetime | None:
    """The inverse of `stamp`."""
    return None if text is None else datetime.fromisoformat(text)


def named(
    connection: sqlite3.Connection, sql: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Rows by the names of their columns.

    sqlite-utils' own `query` sets a savepoint around each, which costs more than the query.
    """
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def pack(sketch: tuple[int, ...]) -> bytes:
    """A min-hash as little-endian unsigned 32-bit integers."""
    numbers = array.array("I", sketch)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def unpack(packed: bytes) -> tuple[int, ...]:
    """The inverse of `pack`."""
    numbers = array.array("I", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return tuple(numbers)


def deflate(text: str) -> bytes:
    """A text as it is kept: UTF-8, raw deflate."""
    whole = text.encode("utf-8", "surrogatepass")
    # A window that is larger than the text only costs the time to set it up.
    small = len(whole) <= _SMALL
    packer = zlib.compressobj(1, zlib.DEFLATED, -12 if small else -15, 5 if small else 8)
    return packer.compress(whole) + packer.flush()


def inflate(packed: bytes) -> str:
    """The inverse of `deflate`."""
    return zlib.decompress(packed, -15).decode("utf-8", "surrogatepass")


def short(key: str) -> int:
    """A signed 64-bit digest: what a key costs in an index is then 8 bytes.

    Of 10^8 keys two are equal once in four thousand stores; whoever finds by it compares.
    """
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
