"""Telegram's preview pages: each page in tests/data/telegram beside its entries."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Fetched, Reading, Source
from monitor.parse import read_entries, telegram
from tests.test_parse_entries import plain

DATA = Path(__file__).parent / "data" / "telegram"
PAGES = sorted(DATA.glob("*.html"))
URL = "https://t.me/s/name"


def read(body: bytes, url: str = URL) -> Reading:
    """Through the door that the poll uses."""
    fetched = Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        content_type="text/html; charset=utf-8",
        fetched_at=datetime(2025, 4, 28, 12, tzinfo=UTC),
    )
    return read_entries(Source(name="t", url=url, kind="telegram"), fetched)


def message(inside: str, post: str = "name/7") -> bytes:
    return (
        "<html><body><section class='tgme_channel_history'><div class='tgme_widget_message' "
        f"data-post='{post}'>{inside}</div></section>"
    ).encode()


def text(inside: str) -> str:
    return f"<div class='tgme_widget_message_text js-message_text'>{inside}</div>"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_channel_reads_as_expected(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read(path.read_bytes(), want["url"])
        assert (raised.value.failure, raised.value.detail) == (want["error"], want["detail"])
        return
    got = read(path.read_bytes(), want["url"])
    reading = want["reading"]
    assert [plain(entry) for entry in got.entries] == reading["entries"]
    assert (got.title, got.language) == (reading["title"], reading["language"])
    assert list(got.notes) == reading["notes"]


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<b>One</b> two<br>three", "One two"),
        ("<br/><br/>🔴<br/>One", "One"),
        ("a" * 200, "a" * 120 + "…"),
        ("word " * 24, "word " * 23 + "word"),
        ("word, " * 30, "word, " * 19 + "word…"),
        ("1 &lt; 2", "1 < 2"),
        ("خبر\nثان", "خبر"),
    ],
)
def test_titles_are_first_lines(inside, title):
    entry = read(message(text(inside))).entries[0]
    assert entry.title == title
    assert len(title) <= 121


@pytest.mark.parametrize("post", ["", "name", "name/x", "a b/7", "name/7/8", "../7"])
def test_a_message_without_an_address_is_none(post):
    assert read(message(text("One two three"), post)).entries == ()


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body><p>Hello</p>", "misread"),
        (b"<html><title>Just a moment...</title><body>", "blocked"),
        (b"", "empty"),
    ],
)
def test_other_pages_are_no_channels(body, failure):
    with pytest.raises(ParseError) as raised:
        read(body)
    assert raised.value.failure == failure


def test_a_feed_in_place_of_the_preview_is_read():
    got = read(
        b"<rss version='2.0'><channel><item><title>One</title><link>/1</link></item></channel></rss>"
    )
    assert [entry.title for entry in got.entries] == ["One"]
    assert got.notes == ("declared as telegram, but a feed",)


PARTS = st.lists(
    st.sampled_from(
        ["<div class='tgme_widget_message' data-post='n/1'>", "<div class='tgme_widget_message service_message' data-post='n/2'>",
         "<div class='tgme_widget_message_text'>", "</div>", "<i class=emoji><b>⚡</b></i>", "<i class=emoji>", "<br>", "text", "<time datetime='x'>",
         "<a class='tgme_widget_message_date'><time datetime='2025-04-28T01:00:00+00:00'>", "<section class='tgme_channel_history'>", "&amp;amp;", "\x00",
         "<div class='tgme_widget_message_poll_question'>", "<blockquote>", "<template>", "<div class='tgme_page'>", "<div class='link_preview_title'>"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode())  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | PARTS, st.sampled_from([URL, "https://t.me/x", "http://x/"]))
def test_any_bytes_are_messages_or_a_parse_error(body, url):
    try:
        got = telegram.read(body, url)
    except ParseError:
        return
    assert all(entry.content and entry.url == entry.guid for entry in got.entries)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    "inside",
    [
        "<i class=emoji>" * 20_000,
        "<div class=tgme_widget_message_text>" * 20_000 + "x",
        "word " * 500_000,
        "&amp;" * 300_000,
        "<br>" * 100_000 + "x",
    ],
)
def test_no_page_takes_long(inside):
    began = time.process_time()
    read(message(text(inside)) * 3)
    assert time.process_time() - began < 6  # a third of it where nothing else runs


@pytest.mark.usefixtures("frozen")
def test_ten_thousand_messages_take_no_long():
    began = time.process_time()
    got = read(b"".join(message(text("One two"), f"name/{n}") for n in range(10_000)))
    assert len(got.entries) == 2_000
    assert time.process_time() - began < 6
