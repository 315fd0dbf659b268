"""`alert.decide`: cases are files in tests/data/decisions."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.decide import Decision, decide
from monitor.model import Channel
from tests.alerts import article, match, story, webhook

CASES = json.loads((Path(__file__).parent / "data/decisions/cases.json").read_text("utf-8"))
NOW = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


def decided(case: dict) -> Decision:
    gate = case.get("age_gate_hours", 48)
    channels = [
        Channel(
            name=name,
            kind="log",
            stories=tuple(fields.get("stories", ())),
            bands=tuple(fields.get("bands", ("on",))),
            updates=fields.get("updates", True),
        )
        for name, fields in case.get("channels", {"desk": {}}).items()
    ]
    return decide(
        story(age_gate=None if gate is None else timedelta(hours=gate)),
        article(**case.get("article", {})),
        match(band=case.get("band", "on")),
        channels=channels,
        told=set(case.get("told", ())),
        baseline=case.get("baseline", False),
        waited=case.get("waited", False),
        now=NOW,
        relation=case.get("relation", "copy"),
        missed=datetime.fromisoformat(case["missed"]) if "missed" in case else None,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_each_case_is_decided_as_written(case: dict) -> None:
    found = decided(case)
    assert {
        "channels": list(found.channels),
        "rule": found.rule,
        "again": found.again,
        "caveats": list(found.caveats),
    } == {"channels": [], "again": False, "caveats": [], **case["decision"]}


@given(st.text(alphabet="/0123456789-_.a٣", max_size=40))
def test_any_address_is_decided(path: str) -> None:
    url = f"https://news.example.org/{path}"
    found = decide(
        story(),
        article(url=url, link=url),
        match(),
        channels=[webhook()],
        told=(),
        baseline=False,
        waited=False,
        now=NOW,
    )
    assert found.rule in {"alerted", "older than 48h by the date in its address"}
    assert bool(found.channels) == (found.rule == "alerted")
