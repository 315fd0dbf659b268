"""The twelve headlines as mails: judged, settled and rendered by the real rooms, clock turned by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from monitor.identify.article import identify
from monitor.learn import profiles
from monitor.model import Channel, Config, Entry, Inbox, Page, PollSettings, Source, Story
from monitor.settle import Settler
from monitor.store.entries import Provenance
from monitor.store.store import Store
from monitor.story.facts import facts
from monitor.story.match import judge
from tests import blank

ROOT = Path(__file__).parents[1]
TWELVE = ROOT / "tests" / "data" / "story-stream" / "twelve.jsonl"
STORY = Story(
    name="north-korea-russia",
    title="North Korea's soldiers in Russia's war",
    seeds=ROOT / "seeds" / "north-korea-russia",
)


def rows(path: Path = TWELVE) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


SOURCE = Source(name="wire", url="https://wire.example/feed")


def configuration(channels: Sequence[Channel], inbox: Inbox | None = None) -> Config:
    """The shipped story, one source."""
    return Config(
        path=Path("sources.yaml"),
        contact=None,
        database=Path("monitor.db"),
        poll=PollSettings(),
        fold_window=timedelta(days=14),
        stories=(STORY,),
        channels=tuple(channels),
        sources=(SOURCE,),
        inbox=inbox,
    )


def settled(
    channels: Sequence[Channel], articles: Sequence[dict[str, Any]], inbox: Inbox | None = None
) -> Store:
    """A store in memory with what the articles, seen two minutes after they came out, led to."""
    source, config = SOURCE, configuration(channels, inbox)
    (profile,) = profiles(config).values()
    store = blank.in_memory()
    now = datetime.fromisoformat(articles[0]["published"])
    settler = Settler(config, store, lambda: now)
    with store.transaction():
        store.sources.declare(config.sources, now)
    for row in articles:
        published = datetime.fromisoformat(row["published"])
        now = published + timedelta(minutes=2)
        entry = Entry(url=row["url"], title=row["title"], published=published, language=row["lang"])
        page = Page(
            url=row["url"],
            title=row["title"],
            text=row["text"],
            language=row["lang"],
            site_name=row.get("outlet"),
        )
        article = identify(source, entry, page, now)
        match = judge(profile, title=article.title, text=article.text, language=article.language)
        said = {}
        if match.band != "off":
            said[STORY.name] = facts(
                profile, title=article.title, text=article.text, language=article.language
            )
        body = row["text"].encode()
        exchange = Provenance(
            url=row["url"],
            final_url=row["url"],
            fetched_at=now,
            status=200,
            headers=(),
            redirects=(),
            sha256=sha256(body).hexdigest(),
        )
        with store.transaction():
            entry_id = store.entries.add(
                source.name,
                row["id"],
                entry,
                now=now,
                baseline=False,
                headline_score=0.8,
                provenance=exchange,
                flood=None,
            )
            done = settler.settle(
                entry_id,
                article,
                [match],
                baseline=False,
                provenance=exchange,
                body=body,
                said=said,
            )
            store.entries.settle(entry_id, done.article_id, None)
    return store


def bodies(store: Store, channel: str) -> list[bytes]:
    """The messages of a channel, in the order in which they were queued."""
    found = store.db.execute("select body from messages where channel = ? order by id", [channel])
    return [bytes(body) for (body,) in found]
