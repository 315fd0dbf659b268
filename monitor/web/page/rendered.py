"""How answers are put: pages from templates, rows as JSON, links that hold behind any prefix."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from monitor.alert.direction import unmarked
from monitor.alert.words import words
from monitor.look.plain import as_json
from monitor.text.language import direction
from monitor.web.page.asked import Asked, View
from monitor.web.page.passed import PASSING, buttons
from monitor.web.page.reader import chosen, reader
from monitor.web.page.shown import time

HEADERS: Final = {
    # No script, no frame, nothing from elsewhere; and what is read here stays here.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache, private",
    # To nobody else; by it browsers tell our own forms from those of others (Fetch, 3.2).
    "Referrer-Policy": "same-origin",
    "Vary": "Accept, Accept-Language, Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def root(request: Request) -> str:
    """The way from the page that is asked for to the first one."""
    path: str = request.scope["path"]
    return "../" * (path.count("/") - 1)


def link(request: Request, path: str, query: Mapping[str, str] | None = None) -> str:
    """A link from the page that is asked for: relative, so that it holds behind any prefix."""
    asked = {"lang": chosen(request), **(query or {})}
    asked = {name: value for name, value in asked.items() if value}
    return (root(request) + path or "./") + (f"?{urlencode(asked)}" if asked else "")


def renamed(request: Request, names: Mapping[str, str]) -> str:
    """A link to what is asked for, its stories by the names that they have now."""
    path: str = request.scope["path"].removeprefix("/")
    asked = dict(request.query_params)
    for former, name in names.items():
        if request.path_params.get("name") == former:
            path = f"stories/{name}{path.removeprefix(f'stories/{former}')}"
        if asked.get("story") == former:
            asked["story"] = name
    return link(request, path, asked)


def rows(request: Request, seen: View) -> Response:
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
    asked = {**request.query_params, **PASSING, **changed}
    asked = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(asked)}" if asked else request.scope["path"].rpartition("/")[2] or "./"


def page(request: Request, asked: Asked, seen: View) -> Response:
    """A view, in its template."""
    said = asked.said
    return _rendered(
        request,
        seen.template,
        200,
        {
            **seen.values,
            "title": seen.title,
            "now": asked.now,
            "here": request.scope["path"].strip("/").split("/")[0],
            "after": _here(request, **seen.after) if seen.after else "",
            "is_later": "before" in asked.query or "from" in asked.query,
            "reload": _here(request),
            "newest": _here(request, before="", **{"from": ""}),
            "other": _here(request, lang="en" if said.language == "ar" else "ar"),
            "search_at": f"{root(request)}search",
            "groups": {**words(said.language).groups, **said.beside},
            "hand": buttons(request, asked.now),
            "act_at": link(request, "act"),
        },
    )


def wrong(request: Request, status: int, title: str, text: str, setting: str = "") -> Response:
    """A page that says what is wrong; to who asks another host, without links."""
    values = {"title": title, "text": text, "setting": setting, "linked": status != 403}
    return _rendered(request, "wrong.html", status, values)


def plain(request: Request, template: str, status: int, values: Mapping[str, Any]) -> Response:
    """A page that shows nothing of the store: to log in, or why nothing was done."""
    return _rendered(request, template, status, {"setting": "", "linked": True, **values})


def _rendered(request: Request, template: str, status: int, values: Mapping[str, Any]) -> Response:
    said = reader(request)
    body = (
        _templates()
        .get_template(template)
        .render(
            values,
            said=said,
            dir=direction(said.language),
            to=lambda path, **query: link(request, path, query),
            root=root(request),
            chosen=chosen(request),
            time=lambda at: time(at, said.language),
            style=root(request) + _style_name(),
        )
    )
    # A lone surrogate of a hostile feed must not end the page.
    return Response(body.encode("utf-8", "replace"), status_code=status, media_type="text/html")


@cache
def style() -> bytes:
    """The style sheet."""
    return (Path(__file__).parent / "page.css").read_bytes()


@cache
def _style_name() -> str:
    """Another one with every change, so that an old one is not kept."""
    return f"page.css?{hashlib.sha256(style()).hexdigest()[:8]}"


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
