"""An article on its way into the store: fold, decide, write, inside one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Literal

from monitor.alert.compose import compose
from monitor.alert.decide import EVERY_CHANNEL, decide
from monitor.fold.fold import fold, keys, likest
from monitor.fold.group import group_of
from monitor.fold.lineage import credit_of, lineage
from monitor.inbox import links
from monitor.model import Alert, Article, Config, Event, Fold, Known, Match
from monitor.placing import Place, Placer, short
from monitor.store.developments import Membership
from monitor.store.entries import Provenance
from monitor.store.store import Store
from monitor.story.background import marks, sighted
from monitor.story.facts import Facts
from monitor.timing import Timing, outcome_of
from monitor.uncompared import catch_up

_NOTHING: Mapping[str, Facts] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One article as it was recorded. `told` says for each match what became of it.

    `before` is what a revision said until now.
    """

    article: Article
    article_id: int
    fold: Fold
    matches: tuple[Match, ...]
    told: tuple[str, ...]
    before: Known | None = None


class Settler:
    """Writes articles with all that follows from them."""

    def __init__(self, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        """Use a store whose transactions the caller holds."""
        self._config = config
        self._store = store
        self._clock = clock
        self._timing = Timing(config, store)
        self._stories = {story.name: story for story in config.stories}
        self._placer = Placer(self._stories, store, clock)
        self._inbox = links(config)
        self._page = config.web.url if config.web and config.web.page else None

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
        flood: int | None = None,
        last_read: datetime | None = None,
        said: Mapping[str, Facts] = _NOTHING,
    ) -> Settled:
        """Record one article; call inside a transaction.

        `said` are its facts by story, for those that it is *on* or *maybe*.

        `waited`: its page was waited for in vain, so what there is was judged.
        `brief` keeps a headline's verdict without its reasons. `body` are the bytes that
        were judged, None where `provenance` already names stored ones; both are kept
        for what matched. In a `flood` an alert that is due is held for its summary.
        `last_read` is when its source was read before the reading that showed it.
        """
        now = self._clock()
        store = self._store
        matches = [_clipped(match) for match in matches]
        cheap = keys(article)
        since = now - self._config.fold_window
        catch_up(store, article, self._config.fold_window)
        candidates = store.articles.candidates(article, cheap, since, likest)
        verdict = fold(article, candidates)
        group = group_of(verdict, candidates)
        if verdict.relation == "revision" and verdict.original is not None:
            article_id = verdict.original
            store.articles.revise(article_id, article, cheap, now)
            if article.kind != "full":
                # A headline alone says little of what the page says now.
                store.looks.call([article_id], now)
        else:
            article_id = store.articles.add(article, replace(verdict, original=group), cheap)
        if verdict.original is not None or any(match.band != "off" for match in matches):
            # Of what is off and no copy nobody asks for it, and looking takes long.
            store.lineage.note(article_id, credit_of(article))
        places = [
            self._placer.find(article, article_id, verdict, match, said.get(match.story))
            for match in matches
        ]
        if verdict.relation == "new":
            for match, found in zip(matches, places, strict=True):
                if not match.stood:
                    continue
                event = found.membership.development if found else article_id
                store.background.note(
                    match.story, chain(*map(marks, match.stood)), event, now, sighted
                )
        told = tuple(
            self._tell(
                article,
                article_id,
                group or article_id,
                match,
                found,
                baseline=baseline,
                waited=waited,
                flood=flood,
                last_read=last_read,
                evidence=provenance.sha256 if provenance else None,
            )
            for match, found in zip(matches, places, strict=True)
        )
        for match, outcome in zip(matches, told, strict=True):
            store.articles.judged(entry_id, article_id, match, outcome, brief=brief, now=now)
        if provenance is not None and any(match.band != "off" for match in matches):
            if body is not None:
                store.evidence.keep_body(body)
            store.evidence.add(article_id, provenance)
        return Settled(
            article=article,
            article_id=article_id,
            fold=verdict,
            matches=tuple(matches),
            told=told,
            before=next((each for each in candidates if each.id == article_id), None),
        )

    def _tell(
        self,
        article: Article,
        article_id: int,
        group: int,
        match: Match,
        place: Place | None,
        *,
        baseline: bool,
        waited: bool,
        flood: int | None,
        last_read: datetime | None,
        evidence: str | None,
    ) -> str:
        """Queue or hold an alert where one is due; the deciding rule either way.

        A development is told once a channel, and so is a group of copies: one whose first
        article was off has none, and its later copies may.
        """
        now = self._clock()
        story = self._stories[match.story]
        outbox = self._store.outbox
        membership = place.membership if place else None
        event = membership.development if membership else group
        known = outbox.told(story.name, event) | outbox.told(story.name, group)
        decision = decide(
            story,
            article,
            match,
            channels=self._config.channels,
            told=known,
            relation=membership.relation if membership else "copy",
            doubtful=place is not None and not place.sure,
            muted=membership is not None and self._store.desk.muted(story.name, event),
            baseline=baseline,
            waited=waited,
            # Copies of what is older are known no more.
            missed=last_read and max(last_read, now - self._config.fold_window),
            now=now,
        )
        # Whoever sets the monitor up sees these in the listing: they count as told. A
        # source that comes later must not silence what others are about to report.
        first = baseline and not self._store.articles.followed(story.name)
        if place is not None:
            self._placer.join(place, decision, known=first)
        if first and match.band == "on":
            outbox.tell(story.name, event, [EVERY_CHANNEL], None)
        if not decision.channels:
            return decision.rule
        kind: Literal["new", "update"] = "update" if decision.again else "new"
        timed = self._timing.hold(
            article,
            article_id,
            story.name,
            event,
            decision.channels,
            kind=kind,
            told=known,
            score=match.score,
            flood=flood,
            last_read=last_read,
            now=now,
        )
        waits = timed.holds
        outcome = outcome_of(waits, decision.rule, decision.channels)
        at_once = [name for name in decision.channels if name not in waits]
        if not at_once:
            return outcome
        table = self._store.developments
        own = place.own if place else None
        alert = Alert(
            id=uuid.uuid4().hex[:16],
            story=story,
            article=article,
            match=match,
            created=now,
            kind=kind,
            event=self._event(place, membership) if place and membership else None,
            caveats=(*decision.caveats, *timed.caveats),
            copies=self._store.articles.copies(group),
            lineage=lineage(self._store.lineage.around(story.name, event, group), article_id),
            article_id=article_id,
            gist=own.gist if own else (),
            counts=own.sentences[0].figures if own and own.sentences else (),
            evidence=evidence,
            threads=table.threads(story.name, event),
        )
        messages = [
            compose(alert, channel, self._inbox, self._page)
            for channel in self._config.channels
            if channel.name in at_once
        ]
        outbox.add(alert, article_id, messages, now)
        for name in at_once:
            self._store.held.told(name, [(story.name, event)], alert.id)
        return outcome

    def _event(self, place: Place, membership: Membership) -> Event:
        """The development as an alert tells it, under the name that a hand gave it."""
        store, story, number = self._store, membership.story, membership.development
        event = store.developments.event(story, number, membership.new_facts, place.added)
        return replace(event, headline=store.desk.title(story, number) or event.headline)


def _clipped(match: Match) -> Match:
    """With sentences of readable length."""
    if not match.reasons:
        return match
    return replace(
        match,
        reasons=tuple(
            replace(reason, sentence=reason.sentence and short(reason.sentence))
            for reason in match.reasons
        ),
    )
