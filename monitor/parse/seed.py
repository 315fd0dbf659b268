"""Seed documents to seeds: plain text, Markdown or saved pages, each cleaned of furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import yaml
from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.model import Seed
from monitor.parse import charset, read_page
from monitor.parse.dates.dates import read_date
from monitor.parse.furniture import clean, is_byline
from monitor.parse.lines import Line, is_headline, words
from monitor.parse.marks import key
from monitor.parse.markup import plain, squeeze
from monitor.parse.prolog import root
from monitor.text.language import guess
from monitor.text.words import sentences
from monitor.text.wrapped import unwrapped

_FRONT: Final = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX_FRONT: Final = 20_000
_MARKDOWN: Final = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}|>)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
)
# Files that people drop into the folder, by their first bytes: read as text they would teach rubbish.
_OTHERS: Final = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document of a word processor"),
    (b"PK\x03\x04", "a document of a word processor, or an archive"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"bplist", "a web archive"),
)
# Saved by a browser as one file, or a letter: the article is inside, in transport encoding.
_MIME: Final = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/", re.IGNORECASE
)
_FEEDS: Final = frozenset(("feed", "urlset", "sitemapindex", "json"))
_INSTEAD: Final = "put its text in as .txt or .md, or the page saved as HTML"
_BULLET: Final = re.compile(r"^[•●▪◦‣*+-]\s+")
# Two lines that are full prove a column: who writes a file by hand wraps it, and seldom lists headlines.
_WRAPPED: Final = 2
_TITLE_LETTERS: Final = 200
_SECTION_WORDS: Final = 3
_HEAD_LINES: Final = 6


def read_seed(name: str, body: bytes) -> tuple[Seed, ...]:
    """The seeds of one file, the second and later articles in it as `name#2`, `name#3`.

    `name` decides the form by its ending, the first bytes where it says nothing.
    The title is the front matter's, else a first line that reads like a headline,
    else the first sentence. ParseError `empty`, or `misread` for what is no article.
    """
    if not body.strip():
        raise ParseError(f"{name}: an empty file", failure="empty")
    if other := _other(body):
        raise ParseError(f"{name}: {other}: {_INSTEAD}")
    text = charset.decode(body)
    if "\x00" in text or text.count("\ufffd") * 20 > len(text):
        raise ParseError(f"{name}: not a text file: {_INSTEAD}")
    if is_feed(text):
        raise ParseError(f"{name}: a feed and no article: {_INSTEAD}")
    ending = name.lower().rpartition(".")[2]
    marked = text.lstrip()[:9].lower().startswith(("<!doctype", "<html"))
    if (
        ending in {"html", "htm", "xhtml"}
        or marked
        or (ending not in {"md", "txt"} and root(text) == "html")
    ):
        seeds = _from_page(name, body)
    else:
        seeds = _from_text(
            name, text.replace("\r\n", "\n").replace("\r", "\n"), markdown=ending == "md"
        )
    if not any(seed.text or seed.title for seed in seeds):
        raise ParseError(f"{name}: no text in it", failure="empty")
    return seeds


def is_feed(text: str) -> bool:
    """Whether a document is a list of articles and none itself."""
    return root(text) in _FEEDS


def _other(body: bytes) -> str | None:
    """What a file is that holds no plain text, None where it may."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _MIME.match(start[:_MAX_FRONT]):
        return "a web archive"
    return next((what for first, what in _OTHERS if start.startswith(first)), None)


def _from_page(name: str, body: bytes) -> tuple[Seed, ...]:
    page = read_page(body, url=None)
    first = Seed(
        name=name,
        title=page.title or _first_sentence(page.text),
        text=page.text,
        language=page.language or guess(page.text),
        published=page.published,
        outlet=page.site_name,
        url=page.canonical_url,
    )
    return _numbered(first, [(piece.title, piece.text) for piece in page.pieces])


def _from_text(name: str, text: str, *, markdown: bool) -> tuple[Seed, ...]:
    front, paragraphs = _written(name, text, markdown=markdown)
    lines = [Line(paragraph) for paragraph in paragraphs]
    title, lines, dated = _head(lines, _string(front, "title"))
    cleaned = clean(lines, title)
    first = Seed(
        name=name,
        title=title or _first_sentence(cleaned.text),
        text=cleaned.text,
        language=_string(front, "language", "lang") or guess(cleaned.text or title or ""),
        published=_date(front) or dated,
        outlet=_string(front, "outlet"),
        url=_string(front, "source_url", "url"),
    )
    return _numbered(first, [(piece.title, piece.text) for piece in cleaned.pieces])


