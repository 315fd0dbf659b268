"""A Telegram channel's public preview page (t.me/s/NAME) to entries."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.errors import ParseError
from monitor.model import Entry, Reading
from monitor.parse import charset
from monitor.parse.dates.dates import read_date
from monitor.parse.door import guarded
from monitor.parse.markup import escaped, plain, sanitise, squeeze, tree
from monitor.parse.wall import wall

_NAME: Final = re.compile(r"https?://(?:www\.)?(?:t|telegram)\.me/(?:s/)?(\w+)", re.IGNORECASE)
_POST: Final = re.compile(r"(\w+)/(\d+)")
_TITLE: Final = 120  # letters
_HEAD: Final = 5_000  # letters of a text; Telegram allows 4,096
_BREAK: Final = re.compile(r"<br\b[^>]*>|</(?:p|div|blockquote|pre|li)>|\n", re.IGNORECASE)


def read(body: bytes, url: str) -> Reading:
    """The channel's messages with words in them, oldest first as the page has them.

    A message's title is its first line, its content the whole text; for a poll
    the question, for a bare link the preview's words. `outlet` is the channel
    that a forwarded message came from. Service messages and bare media are left
    out. ParseError for a channel without a preview, and for what is none.
    """
    return guarded(_read, body, url)


def _read(body: bytes, url: str) -> Reading:
    text = charset.decode(body)
    document = tree(text)
    messages = document.css(".tgme_widget_message[data-post]")
    if not messages and document.css_first(".tgme_channel_history") is None:
        raise _no_channel(text, document, url)
    entries = {entry.url: entry for message in messages if (entry := _entry(message, url))}
    name = document.css_first(".tgme_channel_info_header_title, .tgme_header_title")
    return Reading(
        entries=tuple(entries.values()),
        title=squeeze(name.text()) or None if name else None,
    )


def _no_channel(text: str, document: LexborHTMLParser, url: str) -> ParseError:
    found = _NAME.match(url)
    name = found[1] if found else url
    if document.css_first(".tgme_page") is not None:
        if document.css_first(".tgme_page_extra") is not None:
            return ParseError(f"the Telegram channel {name} has no public preview")
        return ParseError(f"no public Telegram channel is named {name}")
    if found_wall := wall(text, document):
        return ParseError(found_wall, failure="blocked")
    return ParseError("not the preview of a Telegram channel")


def _entry(message: LexborNode, url: str) -> Entry | None:
    attributes = message.attributes
    post = _POST.fullmatch(attributes.get("data-post") or "")
    if post is None or "service_message" in (attributes.get("class") or "").split():
        return None
    content = _content(message, url)
    if content is None:
        return None
    address = f"https://t.me/{post[1]}/{post[2]}"
    when = message.css_first(".tgme_widget_message_date time[datetime]")
    origin = message.css_first(".tgme_widget_message_forwarded_from_name")
    return Entry(
        url=address,
        title=_title(content),
        guid=address,
        content=content,
        published=read_date(when.attributes.get("datetime")) if when else None,
        outlet=squeeze(origin.text()) or None if origin else None,
    )


def _content(message: LexborNode, url: str) -> str | None:
    for node in message.css(".tgme_widget_message_text"):
        if "js-message_reply_text" not in (node.attributes.get("class") or "").split():
            # A text may be wrapped twice.
            inner = node.css_first(".tgme_widget_message_text .tgme_widget_message_text") or node
            return _fragment(inner, url)
    question = message.css_first(".tgme_widget_message_poll_question")
    if question is not None:
        return escaped(question.text())
    preview = message.css(".link_preview_title, .link_preview_description")
    return "<br>".join(text for node in preview if (text := escaped(node.text()))) or None


def _fragment(node: LexborNode, url: str) -> str | None:
    """The text without Telegram's own markup of emoji, which are letters with a picture."""
    for wrapper in node.css("i.emoji"):
        wrapper.replace_with(wrapper.text())
    inside = "".join(child.html or "" for child in node.iter(include_text=True))
    # Links are escaped once too often: `?a=1&amp;amp;b=2`.
    found = sanitise(re.sub(r"&amp;(?=amp;)", "&", inside), url)
    return found if found and plain(found[:_HEAD]) else None


def _title(content: str) -> str | None:
    """The first line, cut at a word where it is long."""
    lines = (plain(part) for part in _BREAK.split(content[:_HEAD]))
    line = next((one for one in lines if any(map(str.isalnum, one))), "")
    if len(line) <= _TITLE:
        return line or None
    return (line[: _TITLE + 1].rsplit(" ", 1)[0][:_TITLE]).rstrip(" ،,;:–—-") + "…"
