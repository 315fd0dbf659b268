"""A stream of articles judged against an empty store, for `inspect match`."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.fold.fold import fold, keys
from monitor.identify.article import identify
from monitor.model import Article, Entry, Known, Page, Source
from monitor.story.match import judge
from monitor.story.profile import Profile

_MOST = 60


class Stream:
    """Remembers what came before within the window, as the store would."""

    def __init__(self, profile: Profile, window: timedelta) -> None:
        """Start empty; `now` is the latest `published` so far."""
        self._profile = profile
        self._window = window
        self._now = datetime.min.replace(tzinfo=UTC)
        self._known: list[Known] = []
        self._bands: dict[int, str] = {}
        self._ids: list[Any] = []
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._addresses: dict[str, int] = {}

    def judge(self, case: dict[str, Any]) -> dict[str, Any]:
        """The answer to one case. ValueError where a field has a wrong type."""
        article = self._article(case)
        match = judge(
            self._profile, title=article.title, text=article.text, language=article.language
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
        # The thinnest development: a text and its copies.
        root = position if group is None else group
        if match.band == "on":
            self._bands[root] = "on"
        grouped = match.band == "on" or (match.band == "maybe" and self._bands.get(root) == "on")
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
            "relation": verdict.relation,
            "original": None if original is None else self._ids[original],
            "development": self._ids[root] if grouped else None,
            "new_facts": [],
        }

    def _article(self, case: dict[str, Any]) -> Article:
        for key in ("url", "title", "text", "lang", "published"):
            if not isinstance(case.get(key), str | None):
                raise ValueError(f"{key} is not a string")  # noqa: TRY004 - one kind for a bad case
        published = None
        if case.get("published"):
            published = datetime.fromisoformat(case["published"])
            published = published.replace(tzinfo=published.tzinfo or UTC).astimezone(UTC)
            self._now = max(self._now, published)
        language = case.get("lang")
        entry = Entry(
            url=case.get("url"),
            guid=None if case.get("url") else f"case {len(self._known)}",
            title=case.get("title") or "",
            published=published,
            language=language,
        )
        page = Page(url=case.get("url"), text=case["text"]) if case.get("text") else None
        source = Source(name="inspect", url="", language=language)
        return identify(source, entry, page, self._now)

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
