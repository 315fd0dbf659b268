"""A button pressed: what a form asks for, done by the hand, and said on the page that it came from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from monitor.errors import StoreError
from monitor.hand import ACTS, Done, Refused, Wish
from monitor.web.page.asked import Misasked, number
from monitor.web.page.passed import DONE, Passed, Told, sealed
from monitor.web.page.posted import inside
from monitor.web.page.reader import reader
from monitor.web.page.rendered import plain

log = structlog.get_logger()

_LONGEST: Final = 2_000  # letters of a name or a note
_LABELS: Final = ("yes", "no", "none")


class Hand(Protocol):
    """Who carries out what is asked for."""

    def do(self, wish: Wish) -> Done:
        """Do it. Refused where it cannot be as things are, StoreError where nothing can be written."""


class Acts:
    """Acts one after the other, in a thread of their own; `stirred` is called after each."""

    def __init__(
        self, hand: Hand, clock: Callable[[], datetime], stirred: Callable[[], None]
    ) -> None:
        """Do nothing yet."""
        self._hand = hand
        self._clock = clock
        self._stirred = stirred
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hand")

    def close(self) -> None:
        """Let what waits go; what is under way comes to its end by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def act(self, request: Request, who: Passed, fields: Mapping[str, str]) -> Response:
        """What a form asks for. It leads back to the page that it came from, which says what was done."""
        said = reader(request)
        try:
            wish = wished(fields)
        except Misasked:
            return refused(request, 400, said.bad, fields)
        loop = asyncio.get_running_loop()
        try:
            done = await loop.run_in_executor(self._thread, self._hand.do, wish)
        except Refused as why:
            log.info(
                "not done by hand", act=wish.act, story=wish.story, id=wish.number, why=why.why
            )
            return refused(request, 409, said.refusals[why.why], fields, why)
        except StoreError as error:
            log.warning("not done by hand", act=wish.act, problem=str(error))
            return refused(request, 503, said.busy, fields, again=wish, who=who)
        except asyncio.CancelledError:
            # The server ends, and has waited for it. Sent all the same: it is the last word there.
            log.warning("left by hand", act=wish.act, story=wish.story, id=wish.number)
            return refused(request, 503, said.left, fields)
        self._stirred()
        log.info(
            "done by hand",
            act=wish.act,
            story=wish.story,
            id=wish.number or wish.said,
            changed=done.changed,
            by="page",
        )
        told = sealed(who, Told(at=self._clock(), wish=wish, done=done))
        # 303: the browser asks for the page, and nothing is sent twice when that is reloaded.
        return RedirectResponse(_back(fields, told), status_code=303)


def wished(fields: Mapping[str, str]) -> Wish:
    """The wish that a form's fields are; Misasked where they are none of ours."""
    act = ACTS.get(fields.get("act", ""))
    said = " ".join(fields.get("said", "").split())
    was = fields.get("was") or None
    if act is None or len(said) > _LONGEST or was not in {None, *_LABELS}:
        raise Misasked
    if not said and act in {"rename", "note", "poll"}:
        raise Misasked
    return Wish(
        act=act,
        story=fields.get("story", ""),
        number=number(fields.get("number") or "0"),
        other=number(fields.get("other", "").strip().lstrip("#") or "0"),
        said=said,
        was=was,
    )


def refused(
    request: Request,
    status: int,
    title: str,
    fields: Mapping[str, str],
    why: Refused | None = None,
    *,
    again: Wish | None = None,
    who: Passed | None = None,
) -> Response:
    """Why nothing was done, with what was typed, so that it is not lost; `again` may be pressed again."""
    into = why.into if why else 0
    return plain(
        request,
        "refused.html",
        status,
        {
            "title": title,
            "more": why.text if why else "",
            "into": into,
            "story": fields.get("story", ""),
            "typed": fields.get("said", "")[:_LONGEST]
            if fields.get("act") in {"rename", "note"}
            else "",
            "back": inside(fields.get("back", "")),
            "again": again,
            "token": who.seals.token(who.session) if who else "",
        },
    )


def _back(fields: Mapping[str, str], told: str) -> str:
    path, _, query = inside(fields.get("back", "")).partition("?")
    return (path or "./") + "?" + "&".join(filter(None, (query, urlencode({DONE: told}))))
