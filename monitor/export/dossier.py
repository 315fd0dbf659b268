"""A story as one HTML file that needs nothing else: its developments, who has them, the evidence.

Bounded by what is shown of a development, and written as it is read: memory holds one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor import __version__
from monitor.alert.direction import one_line, shorten
from monitor.alert.gloss import counted
from monitor.alert.lines import Line, line, outlet_of, web_link
from monitor.export.words import WORDS
from monitor.fold.lineage import UNNAMED, independent
from monitor.model import Seed, Story
from monitor.store.desk import Marks
from monitor.store.rows import moment, stamp
from monitor.store.store import Store
from monitor.story.grouping import Development
from monitor.text.arabic import fold
from monitor.text.language import direction, guess
from monitor.text.words import sentences

_HEADLINE: Final = 300
_SENTENCE: Final = 400
_FACTS: Final = 6
_UPDATES: Final = 40
_OTHERS: Final = 60
_HASHES: Final = 3
_CHANGES: Final = 10
_ALERTS: Final = 40
_OUTLETS: Final = 20
_FIGURES: Final = 12
# So many developments are shown open; of more, the month that the file begins with.
_OPEN: Final = 60


@dataclass(frozen=True, slots=True)
class _Seed(Line):
    name: str
    outlet: str


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known beside the reports of one development, by article."""

    language: str
    outlets: Mapping[int, str]
    hashes: Mapping[int, Sequence[Mapping[str, Any]]]
    changes: Mapping[int, Sequence[Mapping[str, Any]]]


def write(
    file: BinaryIO,
    store: Store,
    story: Story,
    seeds: Sequence[Seed],
    now: datetime,
    *,
    since: datetime | None = None,
    newest_first: bool = True,
    language: str | None = None,
) -> int:
    """Write a story's dossier; how many developments it has.

    `since` leaves out developments without news since then. `language` is that of the words
    around the reports (`WORDS`), None for that of the story's title; nobody translates.
    """
    name = story.name
    events = store.records.developments(name, since, newest_first=newest_first)
    chosen = language or ("ar" if guess(story.title) == "ar" else "en")
    first, last = store.records.span(name)
    rows, _ = store.evidence.size()
    whole = _template().generate(
        version=__version__,
        language=chosen,
        dir=direction(chosen),
        comma="،" if chosen == "ar" else ",",
        arrow="←" if direction(chosen) == "rtl" else "→",
        said=WORDS[chosen],
        number=partial(format_decimal, locale=chosen),
        story=name,
        title=line(story.title, None),
        made=stamp(now),
        since=stamp(since),
        first=first,
        last=last,
        total=len(events),
        seeds=[_seed(seed) for seed in seeds],
        months=_months(events, chosen, partial(_event, store, name, store.desk.marks(name), chosen)),
        head=store.evidence.head(),
        rows=rows,
    )  # fmt: skip
    file.writelines(part.encode("utf-8", "replace") for part in whole)
    return len(events)


