"""A newsroom's wire for the tests of rhythm: articles that the real judges judge, a clock by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from monitor.bulletin import Editor
from monitor.identify.article import identify
from monitor.learn import profiles
from monitor.model import Channel, Config, Entry, Match, Page, PollSettings, Source, Story
from monitor.settle import Settler
from monitor.store.entries import Provenance
from monitor.store.store import Store
from monitor.story.facts import Facts, facts
from monitor.story.match import judge
from monitor.story.profile import Profile
from tests import alerts, blank

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
STORY = Story(name="troops", title="Troops", seeds=SEEDS)
START = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
PROVENANCE = Provenance(
    url="https://a.example/feed",
    final_url="https://a.example/feed",
    fetched_at=START,
    status=200,
    headers=(),
    redirects=(),
    sha256="0" * 64,
)


@cache
def profile() -> Profile:
    (found,) = profiles(config()).values()
    return found


@cache
def judged(title: str, text: str, language: str | None) -> tuple[Match, Facts | None]:
    """The real verdict, and what the article says where it may be on the story."""
    match = judge(profile(), title=title, text=text, language=language)
    if match.band == "off":
        return match, None
    return match, facts(profile(), title=title, text=text, language=language)


def config(*channels: Channel, sources: Iterable[Source] = ()) -> Config:
    return Config(
        path=Path("sources.yaml"),
        contact=None,
        database=Path("monitor.db"),
        poll=PollSettings(),
        fold_window=timedelta(days=14),
        stories=(STORY,),
        channels=channels,
        sources=tuple(sources),
    )


def rows(**wanted: Any) -> list[dict[str, Any]]:
    """Articles of the labelled, synthetic stream."""
    lines = (ROOT / "tests/data/story-stream/dev.jsonl").read_text("utf-8").splitlines()
    found = map(json.loads, lines)
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


class Wire:
    """A monitor without a network: what is published is judged and settled at once."""

    def __init__(
        self,
        *channels: Channel,
        sources: Iterable[str] = ("a", "b", "c", "d", "e"),
        primary: Iterable[str] = (),
        store: Store | None = None,
    ) -> None:
        declared = [
            Source(name=name, url=f"https://{name}.example/feed", primary=name in primary)
            for name in sources
        ]
        self.now = START
        self.config = config(*channels, sources=declared)
        self.sources = {each.name: each for each in declared}
        self.store = store or blank.in_memory()
        self.count = 0
        with self.store.transaction():
            self.store.sources.declare(self.config.sources, self.now)

    def change(self, *channels: Channel) -> None:
        """As after a reload."""
        self.config = replace(self.config, channels=channels)

    def publish(
        self,
        source: str,
        title: str,
        text: str,
        *,
        language: str | None = None,
        published: datetime | None = None,
        flood: int | None = None,
        path: str = "",
        grouped: bool = True,
        last_read: datetime | None = None,
    ) -> str:
        """Judge and settle an article, as `read` does; what became of it."""
        self.count += 1
        url = f"https://{source}.example/{path}{self.count}"
        entry = Entry(url=url, title=title, published=published or self.now, language=language)
        article = identify(
            self.sources[source], entry, Page(url=url, title=title, text=text), self.now
        )
        verdict, found = judged(title, text, article.language)
        said = {STORY.name: found} if found is not None and grouped else {}
        with self.store.transaction():
            entry_id = self.store.entries.add(
                source,
                url,
                entry,
                now=self.now,
                baseline=False,
                headline_score=0.8,
                provenance=PROVENANCE,
                flood=flood,
            )
            settled = Settler(self.config, self.store, lambda: self.now).settle(
                entry_id,
                article,
                [verdict],
                baseline=False,
                flood=flood,
                said=said,
                last_read=last_read,
            )
            self.store.entries.settle(entry_id, settled.article_id, None)
        return settled.told[0]

    def row(self, source: str, row: dict[str, Any], **more: Any) -> str:
        """An article of the stream, as if it came out now."""
        return self.publish(source, row["title"], row["text"], language=row["lang"], **more)

    def look(self) -> None:
        """The daemon's job."""
        Editor(self.config, self.store, lambda: self.now).look()

    def wait(self, span: timedelta, step: timedelta = timedelta(minutes=1)) -> None:
        """Let time pass, looking every so often."""
        end = self.now + span
        while self.now < end:
            self.now = min(self.now + step, end)
            self.look()

    def messages(self, channel: str = "hook") -> list[dict[str, Any]]:
        """What was queued on a channel of webhooks, in order."""
        found = self.store.db.conn.execute(
            "select body from messages where channel = ? order by id", [channel]
        )
        bodies = [json.loads(body) for (body,) in found]
        for body in bodies:
            alerts.DESCRIBED.validate(body)
        return bodies

    def times(self, channel: str = "hook") -> list[datetime]:
        """When."""
        return [datetime.fromisoformat(body["timestamp"]) for body in self.messages(channel)]


def hook(**changed: Any) -> Channel:
    return Channel(
        **{"name": "hook", "kind": "webhook", "url": "https://hook.example/x", **changed}
    )
