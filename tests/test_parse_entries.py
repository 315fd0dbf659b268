"""Feeds, sitemaps and listings: each file in tests/data beside what must be read from it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.model import Entry, Fetched, Reading, Selectors, Source
from monitor.parse import read_entries

DATA = Path(__file__).parent / "data"
KINDS = {"feeds": "feed", "sitemaps": "sitemap", "listings": "listing"}
NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
CASES = sorted(
    path
    for folder in KINDS
    for path in (DATA / folder).iterdir()
    if not path.name.endswith(".expected.json")
)


def read(
    body: bytes,
    *,
    url: str = "https://feeds.example/feed",
    content_type: str | None = None,
    kind: str = "feed",
    **declared: object,
) -> Reading:
    if isinstance(declared.get("selectors"), dict):
        declared["selectors"] = Selectors(**declared["selectors"])
    source = Source(name="s", url=url, kind=kind, **declared)
    fetched = Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        content_type=content_type,
        fetched_at=NOW,
    )
    return read_entries(source, fetched)


def plain(entry: Entry) -> dict[str, object]:
    found = {name: value for name, value in entry._asdict().items() if value is not None}
    for name, value in found.items():
        if isinstance(value, datetime):
            assert value.utcoffset() is not None
            found[name] = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return found


def test_there_are_cases_of_every_kind():
    counts = {folder: sum(path.parent.name == folder for path in CASES) for folder in KINDS}
    assert counts["feeds"] >= 12
    assert counts["sitemaps"] >= 4
    assert counts["listings"] >= 4


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_source_reads_as_expected(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
    declared = {"kind": KINDS[path.parent.name], **want.get("source", {})}
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read(path.read_bytes(), content_type=want.get("content_type"), **declared)
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    got = read(path.read_bytes(), content_type=want.get("content_type"), **declared)
    assert [plain(entry) for entry in got.entries] == want["reading"]["entries"]
    assert (got.title, got.language) == (want["reading"]["title"], want["reading"]["language"])
    assert list(got.notes) == want["reading"]["notes"]


def test_the_newest_of_too_many_entries_are_kept_in_the_sources_order():
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link>"
        f"<pubDate>{2000 + n % 25}-01-01T00:00:00Z</pubDate></item>"
        for n in range(2_500)
    )
    got = read(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    kept = [int(entry.title or "") for entry in got.entries]
    assert len(kept) == 2_000
    assert kept == sorted(kept)
    # Twenty of the twenty-five years fit: the oldest five are gone.
    assert {n % 25 for n in kept} == set(range(5, 25))
    assert got.notes == ("2500 entries; the newest 2000 are read",)


def test_a_packed_sitemap_beyond_its_limit_is_refused():
    import zlib

    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(60)) + packer.flush()
    with pytest.raises(ParseError) as raised:
        read(bomb, kind="sitemap")
    assert raised.value.failure == "too-large"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Talks &lt;script&gt;alert(1)&lt;/script&gt; go on", "Talks go on"),
        ("<![CDATA[Talks <script src=x>alert(1)</script > go on]]>", "Talks go on"),
        ("Talks &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; go on", "Talks go on"),
        ("&lt;b&gt;Talks&lt;/b&gt; &lt;style&gt;p {}&lt;/style&gt; go on", "Talks go on"),
        ("&lt;iframe src='x'&gt;&lt;/iframe&gt;Talks go on", "Talks go on"),
        ("&lt;img src=x onerror=alert(1)&gt; Talks go on", "Talks go on"),
        ("Talks&lt;br&gt;go on", "Talks go on"),
        ("AT&amp;T and AT&amp;amp;T", "AT&T and AT&T"),
        ("a &lt; b, c &gt; d", "a < b, c > d"),
        ("We &lt;3 you", "We <3 you"),
        ("What &lt;script&gt; does", "What <script> does"),
        ("Lists&lt;int&gt; compared", "Lists<int> compared"),
    ],
)
def test_a_title_of_rss_is_what_a_browser_would_show(written, shown):
    """Escaped or not: RSS cannot say which it means."""
    body = f"<rss version='2.0'><channel><title>{written}</title><item><title>{written}</title><link>https://s.example/1</link></item></channel></rss>"  # fmt: skip
    found = read(body.encode())
    assert (found.entries[0].title, found.title) == (shown, shown)


def test_a_tag_in_a_title_that_atom_calls_text_is_meant():
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='text'>A &lt;script&gt;x&lt;/script&gt;</title><id>https://s.example/1</id></entry></feed>"
    assert read(body.encode()).entries[0].title == "A <script>x</script>"


def test_nothing_outside_the_document_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("TOP-SECRET")
    for external in (f'SYSTEM "{secret.as_uri()}"', f'PUBLIC "x" "{secret.as_uri()}"'):
        body = (
            f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x {external}>"
            f"<!ENTITY % p SYSTEM '{secret.as_uri()}'> %p;]>"
            "<rss version='2.0'><channel><title>a &x; b</title>"
            "<item><title>&x;</title><link>/1</link></item></channel></rss>"
        )
        assert "TOP-SECRET" not in repr(read(body.encode()))
    # A path as the whole body is text, not a file to open.
    with pytest.raises(ParseError):
        read(str(secret).encode())


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><script>alert(1)</script></template>",
        "&lt;p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;",
        "<textarea></textarea><base href=//evil><form action=/x><input onfocus=alert(1)>",
        "<!--><script>alert(1)</script>-->",
    ],
)
def test_summaries_are_harmless(fragment):
    body = (
        "<rss version='2.0'><channel><link>https://s.example/</link><item><title>t</title>"
        f"<link>/1</link><description><![CDATA[{fragment}]]></description></item></channel></rss>"
    )
    summary = read(body.encode()).entries[0].summary or ""
    nodes = LexborHTMLParser(f"<body>{summary}").css("body *")
    assert {node.tag for node in nodes} <= {"p", "a", "img"}, summary
    for node in nodes:
        assert set(node.attributes) <= {"href", "src", "title"}, summary
        for name in ("href", "src"):
            assert (node.attributes.get(name) or "https:").startswith("https:"), summary
