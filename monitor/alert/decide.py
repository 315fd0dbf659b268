"""Whether an article is told, on which channels, and which rule decided it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from monitor.model import Article, Channel, Match, Relation, Story

TOLD = "told already"  # how the rules of what was told before begin
KNOWN = "known from the first reading"  # and of what a baseline knew, of which nobody was told
MUTED = "muted by hand"
OFF = "band off"
EVERY_CHANNEL = "*"  # stands among the told channels where a baseline told the group

# Folders of a path, /2025/04/28/ or /2025/04/, are the site's own calendar. Dates within
# a name may be of the event, and eight digits a number: they count for want of others.
_FOLDERS = re.compile(r"/(?P<year>20\d\d)/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?(?![^/])")
_NAMED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<mark>[_-]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
# Of a revision the first alert stands as it does of a copy.
_CALLED: Mapping[Relation, str] = {"repeat": "a repeat", "update": "an update"}
# A day named in an address is over everywhere on earth half a day after it is over in UTC.
_LAST_ZONE = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Channels to tell at once (none: not told), the ledger's rule, and codes of caveats.

    `again` where they were told of the development before, and this is what is new in it.
    """

    channels: tuple[str, ...]
    rule: str
    again: bool = False
    caveats: tuple[str, ...] = ()


def decide(
    story: Story,
    article: Article,
    match: Match,
    *,
    channels: Sequence[Channel],
    told: Collection[str],
    baseline: bool,
    waited: bool,
    now: datetime,
    relation: Relation = "copy",
    doubtful: bool = False,
    muted: bool = False,
    missed: datetime | None = None,
) -> Decision:
    """Decide whether an article of a story gets an instant alert.

    `told` names the channels on which an alert of the same development is queued
    already, or `*` where a baseline told it; nothing else suppresses an alert as
    a repeat. `relation` is what the article is to that development: new facts (`update`)
    are told again to who wants them. Where that is `doubtful` it is told as if nothing had
    been: an alert too many is mended later, and a lost one is not. `muted`: somebody wants
    no further alerts of the development. `waited`: the page was waited for in vain, so what there is was judged.
    `missed`: nobody could have seen it before then, because its source was not read; its age counts from there.
    """

    def silent(rule: str) -> Decision:
        return Decision(channels=(), rule=rule)

    if match.band != "on":
        return silent(OFF if match.band == "off" else f"band {match.band}")
    wanting = [channel.name for channel in channels if _wants(channel, story, match)]
    if not wanting:
        return silent("no channel wants it")
    if muted:
        return silent(MUTED)
    again = {each.name for each in channels if each.updates} if relation == "update" else set()
    known: Collection[str] = wanting if EVERY_CHANNEL in told else told
    if doubtful:
        known = ()
    untold = tuple(name for name in wanting if name not in known or name in again)
    if not untold:
        whence = KNOWN if EVERY_CHANNEL in told and not {*wanting} & {*told} else TOLD
        return silent(f"{whence}: {_CALLED.get(relation, 'a copy')}")
    if baseline:
        return silent("baseline")
    if story.age_gate is not None:
        edge = (now if missed is None else min(missed, now)) - story.age_gate
        if article.published is not None and article.published < edge:
            return silent(f"older than {_hours(story.age_gate)} by its own date")
        ended = _named_day_ended(article)
        if ended is not None and ended + _LAST_ZONE < edge:
            return silent(f"older than {_hours(story.age_gate)} by the date in its address")
    return Decision(
        channels=untold,
        rule="alerted",
        again=set(untold) <= set(known),
        caveats=(
            *_caveats(article, waited=waited),
            *(("perhaps-told",) if doubtful and told else ()),
        ),
    )


def _wants(channel: Channel, story: Story, match: Match) -> bool:
    return match.band in channel.bands and (not channel.stories or story.name in channel.stories)


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:g}h"


def _named_day_ended(article: Article) -> datetime | None:
    """When the day (or month) that the address names was over in UTC."""
    patterns = (_FOLDERS,) if article.published else (_FOLDERS, _NAMED)
    for address in (article.url, article.link):
        path = urlsplit(address).path
        for found in (found for pattern in patterns for found in pattern.finditer(path)):
            year, month, day = found["year"], found["month"], found["day"]
            try:
                first = datetime(int(year), int(month), int(day or 1), tzinfo=UTC)
            except ValueError:
                continue
            if day:
                return first + timedelta(days=1)
            return (first + timedelta(days=32)).replace(day=1)
    return None


def _caveats(article: Article, *, waited: bool) -> tuple[str, ...]:
    found = {
        "headline-only": article.kind == "headline",
        "summary-only": article.kind == "summary",
        "page-unread": waited and article.kind != "full",
        "no-date": article.published is None,
        "aggregator": article.aggregator,
        "embedded": "#piece-" in article.url,
    }
    return tuple(code for code, holds in found.items() if holds)
