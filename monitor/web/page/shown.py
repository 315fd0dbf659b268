"""Values as templates show them: sentences with marks, languages by name, moments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from babel.dates import format_timedelta
from markupsafe import Markup

from monitor.alert.direction import one_line
from monitor.alert.lines import Line, line, outlet_of, web_link
from monitor.alert.words import base, language_name, words
from monitor.alert.words import moment as written
from monitor.fold.lineage import UNNAMED
from monitor.store.rows import moment

_TITLE: Final = 300
_SENTENCE: Final = 600


def headline(row: Mapping[str, Any]) -> Line:
    """An article's headline, or its address where it has none."""
    return line(row["title"] or row["link"], row["language"], _TITLE)


def sentence(text: str, language: str | None = None) -> Line:
    """A sentence of an article."""
    return line(text, language, _SENTENCE)


def printed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Headline, outlet and address of an article; `url` None where that is no web address."""
    return {"title": headline(row), "outlet": outlet_of(row), "url": web_link(row["link"])}


def marked(text: str, names: Iterable[str], language: str | None = None) -> dict[str, Any]:
    """A sentence with what is named in it: `parts` of text and whether each is marked."""
    shown = sentence(text, language)
    wanted = sorted({one_line(name) for name in names} - {""}, key=len, reverse=True)
    if not wanted:
        return {"line": shown, "parts": [(shown.text, False)]}
    pieces = re.split(f"({'|'.join(map(re.escape, wanted))})", shown.text, flags=re.IGNORECASE)
    # What stands between the groups of a split is not named, what stands in them is.
    parts = [(piece, bool(at % 2)) for at, piece in enumerate(pieces) if piece]
    return {"line": shown, "parts": parts}


def credited(agency: str | None, reader: str) -> str:
    """Whom an article credits, where it names none of the agencies in the reader's words."""
    return words(reader).agencies if agency == UNNAMED else agency or ""


def languages(codes: Iterable[str], reader: str) -> list[str]:
    """Languages by their names in the reader's; by their codes where nobody has said."""
    return [language_name(code, reader) or code for code in dict.fromkeys(map(base, codes)) if code]


def time(at: str | datetime | None, reader: str) -> Markup:
    """A moment in UTC, for people and for machines; empty for None."""
    if at is None:
        return Markup()
    when = moment(at) if isinstance(at, str) else at
    return Markup('<time datetime="{}Z">{}</time>').format(
        f"{when:%Y-%m-%dT%H:%M:%S}", written(when, reader)
    )


def ago(at: datetime, now: datetime, reader: str) -> str:
    """How long ago a moment was: `3 minutes ago`; a second, where a clock is a little ahead."""
    passed = min(at - now, timedelta(seconds=-1))
    return str(format_timedelta(passed, add_direction=True, locale=reader))


def public(url: str) -> str:
    """An address as it may be shown to whoever sees the page: without a name and password in it."""
    return re.sub(r"(?<=//)[^/?#@]*@", "", url, count=1)
