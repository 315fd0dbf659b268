"""Article pages, in the markup of the kinds of site that the sources are.

The wild puts what is foreign where it likes: the portal and the aggregator
hang it into the article's own container as plain headings and paragraphs, the
WordPress theme and the agency mark it. Some pages date themselves, some do not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta, timezone
from html import escape

from .item import Block, Item
from .teasers import Teaser, teasers

ISTANBUL = timezone(timedelta(hours=3))
COMMENTS, GO_TOP = ("اترك تعليقاً", "لن يتم نشر عنوان بريدك"), "زر الذهاب إلى الأعلى"

Template = Callable[[Item, str, str], str]
"""Article, its address, the site's name → HTML. The article's dates are filled in."""


def _page(item: Item, name: str, body: str, head: str = "") -> str:
    direction = "rtl" if item.language in {"ar", "fa", "ur", "he"} else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{item.language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{escape(item.title)} - {escape(name)}</title>{head}</head>\n<body>"
        f'<header><a class="logo" href="/">{escape(name)}</a><nav><ul>'
        '<li><a href="/">1</a></li><li><a href="/world">2</a></li></ul></nav></header>\n'
        f"<main>{body}</main>\n<footer><p>© {escape(name)} 2026</p></footer></body></html>\n"
    )


def _block(block: Block) -> str:
    return f"<{block.tag}>{escape(block.text)}</{block.tag}>"


def _blocks(item: Item, *zones: str) -> str:
    """The blocks of these zones (all where none is named), list items in a list."""
    html = "\n".join(_block(b) for b in item.blocks if not zones or b.zone in zones)
    return html.replace("</p>\n<li>", "</p>\n<ul><li>").replace("</h3>\n<li>", "</h3>\n<ul><li>")


def _box(teaser: Teaser) -> str:
    title = escape(teaser.title)
    return (
        f'<div class="card"><a href="/other"><img alt="{title}" src="/i.jpg"><h3>{title}</h3></a>'
        f'<a href="/other"><h3>{title}</h3></a><p>{escape(teaser.lead)}</p></div>'
    )


def _json_ld(item: Item, url: str, name: str) -> str:
    assert item.published
    assert item.updated
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": name},
            {
                "@type": "NewsArticle",
                "headline": item.title,
                "mainEntityOfPage": url,
                "datePublished": item.published.isoformat(),
                "dateModified": item.updated.isoformat(),
                "inLanguage": item.language,
            },
        ],
    }
    return (
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        f'<link rel="canonical" href="{escape(url)}">'
    )


def plain(item: Item, url: str, name: str) -> str:
    """A tidy paper: semantic markup, dated by JSON-LD."""
    doubled = f"<p>{escape(item.title)}</p>" if item.doubled else ""
    byline = f'<p class="byline">{escape(item.author)}</p>' if item.author else ""
    section = f'<a class="section" href="/world">{escape(item.section)}</a>' if item.section else ""
    body = (
        f"<article>{section}<h1>{escape(item.title)}</h1>{doubled}{byline}"
        f'<div class="article-body">\n{_blocks(item)}\n</div></article>'
    )
    return _page(item, name, body, _json_ld(item, url, name))


def portal(item: Item, url: str, name: str) -> str:
    """A pan-Arab portal: the headline twice, boxes of other stories in the article's own column."""
    more = "قراءة المزيد" if item.language == "ar" else "Read more"
    boxes = "\n".join(_box(teaser) for teaser in teasers(item.language))
    body = (
        f'<div class="breadcrumb"><a href="/">{escape(item.section or name)}</a> <span>{escape(item.title)}</span></div>'
        f'<h1 class="title">{escape(item.title)}</h1>\n<div class="story">\n<h2>{escape(item.title)}</h2>\n'
        f"{escape(item.author or '')}\n{_blocks(item)}\n<h3>{more}</h3>\n{boxes}\n</div>"
    )
    return _page(item, name, body, _json_ld(item, url, name))


