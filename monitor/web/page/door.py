"""The door: who has logged in may read and act; programs read with the password alone."""

from __future__ import annotations

import asyncio
import binascii
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import Response

from monitor.config.secrets import read
from monitor.model import Web
from monitor.web.page.session import KNOWN, LASTS, Seals, Session
from monitor.web.page.throttle import Throttle

log = structlog.get_logger()

_LONGEST: Final = 1_000  # letters of a password


class Door:
    """One password. `counts` are logins by outcome: in, wrong, slowed."""

    def __init__(
        self,
        web: Web,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the password at each request: where another is put in its place, it counts at once."""
        assert web.password is not None
        self._web = web
        self._secret = web.password
        self._clock = clock
        self._seconds = seconds
        self._throttle = Throttle()
        self._known: tuple[str, Seals] | None = None
        # A host's cookies go to all of its ports: two monitors must not take each other's.
        self._cookie = f"story-monitor-{web.port}"
        self._browser = f"story-monitor-browser-{web.port}"
        self.counts: Counter[str] = Counter({"in": 0, "wrong": 0, "slowed": 0})

    async def seals(self) -> Seals:
        """By the password as it is now. MonitorError where it cannot be read: nobody is let in."""
        password = read(self._secret)
        if self._known is None or self._known[0] != password:
            self._known = password, await asyncio.to_thread(Seals, password)
        return self._known[1]

    def session(self, request: Request, seals: Seals) -> Session | None:
        """Who asks; None for a stranger."""
        return seals.read(request.cookies.get(self._cookie, ""), self._clock())

    def program(self, request: Request, seals: Seals) -> float | None:
        """Whether a program gives the password (HTTP Basic, any name): None for yes.

        Else the seconds after which it may try again; 0 for at once.
        """
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return 0.0
        try:
            pair = b64decode(given.strip(), validate=True).decode("utf-8", "replace")
        except (ValueError, binascii.Error):
            return 0.0
        return self.tried(request, seals, pair.partition(":")[2])

    def tried(self, request: Request, seals: Seals, password: str) -> float | None:
        """A password tried: None for the right one, else the seconds until another is looked at."""
        browser = seals.known(request.cookies.get(self._browser, ""), self._clock())
        peer = request.client.host if request.client else ""
        who, known = browser or peer, browser is not None
        if wait := self._throttle.wait(who, self._seconds(), known=known):
            self.counts["slowed"] += 1
            return wait
        if len(password) <= _LONGEST and seals.is_right(password):
            return None
        self._throttle.wrong(who, self._seconds(), known=known)
        self.counts["wrong"] += 1
        log.warning("a wrong password for the page", peer=peer, known=known)
        return self._throttle.wait(who, self._seconds(), known=known)

    def let_in(self, request: Request, seals: Seals, response: Response) -> None:
        """Begin a session, and know the browser again."""
        self.counts["in"] += 1
        peer = request.client.host if request.client else ""
        log.info("logged in to the page", peer=peer)
        _, cookie = seals.session(self._clock())
        self._set(request, response, self._cookie, cookie, LASTS)
        self._set(request, response, self._browser, seals.browser(self._clock()), KNOWN)

    def let_out(self, request: Request, response: Response) -> None:
        """End a session: the browser forgets it, under whichever of our paths it came in."""
        path, _ = self._outside(request)
        for each in dict.fromkeys((path, "/", urlsplit(self._web.url or "").path or "/")):
            self._set(request, response, self._cookie, "", timedelta(), each)

    def _set(
        self,
        request: Request,
        response: Response,
        name: str,
        value: str,
        lasts: timedelta,
        under: str | None = None,
    ) -> None:
        path, is_secure = self._outside(request)
        response.set_cookie(
            name,
            value,
            max_age=int(lasts.total_seconds()),
            path=under or path,
            secure=is_secure,
            httponly=True,
            samesite="strict",
        )

    def _outside(self, request: Request) -> tuple[str, bool]:
        """The path that a browser has us under, and whether it came by https.

        It names where it is itself (Origin), for a web server between us often names another host.
        """
        public = urlsplit(self._web.url or "")
        origin = request.headers.get("origin", "null")
        try:
            came = public if origin == "null" else urlsplit(origin)
        except ValueError:
            return "/", False
        path = public.path if (came.scheme, came.netloc) == (public.scheme, public.netloc) else ""
        return path or "/", came.scheme == "https"
