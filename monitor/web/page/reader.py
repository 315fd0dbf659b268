"""In which language the page is for who asks for it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from monitor.alert.words import base
from monitor.web.page.arabic import ARABIC
from monitor.web.page.english import ENGLISH
from monitor.web.page.words import PageWords

_CATALOGUES: Final = {"en": ENGLISH, "ar": ARABIC}


def reader(request: Request) -> PageWords:
    """The language that was chosen, else the browser's first wish; English where it is neither."""
    wished = request.headers.get("accept-language", "").strip()
    first = wished.partition(",")[0].partition(";")[0]
    return _CATALOGUES.get(chosen(request) or base(first), ENGLISH)


def chosen(request: Request) -> str:
    """The language that the address asks for, "" for none that there is."""
    asked = request.query_params.get("lang", "")
    return asked if asked in _CATALOGUES else ""
