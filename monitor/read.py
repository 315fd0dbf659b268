"""One pending entry, from its address to a recorded article: order only.

    pending | fetch page ∥ | read page | drop standing blocks | identify | judge | settle

A page that cannot be read yet is postponed; when patience is over, what there is
gets judged, and an alert from a headline alone says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from monitor.aftermath import Aftermath
from monitor.errors import Failure, FetchError, ParseError
from monitor.identify.address import site
from monitor.identify.article import embedded, identify
from monitor.identify.wrappers import is_wrapper
from monitor.model import Article, Fetched, Match, Page, Source
from monitor.parse import read_article, read_page
from monitor.parse.standing import traces, without_standing
from monitor.parts import Parts
from monitor.schedule import next_look
from monitor.settle import Settled, Settler
from monitor.sift import TITLE
from monitor.store.entries import Pending, Provenance, provenance
from monitor.store.rows import SLACK
from monitor.story.facts import Facts, facts
from monitor.story.match import judge

# A feed that carries the whole text spares the site a request. In characters of
# HTML: what is shorter is as likely a teaser as a short article.
_WHOLE_TEXT = 1_500
# Looks that a page gets however old its entry is: it may have waited for a machine that
# was asleep, or in a long line, and one failed look says little.
_FEWEST_LOOKS = 3
# No article is longer: the judges read about a megabyte a second, and the loop waits.
_TEXT = 200_000
_SOON = timedelta(seconds=30)
_OFFLINE = timedelta(minutes=1)
# And no more than fit into its patience, however often it is queued anew meanwhile.
_LOOKS = 5
_APART = timedelta(minutes=4)


class Reader:
    """Settles pending entries over a shared store, client and set of workers."""

    def __init__(self, parts: Parts) -> None:
        """Take what is shared; nothing is opened or closed here."""
        self._patience = parts.config.poll.patience
        self._sources = {source.name: source for source in parts.config.sources}
        self._profiles = parts.profiles
        self._store = parts.store
        self._client = parts.client
        self._workers = parts.workers
        self._clock = parts.clock
        self._settler = Settler(parts.config, parts.store, parts.clock)
        self._aftermath = Aftermath(parts.config, parts.store, parts.clock)

    async def read(self, entry_id: int) -> tuple[Settled, ...]:
        """Settle a pending entry; empty when it is postponed or settled by another.

        Raises StoreError only.
        """
        pending = self._store.entries.load(entry_id)
        if pending is None:
            return ()
        # A source removed from sources.yaml leaves its name: what was seen is judged all the same.
        source = self._sources.get(pending.source) or Source(name=pending.source, url="")
        failure: Failure | None = None
        page: Page | None = None
        came_by, body = pending.provenance, None
        try:
            page, came_by, body = await self._page(source, pending)
            page = _clipped(page)
        except (FetchError, ParseError) as error:
            failure = error.failure
            if failure == "offline":
                # Our own network is down: no page was looked at.
                with self._store.transaction():
                    self._store.entries.postpone(
                        pending.id, self._clock() + _OFFLINE, str(error), looked=False
                    )
                return ()
            at = self._next_look(pending)
            # A rule that forbids will not change while we wait; a robots.txt that could
            # not be read (it says when it is asked for again) may.
            forbidden = (
                isinstance(error, FetchError) and failure == "robots" and error.retry_after is None
            )
            if at is not None and not forbidden:
                with self._store.transaction():
                    self._store.entries.postpone(pending.id, at, str(error))
                return ()
        article = identify(source, pending.entry, page, pending.first_seen)
        stood = traces(page.text) if page and source.kind != "telegram" else ()
        home = _site(article)
        if page is not None and stood:
            text = without_standing(page.text, self._store.traces.load(home, article.url))
            if text != page.text:
                page = replace(page, text=text)
                article = identify(source, pending.entry, page, pending.first_seen)
        articles = [article]
        if page is not None:
            articles += [embedded(article, piece, n) for n, piece in enumerate(page.pieces, 2)]
        judged = [(each, *self._judge(each)) for each in articles]
        began = self._clock()
        with self._store.transaction():
            if not self._store.entries.is_pending(pending.id):
                return ()
            settled = tuple(
                self._settler.settle(
                    pending.id,
                    each,
                    matches,
                    baseline=pending.baseline,
                    waited=failure is not None,
                    flood=pending.flood,
                    last_read=pending.last_read,
                    provenance=came_by,
                    body=body,
                    said=said,
                )
                for each, matches, said in judged
            )
            self._revised(settled[0], came_by, body, began)
            self._store.entries.settle(pending.id, settled[0].article_id, failure)
            if stood:
                self._store.traces.keep(home, article.url, stood, self._clock())
        return settled

    def _revised(
        self, settled: Settled, came_by: Provenance, body: bytes | None, began: datetime
    ) -> None:
        """Tell whoever was told of an article that it says something else now."""
        before, article = settled.before, settled.article
        if before is None or article.kind != "full":
            return
        for story in self._aftermath.stories(settled.article_id):
            if story in self._profiles:
                profile = self._profiles[story]
                self._aftermath.revised(
                    settled.article_id, profile, before, article, came_by, body, since=began
                )
                return

    def _next_look(self, pending: Pending) -> datetime | None:
        now, since = self._clock(), pending.provenance.fetched_at
        if pending.tries >= _LOOKS + self._patience // _APART:
            return None
        enough = pending.tries + 1 >= _FEWEST_LOOKS
        if since > now + SLACK:
            # The clock was wrong then, so patience is counted in looks.
            return None if enough else now + _SOON
        at = next_look(now, since, pending.tries, self._patience)
        return now + _SOON if at is None and not enough else at

    async def _page(
        self, source: Source, pending: Pending
    ) -> tuple[Page | None, Provenance, bytes | None]:
        """The article's text and the exchange it came by; no bytes where they were the feed's."""
        entry = pending.entry
        # A channel's message is all there is of it.
        whole = source.kind == "telegram" or len(entry.content or "") >= _WHOLE_TEXT
        if entry.content and whole:
            page = await self._workers.run(
                partial(
                    read_page,
                    url=entry.url,
                    content_type="text/html; charset=utf-8",
                    language=entry.language or source.language,
                    timezone=source.timezone,
                ),
                entry.content.encode(),
            )
            # A fragment states no headline of its own: the entry's is the article's.
            return replace(page, title=None), pending.provenance, None
        if entry.url is None or is_wrapper(entry.url):
            return None, pending.provenance, None
        answer = await self._client.get(
            entry.url, headers=source.headers, private=source.private, page=True
        )
        assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
        page = await self._workers.run(read_article, source, answer)
        return page, provenance(answer, hashlib.sha256(answer.body).hexdigest()), answer.body

    def _judge(self, article: Article) -> tuple[list[Match], dict[str, Facts]]:
        """A verdict for each story, and what the article says to those that it may be on."""
        title, text, language = article.title, article.text, article.language
        background = {name: self._store.background.known(name) for name in self._profiles}
        matches = [
            judge(profile, title=title, text=text, language=language, background=background[name])
            for name, profile in self._profiles.items()
        ]
        said = {
            match.story: facts(
                self._profiles[match.story],
                title=title,
                text=text,
                language=language,
                background=background[match.story],
            )
            for match in matches
            if match.band != "off"
        }
        return matches, said


def _site(article: Article) -> str:
    """Whose stock lines its page may have; an entry without an address has its source's."""
    return site(article.link) or f"source:{article.source}"


def _clipped(page: Page | None) -> Page | None:
    if page is None:
        return None
    pieces = tuple(
        replace(piece, text=piece.text[:_TEXT], title=_headline(piece.title))
        for piece in page.pieces
    )
    return replace(page, text=page.text[:_TEXT], title=_headline(page.title), pieces=pieces)


def _headline(title: str | None) -> str | None:
    """None for what is none: an element that is never closed, so that it holds the whole page."""
    return title if title is None or len(title) <= TITLE else None
