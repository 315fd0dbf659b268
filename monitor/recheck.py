"""One look at an article that was told: order only, no judgement.

    due | fetch page | the same bytes? | read both | drop standing blocks | judge | record

What it said before is read anew from the bytes that were kept, by the same reader: so two
readings differ by what the site has changed, and not by how they were read.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.aftermath import TOGETHER, Aftermath, print_of
from monitor.errors import FetchError, ParseError
from monitor.fold.fold import keys
from monitor.identify.article import identify
from monitor.model import Article, Change, Entry, Fetched, Page, Sequel, Source, Telling
from monitor.parse import read_article
from monitor.parse.standing import traces, without_standing
from monitor.parts import Parts
from monitor.schedule import confirm, next_step
from monitor.store.entries import Provenance, provenance
from monitor.store.looks import Look
from monitor.store.rows import moment
from monitor.story.changed import changed

# No article is longer; see `read`.
_TEXT = 200_000
_OFFLINE = timedelta(minutes=10)
_HOUR = timedelta(hours=1)
# Others of a site that are looked at with one that seems shrunk or gone: do they, too?
_WITNESSES = 2
_ABSENT = frozenset({"not-found", "gone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What stands at an article's address now, beside what stood there."""

    came_by: Provenance
    body: bytes
    page: Page | None  # None: the very bytes that are known
    before: Page | None  # None: nothing that was read from its page is kept


