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

from monitor.parse.dates import Stamp, read_stamp
from monitor.parse.furniture import ends, words
from monitor.parse.labels import OF_CLOCKS, OF_DATES, Kind, labels
from monitor.parse.marks import HARD, SOFT, key
from monitor.parse.shown import Shown, bare
from monitor.parse.titles import is_headline
from monitor.text.arabic import fold

_FIRST_YEAR: Final = 1990
_ABOVE: Final = 5  # lines above the headline
_LEVELS: Final = 2  # boxes around the headline in which its date may stand above it
_HEAD: Final = 40  # lines between headline and text
_BELOW: Final = 8  # lines below the text
_CLOSE: Final = 3  # lines below the text in which a date needs no label
_LINE: Final = 300  # letters
_LABELLED_WORDS: Final = 7  # beside a labelled date
_WORDS: Final = 4  # beside a date without label: a name, a place
_PROSE: Final = 8  # words of a paragraph that ends as a sentence does
_LONG: Final = 25  # words of one that does not
_SHORTEST: Final = 15  # letters of a paragraph
_COMPARED: Final = 40  # letters by which a paragraph is known in the page
_SHORT: Final = 40  # letters of a label or a time with a line of its own
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_OTHERS: Final = SOFT | HARD
_DIGIT: Final = re.compile(r"\d")
_PARTED: Final = re.compile(r"\s[|•·–—/-]\s|[|•·;]|\s{2,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_TIME_FIRST: Final = re.compile(
    r"(?:(?:الساعه|علي الساعه|at|в|о|a|um|saat|ساعت)\s)?\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[+-]\d{1,2}(?::?\d\d)?)?(?!\d)"
)
_BYLINE: Final = re.compile(
    r"(?:كتب|كتبت|بقلم|by|автор|par|von|por|yazan|reporter)(?!\w)|.{2,12}기자"
)
_NAMED: Final = re.compile(r"[^\W\d_][)»\"']?\s?[:：]\s*$")
# Where the date of publication is looked for: a label tells more than the place.
_ORDER: Final = (
    ("published", "head"), (None, "head"), ("published", "above"), ("published", "below"),
    (None, "above"), (None, "below"),
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
) -> Dates:
    """When the article says that it was published and changed, near its headline and text."""
    head = headline(lines, title)
    start, end = _text(lines, paragraphs, 0 if head is None else head + 1)
    if head is None:
        head = max(0, start - _HEAD // 3) - 1 if start is not None else None
    if head is None:
        return Dates()
    if head >= 0 and title and lines[head].text.startswith(title):
        # What stands behind the headline in its own line.
        lines = [*lines]
        rest = lines[head].text[len(title) :]
        lines[head] = lines[head]._replace(text=rest, folded=fold(rest), bare=bare(rest))
    found = list(_found(lines, head, start, end, timezone, language))
    updated = _timed(
        next((one.stamp for one in found if one.kind == "updated"), None), found, "updated"
    )
    chosen = next(
        (one for kind, place in _ORDER for one in found if (one.kind, one.place) == (kind, place)),
        None,
    )
    if chosen is None:
        return Dates(None, updated)
    published = _timed(chosen.stamp, found, "published") or chosen.stamp
    changed = updated is not None and updated.at != published.at
    return Dates(published, updated if changed else None)


def _timed(stamp: Stamp | None, found: Sequence[_Found], kind: Kind) -> Stamp | None:
    """Another date of the kind that agrees on the day and has a time, where this one has none."""
    if stamp is None or stamp.timed:
        return stamp
    same = (one.stamp for one in found if one.kind in {kind, None if kind == "published" else kind})
    return next((one for one in same if one.timed and is_same_day(one.at, stamp.at)), stamp)


def is_stamp(text: str) -> bool:
    """Whether a line says when it was published or changed, and little else."""
    if len(text) > _LINE or not _DIGIT.search(text):
        return False
    parts = [(read_stamp(part), kind) for part, kind in _parts(" ".join(fold(text).split()))]
    return all(stamp is not None and _is_stamp(stamp, kind) for stamp, kind in parts)


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
    first, last = bare(prose[0])[:_COMPARED], bare(prose[-1])[-_COMPARED:]
    close = bare(prose[-1])[:_COMPARED]
    start = end = None
    for at in range(after, len(lines)):
        text = lines[at].text
        if len(text) < _SHORTEST:
            continue
        compared = lines[at].bare
        if start is None and compared.startswith(first):
            start = at
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
        if key(lines[at].text) in _OTHERS:
            break
        for stamp, kind in _read(lines, at, timezone, language):
            yield _Found(stamp, kind, "head")
    for at in range(max(0, head - _ABOVE), max(0, head)):
        if not lines[at].top and _is_near(lines[at], lines[head]):
            for stamp, kind in _read(lines, at, timezone, language):
                yield _Found(stamp, kind, "above")
    if end is None:
        return
    for at in range(end + 1, min(len(lines), end + 1 + _BELOW)):
        line = lines[at]
        if key(line.text) in _OTHERS or line.tag in _HEADINGS:
            return
        if line.linked and is_headline(line.text):
            return
        for stamp, kind in _read(lines, at, timezone, language):
            alone = at - end <= _CLOSE and _is_near(line, lines[end]) and not _strange(stamp)
            if kind is not None or alone:
                yield _Found(stamp, kind, "below")


def _is_near(line: Shown, head: Shown) -> bool:
    """Whether a line stands in one of the boxes close around another."""
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


def _read(
    lines: Sequence[Shown], at: int, timezone: str | None, language: str | None
) -> Iterator[tuple[Stamp, Kind | None]]:
    """The dates of a line, each with its label; a label or a time may stand in the next line."""
    text = lines[at].text
    if len(text) > _LINE or not _DIGIT.search(text):
        return
    before = lines[at - 1] if at else None
    if before and before.linked and before.tag not in _HEADINGS and is_headline(before.text):
        return  # another story's
    folded = " ".join(lines[at].folded.split())
    if before and len(before.text) < _SHORT and not _DIGIT.search(before.text):
        said = before.folded.strip(" :：-|")
        if [(first, last) for first, last, _ in labels(said)] == [(0, len(said))]:
            folded = f"{said}: {folded}"
    for part, kind in _parts(folded):
        if kind == "other":
            continue
        stamp = read_stamp(part, timezone=timezone, language=language)
        if stamp is None or stamp.at.year < _FIRST_YEAR or not _is_stamp(stamp, kind):
            continue
        if not stamp.timed and (time := _time_beside(lines, at)):
            stamp = read_stamp(f"{part} {time}", timezone=timezone, language=language) or stamp
        yield stamp, kind


def _time_beside(lines: Sequence[Shown], at: int) -> str | None:
    """The line below or above that is a time and nothing else."""
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(lines) and len(lines[beside].text) < _SHORT:
            time = lines[beside].folded.strip(" |-–·،,")
            said = _TIME_FIRST.match(time)
            if said and set(_WORD.findall(time[said.end() :])) <= OF_CLOCKS:
                return time
    return None


def _parts(folded: str) -> Iterator[tuple[str, Kind | None]]:
    """A line cut at its labels: each date with the label that it has, before or behind it."""
    marks = labels(folded)
    if not marks:
        yield folded, None
        return
    head = folded[: marks[0][0]]
    # "2025年5月1日公開 5月2日更新": what is behind the last label has no date.
    if _DIGIT.search(head) and not _DIGIT.search(folded[marks[-1][1] :]):
        done = 0
        for first, last, kind in marks:
            yield folded[done:first], kind
            done = last
        return
    if _DIGIT.search(head):
        yield head, None
    carried: Kind | None = None
    for number, (_, last, kind) in enumerate(marks):
        until = marks[number + 1][0] if number + 1 < len(marks) else len(folded)
        part = folded[last:until]
        # "Update date: …", "date of print": two labels before one date.
        said = carried if carried in {"other", "updated"} and kind != "other" else kind
        carried = None if _DIGIT.search(part) or len(part) > 20 else said
        if carried is None:
            yield part, said


def _is_stamp(stamp: Stamp, kind: Kind | None) -> bool:
    """Whether so little stands beside a date that it is a stamp and no sentence."""
    strange = _strange(stamp)
    if kind is not None:
        return strange <= _LABELLED_WORDS
    before = _PARTED.split(stamp.before)[-1]
    if _NAMED.search(before) and strange:
        return False
    return strange <= (_LABELLED_WORDS if _BYLINE.match(before.strip()) else _WORDS)


def _strange(stamp: Stamp) -> int:
    """How many words stand beside a date that are no part of one, up to the next bar or dash."""
    beside = f"{_PARTED.split(stamp.before)[-1]} {_PARTED.split(stamp.after)[0]}"
    return sum(word not in OF_DATES for word in _WORD.findall(beside))
