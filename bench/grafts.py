"""Furniture of news sites grafted onto gold pages at random places: what the reader then loses and lets in.

    python bench/grafts.py [--seed N] [--pages N] [--kind KIND] [--language LANGUAGE] [--failures]

Each page of the sets that serve development, where the reader gets it right, is read again with
one piece of furniture (`KINDS`) in or around its text, in the words of its language
(`tests/data/grafts/words.json`), in markup drawn by the seed. So what is the article's and what is foreign is
known for any number of pages. All of it is synthetic; a sentence counts as foreign where it stands in the text.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from bench import inserts
from monitor.errors import ParseError
from monitor.model import Page
from monitor.parse import read_page
from monitor.parse.lines import ends

DATA: Final = Path(__file__).parents[1] / "tests" / "data"
SETS: Final = tuple(f"gold-pages{number}" for number in ("", "-2", "-3", "-4", "-5", "-6", "-8"))
WORDS: Final[dict[str, dict[str, list[str]]]] = json.loads(
    (DATA / "grafts" / "words.json").read_text("utf-8")
)
PLACES: Final = ("top", "between", "end", "outside")
_AROUND: Final = "…"  # in markup that goes around the last two paragraphs
_FEW: Final = 3  # paragraphs of a page that is grafted onto
_HONEST: Final = {
    "related": "related-posts|related|post-related|read-also|more-articles|inline-related|see-more|linked-news|also-like",
    "story": "next-article|infinite-post|single-post|post|article-item",
    "call": "follow-us|social-follow|channel-cta|whatsapp-box|google-news|app-banner|cta",
    "letter": "newsletter|newsletter-box|mailing|subscribe-box|nl-signup",
    "most": "most-read|popular|trending-box|top-news|ranking",
    "bio": "author-box|author-card|writer-info|about-author|post-author",
    "caption": "caption|wp-caption|image-caption|photo|media-caption",
    "comments": "comments|comments-area|comment-list|disqus|replies",
    "tags": "tags|tag-list|post-tags|keywords|topics",
    "note": "notice|paywall|meter|alert-box|info",
    "widget": "widget|poll|weather|vote|sidebar-box",
    "cookie": "cookie-notice|gdpr|consent-bar",
    "ad": "ad|ads|advertisement|ad-slot|banner",
}
_VAGUE: Final = str.split(
    "box block inner section item wrap content-block inline module row aside-box story-extra panel unit card-block"
)


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


@dataclass(frozen=True, slots=True)
class Graft:
    """A page with furniture at a place, and the sentences that are foreign."""

    gold: Gold
    kind: str
    place: str
    source: str
    foreign: tuple[str, ...]
    own: tuple[str, ...]  # what must stand in the text beside the gold's paragraphs
    piece: str  # the furniture's markup


@dataclass(frozen=True, slots=True)
class Fault:
    """What a graft did to the reading."""

    graft: Graft
    lost: tuple[str, ...]
    let_in: tuple[str, ...]
    title: str | None
    date: str | None


class Draw:
    """Random markup and words of one language."""

    def __init__(self, rng: random.Random, gold: Gold, others: Sequence[Gold]) -> None:
        self.rng, self.gold = rng, gold
        self.words = WORDS[gold.language]
        self.others = others

    def one(self, kind: str) -> str:
        return self.rng.choice(self.words[kind])

    def some(self, kind: str, count: int) -> list[str]:
        listed = self.words[kind]
        return self.rng.sample(listed, min(count, len(listed)))

    def stories(self, least: int, most: int) -> list[Gold]:
        return self.rng.sample(self.others, min(self.rng.randint(least, most), len(self.others)))

    def attributes(self, kind: str) -> str:
        """A class that says what the element is, one that says nothing, a hashed one, none."""
        form = self.rng.randrange(4)
        if form == 0:
            return f' class="{self.rng.choice(_HONEST[kind].split("|"))}"'
        if form == 1:
            return f' class="{self.rng.choice(_VAGUE)}"'
        if form == 2:
            hashed = "".join(self.rng.choices("abcdefghijkXYZ0123456789", k=6))
            return f' class="{self.rng.choice(("css-", "sc-", "_", "style__"))}{hashed}"'
        return ""

    def tag(self, *tags: str) -> str:
        return self.rng.choice(tags)

    def link(self, text: str) -> str:
        href = f' href="/n/{self.rng.randint(1000, 99999)}"' if self.rng.random() < 0.8 else ""
        return f"<a{href}>{html.escape(text, quote=False)}</a>"

    def heading(self, text: str) -> str:
        tag = self.tag("h2", "h3", "h3", "h4", "div", "span", "strong", "p", "b", "h5")
        return f"<{tag}>{html.escape(text, quote=False)}</{tag}>"


Piece = tuple[str, list[str]]  # its markup, and what of it is foreign; of OWN what is the article's


def related(draw: Draw, kind: str = "related", label: str = "related") -> Piece:
    """A heading with the linked headlines of other stories."""
    stories = draw.stories(2, 4)
    outer, item = draw.tag("div", "section", "aside", "div"), draw.tag("li", "li", "div", "p", "h4")
    pictured = draw.rng.random() < 0.3
    rows = "".join(
        f"<{item}>{'<img src=t.jpg>' if pictured else ''}{draw.link(one.title)}</{item}>"
        for one in stories
    )
    rows = f"<ul>{rows}</ul>" if item == "li" else rows
    head = draw.heading(draw.one(label))
    return f"<{outer}{draw.attributes(kind)}>{head}{rows}</{outer}>", [one.title for one in stories]


def related_bare(draw: Draw) -> Piece:
    """A heading with headlines that no link is around: a script makes the cards lead elsewhere."""
    stories = draw.stories(2, 4)
    item = draw.tag("li", "div", "h4", "h3")
    rows = "".join(f"<{item}>{html.escape(one.title)}</{item}>" for one in stories)
    rows = f"<ul>{rows}</ul>" if item == "li" else rows
    return (
        f"<div{draw.attributes('related')}>{draw.heading(draw.one('related'))}{rows}</div>",
        [one.title for one in stories],
    )


def related_leads(draw: Draw, kind: str = "related", label: str = "related") -> Piece:
    """A heading with cards: picture, headline, the story's lead."""
    stories = draw.stories(1, 3)
    tag = draw.tag("h3", "h4", "div", "strong")
    card = draw.tag("div", "article", "li")
    rows, foreign = "", []
    for one in stories:
        lead = one.paragraphs[0]
        foreign += [one.title, lead]
        linked = draw.link(one.title)
        rows += f"<{card}><img src=t.jpg><{tag}>{linked}</{tag}><p>{html.escape(lead)}</p></{card}>"
    rows = f"<ul>{rows}</ul>" if card == "li" else rows
    head = draw.heading(draw.one(label))
    return f"<div{draw.attributes(kind)}>{head}{rows}</div>", foreign


