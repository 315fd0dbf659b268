"""Whole pages in layouts that nobody wrote, each drawn by a seed: what the reader then loses and lets in.

    python bench/layouts.py [--seed N] [--pages N] [--inside] [--failures]

A page takes the headline and the paragraphs of a gold page, sets them in one of many markups (paragraphs, lines, boxes for
each, modules, spans, tables), names its elements honestly, by hashes or not at all, states its metadata whole, in part or not,
and hangs several pieces of furniture (`furniture.KINDS`) above, among, under and beside the text. All of it is synthetic: the
figures say which rules depend on a layout, and not what a site's page gives.
"""

from __future__ import annotations

import argparse
import html
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench import inserts
from bench.draw import Draw
from bench.furniture import KINDS
from bench.golds import Gold, breaks, faults, golds, read, show

_FEW: Final = 4  # paragraphs of a page
_WORDS: Final = 9  # of each: a line is none
_HONEST: Final = str.split("article-body entry-content post-content story-text content-body text")
_HASHED: Final = str.split("css- sc- _ style__ jsx- v-")
# What is hung above, among, under and beside a text; all of it in words that the graft's lists hold.
_ABOVE: Final = ("share", "listen", "ticker", "advertisement")
_AMONG: Final = (
    "related",
    "related with leads",
    "read also",
    "letter",
    "advertisement",
    "caption",
    "follow",
    "poll",
)
_UNDER: Final = (
    "tags",
    "share",
    "source",
    "follow",
    "letter",
    "related",
    "related with leads",
    "biography",
    "comments",
    "rights",
    "poll",
)
_BESIDE: Final = (
    "most read",
    "most read with leads",
    "weather",
    "related with leads",
    "next story",
    "cookies",
)
_ISO: Final = "2026-03-05T07:40:00+00:00"
_DAYS: Final = {
    "ar": "5 مارس 2026 - 07:40 بتوقيت غرينتش", "en": "March 5, 2026, 07:40 GMT", "ru": "5 марта 2026, 07:40 UTC",
    "fr": "5 mars 2026 à 07h40 UTC", "tr": "5 Mart 2026 07:40 UTC", "fa": "5 مارس 2026 07:40 UTC", "es": "5 de marzo de 2026, 07:40 UTC",
    "de": "5. März 2026, 07:40 UTC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A page, what it must give, and what of it is foreign."""

    gold: Gold
    source: str
    foreign: tuple[str, ...]


class Theme:
    """How one page names and nests its elements."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.naming = rng.choice(("honest", "hashed", "none", "mixed"))
        self.plain = rng.random() < 0.5  # no element says what it is for
        self.depth = rng.randrange(3)

    def named(self, *honest: str) -> str:
        """A class for an element, as the theme names its elements."""
        naming = (
            self.rng.choice(("honest", "hashed", "none")) if self.naming == "mixed" else self.naming
        )
        if naming == "none":
            return ""
        if naming == "honest":
            return f' class="{self.rng.choice(honest)}"'
        letters = "".join(self.rng.choices("abcdefghijkmnpqrstuvwxyzABCDEF0123456789", k=6))
        return f' class="{self.rng.choice(_HASHED)}{letters}"'

    def tag(self, telling: str) -> str:
        """An element that says what it is for, or a `div`."""
        return "div" if self.plain else telling

    def wrapped(self, inner: str) -> str:
        """The markup in as many boxes as the theme has around everything."""
        for _ in range(self.depth):
            inner = f"<div{self.named('inner', 'wrap', 'row')}>{inner}</div>"
        return inner


Body = Callable[[Theme, Sequence[str], dict[int, str]], str]


def _each(before: str, after: str) -> Body:
    def made(theme: Theme, texts: Sequence[str], among: dict[int, str]) -> str:
        return "".join(f"{before}{one}{after}{among.get(at, '')}" for at, one in enumerate(texts))

    return made


def _classed(tag: str) -> Body:
    def made(theme: Theme, texts: Sequence[str], among: dict[int, str]) -> str:
        named = theme.named("paragraph", "c-text", "p")
        return _each(f"<{tag}{named}>", f"</{tag}>")(theme, texts, among)

    return made


def _parted(mark: str) -> Body:
    """Bare text, its paragraphs parted by breaks; what stands among them stands between two breaks."""

    def made(theme: Theme, texts: Sequence[str], among: dict[int, str]) -> str:
        return "".join(f"{one}{mark}{among.get(at, '')}" for at, one in enumerate(texts))

    return made


def _modules(theme: Theme, texts: Sequence[str], among: dict[int, str]) -> str:
    """Boxes alike of one to three paragraphs each, as page builders have them."""
    named, tag = (
        theme.named("module", "text-block", "wpb_text_column"),
        theme.rng.choice(("div", "section")),
    )
    parts, at = [], 0
    while at < len(texts):
        end = at + theme.rng.randint(1, 3)
        inner = "".join(f"<p>{one}</p>" for one in texts[at:end])
        parts.append(f"<{tag}{named}><div>{inner}</div></{tag}>")
        parts += [among[one] for one in range(at, min(end, len(texts))) if one in among]
        at = end
    return "".join(parts)


def _halves(theme: Theme, texts: Sequence[str], among: dict[int, str]) -> str:
    """An introduction and the rest, each in a box of its own name."""
    flow = _each("<p>", "</p>")
    rest = {at - 1: piece for at, piece in among.items() if at}
    return (
        f"<div{theme.named('intro', 'introtext')}>{flow(theme, texts[:1], {})}</div>{among.get(0, '')}"
        f"<div{theme.named('fulltext', 'rest')}>{flow(theme, texts[1:], rest)}</div>"
    )


_BODIES: Final[tuple[Body, ...]] = (
    _each("<p>", "</p>"), _each("<p>", "</p>"), _each("<p><span>", "</span></p>"), _each("<div>", "</div>"), _each("<div><p>", "</p></div>"),
    _each("<div><div><span>", "</span></div></div>"), _each('<p dir="auto" style="text-align:justify">', "</p>"), _each("<section><p>", "</p></section>"),
    _classed("p"), _classed("div"), _parted("<br><br>"), _parted("<br>\n"), _modules, _modules, _halves,
)  # fmt: skip


def _pieces(
    rng: random.Random, draw: Draw, kinds: Sequence[str], most: int
) -> tuple[list[str], list[str]]:
    markup, foreign = [], []
    for kind in rng.sample(kinds, rng.randint(0, most)):
        piece, said = KINDS[kind][0](draw)
        markup.append(piece)
        foreign += said
    return markup, foreign


def _head(rng: random.Random, gold: Gold) -> tuple[str, bool]:
    """Metadata, whole or in part, and whether they have the date."""
    title = html.escape(gold.title)
    site = rng.choice((" | Site", " - Site", "", " — Site", "｜Site"))
    parts, dated = [f"<title>{title}{site}</title>"], False
    if rng.random() < 0.6:
        parts.append(f'<meta property="og:title" content="{title}">')
    if rng.random() < 0.4:
        parts.append('<meta property="og:site_name" content="Site">')
    form = rng.randrange(4)
    if form == 0:
        parts.append(f'<meta property="article:published_time" content="{_ISO}">')
        dated = True
    elif form == 1:
        stated = {"@type": "NewsArticle", "headline": gold.title, "datePublished": _ISO}
        parts.append(f'<script type="application/ld+json">{json.dumps(stated)}</script>')
        dated = True
    return "".join(parts), dated


def _headline(rng: random.Random, theme: Theme, gold: Gold) -> str:
    title = html.escape(gold.title, quote=False)
    named = theme.named("title", "headline", "entry-title")
    return rng.choice((
        f"<h1{named}>{title}</h1>", f"<h1{named}><span>{title}</span></h1>", f"<h2{named}>{title}</h2>",
        f"<header><h1{named}>{title}</h1></header>", f"<div><h1>{title}</h1></div>",
    ))  # fmt: skip


def _broken(rng: random.Random, draw: Draw, texts: list[str]) -> list[str]:
    """Break one of the paragraphs by furniture; what of it is foreign."""
    at = rng.randrange(len(texts))
    words = texts[at].split()
    gaps = breaks(words)
    if not gaps:
        return []
    made = rng.choice((inserts.also, inserts.also, inserts.advert, inserts.advert, inserts.call))
    piece, foreign = made(draw, draw.stories(1, 1)[0].title)
    gap = rng.choice(gaps)
    texts[at] = f"{' '.join(words[:gap])} {piece} {' '.join(words[gap:])}"
    return foreign


def layout(rng: random.Random, gold: Gold, *, inside: bool = False) -> Made:
    """One page; `inside`, with furniture in one of its paragraphs as well."""
    theme, draw = Theme(rng), Draw(rng, gold)
    texts = [html.escape(one, quote=False) for one in gold.paragraphs]
    foreign = _broken(rng, draw, texts) if inside else []
    head, dated = _head(rng, gold)
    above, said = _pieces(rng, draw, _ABOVE, 2)
    foreign += said
    among: dict[int, str] = {}
    middle, said = _pieces(rng, draw, _AMONG, 3)
    foreign += said
    for piece in middle:
        among[rng.randrange(len(texts) - 1)] = piece
    foreign = [one for one in foreign if one]
    under, said = _pieces(rng, draw, _UNDER, 4)
    foreign += said
    beside, said = _pieces(rng, draw, _BESIDE, 3)
    foreign += said
    row = ""
    if not dated or rng.random() < 0.7:
        row = f"<div{theme.named('meta', 'post-info', 'byline')}><span>{draw.one('names')}</span> | <span>{_DAYS[gold.language]}</span></div>"
    body = rng.choice(_BODIES)(theme, texts, among)
    text = f"<{theme.tag('div')}{theme.named(*_HONEST)}>{theme.wrapped(body) if theme.depth == 1 else body}</div>"
    links = "".join(f"<li>{draw.link(one)}</li>" for one in draw.words["topics"])
    is_within = rng.random() < 0.5  # what is under the text stands in the article's element
    article = theme.tag("article")
    core = f"{_headline(rng, theme, gold)}{row}{''.join(above)}{text}"
    core = (
        f"<{article}{theme.named('post', 'story')}>{core}{''.join(under)}</{article}>"
        if is_within
        else f"<{article}{theme.named('post', 'story')}>{core}</{article}>{''.join(under)}"
    )
    nav, main, side, foot = map(theme.tag, ("nav", "main", "aside", "footer"))
    source = (
        f'<!DOCTYPE html><html lang="{gold.language}"><head><meta charset="utf-8">{head}</head><body>'
        f'<{nav}{theme.named("menu", "navbar")}><a href="/"><img src="l.png" alt="Site"></a><ul>{links}</ul></{nav}>'
        f"<{main}{theme.named('main', 'content')}>{theme.wrapped(core)}</{main}>"
        f"<{side}{theme.named('sidebar', 'side')}>{''.join(beside)}</{side}>"
        f"<{foot}{theme.named('footer', 'foot')}><p>© Site 2026</p></{foot}></body></html>"
    )
    return Made(gold, source, tuple(foreign))


def layouts(seed: int, count: int, *, inside: bool = False) -> Iterator[Made]:
    """`count` pages."""
    rng = random.Random(seed)
    pages = [
        one
        for one in golds()
        if len(one.paragraphs) >= _FEW
        and all(
            len(text.split()) >= _WORDS and text.rstrip('"”»').endswith((".", "؟", "?", "!"))
            for text in one.paragraphs
        )
    ]
    for _ in range(count):
        gold = rng.choice(pages)
        yield layout(rng, gold, inside=inside)


def judge(made: Made) -> dict[str, list[str]]:
    """What went wrong: `lost`, `foreign`, `title`, `date`."""
    page = read(made.gold, made.source)
    date = page.published and page.published.isoformat()
    return {
        **faults(made.gold, page, made.foreign),
        "date": [] if date == _ISO else [str(date)],
    }


def main() -> None:
    """Print how many pages went wrong, and how."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--inside", action="store_true", help="break a paragraph of each as well")
    parser.add_argument("--failures", action="store_true", help="what went wrong")
    given = parser.parse_args()
    total: Counter[str] = Counter()
    for number, made in enumerate(layouts(given.seed, given.pages, inside=given.inside)):
        found = judge(made)
        total.update(kind for kind, held in found.items() if held)
        if given.failures and any(found.values()):
            print(f"\n{number} {made.gold.name}\n{made.source[made.source.find('<body') :]}")
            show(found)
    print(
        f"{given.pages} pages: "
        + ", ".join(f"{kind} {total[kind]}" for kind in ("lost", "foreign", "title", "date"))
    )


if __name__ == "__main__":
    main()
