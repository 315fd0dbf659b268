"""What is held, in words for the commands that look."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from monitor.model import Config
from monitor.store.rows import moment

_WHY = {
    "quiet": "quiet hours",
    "ceiling": "more than the ceiling allows",
    "away": "came while the monitor was away",
    "unread": "came while its source was not read",
    "digest": "for the digest",
    "flood": "came in a flood",
}
_UNTIL = {
    "quiet": None,
    "ceiling": "until its summary",
    "away": "until its summary",
    "unread": "until its summary",
    "digest": "until the next digest",
    "flood": "until its summary",
}


def said(config: Config, row: dict[str, Any]) -> str:
    """`held until 06:00 (Asia/Riyadh), quiet hours`."""
    until = _UNTIL[row["reason"]] or ""
    if row["until"] is not None:
        zone = _zone(config, row["channel"], row["reason"])
        until = f"until {moment(row['until']).astimezone(ZoneInfo(zone)):%H:%M} ({zone})"
    return f"held {until}, {_WHY[row['reason']]}"


def counted(found: dict[str, int]) -> str:
    """`, 3 held (quiet hours: 2, for the digest: 1)`; empty where nothing is."""
    if not found:
        return ""
    parts = ", ".join(f"{_WHY[reason]}: {count}" for reason, count in sorted(found.items()))
    return f", {sum(found.values())} held ({parts})"


def _zone(config: Config, name: str, reason: str) -> str:
    for channel in config.channels:
        if channel.name == name:
            hours = channel.digest if reason == "digest" else channel.quiet
            return hours.timezone if hours else "UTC"
    return "UTC"
