"""SIGKILL within everything that holds, sums up, digests and delivers: nothing lost, nothing twice.

A child lives the timeline of a day and a half and is killed at a random statement of its
database; the next goes on where it died. The articles are those of the labelled stream,
the judges, the store and its file are the real ones.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Ceiling, Channel, Digest, Quiet, Receipt
from monitor.store.store import Store
from tests.rhythm import START, Wire, hook, judged, profile, rows

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CHANNELS = (
    hook(name="plain"),
    hook(name="night", quiet=Quiet(begin=time(13), end=time(20))),
    hook(name="storm", ceiling=Ceiling(count=3, span=HOUR)),
    hook(name="paper", instant=False, digest=Digest(at=(time(15), time(21)))),
    hook(
        name="all",
        quiet=Quiet(begin=time(17), end=time(6)),
        ceiling=Ceiling(count=4, span=HOUR),
        digest=Digest(at=(time(21),)),
        updates=False,
    ),
)
NEWS = [row for row in rows(band="on") if row["relation"] in {"new", "update", "repeat"}][:24]


def timeline() -> Iterator[tuple[str, timedelta, Any]]:
    """(what, when, of which article): articles through the day, looks and deliveries between."""
    for number, row in enumerate(NEWS):
        when = number * 20 * MINUTE
        yield "publish", when, row
        for minutes in (1, 7, 16):
            yield "look", when + minutes * MINUTE, None
            yield "deliver", when + minutes * MINUTE, None
    for hours in range(9, 36):
        yield "look", hours * HOUR, None
        yield "deliver", hours * HOUR, None


EVENTS = list(timeline())


def live(folder: Path, after: int) -> None:
    """Go on with the timeline; die at the `after`-th statement. `most` says of how many a step is."""
    left, begun, most = after, after, 0

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    wire = Wire(*CHANNELS, primary=["e"], store=Store.open(folder / "m.db"))
    wire.store.db.conn.set_trace_callback(count)
    at = folder / "at"
    for number in range(int(at.read_text()) if at.exists() else 0, len(EVENTS)):
        what, when, row = EVENTS[number]
        wire.now = START + when
        if what == "look":
            wire.look()
        elif what == "deliver":
            deliver(wire, folder)
        else:
            # Known by its address, as an entry that was read is.
            wire.count = number
            url = f"https://{'abcde'[number % 5]}.example/{number + 1}"
            if wire.store.articles.find(url, [url]) is None:
                wire.row("abcde"[number % 5], row)
        at.write_text(str(number + 1))
        begun, most = left, max(most, begun - left)
    (folder / "most").write_text(str(most))
    wire.store.close()


def deliver(wire: Wire, folder: Path) -> None:
    """The receiver takes each and notes it, before we note that it did."""
    wire.store.outbox.release(wire.now)
    with (folder / "received").open("a") as journal:
        for channel in CHANNELS:
            for delivery in wire.store.outbox.claim(channel.name, wire.now, 99, HOUR):
                digest = hashlib.sha256(delivery.body).hexdigest()
                line = [channel.name, delivery.key, digest, json.loads(delivery.body)]
                journal.write(json.dumps(line) + "\n")
                journal.flush()
                receipt = Receipt(status=200, reply="")
                wire.store.outbox.delivered(delivery.id, receipt, wire.now)


def killed_through(folder: Path, chance: random.Random, longest: int) -> int:
    """Live it to its end, dying within `longest` statements (0: never); how many deaths it took."""
    deaths = 0
    while True:
        after = chance.randint(1, longest) if longest else 0
        child = os.fork()
        if child == 0:
            status = 1
            try:
                live(folder, after)
                status = 0
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        if os.WIFEXITED(ended):
            assert os.WEXITSTATUS(ended) == 0
            return deaths
        deaths += 1
        assert deaths < 5000, "it does not get on"


def told_of(received: list[Any], channel: Channel) -> Counter[tuple[int, str]]:
    """How often each (development, kind) was told, under how many keys."""
    found: Counter[tuple[int, str]] = Counter()
    for key, body in {(key, json.dumps(body)) for name, key, _, body in received if name == channel.name}:  # fmt: skip
        data = json.loads(body)["data"]
        assert key
        if "held" in data:
            found.update((one["development"], one["article"]) for one in data["held"])
        elif data.get("article"):
            found[data["development"]["id"], data["article"]["url"]] += 1
    return found


@pytest.mark.parametrize(
    ("seed", "longest"),
    [
        (1, 400),
        pytest.param(2, 200, marks=pytest.mark.slow),
        pytest.param(3, 200, marks=pytest.mark.slow),
        pytest.param(4, 200, marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_deaths_lose_nothing_and_tell_nothing_twice(
    tmp_path: Path, seed: int, longest: int
) -> None:
    profile()
    for row in NEWS:  # judged once, before the children are born
        judged(row["title"], row["text"], row["lang"])
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    assert killed_through(whole, random.Random(0), 0) == 0
    assert int((whole / "most").read_text()) < longest, "no life is long enough for that step"
    deaths = killed_through(broken, random.Random(seed), longest)
    lives = []
    for folder in (whole, broken):
        store = Store.open(folder / "m.db")
        assert store.held.counts() == {}, "all that was held has been told"
        lives.append(store.db.execute("select count(*) from told").fetchone()[0])
        store.close()
    received = [json.loads(line) for line in (broken / "received").read_text().splitlines()]
    expected = [json.loads(line) for line in (whole / "received").read_text().splitlines()]
    bodies = defaultdict(set)
    for _, key, digest, _ in received:
        bodies[key].add(digest)
    assert all(len(versions) == 1 for versions in bodies.values()), "one key, the same bytes"
    for channel in CHANNELS:
        found, wanted = told_of(received, channel), told_of(expected, channel)
        assert set(found.values()) == {1}, channel.name
        assert {what for what, _ in found} == {what for what, _ in wanted}, channel.name
    kinds = Counter(body["type"] for _, _, _, body in expected)
    assert kinds["summary"] > 3, kinds
    assert kinds["digest"] > 3, kinds
    assert lives[0] == lives[1]
    print(  # for docs/reliability.md; shown with `pytest -s`
        f"\n{deaths} deaths within {len(EVENTS)} steps: {len(bodies)} messages,"
        f" {len(received) - len(bodies)} repeated under their old key, 0 lost, 0 told twice"
    )
    assert deaths > 15
