"""Markup and words of one page's language, drawn by a seed.

The words are `tests/data/grafts/words.json`; headlines and leads are other gold pages'.
"""

from __future__ import annotations

import html
import random
from typing import Final

from bench.golds import WORDS, Gold, others

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


class Draw:
    """Random markup and words of one language."""

    def __init__(self, rng: random.Random, gold: Gold) -> None:
        self.rng, self.gold = rng, gold
        self.words = WORDS[gold.language]
        self.others = others(gold)

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
