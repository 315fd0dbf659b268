"""The one place that asks for the time of day."""

from __future__ import annotations

from datetime import UTC, datetime


def clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)
