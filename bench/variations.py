"""Gold pages as real sites vary: the same article set another way, and what systems put among and around it.

    python bench/variations.py [--failures] [VARIATION...]

Where a disguise changes the markup of a whole page (`bench/disguises.py`), a variation sets the article's own paragraphs anew (in
cells, in breaks, in the page's data, in components) or puts one thing beside them that it has none of. All of it is synthetic.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bench.draw import Draw
from bench.golds import Gold, faults, golds, others, read, show

_ELEMENT: Final = re.compile(r"<(p|div)\b[^<>]*>(?:(?!<\1\b).)*</\1>\Z", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_MARKS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FEW: Final = 3  # paragraphs


@dataclass(frozen=True, slots=True)
class Varied:
    """A page, and the sentences in it that are none of the article's."""

    gold: Gold
    source: str
    foreign: tuple[str, ...] = ()


Vary = Callable[[Gold, Draw], Varied | None]


class _Body:
    """The longest stretch of a page in which its paragraphs stand one after the other, and what is around it."""

    def __init__(self, gold: Gold) -> None:
        runs: list[list[tuple[int, int]]] = [[]]
        done = 0
        for end in gold.marks:
            found = _ELEMENT.search(gold.source, done, end)
            if found is None or (runs[-1] and gold.source[runs[-1][-1][1] : found.start()].strip()):
                runs.append([])
            if found is not None:
                runs[-1].append((found.start(), end))
            done = end
        self.gold = gold
        self.spans = max(runs, key=len)

    @property
    def is_enough(self) -> bool:
        """Whether these are a text."""
        return len(self.spans) >= _FEW

    @property
    def is_whole(self) -> bool:
        """Whether these are all of the text."""
        return self.is_enough and len(self.spans) == len(self.gold.paragraphs)

    def inner(self) -> list[str]:
        """What each paragraph's element holds."""
        held = (self.gold.source[start:end] for start, end in self.spans)
        return [one[one.index(">") + 1 : one.rindex("<")] for one in held]

    def around(self, made: str) -> str:
        """The page with something else in the place of its paragraphs."""
        return (
            f"{self.gold.source[: self.spans[0][0]]}{made}{self.gold.source[self.spans[-1][1] :]}"
        )


def _set(make: Callable[[list[str]], str]) -> Vary:
    """The paragraphs set another way."""

    def vary(gold: Gold, _: Draw) -> Varied | None:
        body = _Body(gold)
        return Varied(gold, body.around(make(body.inner()))) if body.is_enough else None

    return vary


def _each(opened: str, closed: str) -> Vary:
    return _set(lambda held: "".join(f"{opened}{one}{closed}" for one in held))


