"""A database of the last schema but a few, with what was ruled out in it, carried forward."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.searching import fill, search
from monitor.store.headlines import headline
from monitor.store.rows import short
from monitor.store.schema import migrations
from monitor.store.snapshot import damage
from monitor.store.store import Store

NOW = "2026-03-01T12:00:00.000Z"
BEFORE = "2026-02-28T12:00:00.000Z"
TEXTS = ("Sixty ships in the harbour. " * 300, "قالت الوزارة إن السفينة وصلت", "", "\x00 \ud7ff 𐍈")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Four articles: ruled out, ruled out and since under another headline, judged, let go."""
    db = Database(sqlite3.connect(tmp_path / "monitor.db"))
    migrations.apply(db, stop_before="texts")
    for number, text in enumerate(TEXTS, 1):
        address, ruled = f"https://g.example/{number}", number < 3
        db.execute(
            """insert into articles (id, url, link, source, title, text, kind, published, first_seen,
                 exact, title_print, sketch, words, relation, dropped)
               values (?1, ?2, ?2, 'gazette', ?3, ?4, 'summary', ?5, ?6, '', '', x'', 0, ?7, ?8)""",
            [number, address, f"Title {number}", text, BEFORE, NOW, "uncompared" if ruled else "new", NOW if number == 3 else None],
        )  # fmt: skip
        title = f"Title {number}" if number != 2 else "Another title"
        db.execute(
            """insert into entries (id, source, key, title, published, first_seen, last_seen,
                 baseline, stage, article_id) values (?1, 'gazette', ?2, ?3, ?4, ?5, ?5, 0, 'settled', ?6)""",
            [number + 10, address, title, BEFORE, NOW, number],
        )  # fmt: skip
        db.execute("insert into addresses values (?, ?)", [short(address), number])
        db.execute("insert into headlines values (?, ?)", [short(title), number + 10])
        db.execute("insert into unsearched values (?)", [number])
        db.execute("insert into fold_keys values (?, ?)", [short(f"key {number}"), number])
        for story, band, reasons in (("a", "off", None), ("b", "on" if number == 4 else "off", "[]")):  # fmt: skip
            db.execute(
                "insert into verdicts values (?, ?, ?, ?, 0.1234, 0.5, 'a rule', 'p', 'band off', ?, ?)",
                [number + 10, number, story, band, reasons, NOW],
            )
    db.conn.commit()
    yield db.conn
    db.conn.close()


def test_texts_verdicts_and_headlines_are_what_they_were(
    old: sqlite3.Connection, tmp_path: Path
) -> None:
    columns = "entry_id, article_id, story, band, score, threshold, rule, profile, told, reasons, judged_at"
    asked = f"select {columns} from verdicts order by 1, 2, 3"
    verdicts = old.execute(asked).fetchall()
    rows = old.execute("select * from articles order by id")
    names = [column[0] for column in rows.description]
    articles = [dict(zip(names, row, strict=True)) for row in rows]
    store = Store.open(tmp_path / "monitor.db")
    assert store.db.execute(asked).fetchall() == verdicts
    assert list(store.db.query("select * from printed order by id")) == articles
    assert damage(tmp_path / "monitor.db") is None
    keys = [f"https://g.example/{number}" for number in (1, 2, 3, 4)]
    titles = ("Title 1", "Another title", "Title 3", "Title 4")
    assert store.entries.seen("gazette", keys) == dict(
        zip(keys, map(headline, titles), strict=True)
    )
    assert store.entries.titles("gazette", ["Title 1", "Title 2", "Another title"], keys[:1]) == {"Another title"}  # fmt: skip
    (found,) = store.uncompared.like((), "TITLE  1", datetime(2026, 3, 1, tzinfo=UTC))
    assert (found[0], found[1].text) == (1, TEXTS[0]), "by its headline, however spelled"
    kept = store.db.execute("select article_id from fold_keys order by 1").fetchall()
    assert kept == [(3,), (4,)], "what was ruled out has none"
    kept = store.db.execute("select title, published from entries order by id").fetchall()
    assert kept == [(None, None), ("Another title", BEFORE), ("Title 3", BEFORE), ("Title 4", BEFORE)]  # fmt: skip
    dates = store.vitals.news("gazette", datetime(2026, 3, 1, tzinfo=UTC))
    assert len(dates) == 4, "what was ruled out has its date with its article"
    while fill(store):
        pass
    rows = search(store, "ships", story=None, since=None, limit=9, stories=["a"])
    assert [(row["id"], row["stories"][0]["band"]) for row in rows] == [(1, "off")]
    (count,) = store.db.execute("select count(*) from rulings").fetchone()
    assert count == 3, "what verdicts have in common is said once"
    store.close()
