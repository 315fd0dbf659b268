"""Whether a store full of articles on one subject still proposes the original of a copy."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.fold.fold import keys, likest
from monitor.identify.article import identify
from monitor.model import Article, Entry, Fold, Page, Source
from monitor.store.store import Store

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STREAMS = ("story-stream/dev", "story-stream/second", "story-stream/third", "story-stream/fifth", "story/variants", "story/variants-2", "story/variants-3", "story/variants-4")  # fmt: skip


def pairs() -> list[dict]:
    """Those of all sets but the held-out ones."""
    found = [
        pair
        for path in sorted((DATA / "pairs").glob("*.json"))
        for pair in json.loads(path.read_text("utf-8"))["pairs"]
    ]
    for folder in ("pairs-2", "pairs-3", "pairs-4"):
        for name in ("arabic.jsonl", "others.jsonl"):
            lines = (DATA / folder / name).read_text("utf-8").splitlines()
            found += map(json.loads, lines)
    return found


def articles() -> list[dict]:
    paths = [DATA / f"{name}.jsonl" for name in STREAMS]
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def make(row: dict, language: str | None, url: str) -> Article:
    source = Source(name="one", url="https://one.example/feed")
    entry = Entry(url=url, title=row["title"], language=language)
    return identify(source, entry, Page(url=url, title=row["title"], text=row["text"]), NOW)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 8], ids="{} times the streams".format)
def test_originals_are_met_among_thousands_on_one_subject(tmp_path: Path, times: int) -> None:
    """`pytest -s -m slow` shows how many."""
    store, both = Store.open(tmp_path / "monitor.db"), pairs()
    with store.transaction():
        for turn in range(times):
            for at, row in enumerate(articles()):
                article = make(row, row["lang"], f"https://{turn}.example/{at}")
                store.articles.add(article, Fold(relation="new"), keys(article))
        for at, pair in enumerate(both):
            earlier = make(pair["earlier"], pair.get("lang"), f"https://first.example/{at}")
            store.articles.add(earlier, Fold(relation="new"), keys(earlier))
    copies = [pair for pair in both if pair["relation"] != "new"]
    met = 0
    for at, pair in enumerate(copies):
        later = make(pair["later"], pair.get("lang"), f"https://second.example/{at}")
        found = store.articles.candidates(later, keys(later), NOW - timedelta(days=14), likest)
        met += any(known.text == pair["earlier"]["text"] for known in found)
    (stored,) = store.db.conn.execute("select count(*) from articles").fetchone()
    store.close()
    print(f"\n{stored:,} articles: {met} of {len(copies)} originals met")
    assert met >= 0.98 * len(copies)
