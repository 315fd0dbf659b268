"""Summaries, digests and lost channels: the real store and judges, a clock turned by hand."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.alert.hold import AWAY
from monitor.bulletin import Editor
from monitor.model import Ceiling, Channel, Digest, Episode, PollSettings, Quiet, Receipt, Trouble
from monitor.store.store import Store
from tests.newsroom.copies import copy_of
from tests.newsroom.item import Item, blocks
from tests.rhythm import PROVENANCE, START, Wire, hook, judged, rows

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUIET = Quiet(begin=time(23), end=time(6), timezone="Asia/Riyadh")  # 20:00-03:00 UTC
NIGHT = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
MORNING = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
EIGHT = Digest(at=(time(8),), timezone="Asia/Riyadh")  # 05:00 UTC
NEWS = rows(band="on", relation="new")
# Too short: some of their copies are not judged *on*, or are not known for copies.
SHORT = {"d009", "d044", "d080", "d126", "d159", "d181", "d198", "d206", "d215", "d246", "d312"}
STORM = [row for row in NEWS if row["id"] not in SHORT][:40]
MAYBE = rows(band="maybe", relation="new")
# Those with a standing paragraph on the story may be *maybe*.
OFF = [
    row
    for row in rows(band="off")
    if row["near_miss"] and row["near_miss"] != "dprk-missile-background"
]
# One development that the real grouping puts together, from outlets with texts of their own.
TOGETHER = [row for name in ("d094", "d097", "d098", "d099") for row in rows(id=name, band="on")]


def titles(items: list[dict[str, Any]]) -> list[str]:
    return [item["title"] for item in items]


def at_night(*channels: Channel, **more: Any) -> Wire:
    wire = Wire(*(channels or (hook(quiet=QUIET),)), **more)
    wire.now = NIGHT
    return wire


# ---- quiet hours


def test_a_night_is_one_message_in_the_morning() -> None:
    wire = at_night()
    for number, row in enumerate((NEWS[0], NEWS[20], NEWS[40])):
        assert wire.row("abc"[number], row) == "held: quiet hours"
        wire.wait(HOUR)
    wire.now = MORNING - timedelta(seconds=1)
    wire.look()
    assert wire.messages() == []
    assert wire.store.held.counts() == {"hook": {"quiet": 3}}
    wire.now = MORNING
    wire.look()
    wire.look()
    (summary,) = wire.messages()
    assert summary["type"] == "summary"
    held = summary["data"]["held"]
    assert sorted(titles(held)) == sorted(NEWS[n]["title"] for n in (0, 20, 40))
    assert [one["score"] for one in held] == sorted((one["score"] for one in held), reverse=True)
    assert wire.store.held.counts() == {}
    assert wire.row("d", NEWS[0]) == "told already: a copy"


def test_what_is_held_is_not_told_until_it_is_queued_and_its_copies_join_it() -> None:
    wire = at_night()
    wire.row("a", NEWS[0])
    assert wire.row("b", NEWS[0]) == "held: quiet hours"
    assert wire.store.db["told"].count == 0
    wire.now = MORNING
    # Read before the job came round: it does not go before the summary that names it.
    assert wire.row("c", NEWS[0]) == "held: quiet hours"
    wire.look()
    (summary,) = wire.messages()
    (only,) = summary["data"]["held"]
    assert only["reports"] == 3
    assert wire.store.db["told"].count == 1


def test_a_channel_without_quiet_hours_is_told_at_once() -> None:
    wire = at_night(hook(quiet=QUIET), hook(name="day"))
    assert wire.row("a", NEWS[0]) == "alerted; held on hook: quiet hours"
    assert [body["type"] for body in wire.messages("day")] == ["alert.new"]
    wire.now = MORNING
    wire.look()
    assert [body["type"] for body in wire.messages("day")] == ["alert.new"]
    assert [body["type"] for body in wire.messages()] == ["summary"]


def test_an_update_of_what_was_told_is_held_as_an_update() -> None:
    wire = Wire(hook(quiet=QUIET))
    assert wire.row("a", rows(id="d014")[0]) == "alerted"
    wire.now = NIGHT
    assert wire.row("b", rows(id="d019")[0]) == "held: quiet hours"
    wire.now = MORNING
    wire.look()
    (only,) = wire.messages()[-1]["data"]["held"]
    assert (only["kind"], only["reports"]) == ("update", 2)
    assert only["new_fact"]


def test_the_latest_new_fact_of_what_waits_is_told_with_it() -> None:
    """A denial of four in the morning, say, of what was reported at one."""
    wire = at_night()
    assert wire.row("a", rows(id="d014")[0]) == "held: quiet hours"
    wire.now += HOUR
    assert wire.row("b", rows(id="d019")[0]) == "held: quiet hours"
    wire.now = MORNING
    wire.look()
    (only,) = wire.messages()[-1]["data"]["held"]
    assert (only["kind"], only["reports"]) == ("new", 2)
    assert only["title"] == rows(id="d014")[0]["title"]
    assert only["new_fact"]
    assert only["new_fact"] in rows(id="d019")[0]["title"] + rows(id="d019")[0]["text"]


# ---- urgency


def test_a_primary_source_breaks_quiet_hours_but_not_with_an_opinion() -> None:
    wire = at_night(primary=["a"])
    assert wire.row("a", NEWS[0], path="opinion/") == "held: quiet hours"
    assert wire.row("a", NEWS[20]) == "alerted"
    assert titles([body["data"]["article"] for body in wire.messages()]) == [NEWS[20]["title"]]


def test_the_third_independent_outlet_brings_out_what_was_held() -> None:
    wire = at_night()
    told = [wire.row("abcd"[number], row) for number, row in enumerate(TOGETHER[:3])]
    assert told == ["held: quiet hours", "held: quiet hours", "alerted"]
    assert wire.row("d", TOGETHER[3]).startswith("told already")
    assert wire.store.held.counts() == {}
    wire.now = MORNING
    wire.look()
    assert [body["type"] for body in wire.messages()] == ["alert.new"], "told once, and no summary"


def test_three_outlets_in_more_than_half_an_hour_are_not_urgent() -> None:
    wire = at_night()
    for number, row in enumerate(TOGETHER[:3]):
        assert wire.row("abc"[number], row) == "held: quiet hours"
        wire.wait(16 * MINUTE)


def test_copies_of_one_text_are_one_voice() -> None:
    wire = at_night()
    for source in "abcde":
        assert wire.row(source, TOGETHER[0]) == "held: quiet hours"


# ---- the ceiling: shows 3

SITES = "abcde"


def storm_times(developments: int, articles: int) -> list[tuple[timedelta, int, int]]:
    """Each development begins somewhere in nine minutes, its copies follow within the ten."""
    chance = random.Random(6)
    found = []
    for turn in range(articles):
        number, copy = turn % developments, turn // developments
        begin = number / developments * 9
        after = chance.uniform(0.01, 1) * (10 - begin) if copy else 0
        found.append((timedelta(minutes=begin + after), number, copy))
    return sorted(found)


def storm(
    per_hour: int, *, grouped: bool, primary: tuple[str, ...] = (), articles: int = 500
) -> Wire:
    """So many articles in ten minutes over five sources: every development, and its copies.

    With `grouped` the real grouping decides what one development is; without, the stream's texts
    are 40 developments by the real fold of copies alone, for in one hour most of them would
    be reports of each other.
    """
    channel = hook(updates=False, ceiling=Ceiling(count=per_hour, span=HOUR), notices=False)
    wire = Wire(channel, sources=(*SITES, *primary), primary=primary)
    items = [
        Item(key=row["id"], title=row["title"], blocks=blocks(row["text"]), language=row["lang"])
        for row in STORM
    ]
    for when, number, copy in storm_times(len(items), articles):
        item = items[number] if copy == 0 else copy_of(items[number], seed=copy)
        site = SITES[(number + copy) % 5]
        if copy == 0 and primary and number in URGENT:
            site = primary[0]
        text = "\n\n".join(item.paragraphs)
        wire.now = START + when
        wire.publish(site, item.title, text, language=item.language, grouped=grouped)
        if wire.count % 4 == 0:
            wire.look()
    wire.wait(3 * HOUR)
    return wire


URGENT = (20, 35)


def named(wire: Wire) -> Counter[int]:
    """How often each development was told, by an alert or within a summary."""
    found: Counter[int] = Counter()
    rows = wire.store.db.conn.execute(
        """select t.original_id, m.body from told t join messages m on m.alert_id = t.alert_id"""
    ).fetchall()
    for original, body in rows:
        data = json.loads(body)["data"]
        if "held" in data:
            found[original] += sum(one["development"] == original for one in data["held"])
        else:
            found[original] += 1
    return found


def busiest_hour(times: list[datetime]) -> int:
    return max(sum(begin <= other < begin + HOUR for other in times) for begin in times)


def test_a_storm_under_a_high_ceiling_is_an_alert_for_each_development() -> None:
    wire = storm(60, grouped=False)
    assert wire.count == 500
    assert Counter(body["type"] for body in wire.messages()) == {"alert.new": 40}
    assert list(named(wire).values()) == [1] * 40


def test_a_storm_under_a_low_ceiling_is_the_first_the_urgent_and_ranked_summaries() -> None:
    wire = storm(12, grouped=False, primary=("ministry",))
    assert wire.count == 500
    bodies = wire.messages()
    kinds = [body["type"] for body in bodies]
    assert kinds[:9] == ["alert.new"] * 9, "the first as they come"
    alerted = titles([body["data"]["article"] for body in bodies if body["type"] == "alert.new"])
    firsts = [row["title"] for row in STORM]
    assert set(alerted) == {*firsts[:9], *(firsts[number] for number in URGENT)}
    assert busiest_hour(wire.times()) <= 12
    summaries = [body["data"]["held"] for body in bodies if body["type"] == "summary"]
    assert sum(map(len, summaries)) == 40 - len(alerted)
    for held in summaries:
        keys = [
            (not one["urgent"], one["kind"] != "new", -one["outlets"], -one["score"])
            for one in held
        ]
        assert keys == sorted(keys)
    assert list(named(wire).values()) == [1] * 40, "every development named, none twice"
    assert wire.times()[-1] - START < HOUR, "nothing waited long"


def test_a_storm_that_the_real_grouping_sorts_names_every_development_once() -> None:
    wire = storm(12, grouped=True, articles=200)
    developments = [number for (number,) in wire.store.db.execute("select id from developments")]
    assert 12 < len(developments) < 40
    told = named(wire)
    assert set(told) >= set(developments)
    assert set(told.values()) == {1}
    for number, (when, body) in enumerate(zip(wire.times(), wire.messages(), strict=True)):
        lately = sum(when - HOUR < other for other in wire.times()[:number])
        if lately >= 12:
            # The real grouping finds three independent outlets on some of them.
            assert "urgent" in [one["code"] for one in body["data"]["caveats"]]


def test_a_storm_that_lasts_stays_under_its_ceiling_and_loses_nothing() -> None:
    wire = Wire(hook(ceiling=Ceiling(count=4, span=HOUR), updates=False))
    for number, row in enumerate(NEWS):
        wire.publish(
            SITES[number % 5], row["title"], row["text"], language=row["lang"], grouped=False
        )
        wire.wait(7 * MINUTE)
    wire.wait(3 * HOUR)
    assert busiest_hour(wire.times()) <= 4
    assert wire.store.held.counts() == {}
    assert set(named(wire).values()) == {1}
    on = wire.store.db.execute("select count(distinct article_id) from verdicts where band = 'on'")
    assert len(named(wire)) == on.fetchone()[0]


# ---- digests


def test_a_digest_goes_out_though_it_is_empty_with_how_the_monitor_fares() -> None:
    wire = Wire(hook(digest=EIGHT))
    wire.look()
    wire.now = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    wire.look()
    wire.look()
    (only,) = wire.messages()
    assert only["type"] == "digest"
    data = only["data"]
    assert data["text"] == "DIGEST: nothing new – Sources healthy: 5 of 5"
    assert (data["held"], data["told"], data["maybe"], data["missed"]) == ([], [], [], [])
    assert data["standing"]["sources"] == {"watched": 5, "broken": []}


@pytest.mark.parametrize("state", ["offline", "unpolled"])
def test_no_source_is_well_while_none_is_read(state: Trouble) -> None:
    wire = Wire(hook(digest=EIGHT))
    wire.look()
    with wire.store.transaction():
        episode = Episode(state=state, reason=state, began=wire.now)
        wire.store.health.begin([episode], wire.now)
    wire.now = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    wire.look()
    (only,) = wire.messages()
    assert only["data"]["text"] == "DIGEST: nothing new – Sources healthy: 0 of 5"


def test_a_digest_has_what_was_told_what_may_belong_and_what_came_near() -> None:
    wire = Wire(hook(digest=EIGHT))
    wire.look()
    wire.wait(MINUTE)
    wire.row("a", NEWS[0])
    assert wire.row("b", MAYBE[0]) == "band maybe"
    for number, row in enumerate(OFF[:5]):
        wire.row(SITES[number], row)
    with wire.store.transaction():
        wire.store.ledger.poll("a", now=wire.now, outcome="new", detail=None, entries=9, fresh=7)
        wire.store.evidence.add(1, PROVENANCE)
    wire.now = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    wire.look()
    data = wire.messages()[-1]["data"]
    assert [(one["title"], one["alerted"]) for one in data["told"]] == [(NEWS[0]["title"], True)]
    assert titles(data["maybe"]) == [MAYBE[0]["title"]]
    assert 0 < len(data["missed"]) <= 3
    assert data["standing"]["entries"] == 7
    assert data["standing"]["evidence"] == wire.store.evidence.head() != ""
    wire.now += DAY
    wire.look()
    data = wire.messages()[-1]["data"]
    assert (data["told"], data["maybe"], data["missed"]) == ([], [], []), "since the last digest"


def test_what_another_story_has_was_not_left_out() -> None:
    wire = Wire(hook(digest=EIGHT))
    for number, row in enumerate(OFF[:5]):
        wire.row(SITES[number], row)

    def near() -> list[int]:
        table = wire.store.bulletins
        return [one.article_id for one in table.articles(["troops"], "off", START, 9)[0]]

    first, *others = near()
    assert others
    (verdict,) = wire.store.ledger.verdicts(first)
    match = replace(judged(NEWS[0]["title"], NEWS[0]["text"], NEWS[0]["lang"])[0], story="other")
    with wire.store.transaction():
        wire.store.articles.judged(
            verdict["entry_id"], first, match, "alerted", brief=False, now=wire.now
        )
    assert near() == others


def test_a_digest_missed_is_sent_once_and_a_clock_set_back_brings_none_again() -> None:
    wire = Wire(hook(digest=EIGHT))
    wire.look()
    wire.now += 5 * DAY  # the machine was off
    wire.look()
    assert len(wire.messages()) == 1
    assert wire.messages()[0]["data"]["since"] == "2026-11-30T12:00:00Z"
    sent = wire.now
    for back in (MINUTE, 6 * HOUR, 7 * HOUR + MINUTE, 20 * HOUR):
        wire.now = sent - back
        wire.wait(8 * HOUR, step=10 * MINUTE)
    assert len(wire.messages()) <= 2
    nominal = wire.store.bulletins.covered("hook")
    wire.now = sent
    wire.look()
    assert len(wire.messages()) == len({body["data"]["id"] for body in wire.messages()})
    assert nominal == wire.store.bulletins.covered("hook")


def test_a_channel_with_a_digest_alone_is_told_there_and_counts_as_told_then() -> None:
    wire = Wire(hook(instant=False, digest=EIGHT))
    wire.look()
    assert wire.row("a", NEWS[0]) == "held: the digest"
    assert wire.row("b", NEWS[0]) == "held: the digest"
    wire.wait(3 * HOUR)
    assert wire.messages() == []
    wire.now = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    wire.look()
    (digest,) = wire.messages()
    assert titles(digest["data"]["held"]) == [NEWS[0]["title"]]
    assert digest["data"]["told"] == []
    assert wire.row("c", NEWS[0]) == "told already: a copy"


def test_a_digest_at_the_end_of_quiet_hours_takes_the_summary_with_it() -> None:
    wire = at_night(hook(quiet=QUIET, digest=Digest(at=(time(6),), timezone="Asia/Riyadh")))
    wire.look()
    wire.row("a", NEWS[0])
    wire.now = MORNING
    wire.look()
    (only,) = wire.messages()
    assert only["type"] == "digest"
    assert only["data"]["held"][0]["reason"] == "quiet"


def test_what_waits_for_a_digest_goes_out_when_the_digest_is_taken_away() -> None:
    wire = Wire(hook(instant=False, digest=EIGHT))
    wire.row("a", NEWS[0])
    wire.change(hook())
    wire.look()
    assert [body["type"] for body in wire.messages()] == ["summary"]


# ---- away


def away(wire: Wire) -> None:
    """The daemon wakes after a long night."""
    with wire.store.transaction():
        wire.store.bulletins.beat(wire.now - 5 * HOUR)
        wire.store.bulletins.wake(wire.now - 5 * HOUR, wire.now)


def test_what_came_while_we_were_away_is_one_message_in_order_of_time() -> None:
    wire = Wire(hook(), primary=["e"])
    away(wire)
    for source, number, hours in (("a", 0, 1), ("b", 20, 3), ("c", 40, 2)):
        before = wire.now - hours * HOUR
        told = wire.row(source, NEWS[number], published=before)
        assert told == "held: while we were away"
    assert wire.row("e", NEWS[30], published=wire.now - HOUR) == "alerted"
    wire.wait(10 * MINUTE)
    first, mail = wire.messages()
    assert first["type"] == "alert.new"
    assert "away" in [one["code"] for one in first["data"]["caveats"]]
    assert first["data"]["state"] == "late"
    assert (mail["type"], mail["data"]["late"]) == ("summary", True)
    assert titles(mail["data"]["held"]) == [NEWS[n]["title"] for n in (20, 40, 0)]
    assert mail["data"]["text"].startswith("LATE: ")
    assert mail["data"]["since"] == "2026-11-30T07:00:00Z"
    assert wire.row("d", NEWS[10]) == "alerted", "what is new is told as ever"


@pytest.mark.parametrize(("hours", "until"), [(5, True), (1, False)])
def test_an_absence_that_a_clock_ahead_has_ended_ends_when_it_is_set_back(
    hours: int, until: bool
) -> None:
    """One of five hours was one; after an hour the clock alone had leapt."""
    wire = Wire(hook())
    right, since = wire.now, wire.now - hours * HOUR
    wire.now += 40 * HOUR
    with wire.store.transaction():
        wire.store.bulletins.beat(wire.now)
        wire.store.bulletins.wake(since, wire.now)
    assert wire.row("a", NEWS[0], published=right - HOUR) == "held: while we were away"
    wire.now = right + MINUTE
    wire.store.set_back(wire.now, AWAY)
    wire.wait(10 * MINUTE)
    (mail,) = wire.messages()
    assert mail["data"]["late"]
    assert mail["data"]["until"] == ("2026-11-30T12:01:00Z" if until else None)
    assert wire.store.bulletins.woke() == ((since, right + MINUTE) if until else None)


def test_what_a_source_brings_that_was_switched_off_for_weeks_is_one_message() -> None:
    wire = Wire(hook(), primary=["e"])
    away(wire)
    wire.now += 40 * HOUR
    with wire.store.transaction():
        wire.store.bulletins.beat(wire.now)
    weeks = wire.now - 500 * HOUR
    for source, number, hours in (("a", 0, 100), ("a", 20, 300), ("a", 40, 1)):
        before = wire.now - hours * HOUR
        told = wire.row(source, NEWS[number], published=before, last_read=weeks)
        assert told == "held: its source was not read"
    assert wire.row("e", NEWS[30], last_read=weeks) == "alerted", "what is urgent goes at once"
    assert wire.row("d", NEWS[10], last_read=wire.now - HOUR) == "alerted"
    wire.wait(10 * MINUTE)
    *_, mail = wire.messages()
    assert (mail["type"], mail["data"]["late"]) == ("summary", True)
    assert titles(mail["data"]["held"]) == [NEWS[n]["title"] for n in (20, 0, 40)]
    assert {each["reason"] for each in mail["data"]["held"]} == {"unread"}
    assert mail["data"]["since"] is None, "the absence of the whole was another"


def test_what_a_source_brings_that_is_asked_once_a_day_is_told_as_ever() -> None:
    wire = Wire(hook())
    wire.config = replace(wire.config, poll=PollSettings(ceiling=2 * DAY))
    with wire.store.transaction():
        wire.store.bulletins.beat(wire.now)
    assert wire.row("a", NEWS[0], last_read=wire.now - 30 * HOUR) == "alerted"
    held = wire.row("b", NEWS[20], last_read=wire.now - 100 * HOUR)
    assert held == "held: its source was not read"


def test_without_a_daemon_nothing_waits_for_the_message_of_a_source_that_is_back() -> None:
    wire = Wire(hook())
    assert wire.row("a", NEWS[0], last_read=wire.now - 30 * HOUR) == "alerted"


def test_a_lid_opened_for_a_minute_names_no_absence_for_what_came_of_another() -> None:
    wire = Wire(hook())
    away(wire)
    assert wire.row("a", NEWS[0], published=wire.now - HOUR) == "held: while we were away"
    wire.now += 20 * HOUR
    away(wire)
    wire.look()
    wire.row("b", NEWS[20], published=wire.now - HOUR)
    wire.wait(10 * MINUTE)
    first, second = wire.messages()
    assert (first["data"]["late"], first["data"]["since"], first["data"]["until"]) == (
        True,
        None,
        None,
    )
    assert second["data"]["since"] is not None


# ---- killed


class KilledError(Exception):
    pass


@pytest.mark.parametrize("step", ["announce", "told", "cover"])
def test_death_within_a_bulletin_loses_nothing_and_doubles_nothing(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = at_night(hook(quiet=QUIET, digest=Digest(at=(time(6),), timezone="Asia/Riyadh")))
    wire.look()
    wire.row("a", NEWS[0])
    wire.now = MORNING
    owner = {"announce": wire.store.outbox, "told": wire.store.held, "cover": wire.store.bulletins}

    def die(*args: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(owner[step], step, die)
        with pytest.raises(KilledError):
            wire.look()
    assert wire.messages() == []
    assert wire.store.held.counts() == {"hook": {"quiet": 1}}
    wire.look()
    wire.look()
    assert [len(body["data"]["held"]) for body in wire.messages()] == [1]


def test_two_daemons_that_look_at_once_send_one(tmp_path: Path) -> None:
    wire = at_night(store=Store.open(tmp_path / "m.db"))
    wire.row("a", NEWS[0])
    wire.now = MORNING
    other = Store.open(tmp_path / "m.db")
    second = Editor(wire.config, other, lambda: wire.now)
    waiting = other.held.waiting("hook")
    wire.look()
    # It had seen what waits before the first took it, and decides anew.
    other.held.waiting = lambda channel, left=[waiting]: left.pop() if left else {}  # type: ignore[method-assign]
    second.look()
    assert len(wire.messages()) == 1
    other.close()


# ---- floods


def test_what_a_flood_held_goes_to_the_channels_own_rhythm() -> None:
    from monitor.watch.tell import Teller

    wire = at_night()
    with wire.store.transaction():
        flood = wire.store.health.begin_flood("a", "9 of 10 came again", wire.now)
    assert wire.row("a", NEWS[0], flood=flood) == "held for a summary"
    with wire.store.transaction():
        Teller(wire.config, wire.store).tell_flood(flood, wire.now)
    assert wire.store.health.floods() == []
    assert wire.store.held.counts() == {"hook": {"quiet": 1}}
    (due,) = wire.store.db.execute("select next_at from deliveries").fetchall()
    assert due[0].startswith("2026-12-01T03:00:00"), "the notice waits for the morning, too"
    wire.now = MORNING
    wire.look()
    assert [body["type"] for body in wire.messages()] == ["notice.flood", "summary"]


# ---- lost channels


def settle(wire: Wire, channel: str, *, taken: bool) -> None:
    for delivery in wire.store.outbox.claim(channel, wire.now, 9, HOUR):
        if taken:
            wire.store.outbox.delivered(delivery.id, Receipt(status=250, reply="ok"), wire.now)
        else:
            wire.store.outbox.give_up(delivery.id, "550 no such user", 550, wire.now)


def test_a_delivery_given_up_is_told_on_another_channel_once_and_so_is_its_end() -> None:
    wire = Wire(hook(), hook(name="other"), hook(name="silent", notices=False))
    for number in (0, 20):
        wire.row("a", NEWS[number])
        wire.wait(MINUTE)
        settle(wire, "hook", taken=False)
        wire.wait(MINUTE)
    notices = [body for body in wire.messages("other") if body["type"].startswith("notice")]
    (only,) = notices
    (episode,) = only["data"]["episodes"]
    assert (episode["state"], episode["detail"]) == ("undelivered", "550 no such user")
    assert only["data"]["text"] == "hook – channel does not deliver"
    wire.row("a", NEWS[40])
    settle(wire, "hook", taken=True)
    wire.wait(MINUTE)
    kinds = [body["type"] for body in wire.messages("other")]
    assert kinds.count("notice.recovery") == 1
    for name in ("hook", "silent"):
        assert not [b for b in wire.messages(name) if b["type"].startswith("notice")]


def fail(wire: Wire, *, times: int, every: timedelta) -> None:
    """The receiver of `hook` refuses whatever is due, so often; the others take it."""
    for _ in range(times):
        settle(wire, "other", taken=True)
        for delivery in wire.store.outbox.claim("hook", wire.now, 9, HOUR):
            wire.store.outbox.retry(delivery.id, "535 no", 535, wire.now + every)
        wire.wait(every, step=every / 2)


def notices(wire: Wire, name: str = "other") -> list[str]:
    found = [body for body in wire.messages(name) if body["type"].startswith("notice")]
    return [f"{body['type']}: {body['data']['text']}" for body in found]


LOST = "notice.trouble: hook – channel does not deliver"
FOUND = "notice.recovery: hook – well again"


def test_a_receiver_that_takes_nothing_for_hours_is_told_before_anything_is_given_up() -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    began = wire.now
    fail(wire, times=12, every=10 * MINUTE)
    assert notices(wire) == [], "a server may be out for two hours"
    fail(wire, times=3, every=10 * MINUTE)
    assert notices(wire) == [LOST]
    (episode,) = wire.messages("other")[-1]["data"]["episodes"]
    assert datetime.fromisoformat(episode["began"]) == began
    assert episode["detail"] == "535 no"
    settle(wire, "hook", taken=True)
    wire.wait(MINUTE)
    assert notices(wire) == [LOST, FOUND]
    assert wire.messages("other")[-1]["data"]["episodes"][0]["advice"] is None


@pytest.mark.parametrize(
    "away", ["offline", "offline until now", "asleep until now", "hardly tried", "another took it"]
)
def test_no_receiver_is_at_fault_for_what_it_was_not_asked(away: str) -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    span, times = 3 * HOUR, 2 if away == "hardly tried" else 9
    after = wire.now + span
    with wire.store.transaction():
        if away.startswith("offline"):
            ended = None if away == "offline" else after
            episode = Episode(state="offline", reason="offline", began=wire.now, ended=ended)
            wire.store.health.begin([episode], wire.now)
        elif away == "asleep until now":
            wire.store.bulletins.beat(wire.now)
            wire.store.bulletins.wake(wire.now, after)
    if away == "another took it":
        wire.row("b", NEWS[20])
        (_, second) = wire.store.outbox.claim("hook", wire.now, 9, timedelta(0))
        wire.store.outbox.delivered(second.id, Receipt(status=250, reply="ok"), after)
    fail(wire, times=times, every=span / times)
    wire.wait(MINUTE)
    assert notices(wire) == []


@pytest.mark.parametrize("act", ["resend", "dismiss"])
def test_a_lost_channel_is_well_when_its_receiver_takes_a_message_and_not_before(act: str) -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    settle(wire, "hook", taken=False)
    wire.wait(MINUTE)
    assert notices(wire) == [LOST]
    if act == "resend":
        assert wire.store.outbox.resend(None, wire.now) == 1
    else:
        assert wire.store.outbox.dismiss(None) == 1
    wire.wait(10 * MINUTE)
    assert notices(wire) == [LOST], "nothing is mended"
    wire.row("b", NEWS[20])
    settle(wire, "hook", taken=True)
    wire.wait(MINUTE)
    assert notices(wire) == [LOST, FOUND]


def test_a_restored_monitor_that_is_held_finds_no_fault_with_a_receiver() -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    fail(wire, times=6, every=10 * MINUTE)
    with wire.store.transaction():
        wire.store.care.hold("restored", wire.now)
    wire.wait(3 * HOUR, step=HOUR)
    assert notices(wire) == []
    with wire.store.transaction():
        wire.store.care.resume()
    wire.wait(MINUTE)
    assert notices(wire) == [], "it is due, and may be taken the next moment"
    fail(wire, times=1, every=10 * MINUTE)
    assert notices(wire) == [LOST]


def test_a_recipient_who_is_refused_beside_one_who_is_not_is_told_once() -> None:
    """Of two of one channel, as with an address in a list that is gone."""
    wire = Wire(hook(), hook(name="other"))
    for number, again in ((0, 1), (20, 21), (40, 41)):
        wire.row("a", NEWS[number])
        wire.row("b", NEWS[again])
        taken, refused = wire.store.outbox.claim("hook", wire.now, 9, HOUR)
        wire.store.outbox.delivered(taken.id, Receipt(status=250, reply="ok"), wire.now)
        wire.now += timedelta(seconds=1)
        wire.store.outbox.give_up(refused.id, "550 no such user", 550, wire.now)
        wire.wait(10 * MINUTE)
    assert notices(wire) == [LOST]
    wire.row("a", NEWS[30])
    settle(wire, "hook", taken=True)
    wire.wait(MINUTE)
    assert notices(wire) == [LOST, FOUND]


def test_a_notice_that_quiet_hours_put_off_was_not_refused_meanwhile() -> None:
    wire = Wire(hook(quiet=QUIET), hook(name="other"), hook(name="third"))
    wire.now = NIGHT
    wire.row("a", NEWS[0])
    settle(wire, "third", taken=False)
    wire.look()
    assert notices(wire, "hook"), "it waits for the morning"
    assert wire.store.db.execute("delete from held").rowcount == 1
    wire.now = MORNING
    fail(wire, times=6, every=5 * MINUTE)
    assert LOST not in notices(wire), "its server may be out for two hours"
    fail(wire, times=12, every=10 * MINUTE)
    assert notices(wire).count(LOST) == 1
    (episode,) = wire.messages("other")[-1]["data"]["episodes"]
    assert datetime.fromisoformat(episode["began"]) == MORNING


def test_an_alert_that_broke_quiet_hours_is_refused_since_it_was_sent() -> None:
    wire = Wire(hook(quiet=QUIET), hook(name="other"), primary=["e"])
    wire.now = NIGHT
    assert wire.row("e", NEWS[0]) == "alerted"
    fail(wire, times=14, every=10 * MINUTE)
    assert notices(wire) == [LOST]


@pytest.mark.parametrize("ahead", ["taken", "given up"])
def test_a_clock_that_was_ahead_hides_neither_the_loss_of_a_channel_nor_its_end(
    ahead: str,
) -> None:
    wire = Wire(hook(), hook(name="other"))
    right = wire.now
    wire.now += 40 * HOUR
    wire.row("a", NEWS[0])
    settle(wire, "hook", taken=ahead == "taken")
    wire.look()
    wire.now = right + MINUTE
    wire.store.set_back(wire.now, AWAY)
    wire.wait(MINUTE)
    if ahead == "taken":
        wire.row("b", NEWS[20])
        settle(wire, "hook", taken=False)
        wire.wait(MINUTE)
    assert notices(wire) == [LOST]
    wire.row("c", NEWS[30])
    settle(wire, "hook", taken=True)
    wire.wait(45 * HOUR, step=HOUR)
    assert notices(wire) == [LOST, FOUND]


def test_what_waits_and_is_sent_again_waits_since_when_it_did() -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    alert, began = wire.messages()[0]["data"]["id"], wire.now
    fail(wire, times=2, every=50 * MINUTE)
    assert wire.store.outbox.resend(alert, wire.now, channels=["hook"]) == 1
    assert wire.store.deliveries.due(wire.now) == 1, "at once"
    assert wire.store.deliveries.oldest(wire.now) == began


def test_a_recovery_names_what_was_given_up() -> None:
    wire = Wire(hook(), hook(name="other"))
    wire.row("a", NEWS[0])
    settle(wire, "hook", taken=False)
    wire.wait(MINUTE)
    wire.row("b", NEWS[20])
    settle(wire, "hook", taken=True)
    wire.wait(MINUTE)
    assert notices(wire) == [LOST, FOUND]
    (episode,) = wire.messages("other")[-1]["data"]["episodes"]
    assert episode["advice"].startswith("given up: 1; `monitor alerts resend --given-up`")


# ---- another monitor went on meanwhile


def test_what_another_monitor_has_told_is_dropped_and_no_channel_is_lost_for_it() -> None:
    wire = Wire(hook(name="day"), hook(quiet=QUIET))
    wire.now = NIGHT
    assert "held on hook: quiet hours" in wire.row("a", NEWS[0])
    with wire.store.transaction():
        assert wire.store.outbox.told_elsewhere(wire.now) == 1
        assert wire.store.held.told_elsewhere() == 1
    assert wire.row("b", NEWS[0]).startswith("told already")
    wire.now = MORNING
    wire.look()
    assert wire.store.bulletins.failing("day") is None
    assert wire.store.bulletins.given_up(NIGHT - HOUR) == 0
    assert [body["type"] for body in wire.messages("day")] == ["alert.new"]
    assert wire.messages() == []
