"""The page as an application: paths to views, each as HTML or JSON; what it is not, it refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.errors import StoreError
from monitor.model import Config, Web
from monitor.store.store import Store
from monitor.web.hosts import Hosts
from monitor.web.page import events, lists, stories
from monitor.web.page.acts import Acts, Hand
from monitor.web.page.asked import Asked, Elsewhere, Misasked, Renamed, Unknown, View, number
from monitor.web.page.door import Door
from monitor.web.page.entrance import Answer, Entrance
from monitor.web.page.feed import atom
from monitor.web.page.reader import reader
from monitor.web.page.reading import PATIENCE, LateError, Reading
from monitor.web.page.rendered import HEADERS, link, page, renamed, rows, style, wrong
from monitor.web.page.written import Written

Seen = Callable[[Store, Asked, Mapping[str, str]], View]
_VIEWS: Final[Mapping[str, Seen]] = {
    "/stories/{name}": lambda store, asked, at: stories.one(store, asked, at["name"]),
    "/developments": lambda store, asked, at: stories.overview(store, asked),
    "/developments/{number}": lambda store, asked, at: events.development(
        store, asked, number(at["number"])
    ),
    "/articles": lambda store, asked, at: lists.articles(store, asked),
    "/articles/{number}": lambda store, asked, at: events.article(
        store, asked, number(at["number"])
    ),
    "/sources": lambda store, asked, at: lists.sources(store, asked),
    "/search": lambda store, asked, at: lists.search(store, asked),
    "/alerts": lambda store, asked, at: lists.alerts(store, asked),
    "/": lambda store, asked, at: stories.overview(store, asked),
}


class Page:
    """The page over one configuration. `alive` tells whether the daemon's jobs turn."""

    def __init__(
        self,
        config: Config,
        web: Web,
        clock: Callable[[], datetime],
        alive: Callable[[], bool],
        hand: Hand | None = None,
        stirred: Callable[[], None] = lambda: None,
    ) -> None:
        """Read nothing yet. With a password there is a login, and `hand` does what is pressed.

        `stirred` is called after each act, in the event loop.
        """
        self._config = config
        self._web = web
        self._hosts = Hosts(web)
        self._clock = clock
        self._alive = alive
        self._written = Written(config.path)
        self._reading = Reading(config.database)
        self._door: Door | None = None
        self._entrance: Entrance | None = None
        if web.password is not None:
            assert hand is not None, "with a password there is who acts"
            self._door = Door(web, clock)
            acts = Acts(hand, clock, stirred)
            self._entrance = Entrance(self._door, self._hosts, acts)

    def close(self) -> None:
        """Let go of the store."""
        self._reading.close()
        if self._entrance:
            self._entrance.close()

    @property
    def logins(self) -> Mapping[str, int]:
        """By outcome, since it began."""
        return self._door.counts if self._door else {}

    @property
    def routes(self) -> list[BaseRoute]:
        """Every path of it; the last takes all others."""
        found: list[BaseRoute] = [Route("/page.css", self._guarded(self._style))]
        entrance = self._entrance
        if entrance:
            found += [
                Route(path, self._guarded(answer), methods=[method])
                for path, method, answer in (
                    ("/login", "GET", entrance.ask),
                    ("/login", "POST", entrance.come_in),
                    ("/logout", "POST", entrance.leave),
                    ("/act", "POST", entrance.act),
                )
            ]
        found.append(Route("/stories/{name}/feed.atom", self._behind(self._feed)))
        for path, view in _VIEWS.items():
            shown = self._behind(self._viewed(view))
            found += [Route(f"{path}.json", shown)] if path != "/" else []
            found.append(Route(path, shown))
        return [*found, Route("/{path:path}", self._behind(self._nothing))]

    def _behind(self, answer: Answer) -> Answer:
        """What is shown to who has logged in, where there is a login."""
        return self._guarded(self._entrance.behind(answer) if self._entrance else answer)

    def _guarded(self, answer: Answer) -> Answer:
        """The same for who names this host, and with what every answer carries."""

        async def guarded(request: Request) -> Response:
            server = request.scope.get("server")
            if not self._hosts.allow(
                request.headers.get("host", ""), server[0] if server else None
            ):
                said = reader(request)
                response = wrong(request, 403, said.foreign, said.foreign_next, "settings.web.url")
            else:
                response = await answer(request)
            if self._entrance:
                # Whoever goes leaves nothing behind in the browser.
                response.headers.setdefault("Cache-Control", "no-store")
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def _viewed(self, view: Seen) -> Answer:
        async def viewed(request: Request) -> Response:
            asked, said = self._asked(request), reader(request)
            path = request.path_params

            def shown(store: Store) -> Response:
                self._refuse_strange_story(request, store)
                # Templates take their time, too: the thread's, and not the loop's.
                seen = view(store, asked, path)
                return rows(request, seen) if asked.as_json else page(request, asked, seen)

            try:
                return await self._reading.of(shown)
            except Elsewhere as moved:
                return RedirectResponse(
                    link(request, moved.path, {"story": moved.story}), status_code=302
                )
            except Renamed as moved:
                return RedirectResponse(renamed(request, moved.names), status_code=302)
            except Unknown:
                return wrong(request, 404, said.unknown, said.unknown_next)
            except Misasked:
                return wrong(request, 400, said.bad, said.unknown_next)
            except StoreError as error:
                return _away(request, error)

        return viewed

    def _refuse_strange_story(self, request: Request, store: Store) -> None:
        """Unknown for a story in the path that is not followed; Renamed for one by a name it had."""
        followed = {story.name for story in self._config.stories}
        name = request.path_params.get("name")
        wanted = (name, request.query_params.get("story"))
        named = {each for each in wanted if each and each not in followed}
        names = {each: now for each in named if (now := store.stories.present(each)) in followed}
        if names:
            raise Renamed(names)
        if name in named:
            raise Unknown

    def _asked(self, request: Request) -> Asked:
        accept = request.headers.get("accept", "")
        wants = "application/json" in accept and "text/html" not in accept
        return Asked(
            config=self._config,
            written=self._written,
            now=self._clock(),
            alive=self._alive(),
            said=reader(request),
            query=dict(request.query_params),
            as_json=wants or request.url.path.endswith(".json"),
        )

    async def _feed(self, request: Request) -> Response:
        said, name = reader(request), request.path_params["name"]
        base = (self._web.url or str(request.base_url)).rstrip("/")

        def written(store: Store) -> bytes:
            self._refuse_strange_story(request, store)
            (story,) = [each for each in self._config.stories if each.name == name]
            return atom(store, story, base)

        try:
            body = await self._reading.of(written)
        except Renamed as moved:
            return RedirectResponse(renamed(request, moved.names), status_code=302)
        except Unknown:
            return wrong(request, 404, said.unknown, said.unknown_next)
        except StoreError as error:
            return _away(request, error)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        # A reader of feeds keeps what it was told, so that it is told nothing twice.
        known = {"ETag": tag, "Cache-Control": HEADERS["Cache-Control"]}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=known)
        return Response(body, media_type="application/atom+xml; charset=utf-8", headers=known)

    async def _style(self, request: Request) -> Response:
        return Response(style(), media_type="text/css", headers={"Cache-Control": "max-age=86400"})

    async def _nothing(self, request: Request) -> Response:
        said = reader(request)
        return wrong(request, 404, said.unknown, said.unknown_next)


def _away(request: Request, error: StoreError) -> Response:
    """No answer of the store; when to ask again, where there may be one then."""
    said = reader(request)
    response = wrong(request, 503, said.away, str(error))
    if isinstance(error, LateError):
        response.headers["Retry-After"] = str(PATIENCE)
    return response