def also(draw: Draw) -> Piece:
    """One line between two paragraphs: "Read also: headline"."""
    story = draw.stories(1, 1)[0]
    label, linked = draw.one("also"), draw.link(story.title)
    bare = html.escape(story.title)
    mark = draw.tag(":", ":", " :", "…", " |", " -", "..")
    form = draw.rng.randrange(8)
    made = [
        f"<p>{label}{mark} {linked}</p>",
        f"<p><strong>{label}{mark} {linked}</strong></p>",
        f"<p><a href='/n/1'>{label}{mark} {bare}</a></p>",
        f"<p><strong>{label}{mark}</strong></p><p>{linked}</p>",
        f"<p><b>{label}{mark} {bare}</b></p>",
        f"<div{draw.attributes('related')}><span>{label}</span>{linked}</div>",
        f"<blockquote><p>{label}{mark} {linked}</p></blockquote>",
        f"<div{draw.attributes('related')}><p>{label}{mark}</p><h3>{linked}</h3></div>",
    ][form]
    return made, [story.title]


def line(kind: str, dress: str) -> Callable[[Draw], Piece]:
    """A line of its own: a call to a channel, an application, a label."""

    def made(draw: Draw) -> Piece:
        text = draw.one(kind)
        shown = html.escape(text)
        if draw.rng.random() < 0.4:
            shown = f'<a href="https://out.example/x">{shown}</a>'
        elif draw.rng.random() < 0.3:
            first, _, rest = text.rpartition(" ")
            shown = f"{html.escape(first)} <a href='/x'>{html.escape(rest)}</a>"
        inner = draw.tag("strong", "em", "span", "")
        shown = f"<{inner}>{shown}</{inner}>" if inner else shown
        form = draw.rng.randrange(4)
        wrapped = [
            f"<p>{shown}</p>",
            f"<p{draw.attributes(dress)}>{shown}</p>",
            f"<div{draw.attributes(dress)}>{shown}</div>",
            f"<div{draw.attributes(dress)}><p>{shown}</p></div>",
        ][form]
        return wrapped, [text]

    return made


