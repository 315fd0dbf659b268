"""Access walls: pages that answer 200 and keep the reader out, told from articles about them."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from monitor.parse.markup import squeeze
from monitor.text.arabic import fold
from monitor.text.lists import pattern

_MANY_WORDS: Final = 250  # more words than any wall shows
_FEW_WORDS: Final = 120
_LISTS: Final = ("monitor.parse", "walls")
_TITLES: Final = re.compile(
    rf"(?:{pattern(*_LISTS, 'title')}|(?:{pattern(*_LISTS, 'alone')})\s*(?:[.…!|–—-]|$))"
)
_MARKS: Final = (
    (
        "cloudflare",
        re.compile(
            r"cf[-_]chl[-_]|/cdn-cgi/challenge-platform/|cf-error-details|cf-browser-verification"
        ),
    ),
    (
        "captcha",
        re.compile(
            r"captcha-delivery\.com|px-captcha|hcaptcha\.com/|g-recaptcha|recaptcha/api|turnstile/v0"
        ),
    ),
    (
        "bot check",
        re.compile(
            r"_Incapsula_Resource|ddos-guard|/_sec/cp_challenge|sucuri_cloudproxy|aws-waf-token"
        ),
    ),
)
_CONSENT: Final = re.compile(pattern(*_LISTS, "consent"))
_MISSING: Final = re.compile(pattern(*_LISTS, "missing"))
_LOGIN: Final = re.compile(rf"(?:{pattern(*_LISTS, 'login')})\b")


def wall(text: str, document: LexborHTMLParser) -> str | None:
    """The name of the wall that a page is, or None. `text` is the page's source.

    Nearly every mark of a wall also stands in ordinary pages (Cloudflare's
    script does), so a page with an article's worth of words is none.
    """
    heading = document.css_first("title") or document.css_first("h1")
    title = fold(squeeze(heading.text())) if heading else ""
    words = _shown(document)
    if words >= _MANY_WORDS:
        return None
    if _TITLES.match(title):
        return f"an access wall ({title[:60]})"
    if words >= _FEW_WORDS:
        return None
    for name, mark in _MARKS:
        if mark.search(text):
            return f"an access wall ({name})"
    if _CONSENT.search(title) or (_CONSENT.search(text) and document.css_first("form")):
        return "a consent wall"
    if document.css_first("input[type=password]") and (
        _LOGIN.match(title) or words < _FEW_WORDS // 2
    ):
        return "a login wall"
    heading = document.css_first("h1")
    if heading and _TITLES.match(fold(squeeze(heading.text()))):
        return f"an access wall ({squeeze(heading.text())[:60]})"
    return None


def soft_404(document: LexborHTMLParser) -> bool:
    """Whether a page answered with 200 says that there is nothing at its address."""
    headings = (document.css_first("title"), document.css_first("h1"))
    said = any(each and _MISSING.search(fold(squeeze(each.text()))) for each in headings)
    return said and _shown(document) < _FEW_WORDS


def _shown(document: LexborHTMLParser) -> int:
    """How many words the page shows, scripts and styles aside."""
    if document.body is None:
        return 0
    count = 0
    for node in document.body.traverse(include_text=True):
        parent = node.parent
        if (
            node.is_text_node
            and parent
            and parent.tag not in {"script", "style", "noscript", "template"}
        ):
            count += len((node.text_content or "").split())
            if count >= _MANY_WORDS:
                break
    return count