class Rechecker:
    """Looks again over a shared store, client and set of workers."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared; nothing is opened or closed here."""
        self._span = parts.config.recheck
        self._sources = {source.name: source for source in parts.config.sources}
        self._profiles = parts.profiles
        self._store = parts.store
        self._client = parts.client
        self._workers = parts.workers
        self._clock = parts.clock
        self._aftermath = Aftermath(parts.config, parts.store, parts.clock)

    def plan(self) -> list[Sequel]:
        """Plan looks at what was told lately, and tell what labels took back.

        Raises StoreError only.
        """
        if self._aftermath.untracked():
            with self._store.transaction():
                self._aftermath.track()
        if not self._aftermath.taken_back():
            return []
        with self._store.transaction():
            return self._aftermath.withdraw()

    def due(self, limit: int) -> list[tuple[int, str]]:
        """Articles to look at now, and their sites; none while our own network is down."""
        if self._span is None or any(each.state == "offline" for each in self._store.health.open()):
            return []
        return self._store.looks.due(self._clock(), limit)

    async def look(self, article_id: int) -> str:
        """Look at one article; what came of it, empty where there was nothing to look at.

        Raises StoreError only.
        """
        look = self._store.looks.load(article_id)
        row = self._store.articles.find(str(article_id))
        if look is None or row is None:
            return ""
        source = self._sources.get(row["source"]) or Source(name=row["source"], url=row["link"])
        known = self._store.aftermath.page(article_id)
        try:
            seen = await self._seen(source, known["url"] if known else row["link"], known)
        except (FetchError, ParseError) as error:
            return self._failed(look, row, error)
        if seen.page is None or seen.before is None:
            return self._unchanged(look, seen)
        home = look.site
        before = self._telling(seen.before, home, row["url"])
        after = self._telling(seen.page, home, row["url"])
        told = self._store.aftermath.told(article_id)
        profile = next((self._profiles[one.story] for one in told if one.story in self._profiles), None)  # fmt: skip
        if profile is None:
            return self._unchanged(look, seen)
        change = await asyncio.to_thread(changed, profile, before, after)
        if change.kind in {"unchanged", "unreadable"}:
            return self._unchanged(look, seen, change.kind)
        title = after.title if change.headline else row["title"]
        entry = Entry(url=seen.came_by.url, title=title, language=row["language"])
        article = identify(source, entry, replace(seen.page, text=after.text), self._clock())
        return self._changed(look, row, change, article, seen, known)

    async def _seen(self, source: Source, url: str, known: dict[str, Any] | None) -> _Seen:
        answer = await self._client.get(
            url, headers=source.headers, private=source.private, page=True
        )
        assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
        digest = hashlib.sha256(answer.body).hexdigest()
        came_by = provenance(answer, digest)
        if known is not None and known["sha256"] == digest:
            return _Seen(came_by=came_by, body=answer.body, page=None, before=None)
        page = await self._workers.run(read_article, source, answer)
        return _Seen(
            came_by=came_by,
            body=answer.body,
            page=page,
            before=await self._before(source, known) if known else None,
        )

    async def _before(self, source: Source, known: dict[str, Any]) -> Page | None:
        body = self._store.evidence.body(known["sha256"])
        if body is None:
            return None
        headers = tuple((name, value) for name, value in json.loads(known["headers"]))
        kind = next((value for name, value in headers if name.lower() == "content-type"), None)
        answer = Fetched(
            url=known["url"],
            final_url=known["final_url"],
            status=known["status"],
            headers=headers,
            body=body,
            content_type=kind,
            fetched_at=moment(known["fetched_at"]),
        )
        try:
            return await self._workers.run(read_article, source, answer)
        except ParseError:
            return None

    def _telling(self, page: Page, home: str, address: str) -> Telling:
        text = page.text[:_TEXT]
        if traces(text):
            text = without_standing(text, self._store.traces.load(home, address))
        return Telling(title=" ".join((page.title or "").split()), text=text)

    # ---- what came of it

    def _next(self, look: Look, now: datetime) -> datetime | None:
        return None if self._span is None else next_step(look.told_at, now, self._span)

    def _unchanged(self, look: Look, seen: _Seen, outcome: str = "unchanged") -> str:
        now = self._clock()
        with self._store.transaction():
            if seen.page is not None and seen.before is None and seen.page.text:
                # The first reading of its page: later ones are compared with it.
                self._store.evidence.keep_body(seen.body)
                self._store.evidence.add(look.article_id, seen.came_by)
                outcome = "first reading"
            self._store.looks.looked(look.article_id, outcome, self._next(look, now), now)
        return outcome

    def _failed(self, look: Look, row: dict[str, Any], error: FetchError | ParseError) -> str:
        now, failure = self._clock(), error.failure
        if failure == "offline":
            with self._store.transaction():
                self._store.looks.postpone(look.article_id, now + _OFFLINE)
            return failure
        if isinstance(error, FetchError) and failure in _ABSENT:
            return self._absent(look, row, failure)
        with self._store.transaction():
            # A wall, a fault of the site, a page that nobody can read: no change of the article.
            self._store.looks.looked(
                look.article_id,
                failure,
                self._next(look, now),
                now,
                suspect=look.suspect,
                since=look.since,
                times=look.times,
            )
        return failure

    def _absent(self, look: Look, row: dict[str, Any], failure: str) -> str:
        now = self._clock()
        look = self._suspected(look, "gone", now)
        again = confirm("gone", look.since or now, look.times, now)
        with self._store.transaction():
            if again is not None:
                self._suspect(look, failure, again, now)
                return "seems gone"
            change = Change(kind="gone", went=(row["title"],))
            told = self._tell(look, row, change, "gone")
            self._store.looks.looked(look.article_id, "gone", None, now)
        return f"gone: {told}"

    def _changed(
        self,
        look: Look,
        row: dict[str, Any],
        change: Change,
        article: Article,
        seen: _Seen,
        known: dict[str, Any] | None,
    ) -> str:
        now = self._clock()
        shrunk = change.kind == "shrunk"
        if shrunk:
            look = self._suspected(look, "shrunk", now)
        again = confirm("shrunk", look.since or now, look.times, now) if shrunk else None
        looks = self._store.looks
        with self._store.transaction():
            if self._store.aftermath.page(look.article_id) != known:
                # A poll has read it meanwhile.
                looks.postpone(look.article_id, now)
                return "read meanwhile"
            if again is not None:
                self._suspect(look, "shrunk", again, now)
                return "seems shrunk"
            told = self._tell(look, row, change, print_of(article))
            self._store.articles.revise(look.article_id, article, keys(article), now)
            self._store.evidence.keep_body(seen.body)
            self._store.evidence.add(look.article_id, seen.came_by)
            looks.looked(look.article_id, change.kind, self._next(look, now), now)
        return f"{change.kind}: {told}"

    def _suspected(self, look: Look, suspect: str, now: datetime) -> Look:
        if look.suspect == suspect:
            return replace(look, times=look.times + 1)
        return replace(look, suspect=suspect, since=now, times=1)

    def _suspect(self, look: Look, outcome: str, again: datetime, now: datetime) -> None:
        """It is looked at again before anything is told, and others of its site with it."""
        looks = self._store.looks
        looks.looked(
            look.article_id,
            outcome,
            again,
            now,
            suspect=look.suspect,
            since=look.since,
            times=look.times,
        )
        if look.times == 1:
            looks.call(looks.neighbours(look, now - _HOUR, _WITNESSES), now)

    def _tell(self, look: Look, row: dict[str, Any], change: Change, print_: str) -> str:
        if change.kind in {"shrunk", "gone"}:
            since = (look.since or self._clock()) - TOGETHER
            if fellows := self._store.looks.fellows(look, since):
                return self._aftermath.together(look, row, change, print_, fellows)
        return self._aftermath.changed(
            look.article_id, change, print_, seen_by="look", since=look.since
        )
