"""The page as an application: paths to views, each as HTML or JSON; what it is not, it refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.alert.direction import unmarked
from monitor.alert.words import words
from monitor.errors import StoreError
from monitor.look.plain import as_json
from monitor.model import Config, Web
from monitor.store.store import Store
from monitor.text.language import direction
from monitor.web.hosts import Hosts
from monitor.web.page import events, lists, stories
from monitor.web.page.asked import Asked, Elsewhere, Misasked, Unknown, View, number
from monitor.web.page.feed import atom
from monitor.web.page.reader import chosen, reader
from monitor.web.page.reading import Reading
from monitor.web.page.shown import time
from monitor.web.page.written import Written

_HEADERS: Final = {
    # No script, no frame, nothing from elsewhere; and what is read here stays here.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache, private",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

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
        self, config: Config, web: Web, clock: Callable[[], datetime], alive: Callable[[], bool]
    ) -> None:
        """Read nothing yet."""
        self._config = config
        self._web = web
        self._hosts = Hosts(web)
        self._clock = clock
        self._alive = alive
        self._written = Written(config.path)
        self._reading = Reading(config.database)

    def close(self) -> None:
        """Let go of the store."""
        self._reading.close()

    @property
    def routes(self) -> list[BaseRoute]:
        """Every path of it; the last takes all others."""
        found: list[BaseRoute] = [
            Route("/page.css", self._guarded(self._style)),
            Route("/stories/{name}/feed.atom", self._guarded(self._feed)),
        ]
        for path, view in _VIEWS.items():
            shown = self._guarded(self._viewed(view))
            found += [Route(f"{path}.json", shown)] if path != "/" else []
            found.append(Route(path, shown))
        return [*found, Route("/{path:path}", self._guarded(self._nothing))]

    def _guarded(
        self, answer: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """The same for who names this host, and with what every answer carries."""

        async def guarded(request: Request) -> Response:
            server = request.scope.get("server")
            if not self._hosts.allow(
                request.headers.get("host", ""), server[0] if server else None
            ):
                said = reader(request)
                response = _wrong(request, 403, said.foreign, said.foreign_next, "settings.web.url")
            else:
                response = await answer(request)
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def _viewed(self, view: Seen) -> Callable[[Request], Awaitable[Response]]:
        async def viewed(request: Request) -> Response:
            asked, said = self._asked(request), reader(request)
            path = request.path_params

            def shown(store: Store) -> Response:
                # Templates take their time, too: the thread's, and not the loop's.
                seen = view(store, asked, path)
                return _rows(request, seen) if asked.as_json else _page(request, asked, seen)

            try:
                self._refuse_strange_story(request)
                return await self._reading.of(shown)
            except Elsewhere as moved:
                return RedirectResponse(
                    _to(request, moved.path, {"story": moved.story}), status_code=302
                )
            except Unknown:
                return _wrong(request, 404, said.unknown, said.unknown_next)
            except Misasked:
                return _wrong(request, 400, said.bad, said.unknown_next)
            except StoreError as error:
                return _wrong(request, 503, said.away, str(error))

        return viewed

    def _refuse_strange_story(self, request: Request) -> None:
        name = request.path_params.get("name")
        if name is not None and name not in {story.name for story in self._config.stories}:
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
        try:
            self._refuse_strange_story(request)
            (story,) = [each for each in self._config.stories if each.name == name]
            body = await self._reading.of(lambda store: atom(store, story, base))
        except Unknown:
            return _wrong(request, 404, said.unknown, said.unknown_next)
        except StoreError as error:
            return _wrong(request, 503, said.away, str(error))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(
            body, media_type="application/atom+xml; charset=utf-8", headers={"ETag": tag}
        )

    async def _style(self, request: Request) -> Response:
        return Response(_style(), media_type="text/css", headers={"Cache-Control": "max-age=86400"})

    async def _nothing(self, request: Request) -> Response:
        said = reader(request)
        return _wrong(request, 404, said.unknown, said.unknown_next)


def _root(request: Request) -> str:
    path: str = request.scope["path"]
    return "../" * (path.count("/") - 1)


def _to(request: Request, path: str, query: Mapping[str, str] | None = None) -> str:
    """A link from the page that is asked for: relative, so that it holds behind any prefix."""
    root = _root(request)
    asked = {"lang": chosen(request), **(query or {})}
    asked = {name: value for name, value in asked.items() if value}
    return (root + path or "./") + (f"?{urlencode(asked)}" if asked else "")


def _rows(request: Request, seen: View) -> Response:
    """The rows as one array, or one object; where it goes on stands in the header Link."""
    if isinstance(seen.rows, Mapping):
        body = as_json(seen.rows)
    else:
        body = b"[" + b",\n".join(map(as_json, seen.rows)) + b"]"
    links = {}
    if seen.after:
        onward = _here(request, **seen.after)
        links["Link"] = f'<{onward}>; rel="next"'
    return Response(body + b"\n", media_type="application/json", headers=links)


def _here(request: Request, **changed: str) -> str:
    """The same address with other parameters."""
    asked = {**request.query_params, **changed}
    asked = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(asked)}" if asked else request.scope["path"].rpartition("/")[2] or "./"


def _page(request: Request, asked: Asked, seen: View) -> Response:
    said = asked.said
    path = request.scope["path"]
    body = _templates().get_template(seen.template).render(
        seen.values,
        said=said,
        dir=direction(said.language),
        title=seen.title,
        now=asked.now,
        here=path.strip("/").split("/")[0],
        after=_here(request, **seen.after) if seen.after else "",
        is_later="before" in asked.query or "from" in asked.query,
        reload=_here(request),
        newest=_here(request, **{"before": "", "from": ""}),
        other=_here(request, lang="en" if said.language == "ar" else "ar"),
        to=lambda path, **query: _to(request, path, query),
        search_at=f"{_root(request)}search",
        chosen=chosen(request),
        groups={**words(said.language).groups, **said.beside},
        time=lambda at: time(at, said.language),
        style=_root(request) + _style_name(),
    )  # fmt: skip
    return _html(body, 200)


def _wrong(request: Request, status: int, title: str, text: str, setting: str = "") -> Response:
    """A page that says what is wrong; where the host is, without links."""
    said = reader(request)
    body = (
        _templates()
        .get_template("wrong.html")
        .render(
            said=said,
            dir=direction(said.language),
            title=title,
            text=text,
            setting=setting,
            linked=status != 403,
            to=lambda path, **query: _to(request, path, query),
            style=_root(request) + _style_name(),
        )
    )
    return _html(body, status)


def _html(body: str, status: int) -> Response:
    # A lone surrogate of a hostile feed must not end the page.
    return Response(body.encode("utf-8", "replace"), status_code=status, media_type="text/html")


@cache
def _style() -> bytes:
    return (Path(__file__).parent / "page.css").read_bytes()


@cache
def _style_name() -> str:
    """Another one with every change, so that an old one is not kept."""
    return f"page.css?{hashlib.sha256(_style()).hexdigest()[:8]}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )


def _plain(value: object) -> object:
    """Whatever is put into a page: without control characters, and marks that turn its order."""
    return unmarked(value) if type(value) is str else value
