"""What who has logged in finds on each page: what its forms carry, and what was just done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from monitor.hand import Done, Wish
from monitor.store.rows import moment, stamp
from monitor.web.page.session import Seals, Session

DONE: Final = "done"  # the parameter that carries what was done
AGAIN: Final = "again"  # and of who was sent round once (`Entrance`)
PASSING: Final = {DONE: "", AGAIN: ""}
_SHOWN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A request that came through the door."""

    session: Session
    seals: Seals


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was done, when; `wish` is what was asked for."""

    at: datetime
    wish: Wish
    done: Done


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """For the templates: `token` and `back` stand in each form, `told` on top of the page."""

    token: str
    back: str
    told: Told | None


def passed(request: Request) -> Passed | None:
    """Who asks; None where the page has no login, or who asks has not gone through it."""
    found = getattr(request.state, "passed", None)
    return found if isinstance(found, Passed) else None


def buttons(request: Request, now: datetime) -> Buttons | None:
    """None where nothing can be pressed."""
    who = passed(request)
    if who is None:
        return None
    told = opened(who, request.query_params.get(DONE, ""), now)
    return Buttons(token=who.seals.token(who.session), back=own(request), told=told)


def own(request: Request) -> str:
    """The address that is asked for, from the root on, without what is said but once."""
    path = quote(request.scope["path"].lstrip("/"))
    query = [(name, value) for name, value in request.query_params.items() if name not in PASSING]
    return path + (f"?{urlencode(query)}" if query else "")


def sealed(who: Passed, told: Told) -> str:
    """What was done, as a parameter: a link of somebody else's cannot say so."""
    kept = {
        "at": stamp(told.at),
        "wish": _short(told.wish),
        "done": {**_short(told.done), "due": stamp(told.done.at)},
    }
    if told.done.undo:
        kept["undo"] = _short(told.done.undo)
    return who.seals.seal(_kind(who), json.dumps(kept, ensure_ascii=False))


def opened(who: Passed, text: str, now: datetime) -> Told | None:
    """The same read again, for a few minutes; None of anything else."""
    said = who.seals.open(_kind(who), text) if text else None
    if said is None:
        return None
    kept: Mapping[str, Any] = json.loads(said)
    at, done = moment(kept["at"]), kept["done"]
    if not at <= now + _SHOWN <= at + 2 * _SHOWN:
        return None
    return Told(
        at=at,
        wish=Wish(**kept["wish"]),
        done=Done(
            changed=done["changed"],
            undo=Wish(**kept["undo"]) if "undo" in kept else None,
            before=done.get("before", ""),
            at=moment(done["due"]),
        ),
    )


def _kind(who: Passed) -> str:
    return f"{DONE} {who.session.id}"


def _short(value: Wish | Done) -> dict[str, Any]:
    """Its fields but those that say nothing, and what stands in the page anyway is cut."""
    return {
        name: field[:200] if isinstance(field, str) else field
        for name, field in asdict(value).items()
        if name not in {"undo", "at"} and (field or name in {"act", "changed", "was"})
    }
