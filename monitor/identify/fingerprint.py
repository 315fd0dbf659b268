"""The fingerprint of a text: equal for equal wording, alike for alike wording."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final
from zlib import crc32

from monitor.identify.wording import wording
from monitor.model import Fingerprint

SLOTS: Final = 64
_SLOT_BITS: Final = 6
_MASK: Final = 0xFFFFFFFF
# Knuth's multiplier (TAOCP 3, 6.4): spreads a CRC, which is linear, over the high bits.
_SPREAD: Final = 2654435761


def fingerprint(title: str, text: str) -> Fingerprint:
    """The fingerprint of an article, blind to spelling and punctuation.

    The sketch has 64 numbers of 32 bits over the pairs of neighbouring words; the
    share of equal places estimates the resemblance of two texts. It is empty for
    an empty text.
    """
    found = wording(text)
    return Fingerprint(
        exact=_digest(found),
        title=_digest(wording(title)),
        sketch=_sketch(found),
        words=len(found),
    )


def _digest(found: Sequence[str]) -> str:
    return blake2b(" ".join(found).encode(), digest_size=16).hexdigest()


def _sketch(found: Sequence[str]) -> tuple[int, ...]:
    """One-permutation min-hash: each pair falls into one of 64 slots, the least of a slot stays.

    One hash a pair instead of 64; an empty slot borrows from the next filled one
    with the distance mixed in (Shrivastava and Li, ICML 2014), so that short texts
    agree no more often than they should.
    """
    if not found:
        return ()
    encoded = [word.encode() for word in found]
    # A sum goes on where another ended: that of a pair, "one other".
    begun = [crc32(b" ", crc32(word)) for word in encoded]
    sums = set(map(crc32, encoded[1:], begun)) or {crc32(encoded[0])}
    slots: list[int | None] = [None] * SLOTS
    for each in sums:
        value = each * _SPREAD & _MASK
        slot = value >> (32 - _SLOT_BITS)
        least = slots[slot]
        if least is None or value < least:
            slots[slot] = value
    return tuple(_filled(slots, at) for at in range(SLOTS))


def _filled(slots: Sequence[int | None], at: int) -> int:
    for distance in range(SLOTS):
        value = slots[(at + distance) % SLOTS]
        if value is not None:
            return (value + distance * _SPREAD) & _MASK
    return 0
