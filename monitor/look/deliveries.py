"""The delivery log as rows: what is held, then what was queued, with the receivers' answers."""

from __future__ import annotations

from typing import Any

from monitor.store.store import Store


def log(
    store: Store,
    limit: int,
    *,
    channel: str | None = None,
    state: str | None = None,
    before: int | None = None,
) -> list[dict[str, Any]]:
    """Newest first; `before` is the `delivery` of a row, and leaves out what is held."""
    held = [
        row
        for row in (map(_held, store.held.listing()) if before is None else ())
        if channel in {None, row["channel"]} and state in {None, "held"}
    ][:limit]
    if state == "held":
        return held
    return [*held, *store.deliveries.log(limit, channel=channel, state=state, before=before)]


def answer(row: dict[str, Any]) -> str:
    """What a receiver said to a delivery: `250 taken`; empty where it said nothing yet."""
    parts = (row["status"], row["reply"])
    return " ".join(str(each) for each in parts if each not in {None, ""})


def _held(row: dict[str, Any]) -> dict[str, Any]:
    """A hold in the shape of a delivery."""
    return {
        "delivery": None,
        "alert": None,
        "created": row["held_at"],
        "recipient": "",
        "state": "held",
        "attempts": 0,
        "next_at": row["until"],
        "claimed": 0,
        "settled_at": None,
        "status": None,
        "reply": None,
        "key": None,
        **row,
    }
