"""What a page says of itself beside its text, one page a line in tests/data/metadata."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Page
from monitor.parse import read_page
from monitor.parse.labels import labels
from monitor.parse.markup import tree
from monitor.parse.page.author import read_author
from monitor.parse.page.stamps import is_stamp
from monitor.parse.page.visible import headline, read_visible
from monitor.parse.shown import read_shown

DATA = Path(__file__).parent / "data" / "metadata"
TEXTS = json.loads((DATA / "texts.json").read_text("utf-8"))
CASES = [json.loads(line) for line in (DATA / "cases.jsonl").read_text("utf-8").splitlines()]


def _read(case: dict[str, Any]) -> Page:
    html = case["html"]
    for name, text in TEXTS.items():
        html = html.replace(f"{{{name}}}", text)
    return read_page(
        html.encode(),
        url=case.get("url", "https://s.example/a"),
        content_type="text/html; charset=utf-8",
        timezone=case.get("timezone"),
    )


def _shown(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_page_says_what_is_expected(case: dict[str, Any]) -> None:
    page = _read(case)
    assert {name: _shown(getattr(page, name)) for name in case["want"]} == case["want"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 100
    assert len({case["name"] for case in CASES}) == len(CASES)


# Pieces of which bylines, stamps and their traps are made.
_PIECES = st.sampled_from(
    str.split("""
        نشر في آخر تحديث: بقلم كتب اليوم Published Updated: by Автор: Опубликовано 입력 수정 기자 更新 发布时间：
        16 11 2025 ٢٠٢٥ ۱۴۰۴ 1447هـ 2025-11-16 16/11/2025 31.02.2025 99:99 10:15 م pm نوفمبر (تشرين November آبان
        الثاني) - | • : « » GMT+3 GMT+99 بتوقيت مكة <p> </p> <h1> </h1> <br> <time> </time> <small> <table> <li>
        data-date='2025-11-16T10:00' 9999 0000 1763130000 &nbsp; القدس ago منذ ساعات
    """)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=8), max_size=40), st.text(max_size=30))
def test_any_page_has_dates_within_reason_or_none(pieces: list[str], title: str) -> None:
    html = f"<body><h1>{title}</h1>{' '.join(pieces)}<p>{TEXTS['en']}</body>"
    shown = read_shown(tree(html))
    dates = read_visible(shown, title, [TEXTS["en"]], timezone="Asia/Riyadh", language="ar")
    for stamp in dates:
        # Jalali and two-digit years reach a little further than the calendar on the wall.
        assert stamp is None or (
            stamp.at.utcoffset() is not None
            and datetime(1989, 12, 31, tzinfo=UTC) < stamp.at < datetime(2102, 1, 1, tzinfo=UTC)
        )
    read_author([], shown, headline(shown, title), site=None, url=None)
    try:
        read_page(html.encode(), url="https://s.example/a", timezone="Asia/Riyadh")
    except ParseError:
        pass


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    "unit",
    [
        "نشر ",
        "1",
        "12/",
        "2025 ",
        "10:15 ",
        "نوفمبر ",
        "(",
        ": ",
        "| ",
        "published 1 ",
        "更新1",
        "기자 ",
        "作",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(count: int) -> float:
        title = unit * 40
        html = f"<title>{title}</title><h1>x</h1>" + f"<div>{unit * 250}</div>" * count
        shown = read_shown(tree(html))
        began = time.process_time()
        read_visible(shown, "x", [TEXTS["en"]])
        read_author([], shown, 0, site="s", url=None)
        is_stamp(unit * 250 * count)
        labels(unit * 250 * count)
        return time.process_time() - began

    # Quadratic would be 64 times as long.
    assert min(seconds(160) for _ in range(2)) < 24 * max(min(seconds(20) for _ in range(3)), 0.002)
