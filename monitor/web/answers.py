"""Answers from the inbox: a signed link shows a page, and only its button acts.

Mail scanners and previews open every link with GET, so GET changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from monitor.alert.answers import Answers, Asked
from monitor.errors import StoreError
from monitor.text.language import direction

log = structlog.get_logger()

_HEADERS = {
    # The address is a key: it goes to nobody, and nothing else is loaded or framed.
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Desk(Protocol):
    """Who carries out what a reader answers."""

    def about(self, asked: Asked) -> str | None:
        """The headline of what is asked about; None where it is no longer there."""

    def answer(self, asked: Asked) -> bool:
        """Do it; False where it was so already."""

    def undo(self, asked: Asked) -> str:
        """The command that takes it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page's words. `asks` and `button` by what is asked, `done` likewise."""

    asks: Mapping[str, str]
    button: Mapping[str, str]
    done: Mapping[str, str]
    already: str
    undo: str
    wrong: str
    instead: str
    busy: str


ENGLISH = Words(
    asks={
        "yes": "Does this article belong to the story?",
        "no": "Is this article not of the story?",
        "mute": "Send no further alerts of this development?",
    },
    button={"yes": "It belongs", "no": "Not this story", "mute": "Mute it"},
    done={
        "yes": "Noted: it belongs to the story",
        "no": "Noted: it is not of this story",
        "mute": "Muted: no further alerts of this development",
    },
    already="It was so already; nothing has changed.",
    undo="To take it back:",
    wrong="This link does not work",
    instead="It is incomplete, or older than 30 days, or what it is about is gone. "
    "The command line can do the same: monitor label, monitor development mute.",
    busy="Not noted: the monitor cannot write just now. Try again in a minute.",
)
ARABIC = Words(
    asks={
        "yes": "هل هذا الخبر من القصة؟",
        "no": "هل هذا الخبر ليس من القصة؟",
        "mute": "هل تريد وقف الإشعارات عن هذا التطور؟",
    },
    button={"yes": "نعم، هو منها", "no": "ليس منها", "mute": "أوقف إشعاراته"},
    done={
        "yes": "سُجّل: الخبر من هذه القصة",
        "no": "سُجّل: الخبر ليس من هذه القصة",
        "mute": "أُوقفت الإشعارات عن هذا التطور",
    },
    already="كان الأمر كذلك من قبل، ولم يتغير شيء.",
    undo="للتراجع عن ذلك:",
    wrong="هذا الرابط لا يعمل",
    instead="الرابط ناقص، أو مضى عليه أكثر من 30 يوما، أو لم يعد موضوعه موجودا. "
    "ويمكن تنفيذ الأمر نفسه من سطر الأوامر: monitor label أو monitor development mute.",
    busy="لم يُسجَّل: تتعذر الكتابة الآن. حاول مرة أخرى بعد دقيقة.",
)


def answering(inbox: Answers, desk: Desk, clock: Callable[[], datetime]) -> Starlette:
    """The application, under any prefix: the last part of the path is the signed link."""

    def asked(request: Request) -> tuple[Asked, str] | None:
        found = inbox.read(request.path_params["token"], clock())
        about = desk.about(found) if found else None
        return (found, about) if found and about is not None else None

    async def show(request: Request) -> Response:
        language, words = _reader(request)
        found = asked(request)
        if found is None:
            return _page(404, language, title=words.wrong, text=words.instead)
        act = found[0].act
        return _page(200, language, about=found[1], title=words.asks[act], button=words.button[act])

    async def act(request: Request) -> Response:
        language, words = _reader(request)
        found = asked(request)
        if found is None:
            return _page(404, language, title=words.wrong, text=words.instead)
        asks, about = found
        try:
            changed = desk.answer(asks)
        except StoreError:
            return _page(503, language, about=about, title=words.busy)
        log.info("answered", act=asks.act, story=asks.story, id=asks.number, changed=changed)
        return _page(
            200,
            language,
            about=about,
            title=words.done[asks.act],
            text="" if changed else words.already,
            undo=words.undo,
            command=desk.undo(asks),
        )

    return Starlette(
        routes=[
            Route(path, endpoint, methods=methods)
            for path in ("/{prefix:path}/{token}", "/{token}")
            for endpoint, methods in ((show, ["GET"]), (act, ["POST"]))
        ]
    )


def _reader(request: Request) -> tuple[str, Words]:
    """The browser's first wish decides: a link is for all who get the mail."""
    wished = request.headers.get("accept-language", "").strip().lower()
    return ("ar", ARABIC) if wished.startswith("ar") else ("en", ENGLISH)


def _page(
    status: int,
    language: str,
    *,
    title: str,
    about: str = "",
    text: str = "",
    button: str = "",
    undo: str = "",
    command: str = "",
) -> Response:
    body = (
        _templates()
        .get_template("answers.html")
        .render(
            language=language,
            dir=direction(language),
            title=title,
            about=about,
            text=text,
            button=button,
            undo=undo,
            command=command,
        )
    )
    return HTMLResponse(body, status_code=status, headers=_HEADERS)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