def _written(name: str, text: str, *, markdown: bool) -> tuple[Mapping[str, Any], list[str]]:
    """The front matter of a text document, and its paragraphs as they are written."""
    front, text = _front_matter(name, text)
    if markdown or front:
        for pattern, instead in _MARKDOWN:
            text = pattern.sub(instead, text)
    return front, _paragraphs(text)


def left_out(name: str, body: bytes, seeds: Sequence[Seed]) -> tuple[str, ...]:
    """The paragraphs of a document that stand in none of its `seeds`, in their order.

    Links, teasers, bylines and dates, for the most part; of a saved page every line that
    is shown around the article.
    """
    text = charset.decode(body).replace("\r\n", "\n").replace("\r", "\n")
    if root(text) == "html":
        tree = LexborHTMLParser(body)
        tree.strip_tags(["script", "style", "noscript", "template", "head"])
        shown = tree.body.text(separator="\n") if tree.body else ""
        paragraphs = list(filter(None, map(squeeze, shown.splitlines())))
    else:
        _, paragraphs = _written(name, text, markdown=name.lower().endswith(".md"))
    kept = "\n".join(key(f"{seed.title}\n{seed.text}") for seed in seeds)
    return tuple(line for line in paragraphs if key(line) and key(line) not in kept)


def _numbered(first: Seed, pieces: list[tuple[str | None, str]]) -> tuple[Seed, ...]:
    """The document's seeds. Language is told anew for each: an aggregator may mix them."""
    return (
        first,
        *(
            Seed(
                name=f"{first.name}#{number}",
                title=title or _first_sentence(text),
                text=text,
                language=guess(text) or first.language,
            )
            for number, (title, text) in enumerate(pieces, 2)
        ),
    )


def _front_matter(name: str, text: str) -> tuple[Mapping[str, Any], str]:
    """YAML between lines of three dashes at the top, and the rest."""
    match = _FRONT.match(text.lstrip("\ufeff"))
    if match is None or len(match[1]) > _MAX_FRONT:
        return {}, text
    try:
        found = yaml.safe_load(match[1])
    except yaml.YAMLError as fault:
        raise ParseError(f"{name}: front matter is no YAML: {squeeze(str(fault))}") from None
    if not isinstance(found, dict):
        return {}, text
    return found, text.lstrip("\ufeff")[match.end() :]


def _string(front: Mapping[str, Any], *keys: str) -> str | None:
    values = (front.get(key) for key in keys)
    return (
        next((plain(str(one), markup=False) for one in values if isinstance(one, str | int)), None)
        or None
    )


def _date(front: Mapping[str, Any]) -> datetime | None:
    value = front.get("published", front.get("date"))
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return read_date(str(value)) if value else None


def _paragraphs(text: str) -> list[str]:
    """Each line is a paragraph, unless they are wrapped at a column."""
    lines = unwrapped(text, least=_WRAPPED).split("\n")
    return [_BULLET.sub("", line) for raw in lines if (line := squeeze(raw))]


def _head(lines: list[Line], title: str | None) -> tuple[str | None, list[Line], datetime | None]:
    """The title, the lines after the head, and a date found in it.

    A head is what precedes the first running text: a section's name, the
    headline (often twice), a byline, a date.
    """
    end = 0
    while end < min(len(lines), _HEAD_LINES) and is_headline(lines[end]):
        end += 1
    if end == len(lines) and end > 1:
        end = 1  # nothing but headlines: the first is the title, the others are the text
    dated = None
    names: list[str] = []
    for line in lines[:end]:
        moment = read_date(line.text) if words(line.text) <= 10 else None
        dated = dated or moment
        if moment is None and not is_byline(line.text):
            names.append(line.text)
    if title is None:
        sections = [one for one in names if words(one) > _SECTION_WORDS] or names
        title = sections[0] if sections else None
        kept = [Line(one) for one in names[names.index(title) + 1 :]] if title else []
    else:
        kept = [Line(one) for one in names if words(one) > _SECTION_WORDS]
    return title, [*(one for one in kept if key(one.text) != key(title or "")), *lines[end:]], dated


def _first_sentence(text: str) -> str:
    first = next(iter(sentences(text)), "")
    if len(first) <= _TITLE_LETTERS:
        return first
    return first[:_TITLE_LETTERS].rsplit(" ", 1)[0] + "…"
