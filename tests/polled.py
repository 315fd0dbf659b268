"""A source over several polls, from the files of a case: a site's answers and what must come of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from monitor.model import Selectors, Source
from monitor.watch import Watch
from tests.test_poll import Desk, Site, Wire

Case = dict[str, Any]


def moment(value: object) -> object:
    """Times as they are written in the cases."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def agree(got: object, want: Mapping[str, object]) -> None:
    """The named fields of a value are what they must be; the others are not looked at."""
    found = got if isinstance(got, Mapping) else {name: getattr(got, name) for name in want}
    assert {name: moment(found[name]) for name in want} == want


def source(declared: Case) -> Source:
    """A source as a case declares it."""
    selectors = Selectors(**declared["selectors"]) if "selectors" in declared else None
    return Source(**{"name": "odd", "url": "", **declared, "selectors": selectors})


class World(Site):
    """What every address answers, by the case's files; everything else is not found."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.answers: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        answer = self.answers.get(url, {"status": 404})
        if isinstance(answer, str):
            answer = {"file": answer}
        needs = answer.get("needs", {}).items()
        if any(part not in request.headers.get(name, "") for name, part in needs):
            answer = answer["else"]
        body = (self.folder / answer["file"]).read_bytes() if "file" in answer else b""
        return httpx.Response(
            answer.get("status", 200), headers=answer.get("headers"), stream=Wire(body)
        )


# What a step may say: when it is, what the site answers from then on, who is polled; the rest
# is checked.
_GIVEN = {"after", "answers", "source"}
_CHECKED = {
    *("outcome", "detail", "fresh", "told", "alerts", "caveats", "gaps"),
    *("state", "wait", "health", "flagged"),
}


async def _step(desk: Desk, watch: Watch, sources: Mapping[str, Source], step: Case) -> None:
    """One poll, what is read after it, and a look at how the source fares."""
    assert set(step) <= _GIVEN | _CHECKED
    desk.now += timedelta(minutes=step.get("after", 0))
    desk.site.answers.update(step.get("answers", {}))
    name = step.get("source", next(iter(sources)))
    polled = await desk.poller.poll(sources[name])
    told = sorted(list(each) for each in await desk.read())
    await watch.look()
    troubles = {each.source: each.state for each in desk.store.health.open()}
    alerts = [json.loads(body) for (body,) in desk.store.db.execute("select body from messages")]
    last = alerts[-1]["data"].get("caveats", []) if alerts else []
    gaps = len(desk.store.ledger.gaps())
    found = {
        "outcome": polled.outcome,
        "fresh": polled.fresh,
        "told": told,
        "alerts": desk.queued,
        "caveats": sorted(one["code"] for one in last),
        "gaps": gaps,
        "flagged": name in troubles or bool(desk.store.health.floods()),
    }
    assert {key: found[key] for key in step if key in found} == {
        key: value for key, value in step.items() if key in found
    }, f"{found} {polled.detail}"
    assert step.get("detail", "") in polled.detail
    assert troubles.get(name, "ok") in step.get("health", [troubles.get(name, "ok")])
    state = desk.store.sources.state(name)
    assert state is not None
    agree(state, step.get("state", {}))
    if "wait" in step:
        least, most = step["wait"]
        wait = (state.next_poll - desk.now).total_seconds() / 60
        assert least * 0.89 <= wait <= most, wait  # a tenth of jitter either way


async def polls(path: Path, want: Case, desk: Desk) -> None:
    """Answers of a site poll by poll, through the real poller and reader."""
    sources = {each["name"]: source(each) for each in want["sources"]}
    desk.config = replace(desk.config, sources=tuple(sources.values()))
    desk.build()
    watch = Watch(desk.poller._parts)
    for number, step in enumerate(want["steps"], 1):
        try:
            await _step(desk, watch, sources, step)
        except AssertionError as fault:
            fault.add_note(f"in step {number} of {path.name}")
            raise
    rows = desk.store.ledger.articles(story=None, bands=["on", "maybe", "off"], limit=999)
    shown = [{**row, "published": _whole(row["published"]), "first_seen": _whole(row["first_seen"])} for row in rows]  # fmt: skip
    if "articles" in want:
        assert len(shown) == len(want["articles"])
    for one in want.get("articles", []) + want.get("articles_hold", []):
        assert any(one.items() <= row.items() for row in shown), (one, shown)
    if "revisions" in want:
        assert desk.store.db["revisions"].count == want["revisions"]
    if "gap" in want:
        assert [[gap["since"][:16], gap["until"][:16]] for gap in desk.store.ledger.gaps()] == [want["gap"]]  # fmt: skip
    asked = desk.site.asked
    assert {url: asked.count(url) for url in want.get("asked", {})} == want.get("asked", {})
    assert set(asked) <= set(want.get("asked_only", asked))


def _whole(stamp: str | None) -> str | None:
    """A stored time to the second."""
    return None if stamp is None else f"{stamp[:19]}Z"