def _months(
    events: Sequence[Mapping[str, Any]],
    language: str,
    told: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    sizes = Counter(event["opened"][:7] for event in events)
    begun = False
    for month, group in groupby(events, key=lambda event: event["opened"][:7]):
        yield {
            "name": format_skeleton("yMMMM", moment(f"{month}-01T00:00:00Z"), locale=language),
            "count": sizes[month],
            "open": not begun or len(events) <= _OPEN,
            "events": map(told, group),
        }
        begun = True


def _event(
    store: Store,
    story: str,
    marks: Mapping[int, Marks],
    language: str,
    event: Mapping[str, Any],
) -> dict[str, Any]:
    number = event["id"]
    mark = marks.get(number, Marks())
    members = store.records.reports(story, number)
    opening = next((row for row in members if row["id"] == number), members[0] if members else None)
    updates = [row for row in members if row["relation"] == "update" and row is not opening]
    others = [row for row in members if row is not opening and row["relation"] != "update"]
    # What has no room among the updates is listed with the others, before them.
    others = [*updates[_UPDATES:], *others]
    beside = _Beside(
        language=language,
        outlets={row["id"]: outlet_of(row) for row in members},
        hashes=store.records.hashes(story, number),
        changes=store.records.changes(story, number),
    )
    shown = partial(_report, beside)
    said = WORDS[language]
    first = shown(opening) if opening else None
    return {
        "id": number,
        "title": line(mark.title or (opening or {}).get("title") or f"#{number}", None),
        # A name of the desk's own stands above the headline; without one this is the heading.
        "named": mark.title is not None,
        "url": first["url"] if first and mark.title is None else None,
        "muted": mark.muted,
        "has": list(_has(members)),
        "notes": [one_line(note) for note in mark.notes],
        "opened": event["opened"],
        "reports": len(members),
        "independent": independent(store.lineage.reports(story, number)),
        "first": [first] if first else [],
        "figures": _figures(store, story, number, language),
        "updates": [shown(row) for row in updates[:_UPDATES]],
        "others": [shown(row) for row in others[:_OTHERS]],
        "more": len(others[_OTHERS:]),
        "alerts": [
            {**row, "what": said.get(f"alert:{row['kind']}", said["alert:"])}
            for row in store.records.sent(story, number)[:_ALERTS]
        ],
    }


def _has(members: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Outlets with reports of their own, then those that copied only; each once, in order."""
    names = [(outlet_of(row), row["relation"] == "copy") for row in members]
    own = list(dict.fromkeys(name for name, copied in names if not copied))
    copies = list(dict.fromkeys(name for name, copied in names if copied and name not in own))
    for what, outlets in (("own", own), ("copies", copies)):
        if outlets:
            yield what, {"named": outlets[:_OUTLETS], "more": len(outlets[_OUTLETS:])}


def _report(beside: _Beside, row: Mapping[str, Any]) -> dict[str, Any]:
    link = one_line(row["link"])
    credit = row["credit"]
    if credit == UNNAMED and beside.language == "ar":
        credit = "وكالات الأنباء"
    return {
        "relation": row["relation"],
        "of": beside.outlets.get(row["of"]),
        "title": line(row["title"][:_HEADLINE] or link, row["language"]),
        "url": web_link(row["link"]),
        "outlet": outlet_of(row),
        "credit": one_line(credit or ""),
        "aggregator": row["aggregator"],
        "published": row["published"],
        "seen": row["first_seen"],
        "lead": [line(one, row["language"]) for one in _lead(row)],
        "facts": [line(fact, row["language"]) for fact in _facts(row)],
        "changes": list(beside.changes.get(row["id"], ()))[-_CHANGES:],
        "hashes": list(beside.hashes.get(row["id"], ()))[-_HASHES:],
    }


def _lead(row: Mapping[str, Any]) -> list[str]:
    """The first two sentences, the headline not said again; none of a bare headline."""
    if row["kind"] == "headline":
        return []
    title = fold(row["title"]).strip(" .")
    told = (one_line(sentence) for sentence in sentences(row["beginning"]))
    return [shorten(one, _SENTENCE) for one in told if one and fold(one).strip(" .") != title][:2]


def _facts(row: Mapping[str, Any]) -> list[str]:
    """The sentences that were new, the headline not said again where there are others."""
    told = [shorten(one_line(fact), _SENTENCE) for fact in row["new_facts"]]
    title = fold(row["title"]).strip(" .")
    return ([one for one in told if fold(one).strip(" .") != title] or told)[:_FACTS]


def _figures(store: Store, story: str, development: int, language: str) -> list[list[str]]:
    """For each kind of thing that several numbers were given for: these, in their order."""
    try:
        known = Development.from_json(store.developments.load(story, development))
    except ValueError:
        return []
    kinds: dict[str, list[str]] = {}
    for figure in known.figures:
        if figure[0]:
            kinds.setdefault(figure[0], []).append(counted(figure, language))
    changed = (list(dict.fromkeys(given)) for given in kinds.values())
    return [given[:_FIGURES] for given in changed if len(given) > 1]


def _seed(seed: Seed) -> _Seed:
    title = line(seed.title[:_HEADLINE] or seed.name, seed.language)
    return _Seed(title.text, title.lang, title.dir, one_line(seed.name), one_line(seed.outlet or ""))  # fmt: skip


@cache
def _template() -> Any:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("dossier.html")
