"""`health`: what is judged of each rule is a file in tests/data/health."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import (
    apart,
    cut_off,
    due,
    failing,
    fell,
    flood,
    most_broken,
    no_network,
    plan,
    quiet,
    settled,
    silence,
    subject,
)
from monitor.model import Entry, Episode, Run

DATA = Path(__file__).parent / "data" / "health"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def cases(name: str) -> list[Any]:
    found = json.loads((DATA / f"{name}.json").read_text("utf-8"))["cases"]
    return [pytest.param(case, id=case["about"]) for case in found]


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def run(outcome: str, first: float, last: float, times: int, entries: int = 0) -> Run:
    return Run(
        source="gazette",
        outcome=outcome,
        first=ago(minutes=first),
        last=ago(minutes=last),
        times=times,
        entries=entries,
    )


def episode(**changed: Any) -> Episode:
    return Episode(
        **{
            "state": "blocked",
            "reason": "known",
            "began": ago(minutes=600),
            "source": "gazette",
            **changed,
        }
    )


@pytest.mark.parametrize("case", cases("failing"))
def test_failures_become_a_trouble_when_they_last(case: Any) -> None:
    known = episode(state=case["known"]) if "known" in case else None
    found = failing([run(*each) for each in case["runs"]], known)
    wanted = case["trouble"]
    got = None if found is None else [found.state, found.reason, (NOW - found.began).seconds // 60]
    assert got == wanted


@pytest.mark.parametrize("case", cases("fell"))
def test_a_list_is_measured_against_its_own_length(case: Any) -> None:
    found = fell([run(*each) for each in case["runs"]])
    got = found and [
        found.reason,
        (NOW - found.began) // timedelta(minutes=1),
        found.facts["count"],
        found.facts["usual"],
    ]
    assert got == case["trouble"]


@pytest.mark.parametrize("case", cases("quiet"))
def test_a_source_is_measured_against_its_own_rhythm(case: Any) -> None:
    days = case.get("days")
    if days is None:
        start, end, step = case["paced"]
        days = [start - step * turn for turn in range(int((start - end) / step) + 1)]
    found = quiet("gazette", [ago(days=each) for each in days], NOW)
    assert (found is not None) == case["quiet"]
    assert found is None or found.began == ago(days=days[-1])


@pytest.mark.parametrize("case", cases("silence"))
def test_a_story_is_measured_against_its_own_pauses(case: Any) -> None:
    found = silence(
        "troops",
        [ago(hours=each) for each in case["articles"]],
        ago(hours=case["began"]),
        [(ago(hours=start), ago(hours=end)) for start, end in case.get("away", ())],
        NOW,
    )
    assert (found is not None) == case["silent"]


@pytest.mark.parametrize("case", cases("flood"))
def test_an_upheaval_is_told_from_news(case: Any) -> None:
    fresh = [
        Entry(url=None, title=title, published=None if hours is None else ago(hours=hours))
        for title, hours in case["fresh"]
    ]
    last_read = None if case["read"] is None else ago(hours=case["read"])
    assert flood(fresh, set(case["known"]), last_read=last_read, now=NOW) == case["why"]


@pytest.mark.parametrize(
    ("pending", "began", "told", "wanted"),
    [
        (0, 1, None, False),  # its entries may not stand in the store yet
        (0, 2, None, True),
        (3, 29, None, False),
        (3, 30, None, True),
        (3, 50, 21, False),  # what was held since waits for the rest
        (3, 60, 30, True),
        (0, 60, 1, True),
    ],
)
def test_a_flood_is_told_when_nothing_of_it_is_pending(pending, began, told, wanted) -> None:
    told_at = None if told is None else ago(minutes=told)
    assert settled(ago(minutes=began), told_at, pending, NOW) == wanted


def offline(source: str, minutes: float = 0, outcome: str = "offline") -> Run:
    return replace(run(outcome, minutes, 0, 1), source=source)


def test_our_network_is_down_when_the_polls_of_several_sources_say_so() -> None:
    three = [offline("a"), offline("b", 9), offline("c")]
    lost = no_network(three, watched=20)
    assert lost is not None
    assert lost.began == ago(minutes=9)
    assert no_network([offline("a"), offline("a"), offline("a")], watched=20) is None
    assert no_network([offline("d", 0, "same"), *three], watched=20) is None
    assert no_network([offline("a")], watched=1) is not None
    assert no_network([], watched=20) is None


def test_a_source_that_answers_meanwhile_shows_that_the_network_is_there() -> None:
    three = [offline("a", 30), offline("b", 30), offline("c", 30)]
    before = replace(run("same", 90, 31, 9), source="d")
    assert no_network([*three, before], watched=20) is not None
    since = replace(before, last=ago(minutes=29))
    assert no_network([*three, since], watched=20) is None
    refused = replace(since, outcome="unreachable")
    assert no_network([*three, refused], watched=20) is not None


@pytest.mark.parametrize(
    ("first", "back", "wanted"),
    [(359, None, None), (360, None, 360), (900, 359, None), (900, 361, 361), (400, 900, 400)],
)
def test_no_way_to_one_source_is_its_trouble_when_it_lasts(first, back, wanted) -> None:
    runs = [run("offline", first, 0, 300), run("timeout", 1000, 1000, 1)]
    found = cut_off(runs, back and ago(minutes=back))
    assert (found and (NOW - found.began) // timedelta(minutes=1)) == wanted
    assert found is None or (found.state, found.reason) == ("failing", "unreachable")
    assert cut_off(runs[1:], None) is None


def test_most_are_broken_from_half_on_and_one_of_two_is_not_most() -> None:
    assert most_broken(list("abcdef"), 11, NOW) is not None
    assert most_broken(list("abcde"), 10, NOW) is None
    assert most_broken(list("ab"), 2, NOW) is None


# ---- episodes

TOLD = episode(id=1, told_at=ago(hours=3))
WHOSE = subject(TOLD)


def test_a_trouble_begins_goes_on_and_ends() -> None:
    assert plan({WHOSE: TOLD}, {}, NOW).begin == (TOLD,)
    assert plan({WHOSE: episode(reason="robots")}, {WHOSE: TOLD}, NOW).empty
    assert plan({WHOSE: None}, {WHOSE: TOLD}, NOW).end == (TOLD,)
    assert plan({}, {WHOSE: TOLD}, NOW).empty
    assert plan({WHOSE: None}, {}, NOW).empty


def test_what_was_not_told_ends_without_a_word() -> None:
    untold = episode(id=1)
    found = plan({WHOSE: None}, {WHOSE: untold}, NOW)
    assert (found.end, found.drop) == ((), (untold,))


def test_another_state_takes_the_place_of_the_first_without_a_recovery() -> None:
    gone = episode(state="gone")
    found = plan({WHOSE: gone}, {WHOSE: TOLD}, NOW)
    assert (found.begin, found.end, found.drop) == ((gone,), (), (TOLD,))


def test_the_end_of_a_silence_is_told_by_its_alert() -> None:
    silent = episode(state="silent", source=None, story="troops", told_at=NOW)
    assert plan({subject(silent): None}, {subject(silent): silent}, NOW).drop == (silent,)


@pytest.mark.parametrize(("minutes", "told"), [(29, False), (30, True)])
def test_a_lost_network_is_told_afterwards_when_it_was_long(minutes: int, told: bool) -> None:
    lost = episode(state="offline", source=None, began=ago(minutes=minutes))
    found = plan({subject(lost): None}, {subject(lost): lost}, NOW)
    assert (found.end == (lost,)) == told
    assert due([replace(lost, noted=ago(hours=9))], {}, NOW) == ()


@pytest.mark.parametrize(("minutes", "told"), [(359, False), (360, True)])
def test_a_lost_network_is_told_while_it_lasts_when_it_is_for_long(
    minutes: int, told: bool
) -> None:
    lost = episode(
        state="offline", source=None, began=ago(minutes=minutes), noted=ago(minutes=minutes)
    )
    assert (due([lost], {}, NOW) == (lost,)) == told
    assert due([lost], {subject(lost): ago(hours=23)}, NOW) == ()


def noted(source: str, minutes: float, **changed: Any) -> Episode:
    return episode(source=source, noted=ago(minutes=minutes), **changed)


def test_what_comes_together_is_told_together() -> None:
    assert due([noted("a", 9), noted("b", 1)], {}, NOW) == ()
    both = due([noted("a", 10), noted("b", 1)], {}, NOW)
    assert [each.source for each in both] == ["a", "b"]


def test_a_flapping_source_is_told_once_a_day_or_with_others() -> None:
    again = noted("a", 30)
    told = {subject(again): ago(hours=23)}
    assert due([again], told, NOW) == ()
    assert len(due([again, noted("b", 30)], told, NOW)) == 2
    assert due([again], {subject(again): ago(hours=25)}, NOW) == (again,)


def test_a_recovery_waits_while_the_source_ails_again() -> None:
    over = noted("a", 90, told_at=ago(minutes=80), ended=ago(minutes=40))
    assert due([over], {}, NOW) == (over,)
    assert due([over, noted("a", 5)], {}, NOW) == ()
    later = replace(over, id=2, ended=ago(minutes=20))
    assert due([later, over], {}, NOW) == (later,)


def test_messages_are_an_hour_apart_whatever_the_clock_did() -> None:
    assert apart(None, NOW)
    assert not apart(ago(minutes=59), NOW)
    assert apart(ago(minutes=60), NOW)
    assert apart(ago(minutes=-30), NOW)


OUTCOMES = st.sampled_from(
    ["offline", "timeout", "not-found", "blocked", "gone", "misread", "new?"]
)


@given(st.lists(st.tuples(OUTCOMES, st.integers(0, 2000), st.integers(1, 50)), max_size=12))
def test_any_run_of_failures_is_judged_within_its_span(parts: Any) -> None:
    edges = sorted(minutes for _, minutes, _ in parts)
    runs = [run(o, edge, edge, t) for edge, (o, _, t) in zip(edges, parts, strict=True)]
    found = failing(runs)
    if found is not None:
        assert runs[-1].first <= found.began <= runs[0].last
        # Told once, it is found again at each look: nothing begins anew.
        known = {subject(found): replace(found, told_at=NOW)}
        assert plan({subject(found): failing(runs, found)}, known, NOW).empty
