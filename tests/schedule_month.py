"""A simulated month of 200 sources, and the table of `docs/schedule.md`.

    python -m tests.schedule_month [DAYS]

The sources are synthetic. What polls them is the real schedule and the real turns at
hosts (`monitor.fetch.hosts.Hosts`), under a loop whose clock jumps to the next timer;
40 polls at a time, as the daemon does it. Left out are failing exchanges and the reading
of pages.
"""

from __future__ import annotations

import asyncio
import math
import random
import selectors
import statistics
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.fetch.hosts import Hosts
from monitor.model import PollSettings, Rhythm, Source
from monitor.schedule import NEVER, after_failure, learn, next_poll
from tests.schedule_world import DAY, KINDS, SEED, START, Site, crawl_delays, world

SETTINGS = PollSettings()
FLOOR = SETTINGS.floor.total_seconds()


@dataclass(slots=True)
class Tally:
    """What became of one site. `delays` in seconds, one for each entry that was found.

    Of the entries `missed`, those are `excusable` for which the window turned over within
    the floor, and a `surprise` those of the source's first gap without such an excuse:
    nothing that it had shown until then told how fast it can be.
    """

    site: Site
    requests: int = 0
    missed: int = 0
    excusable: int = 0
    surprise: int = 0
    delays: list[float] = field(default_factory=list)

    @property
    def entries(self) -> int:
        return len(self.delays) + self.missed


@dataclass(slots=True)
class Month:
    """One run. Distances are the least found, beyond the gap asked for, in seconds."""

    tallies: list[Tally]
    crowd: int = 0
    crowd_at_host: int = 0
    nearest: float = math.inf


class _Leaps(selectors.SelectSelector):
    """Waits for nothing: the clock is set to where the waiting would have ended."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list:
        self.now += max(timeout or 0.0, 0.0)
        return []


def virtual(main: Callable[[Callable[[], float]], object]) -> object:
    """Run a coroutine function, given the clock, under a loop that leaps from timer to timer."""
    leaps = _Leaps()
    loop = asyncio.SelectorEventLoop(leaps)
    loop.time = lambda: leaps.now  # type: ignore[method-assign]
    try:
        return loop.run_until_complete(main(loop.time))
    finally:
        loop.close()


class Run:
    """The monitor's polls over `days`, without its store and its network."""

    def __init__(
        self,
        sites: list[Site],
        days: float,
        clock: Callable[[], float],
        *,
        settings: PollSettings = SETTINGS,
        asleep: tuple[float, float] | None = None,
    ) -> None:
        """`asleep`: from when to when, in seconds, the machine is suspended."""
        self._settings = settings
        self._clock, self._end = clock, days * DAY
        self._asleep = asleep
        self._luck = random.Random(SEED)
        self._hosts = Hosts(settings.host_gap, clock=clock)
        self._gaps: dict[str, float] = defaultdict(settings.host_gap.total_seconds)
        for host, gap in crawl_delays().items():
            self._hosts.slow(host, timedelta(seconds=gap))
            self._gaps[host] = gap
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._busy: dict[str, int] = defaultdict(int)
        self._ended: dict[str, float] = {}
        self.month = Month([Tally(site) for site in sites])
        self.asked: list[float] = []

    async def run(self) -> Month:
        await asyncio.gather(*(self._follow(tally) for tally in self.month.tallies))
        return self.month

    async def _follow(self, tally: Tally) -> None:
        """One source, from the first reading to the end."""
        site, rhythm, since, known, gone = tally.site, Rhythm(), None, 0, 0
        source = Source(name="s", url=f"https://{site.host}/feed")
        due = 0.0
        while due < self._end:
            if self._asleep and self._asleep[0] <= due < self._asleep[1]:
                due = self._asleep[1]
            await asyncio.sleep(due - self._clock())
            shown_at = await self._exchange(site.host)
            tally.requests += 1
            now = self._clock()
            today = START + timedelta(seconds=now)
            if site.kind.status == 410:
                gone += 1
                at = after_failure(
                    today,
                    source,
                    self._settings,
                    failure="gone",
                    failures=gone,
                    gone=gone,
                    retry_after=None,
                    luck=self._luck.random(),
                    rhythm=rhythm,
                )
                if at == NEVER:
                    return
            else:
                upto = bisect_right(site.times, shown_at)
                shown = min(upto, site.window)
                if since is not None:
                    self._count(tally, known, upto, now)
                changed = since is None or upto > known
                rhythm = learn(
                    rhythm,
                    now=today,
                    since=since,
                    entries=shown if changed else 0,
                    fresh=0 if since is None else min(upto - known, shown),
                    gap=since is not None and 0 < shown <= upto - known,
                    published=site.dates[upto - shown : upto] if site.dates and changed else (),
                )
                known, since = upto, today
                at = next_poll(
                    today,
                    source,
                    self._settings,
                    luck=self._luck.random(),
                    rhythm=rhythm,
                    ttl=site.ttl,
                    max_age=site.max_age,
                )
            due = (at - START).total_seconds()

    def _count(self, tally: Tally, known: int, upto: int, now: float) -> None:
        times, window = tally.site.times, tally.site.window
        first = tally.missed == tally.excusable
        for number in range(known, upto):
            if number < upto - window:
                excusable = times[number + window] - times[number] < FLOOR
                tally.missed += 1
                tally.excusable += excusable
                tally.surprise += first and not excusable
            else:
                tally.delays.append(now - times[number])

    async def _exchange(self, host: str) -> float:
        """One request; when the server made its answer. Looks on how politely it went."""
        month = self.month
        async with self._slots:
            month.crowd = max(month.crowd, self._settings.concurrency - self._slots._value)
            async with self._hosts.turn(host):
                began = self._clock()
                self.asked.append(began)
                self._busy[host] += 1
                month.crowd_at_host = max(month.crowd_at_host, self._busy[host])
                if host in self._ended:
                    rest = began - self._ended[host] - self._gaps[host]
                    month.nearest = min(month.nearest, rest)
                await asyncio.sleep(0.2 + self._luck.expovariate(2))
                self._busy[host] -= 1
                self._ended[host] = self._clock()
        return began


