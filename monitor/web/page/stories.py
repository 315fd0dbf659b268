"""The stories with their developments, what is in doubt, and how the monitor fares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from monitor.alert.decide import EVERY_CHANNEL
from monitor.alert.lines import line
from monitor.look.developments import listing
from monitor.model import Story
from monitor.store.store import Store
from monitor.web.page.asked import Asked, View, cursor
from monitor.web.page.fares import fares
from monitor.web.page.shown import headline, languages, printed

_FEW: Final = 10  # developments of a story, where all stories stand
_PAGE: Final = 30  # as many as the command lists
_DOUBTFUL: Final = 8
_DAYS: Final = timedelta(days=7)


def overview(store: Store, asked: Asked) -> View:
    """Each story with its latest developments; as rows, those of all stories together."""
    if asked.as_json:
        return _rows(store, asked, asked.stories())
    stories = asked.config.stories
    if len(stories) == 1:
        return one(store, asked, stories[0].name)
    return View(
        template="stories.html",
        title=asked.said.nav[""],
        values={
            "fares": fares(store, asked),
            "sections": [_section(store, asked, story, _FEW, None) for story in stories],
        },
        rows=(),
    )


def one(store: Store, asked: Asked, name: str) -> View:
    """One story, page by page."""
    if asked.as_json:
        return _rows(store, asked, [name])
    (story,) = [each for each in asked.config.stories if each.name == name]
    section = _section(store, asked, story, _PAGE, asked.before)
    return View(
        template="stories.html",
        title=story.title,
        values={"fares": fares(store, asked), "sections": [section]},
        rows=(),
        after=section["after"],
    )


def _rows(store: Store, asked: Asked, names: list[str]) -> View:
    rows = listing(store, names, _PAGE, asked.before)
    return View(values={}, rows=rows, after=_after(rows, _PAGE))


def _after(rows: list[dict[str, Any]], limit: int) -> dict[str, str] | None:
    return {"before": cursor(rows[-1]["last_new"], rows[-1]["id"])} if len(rows) == limit else None


def _section(
    store: Store, asked: Asked, story: Story, limit: int, before: tuple[str, int] | None
) -> dict[str, Any]:
    rows = listing(store, [story.name], limit, before)
    doubtful = (
        store.glance.doubtful(story.name, asked.now - _DAYS, _DOUBTFUL + 1) if not before else []
    )
    return {
        "name": story.name,
        "title": line(story.title),
        "events": [_event(row, asked) for row in rows],
        "first": before is None,
        "after": _after(rows, limit),
        "doubtful": [
            {**printed(row), "id": row["id"], "seen": row["first_seen"], "score": row["score"],
             "edge": row["threshold"]}
            for row in doubtful[:_DOUBTFUL]
        ],
        "more_doubtful": len(doubtful) > _DOUBTFUL,
    }  # fmt: skip


def _event(row: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    return {
        **row,
        "title": line(row["name"]) if row["name"] else headline(row),
        "languages": languages(row["languages"], asked.said.language),
        "told": [channel for channel in row["told"] if channel != EVERY_CHANNEL],
        "baseline": EVERY_CHANNEL in row["told"],
    }
