"""Gold pages under other names and in other boxes: what the reader loses and lets in where a layout says less of itself.

    python bench/disguises.py [--failures] [DISGUISE...]

Each page of the sets that serve development is read again with its markup changed throughout (`DISGUISES`): classes hashed or
taken away, elements that say what they are for turned into `div`, a wrapper around each paragraph or box, statements left out.
What a disguise takes away with the article's own date or headline cannot be read; text and furniture are as they were.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.golds import DATA, SETS, show
from monitor.errors import ParseError
from monitor.model import Page
from monitor.parse import charset, read_page

Disguise = Callable[[str], str]

_BOM: Final = b"\xef\xbb\xbf"
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE: Final = re.compile(
    r"\s(class|id|data-[\w-]+|aria-[\w-]+|role|itemprop|itemscope|itemtype)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(
    r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->)", re.DOTALL | re.IGNORECASE
)
_STATED: Final = re.compile(r"<script[^>]*ld\+json.*?</script>", re.DOTALL | re.IGNORECASE)
_META: Final = re.compile(r"<meta\b[^>]*(?:property|name|itemprop)=[^>]*>", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^>]*>.*?</title>", re.DOTALL | re.IGNORECASE)
_AS_THEY_ARE: Final = ("<meta", "<link", "<html", "<input")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A gold page: its text as decoded, and what is expected of it."""

    name: str
    source: str
    gold: dict[str, Any]


def _markup(change: Disguise) -> Disguise:
    """A change of the markup alone: scripts, styles and comments stay."""

    def made(source: str) -> str:
        parts = _LEFT.split(source)
        return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))

    return made


def _attributes(change: Callable[[re.Match[str]], str]) -> Disguise:
    def tag(found: re.Match[str]) -> str:
        if found[0].lower().startswith(_AS_THEY_ARE):
            return found[0]
        return _ATTRIBUTE.sub(change, found[0])

    return _markup(lambda part: _TAG.sub(tag, part))


def _hashed(found: re.Match[str]) -> str:
    if found[1].lower() not in {"class", "id"}:
        return found[0]
    named = (found[2] or "").strip("\"'").split()
    hashes = (hashlib.md5(one.encode(), usedforsecurity=False).hexdigest()[:6] for one in named)
    return f' {found[1]}="{" ".join(f"css-{one}" for one in hashes)}"'


def _unnamed(found: re.Match[str]) -> str:
    return "" if found[1].lower() in {"class", "id"} or found[1].startswith("data-") else found[0]


def _tags(names: str, name: str) -> Disguise:
    pattern = re.compile(rf"<(/?)(?:{names})(?=[\s>])", re.IGNORECASE)
    return _markup(lambda part: pattern.sub(lambda found: f"<{found[1]}{name}", part))


def _around(name: str) -> Disguise:
    opened, closed = re.compile(rf"(<{name}(?=[\s>]))"), re.compile(rf"(</{name}>)")
    return _markup(lambda part: closed.sub(r"\1</div>", opened.sub(r"<div>\1", part)))


def _all(*disguises: Disguise) -> Disguise:
    def made(source: str) -> str:
        for disguise in disguises:
            source = disguise(source)
        return source

    return made


_BARE: Final = _attributes(_unnamed)
_UNTAGGED: Final = _tags("article|main|aside|nav|header|footer|section|figure|figcaption", "div")
_SAID: Final = _attributes(
    lambda found: "" if found[1].lower() not in {"class", "id"} else found[0]
)
DISGUISES: Final[dict[str, Disguise]] = {
    "none": lambda source: source,
    "classes hashed": _attributes(_hashed),
    "no classes": _BARE,
    "div for all that says what it is for": _UNTAGGED,
    "div for p": _tags("p", "div"),
    "a div around each p": _around("p"),
    "a div around each div": _around("div"),
    "h2 for h1": _tags("h1", "h2"),
    "div for h1": _tags("h1", "div"),
    "no JSON-LD": lambda source: _STATED.sub("", source),
    "no meta": lambda source: _META.sub("", source),
    "the template's title": _all(
        lambda source: _TITLE.sub("<title>The Site : : Print</title>", source, count=1),
        lambda source: _STATED.sub("", source),
        lambda source: _META.sub("", source),
    ),
    "the template's title, h3 for h1": _all(
        lambda source: _TITLE.sub("<title>The Site : : Print</title>", source, count=1),
        lambda source: _STATED.sub("", source),
        lambda source: _META.sub("", source),
        _tags("h1", "h3"),
    ),
    "nothing but div and text": _all(
        _BARE, _UNTAGGED, _SAID, lambda source: _STATED.sub("", source)
    ),
}


def sheets(folders: Sequence[str] = SETS) -> Iterator[Sheet]:
    """The pages of the sets."""
    for folder in folders:
        for path in sorted((DATA / folder).glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            body = Path(path).with_suffix(".html").read_bytes()
            yield Sheet(f"{folder}/{path.stem}", charset.decode(body, gold["content_type"]), gold)


def judge(sheet: Sheet, disguise: Disguise) -> dict[str, list[str]]:
    """What is lost and what is let in, and another headline."""
    try:
        page = read_page(
            _BOM + disguise(sheet.source).encode("utf-8", "replace"),
            url=sheet.gold["url"],
            content_type="text/html; charset=utf-8",
            timezone=sheet.gold.get("zone"),
        )
    except ParseError:
        page = Page(url=sheet.gold["url"])
    return {
        "lost": [one for one in sheet.gold["text"].split("\n\n") if one not in page.text],
        "foreign": [one for one in sheet.gold["foreign"] if one in page.text],
        "title": [] if page.title == sheet.gold["title"] else [str(page.title)],
    }


def main() -> None:
    """Print a row for each disguise, and what went wrong where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("disguises", nargs="*", default=list(DISGUISES), metavar="DISGUISE")
    parser.add_argument("--failures", action="store_true", help="what went wrong")
    given = parser.parse_args()
    pages = list(sheets())
    print(
        f"{len(pages)} pages\n\n| disguise | lost a paragraph | let in a sentence | another title |"
    )
    print("|---|---|---|---|")
    for name in given.disguises:
        total: Counter[str] = Counter()
        for sheet in pages:
            found = judge(sheet, DISGUISES[name])
            total.update(kind for kind, held in found.items() if held)
            if given.failures and any(found.values()):
                print(f"  {sheet.name}")
                show(found)
        print(f"| {name} | {total['lost']} | {total['foreign']} | {total['title']} |", flush=True)


if __name__ == "__main__":
    main()
