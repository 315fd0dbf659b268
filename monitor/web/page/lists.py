"""Sources, search, the delivery log, articles: what is listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from monitor.alert.lines import line, web_link
from monitor.alert.troubles import troubles
from monitor.look.deliveries import answer, log
from monitor.look.loaded import MEND
from monitor.look.status import rows as status_rows
from monitor.look.status import sources as status_of
from monitor.searching import search as find
from monitor.store.rows import ELSEWHERE
from monitor.store.store import Store
from monitor.web.page.asked import Asked, View, cursor
from monitor.web.page.fares import fares
from monitor.web.page.shown import languages, marked, printed, public

_PAGE: Final = 50
_FOUND: Final = 20  # as many as the commands list
_SOURCES: Final = 200
_GAPS: Final = 30
_GAPS_OF: Final = timedelta(days=7)
STATES: Final = ("held", "queued", "delivered", "given-up", "dismissed")
_ACTS: Final[Mapping[str, frozenset[str]]] = {
    "resend": frozenset(("given-up", "dismissed")),
    "dismiss": frozenset(("given-up",)),
    "release": frozenset(("held",)),
}
BANDS: Final = ("on", "maybe", "off")
_WELL: Final = frozenset(("ok", "new", "off"))


def sources(store: Store, asked: Asked) -> View:
    """Each source: those in trouble first. As rows, all that `monitor status` says."""
    unread = asked.written.unread(store)
    if asked.as_json:
        rows = status_rows(store, asked.config, asked.now, unread)
        return View(
            values={},
            rows=[{**row, "url": public(row["url"])} if "url" in row else row for row in rows],
        )
    words = troubles(asked.said.language)
    listed = status_of(store, asked.config, words, counted=False)
    listed.sort(key=lambda each: each.state in _WELL)
    first = asked.number("from") or 0
    troubled = {each.source: each for each in store.health.open() if each.source}
    return View(
        template="sources.html",
        title=asked.said.nav["sources"],
        values={
            "fares": fares(store, asked),
            "listed": [
                {"is": each, "state": words.states.get(each.state, each.state),
                 "well": each.state in _WELL, "trouble": troubled.get(each.name), "url": web_link(public(each.url)),
                 "due": each.next_poll is not None and each.next_poll <= asked.now}
                for each in listed[first : first + _SOURCES]
            ],
            "unread": unread,
            "mend": MEND,
            "gaps": store.glance.gaps(asked.now - _GAPS_OF, _GAPS),
        },
        rows=(),
        after={"from": str(first + _SOURCES)} if len(listed) > first + _SOURCES else None,
    )  # fmt: skip


def search(store: Store, asked: Asked) -> View:
    """Stored articles that hold all the words."""
    words = asked.word("q")
    names = [story.name for story in asked.config.stories]
    wanted = asked.stories()[0] if asked.word("story") else None
    rows = (
        find(store, words, story=wanted, since=None, limit=_FOUND, stories=names, before=asked.before)
        if words
        else []
    )  # fmt: skip
    last = rows[-1] if len(rows) == _FOUND else None
    return View(
        template="search.html",
        title=asked.said.nav["search"],
        values={
            "words": words,
            "wanted": wanted or "",
            "stories": asked.config.stories,
            "found": [] if asked.as_json else [_found(row, words, asked) for row in rows],
            "waiting": 0 if asked.as_json else store.search.waiting(),
        },
        rows=rows,
        after={"before": cursor(last["published"] or last["first_seen"], last["id"])}
        if last
        else None,
    )


def _found(row: Mapping[str, Any], words: str, asked: Asked) -> dict[str, Any]:
    shown = marked(row["snippet"], words.replace('"', " ").split(), row["language"])
    return {
        **row,
        **printed(row),
        "snippet": shown,
        "language": languages([row["language"] or ""], asked.said.language),
        "stories": [each for each in row["stories"] if each["band"] != "off"],
    }


def alerts(store: Store, asked: Asked) -> View:
    """The delivery log, what is held first."""
    channels = [channel.name for channel in asked.config.channels]
    channel, state = asked.word("channel") or None, asked.one_of("state", STATES)
    rows = log(store, _PAGE, channel=channel, state=state, before=asked.number("before"))
    queued = [row for row in rows if row["delivery"] is not None]
    return View(
        template="alerts.html",
        title=asked.said.nav["alerts"],
        values={
            "listed": [
                _told([*group], channels)
                for _, group in groupby(rows, lambda row: (row["alert"], row["title"]))
            ],
            "channels": channels,
            "channel": channel or "",
            "state": state or "",
            "states": STATES,
            "lost": 0
            if channel or state not in {None, "given-up"}
            else store.glance.given_up(channels),
        },
        rows=rows,
        after={"before": str(queued[-1]["delivery"])} if len(queued) == _PAGE else None,
    )


def _now(row: dict[str, Any], channels: Collection[str]) -> str:
    """Its state; "" where there is nothing to be done by hand."""
    is_over = row["channel"] not in channels or row["reply"] == ELSEWHERE
    return "" if is_over else str(row["state"])


def _told(rows: list[dict[str, Any]], channels: Collection[str]) -> dict[str, Any]:
    """One alert with its deliveries, and what its buttons do."""
    first = rows[0]
    return {
        "alert": first["alert"],
        "article": first["article"],
        "created": first["created"],
        "title": line(first["title"] or "", None, 300),
        "url": web_link(first["link"] or ""),
        "deliveries": [
            {**row, "said": "" if row["state"] == "held" else answer(row)} for row in rows
        ],
        "acts": [
            act for act, states in _ACTS.items() if states & {_now(row, channels) for row in rows}
        ],
        "story": first["story"],
        "development": first.get("development"),
    }


def articles(store: Store, asked: Asked) -> View:
    """Stored articles in a band, of one story or of all that are followed."""
    names = asked.stories()
    wanted = names[0] if len(names) == 1 else None
    band = asked.one_of("band", BANDS)
    bands: Sequence[str] = [band] if band else ("on", "maybe")
    rows = store.ledger.articles(story=wanted, bands=bands, limit=_PAGE, before=asked.before)
    goes_on = len(rows) == _PAGE
    if goes_on and wanted is None:
        # One that is judged for several stories stands on one page whole: the next begins behind it.
        last = rows[-1]["id"]
        rows = [row for row in rows if row["id"] != last] or rows
    # What is followed no more is among the rows, as the command has it, and not on the page.
    labels = {
        name: store.labels.standing(name, [row["id"] for row in rows])
        for name in {row["story"] for row in rows}.intersection(names)
    }
    return View(
        template="articles.html",
        title=asked.said.articles,
        values={
            "listed": [
                {**row, **printed(row), "label": labels[row["story"]].get(row["id"], "none")}
                for row in rows
                if row["story"] in labels
            ],
            "stories": asked.config.stories,
            "titles": {story.name: story.title for story in asked.config.stories},
            "wanted": wanted or "",
            "band": band or "",
            "bands": BANDS,
        },
        rows=rows,
        after={"before": cursor(rows[-1]["first_seen"], rows[-1]["id"])} if goes_on else None,
    )
