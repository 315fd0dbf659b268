"""The synthetic world of the simulated month: 200 sources, their entries, their hosts."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
DAY = 86_400.0
SEED = 20_260_302
_PAST = 42 * DAY  # what was published before the monitor first came


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of sources: how many, entries a day, what the feed shows, when they come."""

    name: str
    count: int
    daily: tuple[float, float]
    windows: tuple[int, ...]
    times: Callable[[random.Random, float, float], list[float]]
    dated: bool = True
    status: int = 200


@dataclass(slots=True)
class Site:
    """One source; `times` in seconds from START, before it below nought."""

    kind: Kind
    host: str
    window: int
    times: list[float]
    dates: list[datetime] | None
    ttl: timedelta | None
    max_age: timedelta | None


def thinned(
    luck: random.Random, daily: float, days: float, weight: Callable[[float], float]
) -> list[float]:
    """A Poisson process whose rate follows `weight`, a density over the week with mean one."""
    top = max(weight(hour * 3600.0) for hour in range(168))
    found, at = [], -_PAST
    while (at := at + luck.expovariate(daily * top / DAY)) < days * DAY:
        if luck.random() * top < weight(at % (7 * DAY)):
            found.append(at)
    return found


def steady(luck: random.Random, daily: float, days: float) -> list[float]:
    return thinned(luck, daily, days, lambda _: 1.0)


def newsroom(luck: random.Random, daily: float, days: float) -> list[float]:
    """Sixteen busy hours of its own zone, with a tenth of their rate at night."""
    zone = luck.choice((-5, 0, 2, 3, 3, 5, 8)) * 3600

    def weight(at: float) -> float:
        return 1.43 if 6 <= (at + zone) % DAY / 3600 < 22 else 0.143

    return thinned(luck, daily, days, weight)


def weekdays(luck: random.Random, daily: float, days: float) -> list[float]:
    """A morning edition and a working day, five days a week; `daily` is of those days."""
    zone = luck.choice((0, 2, 3, 5)) * 3600
    rest = luck.choice(((4, 5), (5, 6)))  # Friday and Saturday, or Saturday and Sunday

    def weight(at: float) -> float:
        day, hour = divmod((at + zone) / 3600 % 168, 24)
        if day in rest:
            return 0.0
        return 4.0 if 4 <= hour < 8 else 0.8 if 8 <= hour < 18 else 0.0

    return thinned(luck, daily, days, weight)


def weekly(luck: random.Random, daily: float, days: float) -> list[float]:
    """One or two pieces on one day of the week."""
    day, found = luck.randrange(5) * DAY, []
    week = -_PAST
    while week < days * DAY:
        found += [week + day + luck.gauss(11, 2) * 3600 for _ in range(1 + (luck.random() < daily))]
        week += 7 * DAY
    return sorted(at for at in found if at < days * DAY)


def bursts(luck: random.Random, daily: float, days: float) -> list[float]:
    """Ten entries a day, and twice a day forty within ten minutes, at any hour."""
    found = steady(luck, daily, days)
    for begin in steady(luck, 2, days):
        found += [begin + luck.random() * 600 for _ in range(40)]
    return sorted(at for at in found if at < days * DAY)


def dumps(luck: random.Random, daily: float, days: float) -> list[float]:
    """A day's whole edition within seconds, more than the feed shows."""
    hour, found = luck.randrange(24) * 3600, []
    for day in range(int(-_PAST // DAY), math.ceil(days)):
        begin = day * DAY + hour + luck.random() * 300
        found += [begin + 0.5 * number for number in range(int(daily))]
    return [at for at in found if at < days * DAY]


def ended(luck: random.Random, daily: float, days: float) -> list[float]:
    """Nothing for a month past."""
    return [at for at in steady(luck, daily, days) if at < -30 * DAY]


KINDS = (
    Kind("agency, 400 a day", 6, (400, 400), (30, 50, 100), newsroom),
    Kind("portal", 26, (80, 160), (20, 30, 50), newsroom),
    Kind("newsroom", 50, (20, 60), (15, 20, 30, 50), newsroom),
    Kind("constant", 22, (12, 36), (10, 20, 30), steady),
    Kind("weekday paper", 28, (15, 40), (15, 20, 30), weekdays),
    Kind("listing without dates", 14, (20, 80), (20, 30), newsroom, dated=False),
    Kind("daily or rarer", 20, (0.3, 3), (10, 20), steady),
    Kind("weekly think tank", 14, (0.3, 0.3), (10, 20), weekly),
    Kind("bursts of 40 in 10 min", 6, (10, 10), (20, 50, 100), bursts),
    Kind("60 at once, 30 shown", 2, (60, 60), (30,), dumps),
    Kind("dead, still answering", 8, (1, 5), (10, 20), ended),
    Kind("dead, 410", 4, (1, 5), (10, 20), ended, status=410),
)


def world(days: float, seed: int = SEED) -> list[Site]:
    """200 sources on 120 hosts; a tenth of the hosts ask for 10 to 120 s between requests."""
    luck = random.Random(seed)
    hosts = [f"host{number}.example" for number in range(120)]
    places = hosts + luck.choices(hosts[:40], k=sum(kind.count for kind in KINDS) - 120)
    luck.shuffle(places)
    sites = []
    for kind in KINDS:
        for number in range(kind.count):
            times = kind.times(luck, luck.uniform(*kind.daily), days)
            sites.append(
                Site(
                    kind=kind,
                    host=places.pop(),
                    window=kind.windows[number % len(kind.windows)],
                    times=times,
                    dates=[START + timedelta(seconds=int(at)) for at in times]
                    if kind.dated
                    else None,
                    ttl=timedelta(minutes=luck.choice((5, 15, 60))) if number % 6 == 5 else None,
                    max_age=timedelta(seconds=luck.choice((60, 300, 600)))
                    if number % 3 == 1
                    else None,
                )
            )
    return sites


def crawl_delays(seed: int = SEED) -> dict[str, float]:
    """What robots.txt of some hosts asks for, in seconds; the shared hosts are among them."""
    luck = random.Random(seed)
    return {f"host{n}.example": luck.choice((10.0, 30.0, 120.0)) for n in range(0, 120, 10)}
