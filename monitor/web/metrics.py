"""The store's figures in Prometheus' text form; names and units by its conventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.health import state_of
from monitor.store.gauges import Gauges

_SEEN: Final = (60.0, 300.0, 900.0, 1800.0, 3600.0, 6 * 3600.0, 24 * 3600.0)
_DELIVERED: Final = (5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 6 * 3600.0)


def text(
    gauges: Gauges, *, delay: float, free: int, logins: Mapping[str, int] | None = None
) -> bytes:
    """Everything; `delay` of the event loop in seconds, `free` bytes on the store's disk.

    `logins` to the page by outcome, where it has a password.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected([*families(gauges, delay=delay, free=free, logins=logins or {})]))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return self._found


def families(g: Gauges, *, delay: float, free: int, logins: Mapping[str, int]) -> Iterable[Metric]:
    """Each metric with its help line."""
    yield _counter(
        "polls", "Polls by outcome.", ("outcome",), [((k,), v) for k, v in g.polls.items()]
    )
    states: dict[str, int] = {}
    for trouble, failure, unpolled, count in g.sources:
        state = trouble or ("new" if unpolled else state_of(failure))
        states[state] = states.get(state, 0) + count
    yield _gauge(
        "sources", "Polled sources by state.", ("state",), [((k,), v) for k, v in states.items()]
    )
    yield _gauge(
        "sources_overdue",
        "Sources whose poll has been due for over ten minutes.",
        (),
        [((), g.overdue)],
    )
    if g.last_poll:
        yield _gauge(
            "last_poll_timestamp_seconds",
            "When any source was polled last.",
            (),
            [((), g.last_poll.timestamp())],
        )
    yield _counter("entries", "Entries seen in sources.", (), [((), g.entries)])
    yield _gauge(
        "entries_pending", "Entries that wait for their page to be read.", (), [((), g.pending)]
    )
    yield _counter("articles", "Articles stored.", (), [((), g.articles)])
    yield _gauge(
        "matches",
        "Articles by story and band.",
        ("story", "band"),
        [((s, b), n) for s, b, n in g.matches],
    )
    yield _counter(
        "alerts",
        "Alerts queued, by story and kind.",
        ("story", "kind"),
        [((s, k), n) for s, k, n in g.alerts],
    )
    yield _counter(
        "notices",
        "Messages of the monitor about itself, by kind.",
        ("kind",),
        [((k,), v) for k, v in g.notices.items()],
    )
    yield _gauge(
        "deliveries",
        "Deliveries by channel and state.",
        ("channel", "state"),
        [((c, s), n) for c, s, n in g.deliveries],
    )
    yield _gauge(
        "queue_depth",
        "Deliveries that wait.",
        (),
        [((), sum(n for _, s, n in g.deliveries if s == "queued"))],
    )
    yield _gauge(
        "queue_idle", "Deliveries due for over ten minutes that nobody carries.", (), [((), g.idle)]
    )
    if g.oldest_queued:
        yield _gauge(
            "queue_oldest_timestamp_seconds",
            "When the delivery was queued that waits longest.",
            (),
            [((), g.oldest_queued.timestamp())],
        )
    yield _gauge(
        "held",
        "1 while nothing is sent until `monitor resume`.",
        (),
        [((), int(g.held is not None))],
    )
    yield _gauge(
        "follows_former_configuration",
        "1 while a former configuration is followed, as sources.yaml was wrong at the start.",
        (),
        [((), int(g.follows_former))],
    )
    yield _histogram(
        "published_to_seen_seconds",
        "From an alerted article's own date until it was first seen.",
        (),
        {(): g.seen_lags},
        _SEEN,
    )
    lags: dict[tuple[str, ...], list[float]] = {}
    for channel, lag in g.delivered_lags:
        lags.setdefault((channel,), []).append(lag)
    yield _histogram(
        "seen_to_delivered_seconds",
        "From first seen until a receiver took the alert.",
        ("channel",),
        lags,
        _DELIVERED,
    )
    yield _gauge("store_bytes", "Size of the database with its log of changes.", (), [((), g.size)])
    yield _gauge("disk_free_bytes", "Room on the database's disk.", (), [((), free)])
    yield _gauge(
        "loop_delay_seconds",
        "Longest delay of the event loop in the last minute.",
        (),
        [((), delay)],
    )
    if logins:
        yield _counter(
            "logins",
            "Logins to the page since it began, by outcome: in, wrong, slowed.",
            ("outcome",),
            [((outcome,), count) for outcome, count in logins.items()],
        )
    yield _gauge("info", "Always 1; the version.", ("version",), [((__version__,), 1)])


Samples = Sequence[tuple[tuple[str, ...], float]]


def _gauge(name: str, about: str, labels: Sequence[str], samples: Samples) -> Metric:
    family = GaugeMetricFamily(f"story_monitor_{name}", about, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _counter(name: str, about: str, labels: Sequence[str], samples: Samples) -> Metric:
    family = CounterMetricFamily(f"story_monitor_{name}", about, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _histogram(
    name: str,
    about: str,
    labels: Sequence[str],
    found: dict[tuple[str, ...], list[float]],
    edges: Sequence[float],
) -> Metric:
    family = HistogramMetricFamily(f"story_monitor_{name}", about, labels=labels)
    for values, lags in found.items():
        # A site may date its articles ahead of us: that is no time at all.
        known = [max(lag, 0.0) for lag in lags]
        buckets = [(str(edge), float(sum(lag <= edge for lag in known))) for edge in edges]
        family.add_metric(values, [*buckets, ("+Inf", float(len(known)))], sum(known))
    return family
