"""`monitor inspect`: the contract that outside suites rely on."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from monitor.cli import bounded as bounded_module
from monitor.errors import ParseError
from tests.newsroom import command

SEEDS = Path(__file__).parents[1] / "seeds" / "north-korea-russia"
TWELVE = Path(__file__).parent / "data" / "story-stream" / "twelve.jsonl"
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Gazette</title>
<item><title>عنوان أول</title><link>/1?utm_source=rss</link><guid>g1</guid>
<pubDate>Mon, 28 Apr 2025 09:00:00 +0300</pubDate><description>&lt;p&gt;Lead&lt;/p&gt;</description></item>
</channel></rss>"""
PAGE = """<html lang="ar"><head><meta charset="utf-8"><title>عنوان</title>
<link rel="canonical" href="https://gazette.example/1"></head>
<body><article><h1>عنوان</h1><p>{}</p></article></body></html>""".format(
    "جملة من كلام مخترع للتجربة. " * 30
)


def inspect(*words: str, stdin: str | bytes = b"") -> tuple[list[dict[str, Any]], int, str]:
    """Its answers, status and errors; as a process of its own it stands in test_bombs."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = command("inspect", *words, stdin=given)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return rows, done.returncode, done.stderr


def case(number: int, body: str | bytes, **more: str) -> str:
    raw = body.encode() if isinstance(body, str) else body
    return json.dumps({"id": number, "body": base64.b64encode(raw).decode(), **more}) + "\n"


def test_feed_answers_cases_and_outlives_faulty_ones() -> None:
    stdin = (
        case(1, RSS, url="https://gazette.example/feed", content_type="application/rss+xml")
        + "this is no JSON\n"
        + "[]\n"
        + json.dumps({"id": 4, "body": "%%%"})
        + "\n"
        + case(5, PAGE)
        + case(6, "<rss version='2.0'><channel><title>Empty</title></channel></rss>")
        + case(7, b"\x00\xff" * 100)
    )
    rows, status, _ = inspect("feed", "--jsonl", stdin=stdin)
    assert status == 0
    assert [row["id"] for row in rows] == [1, None, None, 4, 5, 6, 7]
    assert rows[0]["title"] == "Gazette"
    (entry,) = rows[0]["entries"]
    assert set(entry) == {
        *("guid", "url", "title", "summary", "content"),
        *("author", "published", "updated", "language"),
    }
    assert entry["url"] == "https://gazette.example/1?utm_source=rss"
    assert entry["published"] == "2025-04-28T06:00:00Z"
    assert [bool(row.get("error")) for row in rows] == [False, True, True, True, True, False, True]
    assert rows[5]["entries"] == []


def test_files_carry_their_name(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(RSS, "utf-8")
    missing = str(tmp_path / "missing.xml")
    rows, status, _ = inspect("feed", str(feed), missing, "--url", "https://gazette.example/feed")
    assert status == 0
    assert rows[0]["file"] == str(feed)
    assert rows[0]["entries"][0]["guid"] == "g1"
    assert rows[1]["file"] == missing
    assert "No such file" in rows[1]["error"]


def test_no_input_is_wrong_usage() -> None:
    _, status, stderr = inspect("feed")
    assert status == 2
    assert "--jsonl" in stderr


def test_page_answers_with_every_field() -> None:
    rows, status, _ = inspect(
        "page", "--jsonl", stdin=case(1, PAGE, url="https://gazette.example/1?x")
    )
    assert status == 0
    (row,) = rows
    assert set(row) == {
        *("id", "url", "canonical_url", "title", "text"),
        *("published", "updated", "author", "language", "site_name"),
    }
    assert (row["title"], row["language"]) == ("عنوان", "ar")
    assert row["canonical_url"] == "https://gazette.example/1"
    assert row["text"].startswith("جملة من كلام")


def test_url_gives_absolute_canonical_and_the_guards_verdict() -> None:
    cases = [
        {"id": 1, "url": "../b?utm_source=x&p=1", "base": "https://www.gazette.example/a/c"},
        {"id": 2, "url": "http://0x7f.1/"},
        {"id": 3, "url": "javascript:alert(1)"},
        {"id": 4, "url": 5},
        {"id": 5},
    ]
    stdin = "".join(json.dumps(each) + "\n" for each in cases)
    rows, status, _ = inspect("url", "--jsonl", stdin=stdin)
    assert status == 0
    assert rows[0]["url"] == "https://www.gazette.example/b?utm_source=x&p=1"
    assert rows[0]["canonical"] == "https://gazette.example/b?p=1"
    assert (rows[0]["allowed"], rows[0]["why"]) == (True, None)
    assert (rows[1]["allowed"], bool(rows[1]["why"])) == (False, True)
    assert rows[2]["allowed"] is False
    assert "error" in rows[3]
    assert "error" in rows[4]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "only-stories.yaml"
    path.write_text(f"stories:\n  troops:\n    title: Troops\n    seeds: {SEEDS}\n", "utf-8")
    return path


def test_match_judges_a_stream(config: Path) -> None:
    rows, status, stderr = inspect(
        "match", "--story", "troops", "--config", str(config), stdin=TWELVE.read_bytes()
    )
    assert status == 0, stderr
    expected = [json.loads(line) for line in TWELVE.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [row["id"] for row in expected]
    for row in rows:
        assert set(row) == {
            *("id", "score", "threshold", "band", "reasons"),
            *("relation", "original", "development", "new_facts"),
        }
        assert (row["band"] == "on") == (row["score"] >= 0.5)
    copy = rows[4]
    assert (copy["relation"], copy["original"], copy["development"]) == ("copy", "h04", "h04")


def test_match_names_stories_it_knows(config: Path) -> None:
    _, status, stderr = inspect("match", "--story", "trops", "--config", str(config))
    assert status == 2
    assert "troops" in stderr


def test_the_same_address_again_is_a_revision(config: Path) -> None:
    text = "أعلنت سيول أن جنودا من كوريا الشمالية يقاتلون في كورسك إلى جانب روسيا. " * 10
    first = {"id": "a", "url": "https://x.example/1", "title": "عنوان", "text": text, "lang": "ar",
             "published": "2025-01-01T00:00:00Z"}  # fmt: skip
    second = {**first, "id": "b", "title": "عنوان معدل", "published": "2025-01-01T01:00:00Z"}
    stdin = "".join(json.dumps(each) + "\n" for each in (first, second))
    rows, _, _ = inspect("match", "--story", "troops", "--config", str(config), stdin=stdin)
    assert [(row["relation"], row["original"]) for row in rows] == [
        ("new", None),
        ("revision", "a"),
    ]


def test_match_needs_no_dates(config: Path) -> None:
    undated = {"title": "Kim praises his soldiers in Kursk", "text": "x " * 5, "lang": "en"}
    cases = [
        {"id": 1, "url": "https://a.example/1", **undated},
        {"id": 2, "url": "https://a.example/2", **undated, "published": None},
        {"id": 3, "url": "https://a.example/3", **undated, "published": "2025-04-28t10:00:00z"},
        {"id": 4, "title": "x", "published": "last Monday"},
        {"id": 5, "title": "x", "published": "0001-01-01T00:00:00+14:00"},
    ]
    stdin = "\n".join(map(json.dumps, cases))
    rows, _, _ = inspect("match", "--story", "troops", "--config", str(config), stdin=stdin)
    assert [row.get("original") for row in rows[:3]] == [None, 1, 1]
    assert rows[3]["error"] == "published is no RFC 3339 time: 'last Monday'"
    assert "out of range" in rows[4]["error"]


def test_match_of_a_huge_text_answers_soon(config: Path) -> None:
    text = "Kim sent soldiers to Kursk, Seoul said on Monday. " * 100_000
    stdin = json.dumps({"id": 1, "title": "x" * 1_000_000, "text": text})
    rows, _, _ = inspect("match", "--story", "troops", "--config", str(config), stdin=stdin)
    assert rows[0]["id"] == 1
    assert "error" not in rows[0]


def test_an_address_without_a_base_stays_relative() -> None:
    body = RSS.replace("Lead", "&lt;a href='/x'&gt;Lead&lt;/a&gt;")
    rows, _, _ = inspect("feed", "--jsonl", stdin=case(1, body))
    (entry,) = rows[0]["entries"]
    assert entry["url"] == "/1?utm_source=rss"
    assert entry["summary"] == '<p><a href="/x">Lead</a></p>'


def test_what_stalls_a_parser_is_an_error_and_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_module, "_CPU", 0.5)
    with bounded_module.bounded() as call:
        assert call(len, "short", size=5) == 5
        with pytest.raises(ParseError, match="took more than"):
            call(sum, range(10**12), size=100_000)
        assert call(len, "long", size=100_000) == 4


def test_numbers_that_json_does_not_know_are_no_case() -> None:
    rows, _, _ = inspect("url", stdin='{"id": NaN, "url": "https://a.example/"}\n')
    assert rows == [{"id": None, "error": "not JSON: NaN is no JSON value"}]


def test_links_are_best_first() -> None:
    home = """<html><head><link rel="alternate" type="application/rss+xml" title="Comments"
      href="/comments/feed/"><link rel="alternate" type="application/rss+xml" title="News" href="/feed/">
      </head><body></body></html>"""
    rows, status, _ = inspect(
        "links", "--jsonl", stdin=case(1, home, url="https://gazette.example/")
    )
    assert status == 0
    first = rows[0]["links"][0]
    assert first == {"kind": "feed", "url": "https://gazette.example/feed/", "title": "News"}
    assert not any("comments" in link["url"] for link in rows[0]["links"])


def test_robots_are_read_for_an_agent() -> None:
    rules = "User-agent: *\nDisallow: /private\nCrawl-delay: 5\nSitemap: https://g.example/s.xml\n"
    stdin = case(1, rules, agent="story-monitor", url="https://g.example/private/a") + case(
        2, rules, agent="story-monitor", url="https://g.example/a"
    )
    rows, status, _ = inspect("robots", "--jsonl", stdin=stdin)
    assert status == 0
    assert rows[0] == {
        "id": 1,
        "allowed": False,
        "delay": 5.0,
        "sitemaps": ["https://g.example/s.xml"],
    }
    assert rows[1]["allowed"] is True