def simulate(days: float, sites: list[Site] | None = None) -> Month:
    sites = world(days) if sites is None else sites
    return virtual(lambda clock: Run(sites, days, clock).run())  # type: ignore[return-value]


def fixed(tallies: list[Tally], days: float, every: float) -> list[Tally]:
    """The same sites asked at one interval, each from a moment of its own; reckoned, not run."""
    luck, found = random.Random(SEED), []
    for former in tallies:
        site = former.site
        phase = luck.random() * every
        tally = Tally(site, requests=int((days * DAY - phase) // every) + 1)
        if site.kind.status != 410:
            for number in range(bisect_right(site.times, 0.0), len(site.times)):
                at = site.times[number]
                asked = phase + max(math.ceil((at - phase) / every), 0) * every
                if asked >= days * DAY:
                    break
                over = site.times[number + site.window : number + site.window + 1]
                if over and over[0] <= asked:
                    tally.missed += 1
                    tally.excusable += over[0] - at < FLOOR
                else:
                    tally.delays.append(asked - at)
        found.append(tally)
    return found


# ---- the table


def minutes(delays: list[float], share: float) -> str:
    if not delays:
        return "–"
    ranked = sorted(delays)
    return f"{ranked[min(int(share * len(ranked)), len(ranked) - 1)] / 60:.1f}"


def row(name: str, tallies: list[Tally]) -> str:
    delays = [delay for tally in tallies for delay in tally.delays]
    requests, entries, missed, surprise, excusable = (
        sum(figures)
        for figures in zip(
            *((t.requests, t.entries, t.missed, t.surprise, t.excusable) for t in tallies),
            strict=True,
        )
    )
    each = f"{requests / entries:.2f}" if entries else "–"
    return (
        f"| {name} | {len(tallies)} | {entries:,} | {requests:,} | {each}"
        f" | {missed - excusable - surprise:,} | {surprise:,} | {excusable:,}"
        f" | {minutes(delays, 0.5)} | {minutes(delays, 0.95)} |"
    )


def table(tallies: list[Tally]) -> Iterator[str]:
    yield (
        "| Sources | n | entries | requests | per entry | missed | by surprise | excusable"
        " | median delay, min | 95 % |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for kind in KINDS:
        yield row(kind.name, [tally for tally in tallies if tally.site.kind is kind])
    yield row("**all**", tallies)


def main() -> None:
    days = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    month = simulate(days)
    print(f"Adaptive, {days:g} days:\n", *table(month.tallies), sep="\n")
    print("\nFixed, every 15 minutes:\n", *table(fixed(month.tallies, days, 900.0)), sep="\n")
    total = sum(tally.requests for tally in month.tallies)
    same = days * DAY * len(month.tallies) / total
    even = fixed(month.tallies, days, same)
    mean = [
        statistics.fmean(delay for tally in tallies for delay in tally.delays) / 60
        for tallies in (month.tallies, even)
    ]
    print(f"\nFixed at the same number of requests, every {same / 60:.1f} minutes:\n")
    print(*list(table(even))[:2], row("**all**", even), sep="\n")
    print(f"\nMean delay {mean[0]:.1f} min, {mean[1]:.1f} min at the fixed interval.")
    print(
        f"At most {month.crowd} polls at a time, {month.crowd_at_host} at a host; the gap kept,"
        f" {round(month.nearest, 3) + 0.0:.3f} s to spare at the least."
    )


if __name__ == "__main__":
    main()
