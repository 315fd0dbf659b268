"""The article's own dates where they stand in the page for the reader's eye alone.

A date counts near the headline and the text and nowhere else: in the lines
between the two, close above the headline, close below the text. A sentence's
date is none, nor is what follows a name that no label is ("Opening: 3 May").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from monitor.parse.dates.dates import Stamp
from monitor.parse.labels import Kind
from monitor.parse.lines import ends, words
from monitor.parse.marks import heads_others, key
from monitor.parse.page.stamps import HEADINGS, read_hour, read_stamps, strange
from monitor.parse.shown import Shown, bare
from monitor.parse.titles import is_headline
from monitor.text.arabic import fold

_ABOVE: Final = 5  # lines above the headline
_LEVELS: Final = 2  # boxes around the headline in which its date may stand above it
_HEAD: Final = 40  # lines between headline and text
_BELOW: Final = 8  # lines below the text
_CLOSE: Final = 3  # lines below the text in which a date needs no label
_PROSE: Final = 8  # words of a paragraph that ends as a sentence does
_STAND: Final = 40  # of a standfirst
_STAMP: Final = 10  # words of a line of a byline
_SHORT: Final = 160  # letters of one
_HOURS: Final = 12  # lines under the headline in which the hour of an update may stand
_META: Final = 10  # lines of one
_LONG: Final = 25  # words of one that does not
_SHORTEST: Final = 15  # letters of a paragraph
_COMPARED: Final = 40  # letters by which a paragraph is known in the page
_BEGINS: Final = 24  # of its beginning, behind which an advertisement may stand
_DIGIT: Final = re.compile(r"\d")
# Where the date of publication is looked for: a label tells more than the place.
_ORDER: Final = (
    ("published", "head"), (None, "head"), ("published", "above"), ("published", "below"),
    (None, "above"), (None, "below"), ("as of", "head"), ("as of", "above"), ("as of", "below"),
)  # fmt: skip


class Dates(NamedTuple):
    """What the page shows: a moment each, or None."""

    published: Stamp | None = None
    updated: Stamp | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    stamp: Stamp
    kind: Kind | None
    place: str  # "head", "above" or "below"


def read_visible(
    lines: Sequence[Shown],
    title: str | None,
    paragraphs: Sequence[str],
    *,
    timezone: str | None = None,
    language: str | None = None,
    head: int | None = None,
) -> Dates:
    """When the article says that it was published and changed, near its headline and text.

    `head` is the line of the headline where it is known.
    """
    head = headline(lines, title) if head is None else head
    start, end = _text(lines, paragraphs, 0 if head is None else head + 1)
    if head is None:
        head = max(0, start - _HEAD // 3) - 1 if start is not None else None
    if head is None:
        return Dates()
    if head >= 0 and title and lines[head].text.startswith(title):
        # What stands behind the headline in its own line.
        lines = [*lines]
        rest = lines[head].text[len(title) :]
        lines[head] = lines[head]._replace(
            text=rest, parted=rest, folded=fold(rest), bare=bare(rest)
        )
    found = list(_found(lines, head, start, end, timezone, language))
    chosen = next(
        (one for kind, place in _ORDER for one in found if (one.kind, one.place) == (kind, place)),
        None,
    )
    changes = (
        one for one in found if one.kind == "updated" or (one.kind == "as of" and one != chosen)
    )
    updated = _timed(next((one.stamp for one in changes), None), found, "updated")
    if updated is None and chosen is not None:
        updated = _hour(lines[head + 1 : head + 1 + _HOURS], chosen.stamp, timezone)
    if chosen is None:
        return Dates(None, updated)
    published = _timed(chosen.stamp, found, "published") or chosen.stamp
    changed = updated is not None and updated.at != published.at
    return Dates(published, updated if changed else None)


def _hour(lines: Sequence[Shown], published: Stamp, timezone: str | None) -> Stamp | None:
    """The moment of an update of which only the hour is told: on the day of publication."""
    for line in lines:
        if len(line.text) > _SHORT or not _DIGIT.search(line.text):
            continue
        if (stamp := read_hour(line.folded, published, timezone)) is not None:
            return stamp
    return None


def _timed(stamp: Stamp | None, found: Sequence[_Found], kind: Kind) -> Stamp | None:
    """Another date of the kind that agrees on the day and has a time, where this one has none."""
    if stamp is None or stamp.timed:
        return stamp
    same = (one.stamp for one in found if one.kind in {kind, None if kind == "published" else kind})
    return next((one for one in same if one.timed and is_same_day(one.at, stamp.at)), stamp)


def is_same_day(moment: datetime, midnight: datetime) -> bool:
    """Whether a moment lies within the day that begins at the other."""
    return 0 <= (moment - midnight).total_seconds() < 86_400


def headline(lines: Sequence[Shown], title: str | None) -> int | None:
    """Where the title stands as the headline: best as a heading that is no link."""
    wanted = bare(title or "")
    if not wanted:
        return None
    limit = 2 * len(title or "") + 40
    near = [(at, line.bare) for at, line in enumerate(lines) if len(line.text) <= limit]
    # A date may stand in the heading's line.
    same = [at for at, text in near if text == wanted] or [
        at for at, text in near if text.startswith(wanted) and _DIGIT.search(text[len(wanted) :])
    ]
    # Or a kicker before it.
    same = same or [at for at, text in near if lines[at].tag == "h1" and text.endswith(wanted)]
    ranks = {"h1": 0, "h2": 1, "h3": 2, "h4": 2}
    return min(
        same, key=lambda at: (lines[at].linked, ranks.get(lines[at].tag, 3), at), default=None
    )


def _text(
    lines: Sequence[Shown], paragraphs: Sequence[str], after: int
) -> tuple[int | None, int | None]:
    """Where the text begins and where it ends, headline and datelines apart."""
    prose = [one for one in paragraphs if words(one) >= (_PROSE if ends(one) else _LONG)]
    if not prose:
        return None, None
    first, last = bare(prose[0])[:_BEGINS], bare(prose[-1])[-_COMPARED:]
    close = bare(prose[-1])[:_BEGINS]
    second = bare(prose[1])[:_BEGINS] if len(prose) > 2 and words(prose[0]) <= _STAND else None
    start = end = None
    for at in range(after, len(lines)):
        text = lines[at].text
        if len(text) < _SHORTEST:
            continue
        compared = lines[at].bare
        if start is None and compared.startswith(first):
            start = at
        elif second and start is not None and compared.startswith(second):
            # What stands between a standfirst and the text belongs to the head.
            short = all(words(line.text) <= _STAMP for line in lines[start + 1 : at])
            start = at if at - start <= (_META if short else _CLOSE + 1) else start
            second = None
        if start is not None and (compared.endswith(last) or compared.startswith(close)):
            end = at
            break
    return start, end


def _found(
    lines: Sequence[Shown],
    head: int,
    start: int | None,
    end: int | None,
    timezone: str | None,
    language: str | None,
) -> Iterator[_Found]:
    """The dates around headline and text, in the page's order but those above the headline last."""
    stop = min(len(lines), head + 1 + _HEAD if start is None else start)
    for at in range(max(0, head), stop):
        if heads_others(key(lines[at].text)):
            break
        for stamp, kind in read_stamps(lines, at, timezone, language):
            yield _Found(stamp, kind, "head")
    for at in range(max(0, head - _ABOVE), max(0, head)):
        heads = at == head - 1 and (
            _heads(lines, at, lines[head]) or _is_beside(lines[at].block, lines[head].block)
        )
        if not lines[at].top and (heads or _is_near(lines[at], lines[head])):
            for stamp, kind in read_stamps(lines, at, timezone, language):
                yield _Found(stamp, kind, "above")
    if end is None:
        return
    for at in range(end + 1, min(len(lines), end + 1 + _BELOW)):
        line = lines[at]
        if heads_others(key(line.text)) or line.tag in HEADINGS:
            return
        if line.linked and is_headline(line.text):
            return
        for stamp, kind in read_stamps(lines, at, timezone, language):
            alone = at - end <= _CLOSE and _is_near(line, lines[end]) and not strange(stamp)
            if kind is not None or alone:
                yield _Found(stamp, kind, "below")


