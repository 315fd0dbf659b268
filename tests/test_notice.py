"""`alert.notice`: the bytes of each kind of channel, in both languages."""

import email
import email.policy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from monitor.alert.bulletin_words import bulletin_words
from monitor.alert.compose import compose
from monitor.alert.notice import notice_letter, notice_title
from monitor.alert.troubles import ARABIC, ENGLISH, sentence, troubles
from monitor.errors import Failure
from monitor.model import Channel, Episode, Held, Notice, State, Trouble
from tests import alerts

NOW = datetime(2026, 11, 20, 14, 7, tzinfo=UTC)
HOSTILE = "evil\r\nBcc: x@example.org\n\u202e<script>alert(1)</script>"


def episode(**changed: Any) -> Episode:
    return Episode(
        **{
            "state": "blocked",
            "reason": "blocked",
            "began": NOW - timedelta(hours=3),
            "source": "aawsat",
            "facts": {"detail": "HTTP 403"},
            **changed,
        }
    )


def notice(*episodes: Episode, **changed: Any) -> Notice:
    return Notice(
        **{
            "id": "4e1c",
            "kind": "summary" if len(episodes) > 1 else "trouble",
            "created": NOW,
            "episodes": episodes,
            "watched": 11,
            "broken": ("aawsat",),
            **changed,
        }
    )


SILENT = episode(
    state="silent",
    reason="silent",
    source=None,
    story="troops",
    facts={"pause": "49", "title": "T"},
)
OVER = episode(source="yonhap", ended=NOW)
HELD = Held(
    article_id=7,
    title="جنود في كورسك",
    link="https://news.example.org/7",
    outlet="أخبار",
    source="aawsat",
    language="ar",
    score=0.8,
)
KINDS = {
    "trouble": notice(episode()),
    "recovery": notice(OVER, kind="recovery", broken=()),
    "silence": notice(SILENT, kind="silence"),
    "summary": notice(episode(), SILENT, OVER),
    "flood": notice(
        kind="flood", source="aawsat", why="9 of 10 came again", story=alerts.story(), held=(HELD,)
    ),
    "flood of nothing": notice(kind="flood", source="aawsat", why="9 of 10 came again"),
    "hostile": notice(
        episode(source=HOSTILE, facts={"detail": HOSTILE}),
        kind="trouble",
        broken=(HOSTILE,),
    ),
    "hostile flood": notice(
        kind="flood",
        source=HOSTILE,
        why=HOSTILE,
        held=(replace(HELD, title=HOSTILE, link="javascript:x"),),
    ),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", KINDS)
def test_a_webhook_gets_what_the_schema_says(name: str, language: str) -> None:
    told = KINDS[name]
    message = compose(told, replace(alerts.webhook(), language=language))
    body = json.loads(message.body)
    alerts.DESCRIBED.validate(body)
    assert body["type"] == f"notice.{told.kind}"
    assert body["timestamp"] == "2026-11-20T14:07:00Z"
    assert message.key == f"msg_4e1c_{alerts.webhook().name}"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", KINDS)
def test_a_mail_has_both_bodies_and_no_line_of_a_stranger(name: str, language: str) -> None:
    message = compose(KINDS[name], replace(alerts.email(), language=language))
    parsed = email.message_from_bytes(message.body, policy=email.policy.default)
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Message-ID"] == message.key
    assert parsed["Bcc"] is None
    told = bulletin_words(language).states["summary"] if KINDS[name].held else None
    assert (told or troubles(language).notice) in str(parsed["Subject"])
    html = parsed.get_body(("html",)).get_content()
    text = parsed.get_body(("plain",)).get_content()
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert "<script>" not in html
    assert 'href="javascript:' not in html
    assert "\u202e" not in html + text
    assert compose(KINDS[name], replace(alerts.email(), language=language)).body == message.body


@pytest.mark.parametrize("name", KINDS)
def test_the_log_gets_one_line(name: str) -> None:
    line = compose(KINDS[name], Channel(name="log", kind="log")).body.decode()
    assert len(line.splitlines()) == 1


def test_a_mail_says_what_since_when_and_what_to_do() -> None:
    text = notice_letter(KINDS["trouble"], "en").text
    for part in ("aawsat – blocked", "refuses this client", "HTTP 403", "11:07", "news sitemap"):
        assert part in text, part
    assert "1 of 11 sources are broken: aawsat" in text


def test_its_times_are_in_the_readers_zone_in_a_mail_and_in_a_line() -> None:
    desk = replace(alerts.email(), language="ar", timezone="Asia/Riyadh")
    body = compose(KINDS["trouble"], desk).body
    letter = email.message_from_bytes(body, policy=email.policy.default)
    line = compose(KINDS["recovery"], Channel(name="log", kind="log", timezone="Asia/Riyadh")).body
    for text in (letter.get_body(("plain",)).get_content(), line.decode()):
        assert "14:07 UTC+3" in text
        assert "11:07" not in text


def test_a_silence_tells_a_quiet_story_from_blind_sources() -> None:
    quiet = notice_letter(notice(SILENT, kind="silence", broken=()), "en").text
    blind = notice_letter(notice(SILENT, kind="silence", broken=("a", "b")), "en").text
    assert "All 11 sources are well." in quiet
    assert "2 of 11 sources are broken: a, b" in blind
    assert "2 days" in quiet  # its longest pause


def test_titles_count_what_is_many() -> None:
    assert notice_title(KINDS["summary"], "en") == "NOTICE: in trouble: 2 – well again: 1"
    assert notice_title(KINDS["recovery"], "en") == "NOTICE: yonhap – well again"
    empty = replace(KINDS["flood"], held=())
    assert notice_title(empty, "en") == "NOTICE: aawsat – old entries came back as new"


def test_what_tells_of_articles_is_a_summary_that_begins_with_the_first() -> None:
    """There may be news among them: it is no notice of the monitor's to be left for later."""
    (one,) = KINDS["flood"].held
    title = notice_title(KINDS["flood"], "ar")
    assert title.startswith("ملخص: ")
    assert one.title in title
    assert title.endswith(" – \u2068aawsat\u2069: مواد قديمة عادت كأنها جديدة")
    two = replace(KINDS["flood"], held=(one, one))
    assert notice_title(two, "en").endswith(" (+1) – aawsat: old entries came back as new")


@pytest.mark.parametrize("said", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_every_state_and_failure_has_its_words(said) -> None:
    for state in (*get_args(State), *get_args(Trouble)):
        assert said.states[state]
    figures = {"count": "3", "usual": "30", "broken": "6", "watched": "11", "pause": "30"}
    for reason in (*get_args(Failure), "quiet", "silent", "broken", "asleep", "links-fell"):
        assert "{" not in sentence(said, reason, figures)
        assert reason in said.reasons
    assert said.advice.keys() == ENGLISH.advice.keys()
