"""Lineage: who speaks, and how many of them are independent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.compose import compose
from monitor.fold.lineage import credit_of, credited, independent, lineage
from monitor.identify.article import identify
from monitor.model import Credit, Entry, Fold, Lineage, Page, Report, Source
from monitor.parse.page.page import read
from monitor.store.developments import Membership
from monitor.store.store import Store
from tests import alerts, blank

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

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


def _stored() -> tuple[Store, list[int]]:
    """Three outlets: a first text that credits an agency, its copy, and a report of another's own."""
    store = blank.in_memory()
    text = "The ministry said on Monday that a bridge over the Elm had fallen and nine were hurt."
    told = [
        ("https://one.example/a", "One", f"{text}\n\nSource: Reuters", Fold(relation="new")),
        ("https://two.example/a", "Two", text, Fold(relation="copy", original=1)),
        ("https://t.me/three/7", "Three", "Nine hurt, says our reporter there.", Fold(relation="new")),
    ]  # fmt: skip
    numbers = []
    for minute, (url, outlet, body, fold) in enumerate(told):
        when = NOW + timedelta(minutes=minute)
        source = Source(name=outlet.lower(), url=url, outlet=outlet)
        entry = Entry(url=url, title=f"Bridge falls, writes {outlet}")
        article = identify(source, entry, Page(url=url, text=body), when)
        numbers.append(store.articles.add(article, fold, ()))
        store.lineage.note(numbers[-1], credit_of(article))
        member = Membership(
            story="s", article_id=numbers[-1], development=numbers[0], relation=fold.relation
        )
        store.developments.join(member, when, known=True)
    return store, numbers


def test_lineage_from_the_store() -> None:
    store, (first, copy, own) = _stored()
    reports = store.lineage.reports("s", first)
    assert [report.outlet for report in reports] == ["one.example", "two.example", "t.me/three"]
    assert lineage(reports, copy) == Lineage(
        first="One", copied_by=("Two",), agency="Reuters", independent=2
    )
    assert lineage(reports, own) == Lineage(first="Three", independent=2)
    assert lineage(reports, 99) is None
    assert store.lineage.credit(first) == {"agency": "Reuters", "kind": "line"}
    assert store.lineage.credit(copy) is None
    assert [report.id for report in store.lineage.text(first)] == [first, copy]
    assert {report.id for report in store.lineage.around("s", first, first)} == {first, copy, own}
    store.close()


def test_lineage_in_the_webhook() -> None:
    found = Lineage(first="One\nlink", copied_by=("Two",), agency="Reuters", independent=1)
    alert = replace(alerts.titled("Bridge falls"), lineage=found)
    body = json.loads(compose(alert, alerts.webhook()).body)
    alerts.DESCRIBED.validate(body)
    assert body["data"]["lineage"] == {
        "first": "One link",
        "copied_by": ["Two"],
        "credited_to": "Reuters",
        "independent": 1,
    }


def test_the_source_that_a_page_names() -> None:
    page = """<html><body><article><h1>Nine hurt as bridge falls</h1>
      <p>The ministry said on Monday that a bridge over the river had fallen and nine were hurt.</p>
      <p>Rescuers searched the water until dusk and found nobody else, the ministry said later.</p>
      <p>المصدر: العربية نت + وكالات</p></article></body></html>"""
    read_ = read(page, url="https://one.example/a")
    assert read_.credit == "العربية نت + وكالات"
    article = identify(Source(name="one", url="https://one.example/"), Entry(url="https://one.example/a"), read_, NOW)  # fmt: skip
    assert credit_of(article) == Credit("Al Arabiya", "line")
    assert read(page.replace("المصدر:", "قال"), url=None).credit is None
