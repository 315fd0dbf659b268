"""An article on its way into the store: fold, decide, write, inside one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alert.compose import compose
from monitor.alert.decide import EVERY_CHANNEL, decide
from monitor.fold.fold import fold, keys
from monitor.model import Alert, Article, Config, Fold, Known, Match
from monitor.store.entries import Provenance
from monitor.store.store import Store

# A mail server refuses for good what is too large, and the alert would be lost.
_SENTENCE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One article as it was recorded. `told` says for each match what became of it."""

    article: Article
    article_id: int
    fold: Fold
    matches: tuple[Match, ...]
    told: tuple[str, ...]


class Settler:
    """Writes articles with all that follows from them."""

    def __init__(self, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        """Use a store whose transactions the caller holds."""
        self._config = config
        self._store = store
        self._clock = clock
        self._stories = {story.name: story for story in config.stories}

    def settle(
        self,
        entry_id: int,
        article: Article,
        matches: Sequence[Match],
        *,
        baseline: bool,
        brief: bool = False,
        waited: bool = False,
        provenance: Provenance | None = None,
        body: bytes | None = None,
    ) -> Settled:
        """Record one article; call inside a transaction.

        `waited`: its page was waited for in vain, so what there is was judged.
        `brief` keeps a headline's verdict without its reasons. `body` are the bytes that
        were judged, None where `provenance` already names stored ones; both are kept
        for what matched.
        """
        now = self._clock()
        store = self._store
        matches = [_clipped(match) for match in matches]
        cheap = keys(article)
        candidates = store.articles.candidates(article, cheap, now - self._config.fold_window)
        verdict = fold(article, candidates)
        group = _group(verdict, candidates)
        if verdict.relation == "revision" and verdict.original is not None:
            article_id = verdict.original
            store.articles.revise(article_id, article, cheap, now)
        else:
            article_id = store.articles.add(article, replace(verdict, original=group), cheap)
        told = tuple(
            self._tell(
                article, article_id, group or article_id, match, baseline=baseline, waited=waited
            )
            for match in matches
        )
        for match, outcome in zip(matches, told, strict=True):
            store.articles.judged(entry_id, article_id, match, outcome, brief=brief, now=now)
        if provenance is not None and any(match.band != "off" for match in matches):
            if body is not None:
                store.evidence.keep_body(body)
            store.evidence.add(article_id, provenance)
        return Settled(
            article=article, article_id=article_id, fold=verdict, matches=tuple(matches), told=told
        )

    def _tell(
        self,
        article: Article,
        article_id: int,
        group: int,
        match: Match,
        *,
        baseline: bool,
        waited: bool,
    ) -> str:
        """Queue an alert where one is due; the deciding rule either way."""
        now = self._clock()
        story = self._stories[match.story]
        outbox = self._store.outbox
        decision = decide(
            story,
            article,
            match,
            channels=self._config.channels,
            told=outbox.told(story.name, group),
            baseline=baseline,
            waited=waited,
            now=now,
        )
        if baseline and match.band == "on":
            # Whoever sets the monitor up sees these in the listing: they count as told.
            outbox.tell(story.name, group, [EVERY_CHANNEL], None)
        if not decision.channels:
            return decision.rule
        alert = Alert(
            id=uuid.uuid4().hex[:16],
            story=story,
            article=article,
            match=match,
            created=now,
            caveats=decision.caveats,
            copies=self._store.articles.copies(group),
        )
        messages = [
            compose(alert, channel)
            for channel in self._config.channels
            if channel.name in decision.channels
        ]
        outbox.add(alert, article_id, messages, now)
        outbox.tell(story.name, group, decision.channels, alert.id)
        return decision.rule


def _clipped(match: Match) -> Match:
    """With sentences of readable length: a text without full stops is one of a megabyte."""
    return replace(
        match,
        reasons=tuple(
            replace(reason, sentence=f"{reason.sentence[: _SENTENCE - 1]}…")
            if reason.sentence and len(reason.sentence) > _SENTENCE
            else reason
            for reason in match.reasons
        ),
    )


def _group(verdict: Fold, candidates: Sequence[Known]) -> int | None:
    """The first article of the group that the fold names, None for a new one."""
    for known in candidates:
        if known.id == verdict.original:
            return known.original or known.id
    return verdict.original
