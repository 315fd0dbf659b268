"""A desk whose store is filled article by article, by the real settler, clock in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.identify.article import identify
from monitor.model import Channel, Config, Entry, Page, PollSettings, Source
from monitor.searching import fill
from monitor.settle import Settled, Settler
from monitor.store.store import Store
from monitor.story.facts import facts
from monitor.story.match import judge
from monitor.story.profile import Profile
from tests import blank
from tests.labelled import learnt, stream

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(name="gazette", url="https://gazette.example/feed")


@cache
def _begun(rows: int) -> tuple[bytes, datetime]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "monitor.db"
        desk = Desk(blank.at(path))
        with desk.store.transaction():
            desk.store.sources.declare(desk.config.sources, desk.now)
        desk.tell_all(stream()[:rows])
        while fill(desk.store):
            pass
        desk.store.db.conn.execute("pragma wal_checkpoint(truncate)")
        desk.store.close()
        return path.read_bytes(), desk.now


def begun(folder: Path, rows: int = 40) -> Desk:
    """A desk over `monitor.db` in a folder, with the first rows of the development stream.

    They are told once, and each desk has a copy: it may be changed.
    """
    body, now = _begun(rows)
    path = folder / "monitor.db"
    path.write_bytes(body)
    desk = Desk(Store.open(path))
    desk.config = replace(desk.config, database=path, path=folder / "sources.yaml")
    desk.now, desk._count = now, rows
    return desk


class Desk:
    """A store, a settler and a profile; `tell` stores one article as a poll would."""

    def __init__(self, store: Store | None = None, profile: Profile | None = None) -> None:
        self.now = START
        self.store = store or blank.in_memory()
        self.profile = profile or learnt()
        self.config = Config(
            path=Path("sources.yaml"),
            contact=None,
            database=Path("monitor.db"),
            poll=PollSettings(),
            fold_window=timedelta(days=14),
            stories=(self.profile.story,),
            channels=(Channel(name="hook", kind="webhook", url="https://hook.example/x"),),
            sources=(SOURCE,),
        )
        self.settler = Settler(self.config, self.store, lambda: self.now)
        self._count = 0

    def tell(
        self,
        title: str,
        text: str = "",
        *,
        language: str | None = "ar",
        url: str | None = None,
        published: datetime | None = None,
        minutes: float = 10,
        baseline: bool = False,
        last_read: datetime | None = None,
    ) -> Settled:
        """Store an article `minutes` after the one before."""
        self._count += 1
        self.now = max(self.now + timedelta(minutes=minutes), published or self.now)
        address = url or f"https://gazette.example/{self._count}"
        entry = Entry(url=address, title=title, language=language, published=published or self.now)
        article = identify(SOURCE, entry, Page(url=address, text=text) if text else None, self.now)
        background = self.store.background.known(self.profile.story.name)
        given = {"title": article.title, "text": article.text, "language": language}
        match = judge(self.profile, **given, background=background)
        said = {}
        if match.band != "off":
            own = facts(self.profile, **given, background=background)
            said[match.story] = own
        with self.store.transaction():
            entry_id = self.store.entries.add(
                SOURCE.name, f"{address} {self._count}", entry, now=self.now, baseline=baseline,
                headline_score=0.0, provenance=None,
            )  # fmt: skip
            settled = self.settler.settle(
                entry_id, article, [match], baseline=baseline, said=said, last_read=last_read
            )
            self.store.entries.settle(entry_id, settled.article_id, None)
        return settled

    def tell_all(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
        """Rows of a stream in their order, at their own dates; by article."""
        found = {}
        for row in rows:
            published = datetime.fromisoformat(row["published"])
            if self._count == 0:
                self.now = published
            settled = self.tell(
                row["title"], row["text"], language=row["lang"], url=row["url"],
                published=published, minutes=0,
            )  # fmt: skip
            found[settled.article_id] = row
        return found

    @property
    def alerts(self) -> list[int]:
        """The articles that alerts were queued for, in order."""
        rows = self.store.db.conn.execute("select article_id from alerts order by rowid")
        return [article for (article,) in rows]

    def home(self, article: int) -> int | None:
        """The development of an article."""
        return self.store.desk.home(self.profile.story.name, article)
