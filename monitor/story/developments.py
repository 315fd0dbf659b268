"""Developments: which of the known ones an article tells, and what it adds.

A development is one act or finding, by whom, where and on which date. It closes when
it brought nothing new for the story's `closes_after`. All of a story's open ones are
compared: there are seldom more than some dozens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, TypeVar

from monitor.story.days import days, resolved
from monitor.story.facts import Facts
from monitor.story.grouping import Development, apart, belongs, usual, vouched
from monitor.story.news import mentioned, news
from monitor.story.reminding import reminds

# What joins without being on the story must be surer.
_MAYBE_EDGE: Final = 0.5
# Below this an article joins, and is told all the same. With two fifths of the words for
# acts withheld, in three draws of three streams, 7 of 21 joins below are wrong and no event
# of 417 was lost where updates are told, as two were without; up to 1.0 it is 3 of 40.
_CERTAIN: Final = 0.5
# So does one that is vouched for by less. Eight events of a stream, all reports of which come within one
# minute, are the hardest case: by the score alone 13 of 640 such events were lost under another, and 5 are
# so. It brings some seven messages more for a hundred events told in time.
_VOUCHED: Final = 1.0
# What was told so long ago is still a reminder, and no news. Over a month an eighth fewer repeats of
# the labelled streams are taken for updates than over three days, and no update more for a repeat.
REMINDS: Final = timedelta(days=30)
_STEMS: Final = 80
# What a development remembers at most: a hundred retellings name little that ten do not.
_KEPT: Final = 600
_NAMES: Final = 200
_MEANINGS: Final = 12

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Relation:
    """What an article is to what is known.

    `development` and `of` (the article that it retells or updates) are None for `new`;
    `new_facts` are the article's sentences that make it an update. Where it is not `sure`, the
    article may as well tell of another event.
    """

    relation: Literal["new", "repeat", "update"]
    development: int | None = None
    of: int | None = None
    new_facts: tuple[str, ...] = ()
    score: float = 0.0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs.

    `development` is the one it joins or opens, as it is with it; None for a *maybe* that
    none claims.
    """

    relation: Relation
    development: Development | None = None


def place(
    article: int,
    own: Facts,
    recent: Sequence[Development],
    now: datetime,
    *,
    closes_after: timedelta,
    sure: bool,
    said: datetime | None = None,
    folded: tuple[Development, int] | None = None,
    revised: bool = False,
    edited: bool = False,
    differs: tuple[int, Sequence[str]] | None = None,
) -> Placed:
    """Join a development or open one.

    `article` is its id; `sure` when it is *on*: a *maybe* may join, and opens none.
    `said` is its own date where that is earlier than `now`: old news keeps nothing open, and what
    comes late stands where it would have stood in time, in whatever order a night's news is read.
    `folded` is the development of the article that it copies or revises, with that
    article's id: it belongs there whatever it says. A revision (`revised`) notes what is
    new in it; a copy in an editor's words (`edited`) that brings something new is an
    update, so that what the fold overlooked is told all the same.
    `differs` is the development of an article of which this one would be a copy but for
    some sentences, with these: whatever words they are in, they are what is new.
    """
    when = now if said is None else min(said, now)
    if folded is not None:
        known, of = folded
        added = news(own, known, whole=edited) if revised or edited else ()
        related = Relation("update" if edited and added else "repeat", known.id, of, added)
        return Placed(related, absorb(known, article, own, when, fresh=bool(added)))
    related = relate(own, recent, when, closes_after=closes_after, sure=sure)
    if differs is not None and related.relation == "repeat" and related.development == differs[0]:
        related = _updated(related, differs[1], own.language, when)
    for each in recent:
        if each.id == related.development:
            fresh = bool(related.new_facts)
            joined = absorb(each, article, own, when, fresh=fresh)
            return Placed(related, joined)
    return Placed(related, opened(article, own, when) if sure else None)


def _updated(
    related: Relation, differs: Sequence[str], language: str | None, when: datetime
) -> Relation:
    added = tuple(each for each in differs if not reminds(each, days(each, language), when.date()))
    return replace(related, relation="update", new_facts=added) if added else related


def relate(
    facts: Facts,
    developments: Sequence[Development],
    when: datetime,
    *,
    closes_after: timedelta = timedelta(hours=72),
    sure: bool = True,
) -> Relation:
    """What the facts, told at `when`, are to those of the developments that were open then.

    What others told within `REMINDS` is no news. `sure` is False for a *maybe*.
    """
    recent = [each for each in developments if apart(each, when) <= closes_after]
    often = usual(recent, when)
    scored = [(belongs(facts, each, when, often), each) for each in recent]
    score, known = max(scored, key=lambda each: each[0], default=(0.0, None))
    if known is None or score <= (0 if sure else _MAYBE_EDGE):
        return Relation("new", score=round(score, 3))
    # What joins only because it means as much: with six tenths of the words withheld 19 of 25 such
    # retellings are right, so they join, and are told all the same.
    by_words = not facts.meaning or belongs(replace(facts, meaning=""), known, when, often) > 0
    certain = score >= _CERTAIN and vouched(facts, known, when, often) >= _VOUCHED
    others = [each for each in developments if apart(each, when) <= REMINDS]
    added = news(facts, known, others=others)
    return Relation(
        "update" if added else "repeat",
        known.id,
        known.tellers.get(facts.speaker or "", known.id),
        added,
        round(score, 3),
        sure=by_words and certain,
    )


def opened(article: int, facts: Facts, now: datetime) -> Development:
    """A development that begins with an article."""
    return absorb(
        Development(id=article, opened=now, last_new=now, headline=facts.headline, core=facts.acts),
        article,
        facts,
        now,
        fresh=True,
    )


def absorb(
    known: Development, article: int, facts: Facts, now: datetime, *, fresh: bool
) -> Development:
    """The development with one more article; `fresh` says that it brought something new."""
    speaker = (facts.speaker,) if facts.speaker else ()
    language = facts.language or ""
    stems = dict(known.stems)
    if len(stems.get(language, ())) < _STEMS:
        stems[language] = _highest(stems.get(language, {}), facts.stems)
    return replace(
        known,
        members=known.members + 1,
        last_new=max(known.last_new, now) if fresh else known.last_new,
        speakers=_union(known.speakers, speaker),
        parties=_union(known.parties, facts.parties),
        stances=_union(known.stances, ((facts.speaker or "", stance) for stance in facts.stances)),
        acts=_highest(known.acts, facts.acts),
        figures=_union(known.figures, facts.figures),
        counted=_union(
            known.counted, (value for each in facts.sentences for _, value in each.figures)
        )[-_KEPT:],
        days=_union(known.days, resolved(facts.days, now.date())),
        lands=_union(known.lands, facts.lands),
        names=dict(list({**facts.names, **known.names}.items())[:_NAMES]),
        mentioned=_union(known.mentioned, mentioned(facts, now.date()))[-_KEPT:],
        places=_union(known.places, facts.places),
        stems=stems,
        voices=_union(
            known.voices,
            (each.speaker for each in facts.sentences if each.quoted and each.speaker),
        ),
        tellers={**dict.fromkeys(speaker, article), **known.tellers},
        meanings=(*known.meanings, (language, facts.meaning))[:_MEANINGS]
        if facts.meaning
        else known.meanings,
    )


def _union(one: tuple[_Value, ...], more: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys((*one, *more)))


def _highest(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in {**one, **other}}
