"""Letting go of what need not be kept, in steps that give way to everything else."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from monitor.store.retention import FIRST, Place
from monitor.store.store import Store

log = structlog.get_logger()

# Each step takes a few milliseconds.
_TEXTS = 100
# Texts let go of in one sweep: what the search has of them is kept until it is taken out of the
# index, so that a year of them at once, on a disk that is small, would first need more room.
_AT_ONCE = 20_000
_PAGES, _SHRINKS = 100, 500
_BREATH = 0.05


async def sweep(store: Store, keep_off: timedelta | None, now: datetime) -> None:
    """Bodies that nothing names, texts that matched nothing for so long, free pages, and the log of changes."""
    with store.transaction():
        bodies = store.evidence.sweep()
    texts = 0
    place: Place | None = None if keep_off is None else FIRST
    while keep_off is not None and place is not None and texts < _AT_ONCE:
        with store.transaction():
            dropped, place = store.retention.drop(now - keep_off, now, _TEXTS, place)
        texts += dropped
        await asyncio.sleep(_BREATH)
    for _ in range(_SHRINKS):
        if not store.retention.shrink(_PAGES):
            break
        await asyncio.sleep(_BREATH)
    store.retention.settle()
    log.debug("sweep", bodies=bodies, texts=texts)
