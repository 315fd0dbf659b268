"""Any feed at all, by feedparser: over text that is mended and decoded already."""

from __future__ import annotations

import io
import warnings
from typing import Any, Final
from xml.sax.expatreader import ExpatParser

import feedparser
import feedparser.api

from monitor.parse.prolog import mend
from monitor.parse.wellformed import Parsed

# feedparser looks for a mail address in an author's name in time that grows with its square:
# 60,000 letters take it ten seconds. What is so long is no name.
_LONGEST_AUTHOR: Final = 1_000
_FeedParser: Final = feedparser.mixin._FeedParserMixin  # noqa: SLF001 - it has no setting for it
_author_detail: Final = _FeedParser._sync_author_detail  # noqa: SLF001


def _short_author_detail(parser: Any, key: str = "author") -> None:
    if len(parser._get_context().get(key) or "") <= _LONGEST_AUTHOR:  # noqa: SLF001
        _author_detail(parser, key)


_FeedParser._sync_author_detail = _short_author_detail  # noqa: SLF001


class _Gathering(ExpatParser):
    """Hands a text over in large pieces: expat has one for each line, and one for its end."""

    _parser: Any

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True


def create_parser() -> ExpatParser:
    """What `xml.sax.make_parser` calls in a module of this name."""
    return _Gathering()


# Of feedparser's own list the first is libxml2, where the system happens to have it.
feedparser.api.PREFERRED_XML_PARSERS[:] = [__name__]


def parse(text: str) -> Parsed:
    """The feed as far as it goes. ParseError for what would stall any parser."""
    document = f"<?xml version='1.0' encoding='utf-8'?>\n{mend(text)}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser warns of its own renamed keys
        # Relative addresses and sanitising are ours: one rule for every kind of source.
        found = feedparser.parse(
            io.BytesIO(document.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    fault = ""
    if found.bozo and not isinstance(found.bozo_exception, feedparser.NonXMLContentType):
        fault = str(found.bozo_exception) or "it is not well-formed"
    return Parsed(found.version, found.feed, found.entries, fault)
