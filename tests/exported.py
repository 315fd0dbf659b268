"""Stores to take things out of: one with evidence of every kind, and large ones of synthetic rows."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.store.entries import Provenance
from monitor.store.rows import deflate, stamp
from monitor.store.store import Store
from monitor.story.grouping import Development
from tests.labelled import SEEDS
from tests.stored import START

HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("content-encoding", "gzip"),
    ("transfer-encoding", "chunked"),
    ("content-length", "17"),
    ("x-odd", "caf\xe9"),
)


def config(folder: Path, title: str = "Soldiers") -> Path:
    """A configuration whose story is `troops`."""
    path = folder / "sources.yaml"
    path.write_text(f"stories: {{troops: {{title: {title}, age_gate: none, seeds: seeds}}}}\n", "utf-8")  # fmt: skip
    seeds = folder / "seeds"
    seeds.mkdir()
    for name in ("000-putin-thanks-kim.md", "001-first-confirmation.md"):
        shutil.copy(SEEDS / name, seeds)
    return path


def witness(
    store: Store,
    article: int,
    body: bytes,
    *,
    url: str,
    at: datetime = START,
    redirects: tuple[str, ...] = (),
) -> str:
    """Keep a body as the evidence of an article; its hash."""
    with store.transaction():
        sha256 = store.evidence.keep_body(body)
        store.evidence.add(
            article,
            Provenance(
                url=redirects[0] if redirects else url,
                final_url=url,
                fetched_at=at,
                status=200,
                headers=HEADERS,
                redirects=redirects,
                sha256=sha256,
            ),
        )
    return sha256


def fill(store: Store, articles: int, developments: int = 0, *, text: int = 2000) -> None:
    """Put synthetic articles into a store, half an hour apart, the first ones in developments.

    Of a development every third report is an update, the others repeats.
    """
    began = datetime(2024, 1, 1, tzinfo=UTC)
    body = "وقال المتحدث إن الوحدة رقم سبعة وصلت إلى الموقع. " * (text // 48)
    each = articles // developments if developments else 0
    with store.transaction():
        insert = store.db.conn.executemany
        insert(
            """insert into articles (id, url, link, source, outlet, title, kind, language,
                 published, first_seen, exact, title_print, sketch, words, relation)
               values (?1, ?2, ?2, 'synthetic', ?3, ?4, 'full', 'ar', ?5, ?5, '', '', x'', 9, 'new')""",
            (
                (n, f"https://o{n % 40}.example/{n}", f"منبر {n % 40}", f"خبر مصطنع رقم {n}", stamp(began + timedelta(minutes=30 * n)))
                for n in range(1, articles + 1)
            ),
        )  # fmt: skip
        insert(
            "insert into texts (article_id, packed) values (?, ?)",
            ((n, deflate(body)) for n in range(1, articles + 1)),
        )
        store.db.execute(
            """insert into rulings (id, story, band, rule, told, profile, threshold)
               values (1, 'troops', 'on', 'in the lead', 'alerted', 'p', 0.5)"""
        )
        insert(
            """insert into judgements (article_id, entry_id, judged_at, ruling, score, reasons)
               values (?1, ?1, ?2, 1, 0.9,
                 '[{"kind": "concept", "text": "who: x", "weight": 1.0, "sentence": null}]')""",
            ((n, stamp(began)) for n in range(1, articles + 1)),
        )
        heads = range(1, developments * each + 1, each or 1)
        state = Development(id=1, opened=began, last_new=began, figures=(("troops", 3000), ("troops", 10000)))  # fmt: skip
        insert(
            "insert into developments (story, id, last_new, state) values ('troops', ?, ?, ?)",
            ((n, stamp(began + timedelta(minutes=30 * n)), state.to_json()) for n in heads),
        )
        insert(
            """insert into members (story, article_id, development, relation, of, new_facts, known, joined)
               values ('troops', ?, ?, ?, null, ?, 1, ?)""",
            (
                (n, head, "new" if n == head else "update" if (n - head) % 3 == 1 else "repeat",
                 '["وصل العدد إلى 10,000 جندي."]', stamp(began + timedelta(minutes=30 * n)))
                for head in heads for n in range(head, head + each)
            ),
        )  # fmt: skip
    for n in range(1, developments * each + 1):
        store.evidence.add(
            n,
            Provenance(
                url=f"https://o{n % 40}.example/{n}", final_url=f"https://o{n % 40}.example/{n}",
                fetched_at=began, status=200, headers=HEADERS, redirects=(), sha256=f"{n:064x}",
            ),
        )  # fmt: skip
    if developments:
        store.db.conn.commit()