def letter(draw: Draw) -> Piece:
    """A newsletter's promotion, with a form or a button that a script fills."""
    head, more = draw.some("letter", 2)[0], draw.words["letter"][-1]
    field = draw.tag(
        '<form><input type="email"><button>OK</button></form>',
        '<input type="email"><button>OK</button>',
        '<a class="btn" href="/letter">OK</a>',
    )
    outer = draw.tag("div", "section", "aside")
    return (
        f"<{outer}{draw.attributes('letter')}>{draw.heading(head)}<p>{html.escape(more)}</p>{field}</{outer}>",
        [head, more],
    )


def story(draw: Draw) -> Piece:
    """The next article whole, as pages that scroll on have it."""
    other = draw.stories(1, 1)[0]
    held = other.paragraphs[: draw.rng.randint(2, 6)]
    text = "".join(f"<p>{html.escape(one)}</p>" for one in held)
    date = f"<div><time>{draw.one('date')}</time></div>" if draw.rng.random() < 0.6 else ""
    tag, outer = draw.tag("h1", "h2", "h2"), draw.tag("article", "div", "section")
    title = html.escape(other.title) if draw.rng.random() < 0.5 else draw.link(other.title)
    return (
        f"<{outer}{draw.attributes('story')}><{tag}>{title}</{tag}>{date}<div>{text}</div></{outer}>",
        [other.title, *held],
    )


def bio(draw: Draw) -> Piece:
    """Who the author is."""
    name, said = draw.one("names"), draw.one("bio")
    head = draw.heading(draw.one("bio_head")) if draw.rng.random() < 0.5 else ""
    named = draw.tag(
        f"<h4>{name}</h4>", f"<a href='/author/1'>{name}</a>", f"<strong>{name}</strong>"
    )
    face = "<img src=f.jpg>" if draw.rng.random() < 0.7 else ""
    return (
        f"<div{draw.attributes('bio')}>{head}{face}{named}<p>{html.escape(said)}</p></div>",
        [said],
    )


def caption(draw: Draw) -> Piece:
    """A picture with the words under it."""
    said = draw.one("caption")
    form = draw.rng.randrange(7)
    text, named = html.escape(said), draw.attributes("caption")
    made = [
        f"<figure><img src=p.jpg><figcaption>{text}</figcaption></figure>",
        f"<div{named}><img src=p.jpg><p>{text}</p></div>",
        f"<div{named}><img src=p.jpg><span>{text}</span></div>",
        f"<p><img src=p.jpg></p><p><em>{text}</em></p>",
        f"<p><img src=p.jpg><br><small>{text}</small></p>",
        f"<div{named}><div><img src=p.jpg></div><div>{text}</div></div>",
        f"<div><picture><img src=p.jpg></picture></div><div{named}>{text}</div>",
    ][form]
    return made, [said]


def comments(draw: Draw) -> Piece:
    """What readers say."""
    said = draw.some("reader", 3)
    item = draw.tag("div", "li")
    rows = "".join(
        f"<{item}><b>{draw.one('names')}</b> <span>{draw.one('date')}</span><p>{html.escape(one)}</p></{item}>"
        for one in said
    )
    rows = f"<ol>{rows}</ol>" if item == "li" else rows
    return (
        f"<div{draw.attributes('comments')}>{draw.heading(draw.one('comments'))}{rows}</div>",
        said,
    )


def tags(draw: Draw) -> Piece:
    """What the article is filed under."""
    listed = draw.some("topics", 4)
    links = draw.tag(" ", ", ", "").join(map(draw.link, listed))
    head = draw.one("tags")
    outer = draw.tag("div", "p", "div")
    return f"<{outer}{draw.attributes('tags')}>{head} {links}</{outer}>", [head]


def poll(draw: Draw) -> Piece:
    """A question with its answers."""
    asked, options = draw.one("poll"), draw.words["options"]
    rows = "".join(f"<li>{one}</li>" for one in options)
    form = draw.tag(
        f"<ul>{rows}</ul>",
        "".join(f'<label><input type="radio" name="v"> {one}</label>' for one in options),
        "".join(f"<button>{one}</button>" for one in options),
    )
    return (
        f"<div{draw.attributes('widget')}>{draw.heading(draw.one('poll_head'))}<p>{asked}</p>{form}</div>",
        [asked],
    )


