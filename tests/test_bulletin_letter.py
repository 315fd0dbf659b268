"""A bulletin in words: e-mail, plain and HTML, log line; in the reader's language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.alert.bulletin_words import bulletin_words
from monitor.alert.compose import compose
from monitor.alert.digest import bulletin_title
from monitor.alert.feeds import alerts_in, put
from monitor.model import Bulletin, Episode, Named, Standing
from tests import alerts

NOW = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
AR = "سيول: بيونغ يانغ ترسل ألف خبير ألغام إلى كورسك"
EN = "Captured soldiers ask to go to Seoul, lawyer says"
HOSTILE = 'A\r\nBcc: x@example.org\r\n\r\n<script>alert("x")</script> \u202eabc'


def named(number: int, title: str, language: str = "en", **changed: Any) -> Named:
    return Named(
        **{
            "story": "troops",
            "article_id": number,
            "title": title,
            "link": f"https://a.example/{number}?a=1&b=2",
            "outlet": "Example News",
            "source": "example",
            "language": language,
            "score": 0.81,
            "at": NOW,
            "development": number,
            "published": NOW - timedelta(hours=number),
            "reason": "quiet",
            **changed,
        }
    )


SUMMARY = Bulletin(
    id="9f3c2a71",
    kind="summary",
    created=NOW,
    held=(
        named(1, AR, "ar", urgent=True, voices=3, reports=7),
        named(2, EN, kind="update", new_fact="They asked on Monday."),
        named(3, HOSTILE, link="javascript:alert(1)", reason="ceiling"),
    ),
    titles=(("troops", "Troops"),),
)
DIGEST = replace(
    SUMMARY,
    kind="digest",
    since=NOW - timedelta(days=1),
    until=NOW,
    told=(named(4, "Told one", reason=None, alerted=True), named(5, "Old one", reason=None)),
    told_more=12,
    maybe=(named(6, "Perhaps this", development=None, band="maybe", reason=None),),
    missed=(named(7, "Nearly this", development=None, band="off", reason=None, score=0.27),),
    standing=Standing(
        watched=114,
        broken=("aawsat", "yonhap"),
        entries=9400,
        judged=512,
        gaps=(("aawsat", NOW - timedelta(hours=3), NOW - timedelta(hours=2)),),
        episodes=(
            Episode(state="blocked", reason="blocked", began=NOW, source="aawsat"),
            Episode(
                state="silent",
                reason="silent",
                began=NOW,
                story="troops",
                facts={"title": "Troops"},
            ),
        ),
        given_up=1,
        evidence="ab" * 32,
    ),
)
EMPTY = Bulletin(
    id="0",
    kind="digest",
    created=NOW,
    since=NOW - timedelta(days=1),
    standing=Standing(watched=114, broken=("a", "b"), entries=9400),
)


def mail(bulletin: Bulletin, language: str) -> tuple[EmailMessage, str, LexborHTMLParser]:
    message = compose(bulletin, alerts.email(language))
    again = compose(bulletin, alerts.email(language))
    assert message == again, "the same bytes each time"
    read = message_from_bytes(message.body, policy=default)
    assert isinstance(read, EmailMessage)
    plain, html = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    return read, plain.get_content(), LexborHTMLParser(html.get_content())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("bulletin", [SUMMARY, DIGEST], ids=["summary", "digest"])
def test_both_bodies_say_all_in_the_same_order(bulletin: Bulletin, language: str) -> None:
    _, plain, html = mail(bulletin, language)
    shown = html.body.text()
    for text in (plain, shown):
        places = [text.index(title) for title in (AR, EN, "<script>")]
        assert places == sorted(places)
        assert "They asked on Monday." in text
    if bulletin.kind == "digest":
        for text in (plain, shown):
            rest = ["Told one", "Old one", "12", "Perhaps this", "Nearly this", "9400", "ab" * 32]
            places = [text.index(one) for one in rest]
            assert places == sorted(places)


def test_an_arabic_reader_gets_a_page_from_right_to_left_with_english_set_apart() -> None:
    read, plain, html = mail(DIGEST, "ar")
    assert html.css_first("html").attributes == {"lang": "ar", "dir": "rtl"}
    directions = {n.text(): n.attributes["dir"] for n in html.css("div[dir]")}
    assert (directions[AR], directions[EN]) == ("rtl", "ltr")
    assert read["Content-Language"] == "ar"
    assert read["Subject"].startswith("موجز: ")
    assert f"\u2066{EN}\u2069" in plain
    said = bulletin_words("ar")
    for words in (said.held, said.told, said.maybe, said.missed, said.fares, said.evidence):
        assert words in plain


def test_nothing_that_strangers_wrote_can_act() -> None:
    read, _, html = mail(SUMMARY, "en")
    assert read["Bcc"] is None
    assert not html.css("script")
    assert [a.attributes["href"] for a in html.css("a")] == [one.link for one in SUMMARY.held[:2]]
    first = replace(SUMMARY, held=SUMMARY.held[2:])
    read, _, _ = mail(first, "en")
    assert read["Bcc"] is None
    assert "\u202e" not in read["Subject"]
    assert "\n" not in compose(first, alerts.named(alerts.webhook(), kind="log")).body.decode()


def test_an_empty_digest_says_that_nothing_is_news_and_how_the_sources_are() -> None:
    read, plain, _ = mail(EMPTY, "en")
    assert read["Subject"] == "DIGEST: nothing new – Sources healthy: 112 of 114"
    assert plain.splitlines()[2] == "nothing new"
    assert "New entries read: 9400" in plain
    assert "Nothing came near." in plain
    assert bulletin_title(EMPTY, "ar") == "موجز: لا جديد – المصادر السليمة: 112 من 114"


def test_what_came_late_says_from_when_to_when() -> None:
    held = tuple(replace(one, reason="away") for one in SUMMARY.held)
    late = replace(SUMMARY, kind="late", held=held, since=NOW - timedelta(hours=6), until=NOW)
    read, plain, _ = mail(late, "en")
    assert read["Subject"].startswith("LATE: ")
    assert (
        "was not running, or had no network, from Mon 30 Nov 2026, 23:00 UTC to Tue 1 Dec 2026, 05:00 UTC"
        in plain
    )
    _, plain, _ = mail(replace(late, since=None, until=None), "en")
    assert "Came out while the monitor was not running, or had no network." in plain
    assert "from …" not in plain
    unread = tuple(replace(one, reason="unread") for one in SUMMARY.held)
    for language, why in (("en", "its source was switched off"), ("ar", "مصدرها موقوفا")):
        assert why in mail(replace(late, held=unread), language)[1]


def test_the_log_names_everything_in_one_line() -> None:
    line = compose(DIGEST, alerts.named(alerts.webhook(), kind="log")).body.decode()
    assert line.startswith("DIGEST: ")
    for one in (*DIGEST.held[:2], *DIGEST.told, *DIGEST.maybe):
        assert one.link in line


def test_keys_are_stable_and_one_for_each_channel() -> None:
    keys = {
        compose(SUMMARY, channel).key
        for channel in (alerts.email(), alerts.email(name="other"), alerts.webhook())
    }
    assert keys == {
        "<9f3c2a71.desk@example.org>",
        "<9f3c2a71.other@example.org>",
        "msg_9f3c2a71_hook",
    }


def test_a_feed_gets_what_a_summary_tells() -> None:
    """As the files channel has it: each development an item of its story's feed."""
    files = alerts.named(alerts.webhook(), kind="files")
    found = alerts_in(json.loads(compose(SUMMARY, files).body))
    assert [one["data"]["subject"] for one in found][:2] == [AR, EN]
    feed = None
    for one in found:
        feed = put(feed, one, most=9)
    assert feed is not None
    assert len(feed["items"]) == 3
    assert alerts_in(json.loads(compose(EMPTY, files).body)) == []


def test_a_chat_gets_a_line_for_each() -> None:
    chat = alerts.named(alerts.webhook(), kind="chat")
    said = json.loads(compose(SUMMARY, chat).body)
    assert said["title"].startswith("SUMMARY: ")
    assert [line.rpartition(" ")[2] for line in said["text"].splitlines()] == [
        one.link for one in SUMMARY.held
    ]


def test_times_are_the_readers() -> None:
    _, plain, _ = mail(EMPTY, "en")
    read = compose(EMPTY, alerts.email(timezone="Asia/Riyadh")).body
    there = message_from_bytes(read, policy=default).get_body(("plain",)).get_content()
    assert "Mon 30 Nov 2026, 05:00 UTC" in plain
    assert "Mon 30 Nov 2026, 08:00 UTC+3 (Riyadh)" in there