def _heads(lines: Sequence[Shown], at: int, head: Shown) -> bool:
    """Whether the line is the first of a box that holds the headline: a blog's date above its posts."""
    before = lines[at - 1].block if at else None
    box = lines[at].block.parent
    for _ in range(_LEVELS):
        if box is None or box.tag in {"body", "html"} or (before and _is_within(before, box)):
            return False
        if _is_within(head.block, box):
            return True
        box = box.parent
    return False


def _is_beside(block: LexborNode, head: LexborNode) -> bool:
    """Whether bare text, or an element, stands in the box in which the headline's element stands."""
    box = head.parent
    return box is not None and any(
        one is not None and one.mem_id == box.mem_id for one in (block, block.parent)
    )


def _is_within(node: LexborNode, box: LexborNode) -> bool:
    parent: LexborNode | None = node
    while parent is not None:
        if parent.mem_id == box.mem_id:
            return True
        parent = parent.parent
    return False


def _is_near(line: Shown, head: Shown) -> bool:
    """Whether a line stands in one of the boxes close around another, or beside it."""
    around = set()
    box = head.block.parent
    for _ in range(_LEVELS):
        if box is None or box.tag in {"body", "html"}:
            break
        around.add(box.mem_id)
        box = box.parent
    box = line.block
    for _ in range(_LEVELS + 2):
        if box is None:
            return False
        if box.mem_id in around:
            return True
        box = box.parent
    return False
