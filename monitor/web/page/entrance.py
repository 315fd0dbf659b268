"""The entrance: every page behind the door, the form to log in, and the way out."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from monitor.errors import MonitorError
from monitor.web.hosts import Hosts
from monitor.web.page.acts import Acts, refused
from monitor.web.page.door import Door
from monitor.web.page.passed import AGAIN, Passed, own
from monitor.web.page.posted import form, inside, is_ours
from monitor.web.page.reader import reader
from monitor.web.page.rendered import link, plain, wrong
from monitor.web.page.session import Seals

log = structlog.get_logger()

_BASIC: Final = {"WWW-Authenticate": 'Basic realm="story-monitor", charset="UTF-8"'}
Answer = Callable[[Request], Awaitable[Response]]


class Entrance:
    """Lets in who knows the password, and takes what they press."""

    def __init__(self, door: Door, hosts: Hosts, acts: Acts) -> None:
        """Let nobody in yet."""
        self._door = door
        self._hosts = hosts
        self._acts = acts
        self._closed_by = ""

    def close(self) -> None:
        """Take no more."""
        self._acts.close()

    def behind(self, answer: Answer) -> Answer:
        """The same for who has come in."""

        async def admitted(request: Request) -> Response:
            seals = await self._seals()
            if seals is None:
                return self._closed(request)
            session = self._door.session(request, seals)
            if session is not None:
                request.state.passed = Passed(session=session, seals=seals)
                return await answer(request)
            if _is_program(request):
                wait = self._door.program(request, seals)
                return await answer(request) if wait is None else _unknown(wait)
            if request.headers.get("sec-fetch-site") == "cross-site" and AGAIN not in request.query_params:  # fmt: skip
                return self._round(request)
            query = {"to": own(request)}
            return RedirectResponse(link(request, "login", query), status_code=303)

        return admitted

    async def ask(self, request: Request) -> Response:
        """The form to log in, to who is not in yet."""
        seals = await self._seals()
        if seals is None:
            return self._closed(request)
        to = inside(request.query_params.get("to", ""))
        if self._door.session(request, seals) is not None:
            return RedirectResponse(to or "./", status_code=303)
        return _form(request, 200, to)

    async def come_in(self, request: Request) -> Response:
        """Take the password."""
        seals, fields = await self._seals(), await form(request)
        if seals is None:
            return self._closed(request)
        said = reader(request)
        if fields is None or not is_ours(request, self._hosts):
            return refused(request, 403, said.forged, {})
        to = inside(fields.get("to", ""))
        wait = self._door.tried(request, seals, fields.get("password", ""))
        if wait is not None:
            slowed = said.slowed.format(seconds=math.ceil(wait)) if wait else ""
            return _form(request, 429 if wait else 403, to, slowed or said.login_wrong, wait)
        response = RedirectResponse(to or "./", status_code=303)
        self._door.let_in(request, seals, response)
        return response

    async def leave(self, request: Request) -> Response:
        """Log out: nobody but who is in can log somebody out."""
        taken = await self._pressed(request)
        if isinstance(taken, Response):
            return taken
        response = RedirectResponse(link(request, "login"), status_code=303)
        self._door.let_out(request, response)
        return response

    async def act(self, request: Request) -> Response:
        """What a button asks for."""
        taken = await self._pressed(request)
        return taken if isinstance(taken, Response) else await self._acts.act(request, *taken)

    async def _pressed(self, request: Request) -> tuple[Passed, Mapping[str, str]] | Response:
        """Who pressed a button of a page of ours, and its fields; else why nothing is done."""
        seals, fields = await self._seals(), await form(request)
        if seals is None:
            return self._closed(request)
        said = reader(request)
        if fields is None or not is_ours(request, self._hosts):
            return refused(request, 403, said.forged, {})
        session = self._door.session(request, seals)
        if session is None:
            return refused(request, 403, said.logged_out, fields)
        if not compare_digest(fields.get("token", "").encode(), seals.token(session).encode()):
            return refused(request, 403, said.another_login, fields)
        return Passed(session=session, seals=seals), fields

    async def _seals(self) -> Seals | None:
        try:
            seals = await self._door.seals()
        except MonitorError as error:
            # Once, however often strangers ask.
            if str(error) != self._closed_by:
                log.error("nobody can log in", problem=str(error))  # noqa: TRY400 - for the user to mend, no defect
            self._closed_by = str(error)
            return None
        self._closed_by = ""
        return seals

    def _closed(self, request: Request) -> Response:
        said = reader(request)
        return wrong(request, 503, said.closed, said.closed_next, "monitor doctor")

    def _round(self, request: Request) -> Response:
        """To who comes from another site, by a link of a letter perhaps: the same page once more.

        A browser sends the cookie of a session to nobody who comes from there (SameSite=Strict), and
        does when a page of ours is what it comes from.
        """
        there = link(request, own(request).partition("?")[0], {**request.query_params, AGAIN: "1"})
        return plain(request, "round.html", 200, {"title": "story-monitor", "there": there})


def _form(
    request: Request, status: int, to: str, problem: str = "", wait: float | None = None
) -> Response:
    values = {"title": reader(request).login, "back": to, "problem": problem}
    response = plain(request, "login.html", status, values)
    if wait:
        response.headers["Retry-After"] = str(math.ceil(wait))
    return response


def _is_program(request: Request) -> bool:
    """Whether rows or a feed are asked for, which browsers do not show."""
    accept = request.headers.get("accept", "")
    path = request.scope["path"]
    return path.endswith((".json", ".atom")) or (
        "application/json" in accept and "text/html" not in accept
    )


def _unknown(wait: float) -> Response:
    if wait:
        return PlainTextResponse(
            "too many wrong passwords\n", 429, {"Retry-After": str(math.ceil(wait))}
        )
    return PlainTextResponse("the password of the page is needed\n", 401, _BASIC)
