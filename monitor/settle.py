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
from monitor.alert.decide import EVERY_CHANNEL, KNOWN, MUTED, TOLD, Decision, decide
from monitor.fold.fold import fold, keys, likest
from monitor.fold.group import group_of
from monitor.fold.lineage import credit_of, lineage
from monitor.inbox import links
from monitor.model import Added, Alert, Article, Config, Event, Fold, Known, Match
from monitor.store.developments import Membership
from monitor.store.entries import Provenance
from monitor.store.store import Store
from monitor.story.added import added
from monitor.story.background import marks, sighted
from monitor.story.developments import place
from monitor.story.facts import Facts
from monitor.story.grouping import Development
from monitor.timing import Timing, outcome_of
from monitor.uncompared import catch_up

_NOTHING: Mapping[str, Facts] = MappingProxyType({})
# A mail server refuses for good what is too large, and the alert would be lost.
_SENTENCE = 600


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An article's development as it is with it, and whether it surely belongs there."""

    membership: Membership
    development: Development
    sure: bool
    added: Added
    own: Facts


class Settler:
    """Writes articles with all that follows from them."""

    def __init__(self, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        """Use a store whose transactions the caller holds."""
        self._config = config
        self._store = store
        self._clock = clock
        self._timing = Timing(config, store)
        self._stories = {story.name: story for story in config.stories}
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
        said: Mapping[str, Facts] = _NOTHING,
    ) -> Settled:
        """Record one article; call inside a transaction.

        `said` are its facts by story, for those that it is *on* or *maybe*.

        `waited`: its page was waited for in vain, so what there is was judged.
        `brief` keeps a headline's verdict without its reasons. `body` are the bytes that
        were judged, None where `provenance` already names stored ones; both are kept
        for what matched. In a `flood` an alert that is due is held for its summary.
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
            self._place(article, article_id, verdict, match, said.get(match.story))
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

    def _place(
        self, article: Article, article_id: int, verdict: Fold, match: Match, own: Facts | None
    ) -> _Place | None:
        """The development that an article tells of, with it; None where it tells of none."""
        if own is None:
            return None
        now, table = self._clock(), self._store.developments
        closes_after = self._stories[match.story].closes_after
        folded: tuple[Development, int] | None = None
        if verdict.original is not None:
            known = table.of(match.story, verdict.original)
            if known is not None:
                state = table.load(match.story, known)
                folded = Development.from_json(state), verdict.original
        recent = [
            Development.from_json(state) for state in table.open(match.story, now - closes_after)
        ]
        placed = place(
            article_id,
            own,
            recent,
            now,
            closes_after=closes_after,
            sure=match.band == "on",
            said=article.published,
            folded=folded,
            revised=verdict.relation == "revision",
            edited=verdict.edited,
            differs=self._differs(verdict, match.story),
        )
        if placed.development is None:
            return None
        relation = placed.relation
        membership = Membership(
            story=match.story,
            article_id=article_id,
            development=placed.development.id,
            relation=verdict.relation
            if folded and relation.relation != "update"
            else relation.relation,
            of=relation.of,
            new_facts=tuple(map(_short, relation.new_facts)),
            score=None if folded or relation.relation == "new" else relation.score,
        )
        stood = {each.id: each for each in (*recent, *((folded[0],) if folded else ()))}
        before = stood.get(placed.development.id)
        return _Place(
            membership=membership,
            development=placed.development,
            sure=placed.sure,
            own=own,
            added=added(
                own,
                before,
                membership.relation,
                membership.new_facts,
                table.texts(match.story, placed.development.id, article_id)
                if membership.new_facts
                else (),
            ),
        )

    def _differs(self, verdict: Fold, story: str) -> tuple[int, Sequence[str]] | None:
        """The development of the article that this one nearly copies, and what keeps them apart."""
        near = None if verdict.near is None else self._store.developments.of(story, verdict.near)
        return None if near is None else (near, verdict.differs)

    def _join(self, place: _Place, decision: Decision, *, known: bool) -> None:
        """Write its place down. What it says counts as known only where it was told.

        Or where nobody wants to be told: a muted development goes on as it would. `known`
        where it stood there before the story was followed.
        """
        membership, table = place.membership, self._store.developments
        rules = (TOLD, KNOWN, MUTED)
        told = bool(decision.channels) or decision.rule.startswith(rules) or known
        if told or membership.relation == "new":
            found = place.development
            table.keep(membership.story, found.id, found.to_json(), found.last_new)
        table.join(membership, self._clock(), known=told)

    def _tell(
        self,
        article: Article,
        article_id: int,
        group: int,
        match: Match,
        place: _Place | None,
        *,
        baseline: bool,
        waited: bool,
        flood: int | None,
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
            now=now,
        )
        # Whoever sets the monitor up sees these in the listing: they count as told. A
        # source that comes later must not silence what others are about to report.
        first = baseline and not self._store.articles.followed(story.name)
        if place is not None:
            self._join(place, decision, known=first)
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

    def _event(self, place: _Place, membership: Membership) -> Event:
        """The development as an alert tells it, under the name that a hand gave it."""
        store, story, number = self._store, membership.story, membership.development
        event = store.developments.event(story, number, membership.new_facts, place.added)
        return replace(event, headline=store.desk.title(story, number) or event.headline)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _SENTENCE else f"{sentence[: _SENTENCE - 1]}…"


def _clipped(match: Match) -> Match:
    """With sentences of readable length: a text without full stops is one of a megabyte."""
    if not match.reasons:
        return match
    return replace(
        match,
        reasons=tuple(
            replace(reason, sentence=reason.sentence and _short(reason.sentence))
            for reason in match.reasons
        ),
    )
