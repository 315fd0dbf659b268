"""`make demo`: the real monitor against a newsroom on loopback, alerts arriving as they come.

Ends 0 when every article of the story was alerted exactly once on each channel
and nothing else was; says what is wrong and ends 1 otherwise. Needs no network.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .copies import copy_of
from .documents import read_documents
from .item import Item, read_items
from .newsroom import Newsroom, wait_until
from .process import Monitor
from .receivers import Received
from .teasers import MARKS

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "newsroom"
SEEDS = ROOT / "seeds" / "north-korea-russia"
CHANNELS = ("email", "webhook")
PATIENCE = 25.0  # seconds for each act


@dataclass(frozen=True, slots=True)
class Published:
    """An article on a site, and which numbers of alerts about it are right."""

    item: Item
    site: str
    address: str
    right: frozenset[int]


class Demo:
    """The acts, in order; `wrong` collects what should not be."""

    def __init__(self, room: Newsroom, monitor: Monitor) -> None:
        self.room = room
        self.monitor = monitor
        self.published: list[Published] = []
        self.wrong: list[str] = []
        self._shown: set[tuple[str, str]] = set()
        self._began = time.monotonic()

    def publish(self, site: str, item: Item, *right: int) -> None:
        """Put an article out; `right` numbers of alerts about it."""
        (address,) = self.room.publish(site, item)
        self.published.append(Published(item, site, address, frozenset(right)))

    def say(self, text: str, style: str = "1") -> None:
        """One line, with the seconds since the beginning."""
        line = f"{time.monotonic() - self._began:5.1f} s  {text}"
        print(f"\x1b[{style}m{line}\x1b[0m" if sys.stdout.isatty() else line, flush=True)

    def wait(self, what: str, done: Callable[[], bool]) -> None:
        """Wait, showing alerts as they arrive."""

        def turn() -> bool:
            if not self.monitor.alive:
                raise RuntimeError(f"the monitor ended:\n{self.monitor.log_text()[-2000:]}")
            for received in self.room.received:
                if (received.channel, received.key) not in self._shown:
                    self._shown.add((received.channel, received.key))
                    self.show(received)
            return done()

        try:
            wait_until(turn, timeout=PATIENCE, what=what)
        except TimeoutError as error:
            self.wrong.append(str(error))

    def show(self, received: Received) -> None:
        """One alert in one line."""
        sign = {"email": "e-mail ", "webhook": "webhook"}[received.channel]
        self.say(f"  {sign}  {received.subject}", "32" if received.channel == "email" else "36")

    def settle(self, what: str) -> None:
        """Until every source was read again and nothing moves any more."""
        since = time.monotonic()
        self.wait(what, lambda: self.room.quiet(since=since))

    def told(self) -> bool:
        """Whether each article that must be alerted was, on each channel."""
        return all(
            self.room.alerts(one.address, channel)
            for one in self.published
            if 0 not in one.right
            for channel in CHANNELS
        )

    def check(self) -> None:
        """Count the alerts of every article on every channel."""
        for one in self.published:
            for channel in CHANNELS:
                count = len(self.room.alerts(one.address, channel))
                if count not in one.right:
                    right = " or ".join(map(str, sorted(one.right)))
                    self.wrong.append(
                        f"{count} alerts by {channel}, not {right}: {one.site}: {one.item.title}"
                    )
        known = [one.address for one in self.published]
        self.wrong += [
            f"an alert about nothing published: {received.subject}"
            for received in self.room.received
            if not any(self.room.alerts(address, received.channel) for address in known)
        ]
        self.wrong += [
            f"text of another story in an alert: {received.subject}"
            for received in self.room.received
            if any(mark in received.text for mark in MARKS)
        ]


def play(demo: Demo) -> None:
    """Three acts: what is out already, what is new, what others copy."""
    others = [item for item, _ in read_items(DATA / "others.jsonl")]
    story = [(item, row) for item, row in read_items(DATA / "story.jsonl") if row["band"] == "on"]
    sites = list(demo.room.sites)
    half = len(others) // 2
    for number, item in enumerate(others[:half]):
        demo.publish(sites[number % len(sites)], item, 0)
    demo.publish("rss", story[0][0], 0)
    demo.say(f"{half + 1} articles are out on {len(sites)} sites, one of them on the story")
    demo.monitor.start()
    demo.settle("the baseline")
    told = len(demo.room.received)
    demo.say(f"all of it read, {told} alerts: a first reading is silent. Now news comes in.")

    fresh = [item for item, _ in story[1:]]
    for number, item in enumerate(fresh):
        demo.publish(("rss", "wordpress", "listing")[number % 3], item, 1)
    documents = read_documents(SEEDS)
    for document in documents:
        # The letter (003) and the visit (002 without its second piece) may be judged either way.
        vague = document.name.startswith("003")
        demo.publish(
            "portal", document.item, *((0, 1) if vague else (1,) if not document.pieces else (1, 2))
        )
    for number, item in enumerate(others[half:]):
        demo.publish(sites[number % len(sites)], item, 0)
    demo.wait("the alerts", demo.told)
    demo.say("Other papers copy it: new headlines, cut, re-ordered, re-spelled.")
    for number, item in enumerate(fresh[:6]):
        demo.publish("aggregator" if number % 2 else "atom", copy_of(item, seed=number), 0)
    demo.settle("the end of the copies")


def main() -> int:
    """Play it; 0 when all is right."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the files and say where")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="story-monitor-demo-"))
    try:
        with Newsroom(journal=folder / "receipts.jsonl") as room:
            demo = Demo(room, Monitor(room.write_config(folder, seeds=SEEDS)))
            try:
                play(demo)
                if (status := demo.monitor.stop()) != 0:
                    demo.wrong.append(f"the monitor ended with {status}")
            finally:
                demo.monitor.kill()
            demo.check()
            for line in demo.wrong:
                demo.say(f"WRONG  {line}", "31")
            mails, hooks = len(room.mail.received), len(room.hook.received)
            demo.say(
                f"{len(demo.published)} articles, {mails} e-mails, {hooks} webhooks: "
                + (
                    f"{len(demo.wrong)} things are wrong"
                    if demo.wrong
                    else "each alert once, nothing else"
                ),
                "31" if demo.wrong else "1;32",
            )
            return 1 if demo.wrong else 0
    finally:
        if options.keep:
            print(f"files: {folder}")
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
