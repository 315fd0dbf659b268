"""A sign of life to an outside service, given only while polls and deliveries work.

Whoever watches for it (healthchecks.io and the like) tells the user when it stops: that
the machine, its network or this program is gone cannot be told from here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model import Config
from monitor.parts import Parts
from monitor.store.store import Store

_OVERDUE = timedelta(minutes=10)  # a poll due for so long is not merely waiting for its turn
_STUCK = timedelta(hours=1)
_GOOD = frozenset({"new", "same", "unchanged", "not-modified"})


def ailment(store: Store, config: Config, now: datetime) -> str:
    """What keeps us from saying that all is well; empty where nothing does."""
    if hold := store.care.held():
        return str(hold)
    overdue = store.health.overdue(now - _OVERDUE)
    if overdue:
        return f"{overdue} polls are overdue"
    newest = store.vitals.newest()
    if newest and not any(run.outcome in _GOOD for run in newest):
        return "none of the last polls brought anything"
    for episode in store.health.open():
        if episode.state in {"offline", "broken"}:
            return f"sources: {episode.state}"
    for channel in config.channels:
        if store.bulletins.failing(channel.name):
            return f"a delivery on {channel.name} was given up"
        if store.bulletins.stuck(channel.name, now - _STUCK):
            return f"a delivery on {channel.name} has failed for an hour"
    return ""


async def ping(parts: Parts) -> str:
    """Ask for the address where all is well; why not, or empty. Raises FetchError.

    It goes the way of visits to sources: guarded, bounded, through the proxy where there is one.
    """
    settings = parts.config.ping
    assert settings is not None
    why = ailment(parts.store, parts.config, parts.clock())
    if not why:
        await parts.client.get(settings.url, private=settings.private)
    return why
