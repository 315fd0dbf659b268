"""A stream of articles judged against an empty store, for `inspect match`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from monitor.fold.fold import fold, keys
from monitor.identify.article import identify
from monitor.identify.plain import plain
from monitor.model import Article, Band, Entry, Fold, Known, Match, Page, Source
from monitor.story.background import Sighting, marks, sighted
from monitor.story.developments import Relation, place
from monitor.story.facts import facts
from monitor.story.grouping import Development
from monitor.story.match import judge
from monitor.story.profile import Profile
from monitor.text.wrapped import unwrapped

_MOST = 60
# As the daemon cuts what it reads: the judges take seconds for a megabyte.
_TITLE = 1_000
_TEXT = 200_000
# The content of a feed, as it stands there.
_MARKUP = re.compile(r"</?(?:p|br|div|li|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE)
# Far from both ends of what a datetime holds, for a window is taken from it.
_UNDATED = datetime.fromtimestamp(0, UTC)
_YEARS = range(1900, 2200)


class Stream:
    """Remembers what came before within the window, as the store would."""

    def __init__(self, profile: Profile, window: timedelta) -> None:
        """Start empty; `now` is the latest `published` so far."""
        self._profile = profile
        self._window = window
        self._now = _UNDATED
        self._known: list[Known] = []
        self._developments: dict[int, Development] = {}
        self._joined: dict[int, int] = {}  # an article's development
        self._ids: list[Any] = []
        self.sure = True  # of the last article's place
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._addresses: dict[str, int] = {}
        self._sightings: dict[int, tuple[Sighting, ...]] = {}
        self._background: set[int] = set()

    def judge(self, case: dict[str, Any]) -> dict[str, Any]:
        """The answer to one case. ValueError where a field has a wrong type."""
        article = self._article(case)
        match = judge(
            self._profile,
            title=article.title,
            text=article.text,
            language=article.language,
            background=self._background,
        )
        cheap = keys(article)
        candidates = self._candidates(article, cheap)
        verdict = fold(article, candidates)
        original: int | None = verdict.original
        group = original
        if original is not None:
            group = self._known[original].original
            group = original if group is None else group
        position = len(self._known)
        self._remember(case.get("id"), article, cheap, group)
        related = self._relate(article, position, match.band, verdict)
        joined = self._joined.get(position)
        if verdict.relation == "new":
            original = related.of
            self._learn(match, position if joined is None else joined)
        return {
            "score": round(match.score, 4),
            "threshold": match.threshold,
            "band": match.band,
            "reasons": [
                {
                    "kind": r.kind,
                    "text": r.text,
                    "weight": round(r.weight, 3),
                    "sentence": r.sentence,
                }
                for r in match.reasons
            ],
            "relation": related.relation if verdict.relation == "new" else verdict.relation,
            "original": None if original is None else self._ids[original],
            "development": None if joined is None else self._ids[joined],
            "new_facts": list(related.new_facts),
        }

    def _relate(self, article: Article, position: int, band: Band, verdict: Fold) -> Relation:
        """Join or open a development; a copy or revision joins its original's."""
        if band == "off":
            return Relation("new")
        own = facts(
            self._profile,
            title=article.title,
            text=article.text,
            language=article.language,
            background=self._background,
        )
        original = -1 if verdict.original is None else verdict.original
        folded_into = self._joined.get(original)
        placed = place(
            position,
            own,
            tuple(self._developments.values()),
            self._now,
            closes_after=self._profile.story.closes_after,
            sure=band == "on",
            said=article.published,
            folded=None if folded_into is None else (self._developments[folded_into], original),
            revised=verdict.relation == "revision",
            edited=verdict.edited,
            differs=(self._joined[verdict.near], verdict.differs)
            if verdict.near in self._joined
            else None,
        )
        self.sure = placed.relation.sure
        if placed.development is not None:
            self._joined[position] = placed.development.id
            self._developments[placed.development.id] = placed.development
        return placed.relation

    def _learn(self, match: Match, event: int) -> None:
        """Note the sentences that speak of the story, as the store does."""
        for mark in chain(*map(marks, match.stood)):
            found = sighted(self._sightings.get(mark, ()), event, self._now.toordinal())
            if found is not None:
                self._sightings[mark], known = found
                if known:
                    self._background.add(mark)

    def _article(self, case: dict[str, Any]) -> Article:
        for key in ("url", "title", "text", "lang", "published"):
            if not isinstance(case.get(key), str | None):
                raise ValueError(f"{key} is not a string")  # noqa: TRY004 - one kind for a bad case
        published = _moment(case.get("published"))
        if published is not None:
            self._advance(published)
        language = case.get("lang")
        entry = Entry(
            url=case.get("url"),
            guid=None if case.get("url") else f"case {len(self._known)}",
            title=(case.get("title") or "")[:_TITLE],
            published=published,
            language=language,
        )
        text = (case.get("text") or "")[:_TEXT]
        text = plain(text) if _MARKUP.search(text) else unwrapped(text)
        page = Page(url=case.get("url"), text=text) if text else None
        source = Source(name="inspect", url="", language=language)
        return identify(source, entry, page, self._now)

    def _advance(self, published: datetime) -> None:
        if self._now == _UNDATED:
            # What came before the first date is no older than it.
            self._known = [replace(one, first_seen=published) for one in self._known]
            self._now = published
        self._now = max(self._now, published)

    def _candidates(self, article: Article, cheap: tuple[str, ...]) -> list[Known]:
        same = [self._addresses[a] for a in article.addresses if a in self._addresses]
        votes: dict[int, int] = defaultdict(int)
        for key in cheap:
            for position in self._keys[key]:
                votes[position] += 1
        proposed = sorted(votes, key=lambda position: (-votes[position], position))
        since = self._now - self._window
        recent = [p for p in proposed if p not in same and self._known[p].first_seen >= since]
        return [self._known[p] for p in (*dict.fromkeys(same), *recent)][:_MOST]

    def _remember(
        self, case_id: object, article: Article, cheap: tuple[str, ...], group: int | None
    ) -> None:
        position = len(self._known)
        self._ids.append(case_id)
        self._known.append(
            Known(
                id=position,
                url=article.url,
                addresses=article.addresses,
                title=article.title,
                text=article.text,
                language=article.language,
                first_seen=article.first_seen,
                fingerprint=article.fingerprint,
                original=group,
            )
        )
        for key in cheap:
            self._keys[key].append(position)
        for address in article.addresses:
            self._addresses.setdefault(address, position)


def _moment(written: str | None) -> datetime | None:
    if not written:
        return None
    try:
        # RFC 3339 allows small letters, fromisoformat no small z.
        moment = datetime.fromisoformat(written.upper())
    except ValueError:
        raise ValueError(f"published is no RFC 3339 time: {written[:80]!r}") from None
    if moment.year not in _YEARS:
        raise ValueError(f"published is out of range: {written[:80]!r}")
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
