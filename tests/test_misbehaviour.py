"""Every kind of misbehaviour gets its state, in time, at little cost, and hurts nobody else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from monitor.health.sources import state_of
from tests.misbehaving import CASES, GROUPS, TITLE, Case
from tests.misbehaving.case import READ
from tests.misbehaving.run import EVERY
from tests.misbehaving.survey import DEADLINE, HEALTHY, survey
from tests.newsroom import Here, Item, Newsroom, read_items
from tests.newsroom.item import blocks
from tests.newsroom.newsroom import wait_until

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "misbehaviour.md"
SEEDS = ROOT / "seeds" / "north-korea-russia"
NEWS = ROOT / "tests" / "data" / "newsroom" / "story.jsonl"
# Beyond the deadline: what the loop and the line before the one worker may take.
EXCHANGE_BOUND, POLL_BOUND = 1.0, 5.0

Report = dict[str, Any]


def test_the_whole_catalogue(tmp_path):
    """One run of it: a fresh process polls, the servers run in this one."""
    report = survey(CASES.values(), tmp_path)
    # A crowded machine makes slow servers of quick ones; these have more time alone.
    is_late = any(poll["outcome"] == "timeout" for poll in chain(*report["healthy"].values()))
    if crowded := [case for case in CASES.values() if is_late or hurried(case, report)]:
        alone = survey(crowded, tmp_path / "alone", deadline=10 * DEADLINE)
        for part in ("sources", "titles", "exchange", "urls", "deadlines"):
            report[part] |= alone[part]
        if is_late:
            report["healthy"] = alone["healthy"]
    checks = (states, time_limits, neighbours, costs)
    wrong = [complaint for check in checks for complaint in check(report)]
    assert not wrong, "\n".join(wrong)


def hurried(case: Case, report: Report) -> bool:
    """Whether a case ran out of time that should not have."""
    return any(
        poll["outcome"] == "timeout" != outcome
        for poll, outcome in zip(report["sources"][case.name], case.outcomes, strict=True)
    )


def states(report: Report):
    """Each case has come to what it is said to come to."""
    for name, case in CASES.items():
        wrong = judged(case, report["sources"][name], report["titles"][name])
        if wrong:
            yield f"{name}: {wrong}"
    # So that the other certificates were refused for what is wrong with them.
    if report["sources"]["https"][0]["outcome"] != "new":
        yield f"a proper certificate: {report['sources']['https']}"


def judged(case: Case, polls: list[dict[str, Any]], titles: list[str]) -> str:
    """What is wrong, empty if nothing is."""
    outcomes, last = tuple(poll["outcome"] for poll in polls), polls[-1]
    if outcomes != case.outcomes:
        return f"{', '.join(outcomes)} ({last['detail']}) and not {', '.join(case.outcomes)}"
    if last["failure"] != case.failure:
        return f"stored as {last['failure']}"
    if case.detail not in last["detail"] or bool(last["detail"]) != (case.state != "ok"):
        return f"says {last['detail']!r}"
    if set(outcomes) & set(READ) and TITLE not in titles:
        return f"was read as {titles}"
    if "smuggled" in titles:
        return "read what nobody asked for"
    if case.rest is not None:
        wait, rest = last["wait"], case.rest.total_seconds()
        if not rest - 5 < wait < max(rest + 5, 10 * EVERY.total_seconds()):
            return f"is asked again after {wait:.0f} s"
    return ""


def time_limits(report: Report):
    """No exchange beyond its deadline, no poll far beyond."""
    for name, url in report["urls"].items():
        deadline = report["deadlines"][name]
        if report["exchange"][url] > deadline + EXCHANGE_BOUND:
            yield f"{name}: the exchange took {report['exchange'][url]:.1f} s"
        slowest = max(poll["seconds"] for poll in report["sources"][name])
        if slowest > deadline + POLL_BOUND:
            yield f"{name}: the poll took {slowest:.1f} s"


def neighbours(report: Report):
    """The healthy sites were read all the while."""
    if len(report["healthy"]) != HEALTHY:
        yield "healthy sites were not polled"
    for name, polls in report["healthy"].items():
        if len(polls) < 4 or {poll["outcome"] for poll in polls} != {"new"}:
            yield f"{name}: {polls}"


def costs(report: Report):
    """The event loop goes on turning, and memory (daemon and workers at their highest) is bounded."""
    if report["pause"] > 0.5:
        yield f"the event loop stood for {report['pause']:.2f} s"
    if report["rest"]["worker"] < 10_000_000:
        yield "no worker was measured"
    above = sum(report["peak"].values()) - sum(report["rest"].values())
    if not 0 < above < 100_000_000:
        yield f"memory rose by {above / 1e6:.0f} MB: {report['rest']}, {report['peak']}"


# ---- the table in the documentation


def rows():
    """(group, what the server does, state) of each line of the tables."""
    found, group = [], ""
    for line in DOC.read_text("utf-8").splitlines():
        if line.startswith("## "):
            group = line[3:]
        elif group in GROUPS and (row := re.fullmatch(r"\| (.+?) \| `([a-z-]+)` \|", line)):
            found.append((group, row[1], row[2]))
    return found


def test_the_table_in_the_documentation_is_the_catalogue():
    stated = [(group, case.does, case.state) for group in GROUPS for case in GROUPS[group]]
    assert Counter(rows()) == Counter(stated)
    assert len(stated) >= 45


def test_every_state_is_explained():
    explained = re.findall(r"^\| `([a-z-]+)` \|.+\|.+\|.+\|$", DOC.read_text("utf-8"), re.MULTILINE)
    assert {case.state for case in CASES.values()} <= set(explained)


# ---- the daemon itself

FEW = (
    "refuses",
    "silent",
    "redirect-loop",
    "body-drip",
    "body-50-mb",
    "body-short",
    "bomb-gzip",
    "status-403",
    "status-410",
    "status-500",
    "page-wall",
    "page-home",
)


@pytest.mark.parametrize("names", [FEW, pytest.param(tuple(CASES), marks=pytest.mark.slow)])
def test_the_status_names_each_and_the_daemon_alerts_on(tmp_path, names):
    article = next(item for item, _ in read_items(NEWS))
    with Newsroom(["rss"], misbehaving=names) as room:
        room.publish("rss", Item(key="x1", title=TITLE, blocks=blocks(TITLE)))
        config = room.write_config(tmp_path, seeds=SEEDS, poll={"deadline": f"{DEADLINE:g}s"})
        with Here(config) as monitor:
            monitor.wait_for("alerts go to")

            def found() -> dict[str, tuple[str, str | None]]:
                return {
                    row["name"].removeprefix("bad-"): (row["state"], row["failure"])
                    for row in monitor.ask("status")
                    if row["kind"] == "source"
                }

            failures = {n: CASES[n].failure for n in names} | {"rss": None}
            expected = {name: (state_of(failure), failure) for name, failure in failures.items()}
            try:
                wait_until(lambda: expected.items() <= found().items())
            except TimeoutError:
                wrong = {n: s for n, s in found().items() if expected.get(n, s) != s}
                pytest.fail(f"{wrong} and not {[expected[n] for n in wrong]}")
            (address,) = room.publish("rss", article)
            wait_until(
                lambda: all(len(room.alerts(address, c)) == 1 for c in ("email", "webhook")),
                what="the alert",
            )
            assert monitor.stop() == 0
        assert "defect" not in monitor.log_text()
        assert "Traceback" not in monitor.log_text()
