"""Lineage: who speaks, and how many of them are independent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fold.lineage import credited, independent
from monitor.model import Report

CASES = json.loads((Path(__file__).parent / "data" / "credits.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['agency']} {case['text'][:30]}")
def test_credits(case: dict[str, str]) -> None:
    given_ = {key: value for key, value in case.items() if key not in {"agency", "kind"}}
    found = credited(given_.pop("title"), given_.pop("text"), **given_)
    assert (found and found.name, found and found.kind) == (case["agency"], case["kind"])


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_credits_somebody_or_nobody(title: str, text: str, author: str, line: str) -> None:
    found = credited(title, text, author=author, line=line)
    assert found is None or found.name


@pytest.mark.parametrize(
    ("reports", "voices"),
    [
        ([], 0),
        ([Report(id=1, outlet="a.example")], 1),
        ([Report(id=1, outlet="a.example"), Report(id=2, outlet="b.example", copy_of=1)], 1),
        ([Report(id=1, outlet="a.example"), Report(id=2, outlet="a.example")], 1),
        ([Report(id=1, outlet="a.example"), Report(id=2, outlet="b.example")], 2),
        # One agency at two outlets, in two texts; and the agency's own site.
        (
            [
                Report(id=1, outlet="a.example", agency="AFP"),
                Report(id=2, outlet="b.example", agency="AFP"),
                Report(id=3, outlet="AFP"),
            ],
            1,
        ),
        # The credit of one printing counts for all of the text.
        (
            [
                Report(id=1, outlet="a.example"),
                Report(id=2, outlet="b.example", agency="AFP", copy_of=1),
                Report(id=3, outlet="c.example", agency="AFP"),
            ],
            1,
        ),
        # An outlet that prints an agency and reports itself is two voices.
        (
            [
                Report(id=1, outlet="a.example", agency="AFP"),
                Report(id=2, outlet="a.example"),
                Report(id=3, outlet="b.example", agency="AFP"),
            ],
            2,
        ),
        ([Report(id=1, outlet="portal.example", aggregator=True)], 0),
        # An aggregator was first to show the text of an outlet.
        (
            [
                Report(id=1, outlet="portal.example", aggregator=True),
                Report(id=2, outlet="a.example", copy_of=1),
                Report(id=3, outlet="b.example", copy_of=1),
                Report(id=4, outlet="a.example"),
            ],
            1,
        ),
    ],
)
def test_independent_voices(reports: list[Report], voices: int) -> None:
    assert independent(reports) == voices
    assert independent(reversed(reports)) == voices


reports_ = st.lists(
    st.builds(
        Report,
        id=st.integers(1, 9),
        outlet=st.sampled_from(["a.example", "b.example", "c.example"]),
        agency=st.sampled_from([None, "AFP", "Reuters"]),
        aggregator=st.booleans(),
        copy_of=st.none() | st.integers(1, 9),
    ),
    unique_by=lambda report: report.id,
)


@given(reports_)
def test_no_more_voices_than_outlets_and_agencies(reports: list[Report]) -> None:
    own = [report for report in reports if not report.aggregator]
    voices = independent(reports)
    assert voices <= len({report.copy_of or report.id for report in own})
    assert (voices > 0) == bool(own)
    assert independent([*reports, Report(id=99, outlet="p.example", aggregator=True)]) == voices