def wordpress(item: Item, url: str, name: str) -> str:
    """A small paper on WordPress with the Jannah theme; dated by meta tags."""
    assert item.published
    assert item.updated
    arabic = item.language == "ar"
    head = (
        f'<link rel="canonical" href="{escape(url)}"><meta property="og:title" content="{escape(item.title)}">'
        f'<meta property="og:site_name" content="{escape(name)}">'
        f'<meta property="article:published_time" content="{item.published.isoformat()}">'
        f'<meta property="article:modified_time" content="{item.updated.isoformat()}">'
    )
    own = [
        b for b in item.blocks if b.zone == "more" and not b.text.startswith((*COMMENTS, GO_TOP))
    ]
    related = "".join(
        f'<div class="related-item tie-standard"><h3 class="post-title"><a href="/other">{escape(t.title)}</a></h3></div>'
        for t in teasers(item.language)
    )
    form = (
        '<h3 id="reply-title">اترك تعليقاً</h3><form><p class="comment-notes">لن يتم نشر عنوان بريدك الإلكتروني.'
        " الحقول الإلزامية مشار إليها بـ *</p></form>"
        if arabic
        else '<h3 id="reply-title">Leave a Reply</h3><form><p>Your email address will not be published.</p></form>'
    )
    body = (
        f'<article id="the-post"><header class="entry-header"><span class="post-cat-wrap">'
        f'<a class="post-cat" href="/category/world/">{escape(item.section or ("العالم" if arabic else "World"))}</a></span>'
        f'<h1 class="post-title entry-title">{escape(item.title)}</h1>'
        f'<div class="post-meta"><span class="meta-author">{escape(item.author or name)}</span></div></header>\n'
        f'<div class="entry-content entry clearfix">\n{_blocks(item, "body", "embedded")}\n</div></article>\n'
        f'<div id="related-posts" class="container-wrapper"><h3>{"مقالات ذات صلة" if arabic else "Related Articles"}</h3>'
        f"{related}{''.join(map(_block, own))}</div>\n"
        f'<div id="comments" class="comments-area"><div id="respond">{form}</div></div>\n'
        f'<a id="go-to-top" href="#top"><span class="screen-reader-text">{GO_TOP}</span></a>'
    )
    return _page(item, name, body, head)


def aggregator(item: Item, url: str, name: str) -> str:
    """An aggregator: no date, source and tags as bare lines, then other stories under a mark."""
    arabic = item.language == "ar"
    lines = ("المصدر", "كلمات دلالية", "إقرأ أيضاً:") if arabic else ("Source", "Tags", "Read also:")
    other = teasers(item.language)[0]
    body = (
        f"<div class='news'><h1>{escape(item.title)}</h1>\n{_blocks(item)}\n"
        f"<p>{lines[0]}: {escape(item.author or name)}</p><p>{lines[1]}: {escape(' '.join(item.title.split()[:2]))}</p>\n"
        f"<h4>{lines[2]}</h4><h3>{escape(other.title)}</h3><p>{escape(other.lead)}</p>\n</div>"
    )
    return _page(item, name, body)


def agency(item: Item, url: str, name: str) -> str:
    """A news agency with listing pages: date in its own zone, a rights notice, other leads at the end."""
    assert item.published
    notice = (
        f"تنبيه: جميع حقوق النشر محفوظة لوكالة {name}، ولا يجوز استعمال موادها كليا أو جزئيا دون عقد مسبق."
        if item.language == "ar"
        else f"Notice: all rights belong to {name}; no part may be used without a contract."
    )
    leads = "".join(
        f'<div class="related"><a href="/other"><h5>{escape(t.title)}</h5></a><p>{escape(t.lead)}</p></div>'
        for t in teasers(item.language)
    )
    stamp = item.published.astimezone(ISTANBUL).strftime("%d.%m.%Y %H:%M:%S")
    body = (
        f'<div class="post-content"><span class="category">{escape(item.section or "العالم")}</span>'
        f'<ul class="author-social"><li class="cat-red">{stamp}</li>'
        f'<li class="author">{escape(item.author or name)}</li></ul><h3 class="title">{escape(item.title)}</h3>\n<div class="post-text">\n'
        f"{_blocks(item, 'body', 'embedded')}\n<p>{escape(notice)}</p>\n"
        f'<div id="relatedNews">{leads}{_blocks(item, "more")}</div></div></div>'
    )
    return _page(item, name, body)


def listing(items: list[tuple[Item, str]], name: str) -> str:
    """The agency's listing page: headlines only, newest first, beside links that are no news."""
    rows = "\n".join(
        f'<div class="news-item"><h3 class="title short-titles"><a href="{escape(url)}">{escape(item.title)}</a></h3></div>'
        for item, url in items
    )
    shell = Item(key="", title=name, blocks=())
    return _page(shell, name, f'<div class="list">{rows}</div><h3><a href="/about">About</a></h3>')
