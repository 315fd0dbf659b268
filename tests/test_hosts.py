"""Turns at hosts, under a clock turned by hand."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.fetch.hosts import Hosts


class Clock:
    """Stands still but for sleepers, who move it on."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def hosts(clock):
    return Hosts(timedelta(seconds=2), clock=clock, sleep=clock.sleep)


async def test_the_gap_runs_from_the_end_of_one_exchange(hosts, clock):
    async with hosts.turn("a"):
        clock.now += 30
    clock.now += 0.5
    async with hosts.turn("a"):
        pass
    assert clock.slept == [pytest.approx(1.5)]


async def test_a_failed_exchange_is_one_too(hosts, clock):
    with pytest.raises(OSError):
        async with hosts.turn("a"):
            raise OSError
    async with hosts.turn("a"):
        pass
    assert clock.slept == [2.0]


async def test_the_first_turn_and_one_after_a_rest_wait_for_nothing(hosts, clock):
    async with hosts.turn("a"):
        pass
    clock.now += 5
    async with hosts.turn("a"):
        pass
    assert clock.slept == []


async def test_a_redirect_within_the_host_goes_on_at_once(hosts, clock):
    async with hosts.turn("a"):
        pass
    async with hosts.turn("a", follow=True):
        pass
    assert clock.slept == []


async def test_one_at_a_time_per_host_in_order_and_hosts_side_by_side():
    hosts = Hosts(timedelta(0))
    inside = {"a": 0, "b": 0}
    most = {"a": 0, "b": 0}
    together = 0
    order = []

    async def visit(host, number):
        nonlocal together
        async with hosts.turn(host):
            inside[host] += 1
            most[host] = max(most[host], inside[host])
            together = max(together, sum(inside.values()))
            await asyncio.sleep(0.001)
            order.append((host, number))
            inside[host] -= 1

    await asyncio.gather(*(visit(host, n) for n in range(5) for host in "ab"))
    assert most == {"a": 1, "b": 1}
    assert together == 2
    assert [n for host, n in order if host == "a"] == list(range(5))


async def test_who_stops_waiting_does_not_block_the_line():
    hosts = Hosts(timedelta(0))
    async with hosts.turn("a"):
        waiter = asyncio.create_task(hosts.turn("a").__aenter__())
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
    async with asyncio.timeout(5), hosts.turn("a"):
        pass


async def test_a_crawl_delay_only_ever_raises_the_gap(hosts, clock):
    hosts.slow("a", timedelta(seconds=10))
    hosts.slow("b", timedelta(seconds=1))
    for host in "ab":
        async with hosts.turn(host):
            pass
        async with hosts.turn(host):
            pass
    assert clock.slept == [10.0, 2.0]
    hosts.slow("a", timedelta(0))
    async with hosts.turn("a"):
        pass
    assert clock.slept == [10.0, 2.0]


async def test_a_hold_ends_by_itself_and_a_shorter_one_does_not_end_it(hosts, clock):
    assert hosts.held("a") is None
    hosts.hold("a", timedelta(seconds=60))
    hosts.hold("a", timedelta(seconds=5))
    clock.now += 20
    assert hosts.held("a") == timedelta(seconds=40)
    assert hosts.held("b") is None
    clock.now += 40
    assert hosts.held("a") is None


async def test_memory_is_bounded_and_hosts_in_use_are_kept(clock):
    hosts = Hosts(timedelta(0), remembered=3, clock=clock, sleep=clock.sleep)
    async with hosts.turn("kept"):
        for number in range(50):
            async with hosts.turn(str(number)):
                assert len(hosts) <= 3
        second = asyncio.create_task(hosts.turn("kept").__aenter__())
        await asyncio.sleep(0)
        assert not second.done(), "the host in use was forgotten"
        second.cancel()
    hosts.hold("49", timedelta(seconds=9))
    assert hosts.held("49")
