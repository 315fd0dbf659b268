"""What headers mean: Retry-After, validators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.answer import read_headers, retry_after, validators
from monitor.fetch.request import at_home, headers, user_agent
from monitor.model import Validators

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("0", timedelta(0)),
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("-5", timedelta(0)),
        ("86401", DAY),
        ("9" * 40, DAY),
        ("9" * 5000, DAY),
        ("Sun, 22 Nov 2026 12:01:00 GMT", timedelta(minutes=1)),
        ("Sun, 22 Nov 2026 15:01:00 +0300", timedelta(minutes=1)),
        ("Sun, 22 Nov 2026 12:01:00", timedelta(minutes=1)),
        ("Sunday, 22-Nov-26 12:01:00 GMT", timedelta(minutes=1)),
        ("Sun, 22 Nov 2020 12:00:00 GMT", timedelta(0)),
        ("Sun, 22 Nov 2099 12:00:00 GMT", DAY),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("--", None),
        ("5-5", None),
        ("١٢٠", None),
        ("Sun, 99 Nov 2026 12:00:00 GMT", None),
    ],
)
def test_retry_after(value, span):
    assert retry_after((("retry-after", value),), NOW) == span


def test_no_retry_after():
    assert retry_after((("date", "x"),), NOW) is None


@given(st.text(max_size=60))
def test_any_retry_after_is_sane(value):
    span = retry_after((("retry-after", value),), NOW)
    assert span is None or timedelta(0) <= span <= DAY


@given(st.binary(max_size=30).filter(lambda raw: raw.strip()))
def test_validators_go_back_byte_for_byte(raw):
    known = validators(read_headers([(b"ETag", raw)]))
    sent = dict(headers("us", known, {}, address="http://a.example/", at_home=True))
    assert sent[b"If-None-Match"] == raw


def test_the_first_of_two_validators_counts_and_a_304_may_leave_one_out():
    known = validators((("etag", "a"), ("etag", "b")), Validators(last_modified="then"))
    assert known == Validators(etag="a", last_modified="then")


@pytest.mark.parametrize(
    ("first", "now", "home"),
    [
        ("http://a.example/x", "http://a.example/y", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example/", "http://a.example:81/", False),
        ("http://a.example/", "http://www.a.example/", False),
    ],
)
def test_where_a_source_s_headers_may_go(first, now, home):
    assert at_home(first, now) is home


def test_without_a_contact_the_project_is_named():
    assert user_agent(None) == "story-monitor/0.1.0 (+news story monitor)"
