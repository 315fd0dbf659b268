"""Gold pages as synthetic pages are made of them: each paragraph at its place in the source, and what a reading got wrong.

Only pages of the sets that serve development (`SETS`), and only those that the reader gets right as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from monitor.errors import ParseError
from monitor.model import Page
from monitor.parse import read_page
from monitor.parse.lines import ends

DATA: Final = Path(__file__).parents[1] / "tests" / "data"
SETS: Final = tuple(f"gold-pages{number}" for number in ("", "-2", "-3", "-4", "-5", "-6", "-8"))
WORDS: Final[dict[str, dict[str, list[str]]]] = json.loads(
    (DATA / "grafts" / "words.json").read_text("utf-8")
)
_FEW: Final = 3  # paragraphs of a page that is grafted onto
_LEAST: Final = 4  # words of a paragraph on either side of what breaks it
_LABEL: Final = 4  # words; fewer are a label


@dataclass(frozen=True, slots=True)
class Gold:
    """A page as served and what it says: `marks` are the places behind its paragraphs in the source."""

    name: str
    source: str
    url: str
    zone: str | None
    language: str
    title: str
    paragraphs: tuple[str, ...]
    marks: tuple[int, ...]
    first: int | None  # where the first paragraph begins, if it is one
    last: int | None  # where the last one ends
    gaps: tuple[int, ...]  # places between two words of one of its paragraphs


@cache
def golds() -> tuple[Gold, ...]:
    """The pages of all sets that can be grafted onto: each paragraph found in the source in an element of its own."""
    found = []
    for folder in SETS:
        for path in sorted((DATA / folder).glob("*.json")):
            told = json.loads(path.read_text("utf-8"))
            if told.get("language") not in WORDS or not told["title"]:
                continue
            try:
                source = path.with_suffix(".html").read_bytes().decode()
            except UnicodeDecodeError:
                continue
            if (gold := _gold(f"{folder}/{path.stem}", source, told)) is not None:
                found.append(gold)
    return tuple(found)


def _gold(name: str, source: str, told: dict[str, str]) -> Gold | None:
    paragraphs = tuple(told["text"].split("\n\n"))
    marks: list[int] = []
    gaps: list[int] = []
    first = last = None
    at = 0
    for text in paragraphs:
        said = r"(?:\s|<[^<>]*>)*".join(map(_spelled, text.split()))
        match = re.compile(
            rf"<(p|div|h\d|li|blockquote)\b[^<>]*>\s*(?:<[^<>]*>)*{said}\s*(?:<[^<>]*>)*?\s*</\1>"
        ).search(source, at)
        if match is None:
            return None
        is_own = match[1] in {"p", "div"}
        first = match.start() if not at and is_own else first
        at = match.end()
        last = at if is_own else None
        if is_own:
            marks.append(at)
        held = match[0]
        if is_own and ends(text) and held.count("<") == 2:
            blanks = [one.start() for one in re.finditer(r"(?<=[^\s>])\s+(?=[^\s<])", held)]
            opened = held.find(">")
            blanks = [one for one in blanks if one > opened]
            gaps += [match.start() + blanks[one - 1] for one in breaks(text.split())]
    if len(marks) < _FEW:
        return None
    gold = Gold(
        name, source, told["url"], told.get("zone"), told["language"], told["title"], paragraphs, tuple(marks), first, last, tuple(gaps)
    )  # fmt: skip
    page = read(gold, source)
    right = page.title == gold.title and all(one in page.text for one in paragraphs)
    return gold if right and not any(one in page.text for one in told["foreign"]) else None


def breaks(words: Sequence[str]) -> range:
    """Before which words of a paragraph something may stand that breaks it."""
    return range(_LEAST, len(words) - _LEAST + 1)


def _spelled(word: str) -> str:
    said = re.escape(word)
    for letter, entity in (
        ("&", "&amp;"),
        ('"', '(?:"|&quot;)'),
        ("'", "(?:'|&#39;|&#x27;)"),
        ("<", "&lt;"),
        (">", "&gt;"),
    ):
        said = said.replace(re.escape(letter), entity)
    return said


def read(gold: Gold, source: str) -> Page:
    """The page as the monitor reads it; an empty one where it refuses it."""
    try:
        return read_page(
            source.encode(),
            url=gold.url,
            content_type="text/html; charset=utf-8",
            timezone=gold.zone,
        )
    except ParseError:
        return Page(url=gold.url)


def others(gold: Gold) -> list[Gold]:
    """The pages in the gold's language that tell another story."""
    return [one for one in golds() if one.language == gold.language and one.title != gold.title]


def faults(
    gold: Gold, page: Page, foreign: Sequence[str], own: Sequence[str] = ()
) -> dict[str, list[str]]:
    """What a reading lost, let in and took for the headline: `lost`, `foreign`, `title`, each empty where all is right.

    `own` must stand in the text beside the gold's paragraphs, nothing `foreign` may: a label as a line, a sentence anywhere.
    """
    text = f"\n{page.text}\n"
    return {
        "lost": [one for one in (*gold.paragraphs, *own) if one not in page.text],
        "foreign": [
            one
            for one in foreign
            if (f"\n{one}\n" in text if len(one.split()) < _LABEL else one in text)
        ],
        "title": [] if page.title == gold.title else [str(page.title)],
    }


def show(found: dict[str, list[str]]) -> None:
    """Print a line for each fault."""
    for kind, held in found.items():
        for one in held:
            print(f"    {kind}: {one[:120]}")
