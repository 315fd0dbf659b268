"""The articles of a story as rows: JSON Lines with all of their parts, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Final, Literal

from monitor.alert.direction import one_line
from monitor.fold.lineage import independent
from monitor.store.store import Store

Form = Literal["csv", "jsonl"]
_REASONS: Final = 8
# A cell that begins so is a formula to a spreadsheet, full-width letters too (OWASP, "CSV
# Injection"; CWE-1236).
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_LEADING: Final = " \u00a0\u200b\u200e\u200f\u202a\u202b\u2066\u2067\u2068\ufeff'\""
COLUMNS: Final = (
    "id", "story", "band", "score", "threshold", "rule", "reasons", "told", "title", "outlet",
    "source", "language", "author", "text_kind", "link", "url", "published", "updated",
    "first_seen", "relation", "original", "copies", "credited_to", "aggregator", "development",
    "development_name", "development_relation", "development_of", "development_joined",
    "independent", "new_facts", "label", "changes", "alert_state", "alerts", "holds", "evidence_sha256",
    "evidence_row", "fetched_at",
)  # fmt: skip


def write(
    file: BinaryIO,
    form: Form,
    store: Store,
    story: str,
    bands: Sequence[str],
    since: datetime | None,
    *,
    bom: bool = False,
) -> int:
    """Write a story's articles by id, one row each, as they are read; how many.

    UTF-8; `bom` begins CSV with the mark by which spreadsheets know it. CSV is RFC 4180 with
    a head of `COLUMNS`, and no cell of it is a formula.
    """
    if form == "csv":
        file.write(("\ufeff" if bom else "").encode() + _line(COLUMNS))
    count = 0
    for row in rows(store, story, bands, since):
        if form == "csv":
            file.write(_line([_cell(row[column]) for column in COLUMNS]))
        else:
            # A lone surrogate of a hostile feed must not end the file.
            file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def rows(
    store: Store, story: str, bands: Sequence[str], since: datetime | None
) -> Iterator[dict[str, Any]]:
    """One object an article, with the keys of `COLUMNS`."""
    marks = store.desk.marks(story)
    voices: dict[int, int] = {}
    for batch in store.records.articles(story, bands, since):
        for row in batch:
            member: Mapping[str, Any] = row["member"] or {}
            home = member.get("development")
            if home is not None and home not in voices:
                voices[home] = independent(store.lineage.reports(story, home))
            evidence = row["evidence"] or {}
            yield {
                "id": row["id"],
                "story": story,
                "band": row["band"],
                "score": round(row["score"], 4),
                "threshold": row["threshold"],
                "rule": row["rule"],
                "reasons": _reasons(row["reasons"]),
                "told": row["told"],
                "title": row["title"],
                "outlet": row["outlet"],
                "source": row["source"],
                "language": row["language"],
                "author": row["author"],
                "text_kind": row["kind"],
                "link": row["link"],
                "url": row["url"],
                "published": row["published"],
                "updated": row["updated"],
                "first_seen": row["first_seen"],
                "relation": row["relation"],
                "original": row["original_id"],
                "copies": row["copies"] or 0,
                "credited_to": row["credit"],
                "aggregator": bool(row["aggregator"]),
                "development": home,
                "development_name": marks[home].title if home in marks else None,
                "development_relation": member.get("relation"),
                "development_of": member.get("of"),
                "development_joined": member.get("joined"),
                "independent": voices.get(home) if home is not None else None,
                "new_facts": json.loads(member.get("new_facts") or "[]"),
                "label": row["label"],
                "changes": [{key: one[key] for key in ("at", "kind")} for one in row["changes"] or ()],
                "alert_state": _state(row),
                "alerts": [
                    {key: one[key] for key in ("alert", "kind", "channel", "state", "queued", "settled")}
                    for one in row["alerts"] or ()
                ],
                "holds": [
                    {key: one[key] for key in ("channel", "reason", "told_by")}
                    for one in row["holds"] or ()
                ],
                "evidence_sha256": evidence.get("sha256"),
                "evidence_row": evidence.get("row"),
                "fetched_at": evidence.get("fetched_at"),
            }  # fmt: skip


def _reasons(stored: str | None) -> list[str]:
    """What a verdict rests on, the weightiest first, without the sentences."""
    found = sorted(json.loads(stored or "[]"), key=lambda one: -abs(one.get("weight") or 0.0))
    return list(dict.fromkeys(f"{one['kind']}: {one['text']}" for one in found))[:_REASONS]


def _state(row: Mapping[str, Any]) -> str:
    """The least settled of what told of the article, alone or among others; `none` without."""
    holds = row["holds"] or ()
    states = {one["state"] for one in (*(row["alerts"] or ()), *holds)}
    if any(one["told_by"] is None for one in holds):
        states.add("held")
    return next((one for one in ("held", "queued", "given-up", "delivered") if one in states), "none")  # fmt: skip


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = " | ".join(
            " ".join(str(part) for part in one.values() if part) if isinstance(one, dict) else one
            for one in value
        )
    return safe(one_line(str(value)))


def safe(text: str) -> str:
    """Text that no spreadsheet computes: an apostrophe before what could begin a formula."""
    return f"'{text}" if text.lstrip(_LEADING).startswith(_FORMULA) else text


def _line(cells: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")
