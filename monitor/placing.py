"""Where an article stands among the developments of a story, and what it adds there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alert.decide import KNOWN, MUTED, TOLD, Decision
from monitor.model import Added, Article, Fold, Match, Story
from monitor.store.developments import Membership
from monitor.store.store import Store
from monitor.story.added import added
from monitor.story.developments import REMINDS, place
from monitor.story.facts import Facts
from monitor.story.grouping import Development

# A mail server refuses for good what is too large, and the alert would be lost.
SENTENCE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An article's development as it is with it, and whether it surely belongs there."""

    membership: Membership
    development: Development
    sure: bool
    added: Added
    own: Facts


class Placer:
    """Finds places and writes them down; called inside a transaction of an open store."""

    def __init__(
        self, stories: Mapping[str, Story], store: Store, clock: Callable[[], datetime]
    ) -> None:
        self._stories = stories
        self._store = store
        self._clock = clock

    def find(
        self, article: Article, article_id: int, verdict: Fold, match: Match, own: Facts | None
    ) -> Place | None:
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
        told = min(now, article.published or now)
        recent = [
            Development.from_json(state)
            for state in table.near(match.story, told, max(closes_after, REMINDS))
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
            new_facts=tuple(map(short, relation.new_facts)),
            score=None if folded or relation.relation == "new" else relation.score,
        )
        stood = {each.id: each for each in (*recent, *((folded[0],) if folded else ()))}
        before = stood.get(placed.development.id)
        return Place(
            membership=membership,
            development=placed.development,
            sure=placed.relation.sure,
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

    def join(self, place: Place, decision: Decision, *, known: bool) -> None:
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


def short(sentence: str) -> str:
    """A sentence at readable length: a text without full stops is one of a megabyte."""
    return sentence if len(sentence) <= SENTENCE else f"{sentence[: SENTENCE - 1]}…"