def weather(draw: Draw) -> Piece:
    """The day's weather."""
    head, *rest = draw.words["weather"]
    rows = "".join(f"<span>{one}</span>" for one in rest)
    return f"<div{draw.attributes('widget')}>{draw.heading(head)}<div>{rows}</div></div>", [head]


def cookie(draw: Draw) -> Piece:
    """What asks for consent."""
    said = draw.one("cookie")
    buttons = "".join(
        draw.tag(f"<button>{one}</button>", f'<a href="#">{one}</a>')
        for one in draw.words["accept"]
    )
    return f"<div{draw.attributes('cookie')}><p>{html.escape(said)}</p>{buttons}</div>", [said]


def pay(draw: Draw) -> Piece:
    """What says that the rest costs."""
    head, more = draw.some("pay", 2)
    button = '<a class="button" href="/subscribe">OK</a>'
    return (
        f"<div{draw.attributes('note')}>{draw.heading(head)}<p>{html.escape(more)}</p>{button}</div>",
        [head, more],
    )


def ticker(draw: Draw) -> Piece:
    """Headlines that run past."""
    stories = draw.stories(2, 4)
    rows = "".join(f"<span>{draw.link(one.title)}</span>" for one in stories)
    return (
        f"<div{draw.attributes('most')}><strong>{draw.one('ticker')}</strong>{rows}</div>",
        [one.title for one in stories],
    )


def own_sentence(draw: Draw) -> Piece:
    """A paragraph of the article's that begins as furniture may."""
    said = draw.one("own")
    return f"<p>{html.escape(said, quote=False)}</p>", [said]


def own_heading(draw: Draw) -> Piece:
    """A subheading of the article's that is nearly a mark."""
    said = draw.one("own_heads")
    tag = draw.tag("h2", "h3", "h4", "h2")
    return f"<{tag}>{html.escape(said, quote=False)}</{tag}>", [said]


def own_section(draw: Draw) -> Piece:
    """A section of the article's with its heading, in a box of its own."""
    story = draw.gold
    telling = [one for one in " ".join(story.paragraphs[-2:]).split() if len(one) > 4]
    words = draw.rng.sample(telling, min(4, len(telling)))
    head = " ".join(word.strip("«»“”.,،؛:()\"'?؟!") for word in words)
    outer, tag = draw.tag("section", "div"), draw.tag("h2", "h3")
    named = draw.tag("", ' class="section"', ' class="css-9a81f"', ' class="wp-block-group"')
    opened = f"<{outer}{named}><{tag}>{html.escape(head, quote=False)}</{tag}>"
    return f"{opened}{_AROUND}</{outer}>", [head]


def clock(draw: Draw) -> Piece:
    """The day of the visit, in the page's head."""
    date = draw.words["date"][1]
    tag = draw.tag(f"<span>{date}</span>", f"<time>{date}</time>", date, f"<p>{date} 14:05</p>")
    return f"<div{draw.attributes('widget')}>{tag}</div>", []


def anothers(draw: Draw) -> Piece:
    """JSON-LD of another story."""
    other = draw.stories(1, 1)[0]
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": other.title,
        "datePublished": "2019-02-03T04:05:06+00:00",
    }
    if draw.rng.random() < 0.5:
        stated["url"] = other.url
    written = json.dumps(stated, ensure_ascii=draw.rng.random() < 0.5)
    return f'<script type="application/ld+json">{written}</script>', []


def short_title(draw: Draw) -> Piece:
    """A title for other sites, cut short or with the site's name."""
    said = draw.gold.title.split()
    cut = " ".join(said[: max(3, len(said) - 3)])
    title = draw.tag(f"{cut}...", f"{draw.gold.title} | Site", f"Site - {draw.gold.title}", cut)
    name = draw.tag("og:title", "twitter:title")
    return f'<meta property="{name}" content="{html.escape(title)}">', []


def logo(draw: Draw) -> Piece:
    """The site's name, or its motto, as a heading of the first rank."""
    said = draw.tag("The Site", "The site that says it first and says it whole")
    inner = draw.tag(f'<a href="/">{said}</a>', said)
    return f"<div{draw.attributes('widget')}><h1>{inner}</h1></div>", []


def again(draw: Draw) -> Piece:
    """The headline once more above the text."""
    tag = draw.tag("h2", "h3", "p", "div", "h1")
    return f"<{tag}>{html.escape(draw.gold.title, quote=False)}</{tag}>", []


