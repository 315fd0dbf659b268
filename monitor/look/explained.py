"""What became of one article, and why: all that is known of it as one row."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from monitor.errors import MonitorError
from monitor.fold.lineage import lineage
from monitor.identify.address import absolute
from monitor.look.wanted import addresses, article, written_out
from monitor.model import Config, Lineage
from monitor.store.store import Store
from monitor.story.turning import turning


def explanation(config: Config, store: Store, wanted: str) -> dict[str, Any]:
    """What is known of an article by its address, its number or an alert of it.

    MonitorError where a number or alert is of none.
    """
    row = article(config, store, wanted)
    if row is None:
        entry = store.ledger.entry([wanted, *addresses(config, wanted)])
        if entry is None:
            if "." not in wanted and "://" not in wanted:
                raise MonitorError(
                    f"no article {wanted}: see `monitor articles`, or find it by its words with"
                    " `monitor search`"
                )
            return {
                "wanted": wanted,
                "answer": "not seen",
                "watched": _host(wanted) in {_host(source.url) for source in config.sources},
                "gaps": store.ledger.gaps(),
            }
        return {
            "wanted": wanted,
            "answer": "pending",
            "title": entry["title"],
            "source": entry["source"],
            "first_seen": entry["first_seen"],
            "tries": entry["tries"],
            "failure": entry["failure"],
            "next_look": entry["read_at"],
        }
    verdicts = store.ledger.verdicts(row["id"])
    for verdict in verdicts:
        verdict["reasons"] = json.loads(verdict["reasons"]) if verdict["reasons"] else []
        verdict["would_change"] = turning(
            verdict["band"], verdict["score"], verdict["threshold"], verdict["reasons"]
        )
    events = [
        event
        for story in config.stories
        if (event := store.developments.place(story.name, row["id"])) is not None
    ]
    for event in events:
        around = store.lineage.around(event["story"], event["id"], row["original_id"] or row["id"])
        event["lineage"] = _lineage(lineage(around, row["id"]))
        event["name"] = store.desk.title(event["story"], event["id"])
        event["muted"] = store.desk.muted(event["story"], event["id"])
    originals = {row["original_id"] or row["id"], *(event["id"] for event in events)}
    if row["relation"] == "uncompared":
        row["why"] = "ruled out by its headline; not compared for copies"
    return {
        "wanted": wanted,
        "answer": "judged",
        "credit": store.lineage.credit(row["id"]),
        "lineage": _lineage(
            lineage(store.lineage.text(row["original_id"] or row["id"]), row["id"])
        ),
        **{k: v for k, v in row.items() if k not in {"sketch", "exact", "title_print", "text"}},
        "verdicts": verdicts,
        "developments": events,
        "labels": store.labels.log(None, row["id"]),
        "alerts": store.deliveries.of(originals),
        "held": store.held.of(originals),
        "evidence": store.evidence.of(row["id"]),
        "aftermath": store.aftermath.of(row["id"]),
    }


def _lineage(found: Lineage | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _host(url: str) -> str:
    """As people write addresses, without a scheme as well; "" of what is none."""
    try:
        return (urlsplit(absolute(written_out(url))).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
