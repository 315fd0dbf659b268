"""Furniture within a paragraph: a "read also" or an advertisement in the middle of what is one sentence, or between two.

A broken paragraph must be read whole and without what breaks it. The markup
is drawn: an element in the line, a line between two breaks, a box that ends the `p` before the text does.
"""

from __future__ import annotations

import html
from typing import Final

from bench.draw import Draw

_LONG: Final = 3  # words of a label that a sentence would not have


Insert = tuple[str, list[str]]  # its markup, and what of it is foreign


def also(draw: Draw, headline: str) -> Insert:
    """A "read also" with the headline of another story."""
    label, mark = draw.one("also"), draw.tag(":", ":", " :", "…", " |", " -")
    linked, bare = draw.link(headline), html.escape(headline, quote=False)
    named = draw.attributes("related")
    inner = draw.tag("strong", "b", "em", "span", "small", "i")
    made = draw.tag(
        f"<a href='/n/1'>{label}{mark} {bare}</a>",
        f"<{inner}>{label}{mark} {linked}</{inner}>",
        f"<{inner}><a href='/n/1'>{label}{mark} {bare}</a></{inner}>",
        f"<{inner}>{label}{mark}</{inner}> {linked}",
        f"<{inner}>({label}: {linked})</{inner}>",
        f"[{label}: {linked}]",
        f"<span{named}>{label}{mark} {linked}</span>",
        f"<{inner}>{label}{mark} {bare}</{inner}>",
        f"<br><{inner}>{label}{mark} {linked}</{inner}><br>",
        f"<br><br>{label}{mark} {bare}<br><br>",
        f"<br>{label}{mark} {linked}<br>",
        f"<div{named}><span>{label}</span> {linked}</div>",
        f"<div{named}><p>{label}{mark}</p><h4>{linked}</h4></div>",
        f"<ul><li>{label}{mark} {linked}</li></ul>",
    )
    return made, [headline]


def advert(draw: Draw, _: str) -> Insert:
    """An advertisement: its label, and mostly what it sells."""
    label, copy = draw.one("ad"), html.escape(draw.one("copy"), quote=False)
    named = draw.attributes("ad")
    inner = draw.tag("strong", "b", "em", "span", "small", "i")
    whole = [
        f"<span{named}>{label}: {copy}</span>",
        f"<{inner}>{label}: {copy}</{inner}>",
        f"<{inner}>[{label}]</{inner}> <a rel='sponsored' href='https://out.example/x'>{copy}</a>",
        f'<span class="ad-text"><b>{label}</b> {copy}</span>',
        f"<div{named}><small>{label}</small><a href='https://out.example/x'>{copy}</a></div>",
        f"<br><{inner}>{label}: {copy}</{inner}><br>",
        f"<br><br>{label}: {copy}<br><br>",
    ]
    alone = [
        f'<span class="ad">{label}</span>',
        f'<span class="ad-label">{label}</span><ins class="adsbygoogle"></ins>',
        f"<div{named}><span>{label}</span><div id='div-gpt-ad-1'></div></div>",
        f"<br><{inner}>{label}</{inner}><br>",
        f"<br><br>{label}<br><br>",
        f"<p{named}>{label}</p>",
    ]
    if len(label.split()) >= _LONG:
        alone.append(f"<{inner}>{label}</{inner}>")
    made = draw.tag(*whole, *alone)
    return made, [html.unescape(copy)] if made in whole else [f" {label} "]


def call(draw: Draw, _: str) -> Insert:
    """A call to a channel."""
    said = draw.one("follow")
    text, named = html.escape(said, quote=False), draw.attributes("call")
    inner = draw.tag("strong", "b", "em", "span")
    made = draw.tag(
        f"<{inner}><a href='https://out.example/x'>{text}</a></{inner}>",
        f"<a href='https://out.example/x'>{text}</a>",
        f"<{inner}>({text})</{inner}>",
        f"<br><{inner}>{text}</{inner}><br>",
        f"<div{named}><a href='https://out.example/x'>{text}</a></div>",
    )
    return made, [said]