def kicker(draw: Draw) -> Piece:
    """The section above the headline."""
    said = draw.one("topics")
    return f"<div{draw.attributes('widget')}>{draw.tag(said, draw.link(said))}</div>", []


def inside(made: Callable[[inserts.Words, str], inserts.Insert]) -> Callable[[Draw], Piece]:
    """Furniture in the middle of a paragraph."""

    def piece(draw: Draw) -> Piece:
        markup, foreign = made(draw, draw.stories(1, 1)[0].title)
        return f" {markup} ", foreign

    return piece


HEADS: Final = frozenset(
    ("clock", "another's JSON-LD", "short title", "logo", "headline again", "kicker")
)
OWN: Final = frozenset(("own sentence", "own heading", "own section"))
KINDS: Final[dict[str, tuple[Callable[[Draw], Piece], tuple[str, ...]]]] = {
    "related": (related, ("between", "end", "outside")),
    "related without links": (related_bare, ("between", "end", "outside")),
    "related with leads": (related_leads, ("between", "end", "outside")),
    "most read": (lambda draw: related(draw, "most", "most"), ("between", "end", "outside")),
    "most read with leads": (lambda draw: related_leads(draw, "most", "most"), ("end", "outside")),
    "read also": (also, ("between", "end")),
    "follow": (line("follow", "call"), ("top", "between", "end")),
    "application": (line("app", "call"), ("between", "end")),
    "letter": (letter, ("between", "end", "outside")),
    "letter in a line": (line("letter", "letter"), ("between", "end")),
    "share": (line("share", "call"), ("top", "end")),
    "advertisement": (line("ad", "ad"), ("top", "between", "end")),
    "continue": (line("go_on", "note"), ("between",)),
    "donate": (line("give", "note"), ("between", "end")),
    "rights": (line("rights", "note"), ("end", "outside")),
    "source": (line("source", "note"), ("end",)),
    "listen": (line("listen", "widget"), ("top",)),
    "next story": (story, ("end", "outside")),
    "biography": (bio, ("end", "outside")),
    "caption": (caption, ("top", "between")),
    "comments": (comments, ("end", "outside")),
    "tags": (tags, ("end",)),
    "poll": (poll, ("between", "end", "outside")),
    "weather": (weather, ("end", "outside")),
    "cookies": (cookie, ("outside",)),
    "paywall": (pay, ("end", "outside")),
    "ticker": (ticker, ("top", "outside")),
    "clock": (clock, ("body",)),
    "another's JSON-LD": (anothers, ("head",)),
    "short title": (short_title, ("head",)),
    "logo": (logo, ("body",)),
    "headline again": (again, ("top",)),
    "kicker": (kicker, ("headline",)),
    "read also inside": (inside(inserts.also), ("inside",)),
    "advertisement inside": (inside(inserts.advert), ("inside",)),
    "follow inside": (inside(inserts.call), ("inside",)),
    "own sentence": (own_sentence, ("between", "end")),
    "own heading": (own_heading, ("between",)),
    "own section": (own_section, ("end",)),
}


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
            gaps += [match.start() + blanks[one - 1] for one in inserts.gaps(text.split())]
    if len(marks) < _FEW:
        return None
    gold = Gold(
        name, source, told["url"], told.get("zone"), told["language"], told["title"], paragraphs, tuple(marks), first, last, tuple(gaps)
    )  # fmt: skip
    page = read(gold, source)
    right = page.title == gold.title and all(one in page.text for one in paragraphs)
    return gold if right and not any(one in page.text for one in told["foreign"]) else None


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


def graft(rng: random.Random, gold: Gold, kind: str, place: str) -> Graft | None:
    """The page with a piece of furniture of a kind at a place."""
    others = [one for one in golds() if one.language == gold.language and one.title != gold.title]
    piece, said = KINDS[kind][0](Draw(rng, gold, others))
    own = "\n".join((gold.title, *gold.paragraphs))
    told = tuple(one for one in said if one not in own)
    at = _at(rng, gold, place)
    if at is None or not (told or kind in HEADS):
        return None
    if kind == "another's JSON-LD" and "ld+json" in gold.source:
        return None  # beside its own
    before, between, after = gold.source[:at], "", gold.source[at:]
    opened, _, closed = piece.partition(_AROUND) if kind == "own section" else (piece, "", "")
    if kind == "own section":
        start = gold.marks[-3]
        before, between = gold.source[:start], gold.source[start:at]
        if between.count("<div") != between.count("</div") or "<h" in between:
            return None  # the two stand in different boxes
    source = before + opened + between + closed + after
    is_own = kind in OWN
    return Graft(gold, kind, place, source, () if is_own else told, told if is_own else (), piece)


