"""What a sentence counts for by its place in an article, and by what stands above it.

A headline about something else, or a lead without the story's actor, make the body a
passing mention, unless the body dwells on the story: then it was only led up to.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from monitor.story.afresh import told_afresh
from monitor.story.passages import Sentence, together
from monitor.story.profile import Profile
from monitor.story.signs import NEAR, OTHER, PAST, WHAT, WHO, WITH
from monitor.story.strength import missing

# What a passage counts by its sentence's place; the headline counts 1.
_PLACES: Final = (0.97, 0.93, 0.86, 0.8, 0.75)
_LATER: Final = 0.7
_STANDING: Final = 0.25
# A line aside alone makes an article *maybe* and no more.
_ASIDE: Final = 0.4
_UNTOLD: Final = 0.8
_LEAD: Final = 2
# So many sentences that show actor and event, or those and their neighbours that show
# the event, are what an article is about.
_TOLD: Final = 2
_DWELT: Final = 3
# A text that is led up to the story stays with it for half of what follows, and that is so much
# of the whole; background it leaves again, however many sentences it has.
_STAYS: Final = 0.5
_FILLS: Final = 0.3


class Frame(NamedTuple):
    """What the headline and the opening leave of the sentences in the lead and behind it.

    `untold` is what is left of one behind the lead that tells of nothing done (of no `kinds`).
    Sentences at the places of `news` are none of these: they tell news of their own.
    """

    lead: float = 1.0
    body: float = 1.0
    untold: float = 1.0
    kinds: int = 0
    rule: str | None = None
    news: Collection[int] = frozenset()


STRAIGHT: Final = Frame()
# A body under a headline about something else; its actor all the same is the story's.
_ELSEWHERE: Final = Frame(0.45, 0.45, rule="in the body, under a headline about something else")
# A body whose headline and first sentences do not name the story's actor.
_PASSING: Final = Frame(0.45, 0.45, rule="in passing: headline and lead do not name the actor")
# A body past the lead, under a headline about what is only near the story.
_BESIDE: Final = Frame(1.0, 0.6)
# A body that dwells on the story, whatever stands above it, and one that half does.
_LED_UP_TO: Final = Frame(1.0, 0.9, rule="in the body, which dwells on it")
_COMES_TO: Final = 0.75
# A body of many paragraphs, of which one tells of the story, under a headline that does not.
# It makes none more than *maybe*, however high it stands.
_ONE: Final = 0.6
_MENTION: Final = 0.49
_ALONE: Final = "in one paragraph of many"
_LOW: Final = (_ELSEWHERE.rule, _PASSING.rule, _ALONE)
_MANY: Final = 4
_FEW: Final = 2
# A sentence of news below other news.
_NEWS: Final = 0.9


def frame(
    profile: Profile, article: Sequence[Sentence], *, named: bool, language: str | None = None
) -> Frame:
    """How headline and opening frame the rest of an article; its language tells more of its days."""
    found = _framed(profile, article, named=named)
    if "what" not in profile.required:
        return found
    kinds, actor = profile.code.kinds, profile.code.either(profile.required[0])
    found = found._replace(untold=_UNTOLD, kinds=kinds)
    if found.rule in _LOW:
        low = [
            each
            for each in article
            if each.signs & kinds and each.signs & actor and not each.signs & PAST
        ]
        whole = {
            each.place
            for each in low
            if not each.signs & OTHER and not missing(profile, each.signs, named=named)
        }
        return found._replace(news=told_afresh(low, article, language, whole))
    return found


def _framed(profile: Profile, article: Sequence[Sentence], *, named: bool) -> Frame:
    kinds = profile.code.kinds
    headline = article[0].signs if article and article[0].place < 0 else None
    lead = together([sentence for sentence in article if sentence.place < _LEAD])
    found = STRAIGHT
    if {"who", *profile.required[:1]}.intersection(missing(profile, lead, named=named)):
        found = _PASSING
    elif headline is not None and headline & OTHER and not headline & WHAT:
        found = _ELSEWHERE
    elif headline is not None and not headline & kinds and (headline & NEAR or not lead & kinds):
        found = _BESIDE
    told = _told(kinds, article)
    led = headline is not None and headline & kinds and (headline | lead) & WHO
    if not led and _is_one_of_many(article, told):
        if found is STRAIGHT or told.around > 1:
            begins = (headline or 0) | together([each for each in article if each.place == 0])
            stands = headline is None or begins & (WHO | kinds)
            return found._replace(lead=found.lead if stands else _ONE, body=_ONE, rule=_ALONE)
        return found
    if found is STRAIGHT:
        return found
    dwells = told.sentences >= _TOLD or told.around >= _DWELT
    if dwells and told.stays:
        return _LED_UP_TO
    if told.around > told.sentences:
        return found._replace(lead=max(found.lead, _COMES_TO), body=max(found.body, _COMES_TO))
    return found


def weight(sentence: Sentence, framed: Frame) -> tuple[float, str]:
    """What a sentence counts by its place, and the words for it."""
    if sentence.place < 0:
        return 1.0, "in the headline"
    if sentence.place in framed.news and not sentence.background:
        return _NEWS, "as news of its own, below other news"
    if sentence.aside:
        return _ASIDE, "in a line aside only"
    if sentence.background:
        return _STANDING, "in a sentence that stands under everything"
    if sentence.standing:
        return _STANDING, "in the last paragraph only"
    worth = _PLACES[sentence.place] if sentence.place < len(_PLACES) else _LATER
    in_lead = sentence.place < _LEAD
    if not in_lead and not sentence.signs & framed.kinds:
        worth *= framed.untold
    left = framed.lead if in_lead else framed.body
    counts = worth * left
    if left < 1.0 and framed.rule == _ALONE:
        counts = min(counts, _MENTION)
    return counts, framed.rule or ("in the lead" if in_lead else "in the body")


class _Told(NamedTuple):
    """How much of a text tells of the story.

    `sentences` show actor and event, `around` are these and the neighbours that show the event;
    `paragraphs` hold the former, `whole` are those of them that show the company as well. It
    `stays` with the story where most of what stands from the first of them on is of it.
    """

    sentences: int
    around: int
    paragraphs: int
    whole: int
    stays: bool


def _told(kinds: int, article: Sequence[Sentence]) -> _Told:
    """What of a text tells of it; what tells of another event as well does not."""
    body = [
        sentence
        for sentence in article
        if sentence.place >= 0 and not sentence.standing and not sentence.background
    ]
    events = {
        at
        for at, sentence in enumerate(body)
        if sentence.signs & kinds and not sentence.signs & OTHER
    }
    told = {at for at in events if body[at].signs & WHO}
    around = {near for at in told for near in (at - 1, at, at + 1)}
    paragraphs = {body[at].paragraph for at in told}
    whole = {each.paragraph for each in body if each.signs & WITH} & paragraphs
    rest = body[min(told, default=0) :]
    of_it = sum(bool(each.signs & (kinds | WHO)) and not each.signs & OTHER for each in rest)
    stays = of_it >= max(_STAYS * len(rest), _FILLS * len(body))
    return _Told(len(told), len(around & events), len(paragraphs), len(whole), stays)


def _is_one_of_many(article: Sequence[Sentence], told: _Told) -> bool:
    """Whether a text has many paragraphs, of which one tells all of the story that is told.

    As reports do that mention it for what stands around their own news; one more paragraph may
    name its actor.
    """
    last = max((sentence.paragraph for sentence in article), default=0)
    return last + 1 >= _MANY and told.whole <= 1 and told.paragraphs <= _FEW
