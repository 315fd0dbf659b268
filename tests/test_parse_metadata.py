"""What a page says of itself beside its text, one page a line in tests/data/metadata."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Page
from monitor.parse import read_page

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
