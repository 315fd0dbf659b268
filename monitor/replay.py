"""What is stored, judged once more under other settings: values in, values out.

Judged, grouped and decided as the daemon would, article by article in the order in which
they were first seen. Copies are taken as they were folded; compared anew, with the rest of the
story, is what its headline ruled out then and the story wants now, and what would be a repeat: it
may be nearly a copy, and what keeps it from being one is its news. Which sentences are background
is learnt from what is replayed. Pages are not fetched again:
it is judged by what is stored of it. Flood gates, mutes and merges by hand are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Final

from monitor.alert.decide import EVERY_CHANNEL, KNOWN, TOLD, decide
from monitor.fold.fold import fold, likest
from monitor.fold.group import group_of
from monitor.identify.article import whole
from monitor.identify.fingerprint import fingerprint
from monitor.model import Article, Band, Channel, Fold, Known, Label, Match, Relation
from monitor.store.history import Past
from monitor.story.background import Sighting, marks, sighted
from monitor.story.developments import place
from monitor.story.facts import facts
from monitor.story.grouping import Development
from monitor.story.labels import taught
from monitor.story.match import judge
from monitor.story.profile import Profile

_PARTS = 5
_WINDOW: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What would have become of one article."""

    id: int
    band: Band
    score: float
    relation: Relation | None = None
    development: int | None = None
    alerted: bool = False


class Replay:
    """One run over what is stored, with a memory of its own for what was told."""

    def __init__(
        self,
        profile: Profile,
        channels: Sequence[Channel],
        window: timedelta = _WINDOW,
        background: Collection[int] = (),
    ) -> None:
        """Start with nothing told; `window` is how long copies are folded.

        `background` are the marks of sentences known as such before the first article.
        """
        self._background = set(background)
        self._sightings: dict[int, tuple[Sighting, ...]] = {}
        self._window = window
        self._known: list[Known] = []
        self._profile = profile
        self._channels = channels
        self._open: dict[int, Development] = {}
        self._homes: dict[int, int] = {}
        self._told: dict[int, set[str]] = {}
        self._followed = False

    def see(self, past: Past) -> Outcome:
        """Judge, group and decide on the next article."""
        profile, article = self._profile, past.article
        title, text, language = article.title, article.text, article.language
        match = judge(
            profile, title=title, text=text, language=language, background=self._background
        )
        if match.band == "off":
            self._learn(past, match, past.original, past.id)
            return Outcome(id=past.id, band="off", score=match.score)
        now, story = article.first_seen, profile.story
        own = facts(profile, title=title, text=text, language=language, background=self._background)
        article = replace(article, fingerprint=fingerprint(article.title, article.text))
        original, edited = past.original, past.edited
        if not past.compared:
            article = whole(article)
            verdict, near = self._fold(article)
            original, edited = group_of(verdict, near), verdict.edited
        home = self._homes.get(original) if original is not None else None
        folded = None
        if home is not None and original is not None:
            folded = self._open[home], original
        placing = partial(
            place,
            past.id,
            own,
            [*self._open.values()],
            now,
            closes_after=story.closes_after,
            sure=match.band == "on",
            said=article.published,
            folded=folded,
            edited=edited,
        )
        placed = placing()
        if placed.relation.relation == "repeat" and not folded:
            # Of no other it matters what it has that another lacks, and looking takes long.
            placed = placing(differs=self._differs(article))
        self._remember(past.id, article, original)
        found = placed.development
        event = found.id if found else original or past.id
        self._learn(past, match, original, event)
        relation: Relation = placed.relation.relation
        if not found or (folded and relation != "update"):
            relation = "copy"
        told = self._told.setdefault(event, set())
        decision = decide(
            story,
            article,
            match,
            channels=self._channels,
            told=told,
            relation=relation,
            doubtful=found is not None and not placed.relation.sure,
            baseline=past.baseline,
            waited=False,
            missed=past.last_read and max(past.last_read, now - self._window),
            now=now,
        )
        told.update(decision.channels)
        first = past.baseline and not self._followed
        if first and match.band == "on":
            told.add(EVERY_CHANNEL)
        self._followed |= not past.baseline
        if found is not None:
            rules = (TOLD, KNOWN)
            known = bool(decision.channels) or decision.rule.startswith(rules) or first
            if known or relation == "new":
                self._open[found.id] = found
                self._homes[past.id] = found.id
        return Outcome(
            id=past.id,
            band=match.band,
            score=match.score,
            relation=relation,
            development=found.id if found else None,
            alerted=bool(decision.channels),
        )

    def _learn(self, past: Past, match: Match, original: int | None, event: int) -> None:
        """Note the sentences that speak of the story, as the store does of what is no copy.

        What its headline ruled out was never read, then.
        """
        if original is not None or not past.compared:
            return
        for mark in chain(*map(marks, match.stood)):
            found = sighted(
                self._sightings.get(mark, ()), event, past.article.first_seen.toordinal()
            )
            if found is not None:
                self._sightings[mark], known = found
                if known:
                    self._background.add(mark)

    def _fold(self, article: Article) -> tuple[Fold, list[Known]]:
        """What an article is to the rest of the story, and the likest of it."""
        oldest = article.first_seen - self._window
        near = likest(article, [each for each in self._known if each.first_seen >= oldest])
        return fold(article, near), near

    def _differs(self, article: Article) -> tuple[int, Sequence[str]] | None:
        """The development of the article that this one nearly copies, and what keeps them apart."""
        verdict, _ = self._fold(article)
        near = None if verdict.near is None else self._homes.get(verdict.near)
        return None if near is None else (near, verdict.differs)

    def _remember(self, number: int, article: Article, original: int | None) -> None:
        """Have it compared with what comes later."""
        self._known.append(
            Known(
                id=number,
                url=article.url,
                addresses=(),
                title=article.title,
                text=article.text,
                language=article.language,
                first_seen=article.first_seen,
                fingerprint=article.fingerprint,
                original=original,
            )
        )


def held_out(profile: Profile, labels: Sequence[Label], *, teach: bool) -> Mapping[int, Outcome]:
    """How each labelled article is judged by a profile that was not taught by it.

    With `teach`, each fifth of the labels in turn is judged by what the others taught.
    """
    found: dict[int, Outcome] = {}
    parts = min(_PARTS, len(labels)) if teach else 1
    for part in range(parts):
        kept = [label for number, label in enumerate(labels) if number % parts != part]
        learnt = taught(profile, kept) if teach else profile
        for label in labels[part::parts]:
            match = judge(learnt, title=label.title, text=label.text, language=label.language)
            found[label.article] = Outcome(id=label.article, band=match.band, score=match.score)
    return found
