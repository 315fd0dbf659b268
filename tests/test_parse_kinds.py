"""Kinds of sources beside plain feeds, and what feeds announce: cases in tests/data."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.identify.article import identify
from monitor.model import Entry, Fetched, Reading, Source
from monitor.parse import read_entries

DATA = Path(__file__).parent / "data"
# The kind that a case's source is declared as, where it says none.
KINDS = {
    "sitemaps": "sitemap",
    "wpjson": "feed",
    "gdelt": "search",
    "mastodon": "feed",
    "youtube": "feed",
    "searches": "search",
    "announced": "feed",
}
NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
CASES = sorted(
    path
    for folder in KINDS
    for path in (DATA / folder).iterdir()
    if not path.name.endswith(".expected.json")
)


def wanted(path: Path) -> dict[str, Any]:
    return json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))


def source_of(path: Path) -> Source:
    want = wanted(path)
    declared = {"timezone": want.get("timezone"), **want.get("source", {})}
    return Source(
        name="s",
        url=want.get("url", "https://feeds.example/feed"),
        kind=want.get("kind", KINDS[path.parent.name]),
        **declared,
    )


def read(source: Source, body: bytes, content_type: str | None = None) -> Reading:
    fetched = Fetched(
        url=source.url,
        final_url=source.url,
        status=200,
        headers=(),
        body=body,
        content_type=content_type,
        fetched_at=NOW,
    )
    return read_entries(source, fetched)


def stamp(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    assert moment.utcoffset() == timedelta(0)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(entry: Entry) -> dict[str, object]:
    values = entry._asdict()
    return {
        name: stamp(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_is_read_as_expected(path):
    want, source = wanted(path), source_of(path)
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read(source, path.read_bytes(), want.get("content_type"))
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    got = read(source, path.read_bytes(), want.get("content_type"))
    assert {
        "title": got.title,
        "language": got.language,
        "notes": list(got.notes),
        "entries": [plain(entry) for entry in got.entries],
        "children": [[url, stamp(when)] for url, when in got.children],
        "ttl": got.ttl and got.ttl / timedelta(minutes=1),
        "hub": got.hub,
        "topic": got.topic,
    } == {"children": [], "ttl": None, "hub": None, "topic": None, **want["reading"]}


@pytest.mark.parametrize(
    "path", [path for path in CASES if "titles" in wanted(path)], ids=lambda path: path.name
)
def test_a_search_result_is_identified_without_its_outlet(path):
    source = source_of(path)
    entries = read(source, path.read_bytes()).entries
    articles = [identify(source, entry, None, NOW) for entry in entries]
    assert [article.title for article in articles] == wanted(path)["titles"]
    assert [article.outlet for article in articles] == [entry.outlet for entry in entries]
    assert not any("apiclick" in article.url for article in articles[:1])


@pytest.mark.usefixtures("frozen")
def test_a_full_sitemap_is_read_in_reasonable_time():
    """50,000 addresses, the protocol's most; 4 s on the machine where it was written."""
    record = (
        "<url><loc>https://daily.example/{n}</loc><lastmod>{year}-04-28T10:00:00+03:00</lastmod>"
        "<image:image><image:loc>https://daily.example/{n}.jpg</image:loc></image:image></url>"
    )
    body = "".join(record.format(n=n, year=2000 + n % 25) for n in range(50_000))
    source = Source(name="s", url="https://daily.example/sitemap.xml", kind="sitemap")
    start = time.process_time()
    got = read(source, f"<urlset>{body}</urlset>".encode())
    assert time.process_time() - start < 20
    assert len(got.entries) == 2_000
    assert {entry.updated.year for entry in got.entries if entry.updated} == {2024}


def test_an_index_may_name_as_many_sitemaps():
    body = "".join(
        f"<sitemap><loc>/{n}.xml</loc><lastmod>2025-04-{n % 28 + 1:02}</lastmod></sitemap>"
        for n in range(50_000)
    )
    source = Source(name="s", url="https://daily.example/sitemap.xml", kind="sitemap")
    got = read(source, f"<sitemapindex>{body}</sitemapindex>".encode())
    assert (len(got.children), got.entries) == (50_000, ())
    assert [stamp(when) for _, when in got.children[:2]] == ["2025-04-28T00:00:00Z"] * 2