def _at(rng: random.Random, gold: Gold, place: str) -> int | None:
    if place == "top":
        return gold.first
    if place in {"head", "body", "headline"}:
        found = re.search(r"<h1\b" if place == "headline" else rf"<{place}\b[^>]*>", gold.source)
        return found and (found.start() if place == "headline" else found.end())
    if place == "between":
        return rng.choice(gold.marks[:-1])
    if place == "inside":
        return rng.choice(gold.gaps) if gold.gaps else None
    if place == "end":
        return gold.last
    ends = [
        gold.source.find(tag, gold.marks[-1])
        for tag in ("</article>", "</main>", "<footer", "</body>")
    ]
    ends = [end for end in ends if end > 0]
    if not ends:
        return None
    at = rng.choice(ends)
    return at + len("</article>") if gold.source.startswith("</article>", at) else at


def judge(made: Graft) -> Fault | None:
    """What went wrong, or None."""
    page, before = read(made.gold, made.source), _before(made.gold)
    lost = tuple(one for one in (*made.gold.paragraphs, *made.own) if one not in page.text)
    text = f"\n{page.text}\n"
    # A label counts where it is a line; a sentence wherever it stands.
    let_in = tuple(
        one
        for one in made.foreign
        if (f"\n{one}\n" in text if len(one.split()) < 4 else one in text)
    )
    title = page.title if page.title != made.gold.title else None
    date = None if page.published == before else str(page.published)
    if lost or let_in or title or date:
        return Fault(made, lost, let_in, title, date)
    return None


@cache
def _before(gold: Gold) -> datetime | None:
    return read(gold, gold.source).published


def grafts(
    seed: int, count: int, kinds: Sequence[str], languages: Sequence[str]
) -> Iterator[Graft]:
    """`count` grafts of each kind at each of its places."""
    rng = random.Random(seed)
    pages = [gold for gold in golds() if gold.language in languages]
    for kind in kinds:
        for place in KINDS[kind][1]:
            for gold in rng.choices(pages, k=count):
                if (made := graft(rng, gold, kind, place)) is not None:
                    yield made


def main() -> None:
    """Print how many pages of each kind and place went wrong, and how."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=60, help="of each kind at each place")
    parser.add_argument("--kind", choices=KINDS, help="this kind alone")
    parser.add_argument("--language", choices=WORDS, help="pages of this language alone")
    parser.add_argument("--failures", action="store_true", help="what went wrong")
    given = parser.parse_args()
    kinds = [given.kind] if given.kind else list(KINDS)
    languages = [given.language] if given.language else list(WORDS)
    total: Counter[tuple[str, str]] = Counter()
    faults: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for made in grafts(given.seed, given.pages, kinds, languages):
        total[made.kind, made.place] += 1
        if (fault := judge(made)) is not None:
            faults[made.kind, made.place].append(fault)
    print(f"{len(golds())} pages to graft onto, {total.total()} grafts\n")
    print("| furniture | place | pages | paragraph lost | foreign sentence | title | date |")
    print("|---|---|---|---|---|---|---|")
    every: Counter[str] = Counter()
    for (kind, place), count in total.items():
        held = faults[kind, place]
        told = Counter(
            {
                "lost": sum(bool(one.lost) for one in held),
                "foreign": sum(bool(one.let_in) for one in held),
                "title": sum(one.title is not None for one in held),
                "date": sum(one.date is not None for one in held),
            }
        )
        every.update(told)
        print(
            f"| {kind} | {place} | {count} | {told['lost']} | {told['foreign']} | {told['title']} | {told['date']} |"
        )
    print(
        f"| all | | {total.total()} | {every['lost']} | {every['foreign']} | {every['title']} | {every['date']} |"
    )
    if given.failures:
        for (kind, place), held in faults.items():
            for one in held:
                print(f"\n{kind}, {place}: {one.graft.gold.name}\n  {one.graft.piece[:400]}")
                for sign, texts in (
                    ("-", one.lost),
                    ("+", one.let_in),
                    ("T", (one.title,)),
                    ("D", (one.date,)),
                ):
                    for text in texts:
                        if text:
                            print(f"    {sign} {text[:110]}")


if __name__ == "__main__":
    main()
