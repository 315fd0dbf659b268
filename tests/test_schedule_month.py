"""A simulated month of 200 sources: nothing missed, few requests, every host in peace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import schedule_month
from tests.schedule_month import SETTINGS, Month, Run, fixed, simulate
from tests.schedule_world import DAY, crawl_delays, world

HOUR = 3600.0


@pytest.fixture(scope="module")
def sites():
    return world(2)


def check(month: Month) -> None:
    """What has to hold of every run, however long."""
    tallies = month.tallies
    assert month.crowd_at_host == 1
    assert month.nearest > -1e-3
    assert month.crowd <= SETTINGS.concurrency
    entries = sum(tally.entries for tally in tallies)
    assert sum(tally.requests for tally in tallies) <= 2 * entries
    for tally in tallies:
        missed = tally.missed - tally.excusable
        # The first burst through a window half its size cannot be known beforehand.
        if not (tally.site.kind.name.startswith("bursts") and tally.site.window == 20):
            assert missed == 0, tally.site
        assert missed == tally.surprise, tally.site
    assert all(tally.requests == 3 for tally in tallies if tally.site.kind.status == 410)


def test_two_days_miss_nothing_and_leave_hosts_in_peace(sites):
    month = simulate(2, sites)
    check(month)
    # The world is one in which entries can be missed and patience is asked for.
    assert sum(t.missed - t.excusable for t in fixed(month.tallies, 2, 900.0)) > 0
    assert len({tally.site.host for tally in month.tallies}) == 120
    assert {tally.site.host for tally in month.tallies} > set(crawl_delays())


def test_a_machine_that_wakes_asks_no_host_twice_at_once_and_catches_up(sites):
    """Asleep from 04:00 to 16:00: all sources are due at one moment."""
    asleep = (4 * HOUR, 16 * HOUR)
    runs: list[Run] = []

    async def sleeper(clock):
        runs.append(Run(sites, 0.7, clock, asleep=asleep))
        return await runs[0].run()

    month = schedule_month.virtual(sleeper)
    assert month.crowd_at_host == 1
    assert month.nearest > -1e-3
    assert month.crowd <= SETTINGS.concurrency
    woken = [at for at in runs[0].asked if at >= asleep[1]]
    assert not [at for at in runs[0].asked if asleep[0] + 600 < at < asleep[1]]
    # All of them within ten minutes, though one host may ask for two minutes between two.
    assert len([at for at in woken if at < asleep[1] + 600]) >= 180
    # One turn of the slots at the first moment, not all sources.
    assert len([at for at in woken if at < asleep[1] + 0.2]) <= SETTINGS.concurrency


@pytest.mark.parametrize("name", ["gap", "one at a time"])
def test_the_check_sees_an_impolite_monitor(name, monkeypatch, sites):
    """Without the turns at hosts the same run fails."""

    class Rude(schedule_month.Hosts):
        def turn(self, host, *, follow=False):
            return super().turn(host if name == "gap" else object(), follow=True)

        def _state(self, host):
            return super()._state(str(host))

    monkeypatch.setattr(schedule_month, "Hosts", Rude)
    month = simulate(0.1, sites)
    assert month.nearest < -0.1
    assert (month.crowd_at_host > 1) == (name != "gap")


def test_the_check_sees_a_schedule_that_is_too_slow(monkeypatch, sites):
    def hourly(now, *args, **kwargs):
        return now + timedelta(hours=1)

    monkeypatch.setattr(schedule_month, "next_poll", hourly)
    month = simulate(1, sites)
    with pytest.raises(AssertionError):
        check(month)


@pytest.mark.slow
def test_the_month_of_the_table_in_the_docs():
    month = simulate(30)
    check(month)
    even = fixed(month.tallies, 30, 30 * DAY * 200 / sum(t.requests for t in month.tallies))
    delays = [
        sum(sum(t.delays) for t in tallies) / sum(len(t.delays) for t in tallies)
        for tallies in (month.tallies, even)
    ]
    assert delays[0] < 0.8 * delays[1]
