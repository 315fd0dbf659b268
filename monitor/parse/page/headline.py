"""The headline of an article, and the site's name: what the page states against what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from monitor.parse.dates.dates import read_stamp
from monitor.parse.lines import ends, words
from monitor.parse.markup import squeeze
from monitor.parse.names import names_head
from monitor.parse.page.metadata import Metadata
from monitor.parse.page.sitename import SEPARATOR, is_site, site_beside, without_site
from monitor.parse.page.told import Text, is_prose, words_of
from monitor.parse.shown import Shown, bare
from monitor.parse.titles import is_headline

_KICKER: Final = re.compile(r"(?P<kicker>\S+(?:\s\S+){0,2}?)\s+[/|]\s+(?P<rest>\S.*)")
_CUT: Final = ("…", "...")
_HEADING: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HEADLINE_WORDS: Final = 4  # of a line that nothing marks as one
_MOST_WORDS: Final = 20
_MARKS: Final = 4  # separators tried from either end of a title
_HEADINGS: Final = 60
_LARGE: Final = ", ".join(f"font[size='{size}']" for size in ("4", "5", "6", "7", "+1", "+2", "+3"))
_EDGE: Final = 6  # lines at the top and the foot of a page
_LONGEST: Final = 300  # letters
_SHARED: Final = 0.3  # of the words of a headline put another way


class Named(NamedTuple):
    """The headline as the article shows it, and the site's name where the page's title has it."""

    title: str | None
    site: str | None


def read_headline(document: LexborHTMLParser, stated: Metadata, lines: Sequence[Shown]) -> Named:
    """The stated title that the page shows, without the site's name around it.

    Where the page shows none of them, its one heading that reads like a
    headline wins over titles that are worded otherwise.
    """
    candidates = [
        one
        for one in dict.fromkeys((stated.headline, *stated.titles))
        if one and (is_headline(one) or not is_site(one, document, lines))
    ]
    site = bare(stated.site_name or "")
    shown, text = _shown(document, lines), Text(lines)
    title = (
        _agreed(candidates, shown.headings, shown, site)
        or _held(candidates, shown.headings)
        or _prolonged(candidates, shown)
        or _reworded(candidates, stated.h1, shown)
        or _agreed(candidates, shown.others, shown, site)
        or _agreed(candidates, shown.headings, shown, site, short=True)
        or _only(stated.h1, shown)
    )
    is_lone = stated.headline is None and len(stated.titles) < 2
    if title is None and not shown.headings and is_lone:
        title = _line_above_text(lines, text)
    if title is None:
        whole = next((one for one in candidates if bare(one) != site), None)
        above = _above_text(lines, text)
        if whole and above and is_lone and not text.tells(whole):
            whole = None  # the template's
        title = without_site(whole, site, document, lines) if whole else above
    if title and words(title) < _HEADLINE_WORDS and bare(title) not in shown.headings:
        # The section's name in a template's title.
        above = _above_text(lines, text)
        title = above if above and text.tells(above) else title
    if title is None:
        heads = (one for one in stated.h1 if not is_site(one, document, lines))
        title = next(heads, None) or _line_above_text(lines, text)
    title = _whole(title, candidates, lines) if title else next(iter(stated.h1), None)
    title = _without_kicker(title, lines) if title else None
    return Named(title, stated.site_name or site_beside(stated.tag, title, document, lines))


def _without_kicker(title: str, lines: Sequence[Shown]) -> str:
    """The title without a section before a slash or a bar that the page names by itself as well."""
    parted = _KICKER.match(title)
    if not parted or len(parted["rest"].split()) < _HEADLINE_WORDS:
        return title
    named = bare(parted["kicker"])
    return parted["rest"] if any(line.bare == named for line in lines) else title


class _Texts(NamedTuple):
    """What may be a headline, by its bare letters."""

    headings: dict[str, str]
    others: dict[str, str]
    parted: set[str]  # headings set in parts, of which the break between is lost
    first: set[
        str
    ]  # what reads like a headline in an h1, and no link or notice says it is the site
    kernels: dict[str, str]  # of an h1 with a kicker in an element of its own: the headline


def _shown(document: LexborHTMLParser, lines: Sequence[Shown]) -> _Texts:
    found = _Texts({}, {}, set(), set(), {})
    foot = [line.bare for line in lines[-_EDGE:] if len(line.text) <= _LONGEST]
    for node in document.css("h1, h2, h3")[:_HEADINGS]:
        text = squeeze(node.text(separator=" "))
        found.headings.setdefault(bare(text), text)
        parts = [squeeze(part.text(separator=" ")) for part in node.iter(include_text=True)]
        if sum(map(bool, parts)) > 1:
            found.parted.add(bare(text))
        # A kicker or a badge may stand in the heading.
        for part in parts:
            found.headings.setdefault(bare(part), part)
        if node.tag == "h1" and node.css_first("a[href='/']") is None:
            own = {bare(part) for part in (text, *parts) if is_headline(part)}
            told = [part for part in parts if part]
            if len(told) > 1 and is_headline(told[-1]) and not any(map(is_headline, told[:-1])):
                found.kernels[bare(text)] = told[-1]
            found.first.update(
                one for one in own if not any(one in line and one != line for line in foot)
            )
    for line in lines:
        if len(line.text) <= _LONGEST and is_headline(line.text):
            found.others.setdefault(line.bare, line.text)
    return found


def _agreed(
    candidates: Sequence[str],
    texts: dict[str, str],
    shown: _Texts,
    site: str,
    *,
    short: bool = False,
) -> str | None:
    """The longest part of a stated title, between separators, that the page shows; best as its h1.

    A part that is `short` beside the rest and reads like no headline may be the site's name.
    """
    best, rank = "", (False, 0)
    for candidate in candidates:
        for run in _runs(candidate):
            compared = bare(run)
            text = texts.get(compared)
            worth = (compared in shown.first, len(compared))
            if not text or compared in {"", site} or worth <= rank:
                continue
            headed = texts is shown.headings and is_headline(text)
            if short or headed or len(compared) * 2 > len(bare(candidate)):
                best, rank = (run if compared in shown.parted else text), worth
    return best or None


def _held(candidates: Sequence[str], texts: dict[str, str]) -> str | None:
    """The longest line with which a stated title begins or ends, whatever parts it from the rest."""
    found = [
        text
        for letters, text in texts.items()
        if words(text) >= _HEADLINE_WORDS
        and is_headline(text)
        and any(
            whole != letters
            and len(letters) * 2 > len(whole)
            and (whole.startswith(letters) or whole.endswith(letters))
            for whole in map(bare, candidates)
        )
    ]
    return max(found, key=len, default=None)


def _runs(title: str) -> Iterator[str]:
    """The title, and what its separators leave of it at either end or between two."""
    yield title
    marks = list(SEPARATOR.finditer(title))
    for mark in {*marks[:_MARKS], *marks[-_MARKS:]}:
        yield title[: mark.start()]
        yield title[mark.end() :]
    for first, last in combinations(marks[:_MARKS], 2):
        yield title[first.end() : last.start()]


def _prolonged(candidates: Sequence[str], shown: _Texts) -> str | None:
    """The one heading that begins as a stated title does, which was cut short after some words."""
    for candidate in candidates:
        for run in _runs(candidate):
            if words(run) < _HEADLINE_WORDS:
                continue
            longer = [text for text in shown.headings.values() if text.startswith(f"{run} ")]
            if len(longer) == 1:
                return longer[0]
    return None


def _reworded(candidates: Sequence[str], headings: Sequence[str], shown: _Texts) -> str | None:
    """The first heading that says what a stated title says in other words."""
    for heading in headings:
        if bare(heading) in shown.first and _is_alike(heading, candidates):
            return shown.kernels.get(bare(heading), heading)
    return None


def _is_alike(heading: str, candidates: Sequence[str]) -> bool:
    """Whether a heading says in other words what one of the candidates says."""
    own = words_of(heading)
    stated = [said for one in candidates if (said := words_of(one))]
    return any(len(own & said) >= _SHARED * min(len(own), len(said)) for said in stated)


def _only(headings: Sequence[str], shown: _Texts) -> str | None:
    likely = [one for one in dict.fromkeys(headings) if bare(one) in shown.first]
    return shown.kernels.get(bare(likely[0]), likely[0]) if len(likely) == 1 else None


def _above_text(lines: Sequence[Shown], text: Text) -> str | None:
    """The heading above the text: of those that the text tells of the first of the highest rank, else the last."""
    found = []
    for line in lines:
        if line.tag in _HEADING and is_headline(line.text) and read_stamp(line.text) is None:
            found.append(line)
        elif is_prose(line):
            break
    told = [
        line
        for line in found
        if len(found) > 1 and words(line.text) >= _HEADLINE_WORDS and text.tells(line.text)
    ]
    if told:
        return min(told, key=lambda line: line.tag).text
    return found[-1].text if found else None


def _line_above_text(lines: Sequence[Shown], text: Text) -> str | None:
    """What stands above the first paragraph and reads like a headline, on a page without headings.

    Best what its class or its size calls one, then what the text tells of; else the last, nearest to the text.
    """
    found = told = set_off = None
    large: dict[int, bool] = {}  # by block: one that breaks its lines may have thousands of them
    for line in lines:
        if is_prose(line):
            return set_off or told or found
        if line.linked:
            continue
        if (
            is_headline(line.text)
            and words(line.text) >= _HEADLINE_WORDS
            and not ends(line.text)
            and read_stamp(line.text) is None
        ):
            found = line.text
            if told is None and _HEADLINE_WORDS < words(line.text) <= _MOST_WORDS:
                told = line.text if text.tells(line.text) else None
            if set_off is None and (names_head(line.named) or _is_large(line, large)):
                set_off = line.text
    return None


def _is_large(line: Shown, known: dict[int, bool]) -> bool:
    """Whether a line is set larger than a text is, as pages without style sheets do."""
    if len(line.text) > _LONGEST:
        return False
    block = line.block.mem_id
    if block not in known:
        known[block] = line.block.css_first(_LARGE) is not None
    return known[block]


def _whole(title: str, candidates: Sequence[str], lines: Sequence[Shown]) -> str:
    """The title whole, where it was cut short for machines with dots."""
    if not title.endswith(_CUT):
        return title
    cut = bare(title)
    texts = (*(line.text for line in lines if len(line.text) <= _LONGEST), *candidates)
    return next((one for one in texts if bare(one).startswith(cut) and bare(one) != cut), title)