def _put(place: str, make: Callable[[Draw], tuple[str, tuple[str, ...]]]) -> Vary:
    """Something put between two paragraphs, between all, behind the last one, before the headline, under it or first of all."""

    def vary(gold: Gold, draw: Draw) -> Varied | None:
        body = _Body(gold)
        if not body.is_enough:
            return None
        piece, said = make(draw)
        own = "\n".join((gold.title, *gold.paragraphs))
        foreign = tuple(one for one in said if one not in own)
        if place == "all":
            held = [gold.source[start:end] for start, end in body.spans]
            return Varied(gold, body.around(piece.join(held)), foreign)
        found = re.search(r"<body\b[^>]*>" if place == "body" else r"</h1>", gold.source)
        at = {
            "between": body.spans[len(body.spans) // 2 - 1][1],
            "end": gold.last,
            "body": found and found.end(),
            "headline": found and found.end(),
        }[place]
        if at is None:
            return None
        return Varied(gold, f"{gold.source[:at]}{piece}{gold.source[at:]}", foreign)

    return vary


def _text(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


def _stated(made: Callable[[str], str]) -> Vary:
    """The text in the page's data alone, under its headline."""

    def vary(gold: Gold, _: Draw) -> Varied | None:
        body = _Body(gold)
        if not body.is_whole:
            return None
        parts = [{"kind": "paragraph", "text": _text(one)} for one in body.inner()]
        stated = {"post": {"title": gold.title, "body": parts}}
        return Varied(gold, body.around(made(json.dumps(stated, ensure_ascii=False))))

    return vary


def _rest(held: list[str]) -> str:
    told, rest = held[:2], held[2:]
    hidden = "".join(f"<p>{one}</p>" for one in rest)
    return (
        "".join(f"<p>{one}</p>" for one in told)
        + f'<div class="more-text" style="display:none">{hidden}</div><a href="#" class="toggle">…</a>'
    )


def _columns(held: list[str]) -> str:
    half = len(held) // 2
    first, second = (
        "".join(f"<p>{one}</p>" for one in some) for some in (held[:half], held[half:])
    )
    return f'<div class="row"><div class="c6">{first}</div><div class="c6">{second}</div></div>'


def _capital(held: list[str]) -> str:
    first, *rest = held
    if not first[:1].isalpha():
        return "".join(f"<p>{one}</p>" for one in held)
    return f'<p><span class="dropcap">{first[0]}</span>{first[1:]}</p>' + "".join(
        f"<p>{one}</p>" for one in rest
    )


def _shares(draw: Draw) -> tuple[str, tuple[str, ...]]:
    links = "".join(
        f'<a href="https://share.example/{name}">{name}</a>'
        for name in ("Facebook", "X", "WhatsApp", "Telegram")
    )
    return f'<div class="bar-q">{draw.one("share")} {links}</div>', (draw.one("share"),)


def _related(draw: Draw) -> tuple[str, tuple[str, ...]]:
    stories = draw.stories(3, 3)
    items = "".join(f"<li>{draw.link(one.title)}</li>" for one in stories)
    mark = draw.one("related")
    made = f'<div class="akhbar-dhat-sila"><h4>{mark}</h4><ul>{items}</ul></div>'
    return made, (mark, *(one.title for one in stories))


def _told(gold: Gold) -> str:
    return "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in gold.paragraphs)


def _next(draw: Draw) -> tuple[str, tuple[str, ...]]:
    (other,) = draw.stories(1, 1)
    made = (
        f'<article data-url="/n/2"><header><h1>{html.escape(other.title)}</h1></header>'
        f'<div class="txt">{_told(other)}</div></article>'
    )
    return made, (other.title, *other.paragraphs)


def _scroll(gold: Gold, draw: Draw) -> Varied | None:
    """A second article behind the first one's element."""
    at = gold.source.find("</article>", gold.marks[-1])
    if at < 0:
        return None
    made, said = _next(draw)
    at += len("</article>")
    return Varied(gold, gold.source[:at] + made + gold.source[at:], said)


def _replies(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.some("reader", 2)
    made = "".join(
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        f'<span itemprop="author">{draw.one("names")}</span><time>12:40</time><p itemprop="text">{one}</p></div>'
        for one in said
    )
    return made, tuple(said)


def _stub(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("pay")
    return f'<div class="k3"><p>{said}</p><a href="/s">{draw.one("accept")}</a></div>', (said,)


def _overlay(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("cookie")
    made = (
        '<div style="position:fixed;inset:0"><div><h2>Cookies</h2>'
        f"<p>{said}</p><button>{draw.one('accept')}</button><a href='/p'>…</a></div></div>"
    )
    return made, (said,)


def _beside(gold: Gold, draw: Draw) -> Varied | None:
    """A side column in the same `main`, with leads."""
    at = gold.source.find("</main>", gold.marks[-1])
    if at < 0:
        return None
    stories = draw.stories(3, 3)
    items = "".join(
        f"<div><h3>{draw.link(one.title)}</h3><p>{html.escape(one.paragraphs[0], quote=False)}</p></div>"
        for one in stories
    )
    made = f'<div class="c4"><h2>{draw.one("most")}</h2>{items}</div>'
    return Varied(
        gold,
        gold.source[:at] + made + gold.source[at:],
        tuple(text for one in stories for text in (one.title, one.paragraphs[0])),
    )


def _again(gold: Gold, _: Draw) -> Varied | None:
    found = gold.source.find("</h1>")
    if found < 0:
        return None
    at = found + len("</h1>")
    return Varied(gold, f"{gold.source[:at]}<h2>{html.escape(gold.title)}</h2>{gold.source[at:]}")


def _captioned(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("caption")
    return f'<p><img src="a.jpg" alt=""></p><p><em>{said}</em></p>', (said,)


def _framed(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("caption")
    return f'<div class="m-i"><img src="a.jpg" alt=""><span>{said}</span></div>', (said,)


def _print(gold: Gold, draw: Draw) -> Varied:
    source = (
        f"<html lang={gold.language}><head><title>{html.escape(gold.title)}</title></head><body onload=window.print()>"
        f"<a href='javascript:window.print()'>Print</a><h1>{html.escape(gold.title)}</h1><div>{draw.one('date')}</div>"
        f"{_told(gold)}<hr><p>{gold.url}</p><p>© Site 2026</p></body></html>"
    )
    return Varied(gold, source, (gold.url, "© Site 2026"))


def _player(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("listen")
    made = f'<div class="au"><span>{said}</span><span>0:00 / 3:45</span><button>▶</button></div>'
    return made, (said, "0:00 / 3:45")


def _letter(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("letter")
    return (
        f'<section class="s9"><h3>{said}</h3><input type="email"><button>OK</button></section>',
        (said,),
    )


def _tags(draw: Draw) -> tuple[str, tuple[str, ...]]:
    topics = draw.some("topics", 3)
    return (
        "<div>"
        + "".join(f'<a href="/t/{n}">#{one}</a> ' for n, one in enumerate(topics))
        + "</div>",
        tuple(f"#{one}" for one in topics),
    )


def _advert(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("ad")
    return f'<div class="z1"><span>{said}</span><div id="gpt-1"></div></div>', (said,)


def _about(draw: Draw) -> tuple[str, tuple[str, ...]]:
    said = draw.one("bio")
    name = draw.one("names")
    return f'<div class="w"><img src="m.jpg" alt=""><b>{name}</b><p>{said}</p></div>', (said,)


VARIATIONS: Final[dict[str, Vary]] = {
    "div for each paragraph": _each("<div>", "</div>"),
    "a cell for all": _set(
        lambda held: "<table><tr><td>" + "".join(f"<p>{one}</p>" for one in held) + "</td></tr></table>"
    ),
    "a row for each": _set(
        lambda held: "<table>" + "".join(f"<tr><td>{one}</td></tr>" for one in held) + "</table>"
    ),
    "two breaks": _set("<br><br>".join),
    "one break": _set("<br>\n".join),
    "two breaks in a cell": _set(lambda held: f"<table><tr><td>{'<br><br>'.join(held)}</td></tr></table>"),
    "a span for each": _each('<span class="pp">', "</span><br>"),
    "web components": _set(
        lambda held: "<story-body>"
        + "".join(f"<story-paragraph>{one}</story-paragraph>" for one in held)
        + "</story-body>"
    ),
    "a component for each paragraph": _each("<text-block><p>", "</p></text-block>"),
    "data of an element alone": _stated(lambda data: f'<div id="app" data-page="{html.escape(data)}"></div>'),
    "data of a script alone": _stated(
        lambda data: f'<script type="application/json" id="state">{data}</script>'
    ),
    "the rest hidden": _set(_rest),
    "two columns": _set(_columns),
    "a large first letter": _set(_capital),
    "marks of direction": _each("<p>\u200f\u202b", "\u202c</p>"),
    "hard blanks": _set(lambda held: "".join(f"<p>{one.replace(', ', ',&nbsp;')}&nbsp;</p>" for one in held)),
    "AMP between": _put("all", lambda _: ('<amp-ad width=300 type="x"><div>sponsored by nobody</div></amp-ad>', ("sponsored by nobody",))),
    "share bars between": _put("all", _shares),
    "advertisements between": _put("all", _advert),
    "related, transliterated": _put("between", _related),
    "related behind": _put("end", _related),
    "a newsletter between": _put("between", _letter),
    "a caption in em": _put("between", _captioned),
    "a caption in a frame": _put("between", _framed),
    "a second article within": _put("end", _next),
    "a second article behind": _scroll,
    "comments by schema.org": _put("end", _replies),
    "a paywall's stub": _put("end", _stub),
    "tags behind": _put("end", _tags),
    "a biography behind": _put("end", _about),
    "an overlay first": _put("body", _overlay),
    "a player under the headline": _put("headline", _player),
    "a side column in main": _beside,
    "the headline again": _again,
    "a print view": _print,
}  # fmt: skip


def varied(name: str, step: int = 1, seed: int = 7) -> Iterator[Varied]:
    """The pages that have a variation, each `step`th of those that can."""
    rng = random.Random(seed)
    for gold in golds()[::step]:
        if len(others(gold)) < _FEW or len(gold.marks) < _FEW or "hidden" in gold.name:
            continue  # what is hidden already is no other thing to read
        if (made := VARIATIONS[name](gold, Draw(rng, gold))) is not None:
            yield made


def judge(made: Varied) -> dict[str, list[str]]:
    """What is lost and what is let in, and another headline."""
    page = read(made.gold, made.source)
    return faults(made.gold, replace(page, text=_MARKS.sub("", page.text)), made.foreign)


def main() -> None:
    """Print a row for each variation, and what went wrong where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("variations", nargs="*", default=list(VARIATIONS), metavar="VARIATION")
    parser.add_argument("--failures", action="store_true", help="what went wrong")
    parser.add_argument("--step", type=int, default=1, help="each so many pages")
    given = parser.parse_args()
    print("| variation | pages | lost a paragraph | let in a sentence | another title |")
    print("|---|---|---|---|---|")
    for name in given.variations:
        total: Counter[str] = Counter()
        for made in varied(name, given.step):
            found = judge(made)
            total["pages"] += 1
            total.update(kind for kind, held in found.items() if held)
            if given.failures and any(found.values()):
                print(f"  {made.gold.name}")
                show(found)
        print(
            f"| {name} | {total['pages']} | {total['lost']} | {total['foreign']} | {total['title']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
