"""Furniture of news sites in markup that a seed draws: what stands around articles, and what is the article's own but looks like it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Final

from bench import inserts
from bench.draw import Draw

AROUND: Final = "…"  # in markup that goes around the last two paragraphs

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
    return f"{opened}{AROUND}</{outer}>", [head]


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


def inside(made: Callable[[Draw, str], inserts.Insert]) -> Callable[[Draw], Piece]:
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
