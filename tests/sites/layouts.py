"""The sites: what each serves at which path. Layouts are those of real kinds of site; all words are our own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote

from tests.newsroom import Item, feeds, pages, read_items

from .street import Answer, Site

_ITEMS = [
    item for item, _ in read_items(Path(__file__).parents[1] / "data" / "newsroom" / "others.jsonl")
]
NOW = datetime.now(UTC).replace(microsecond=0)
HTML, RSS, XML, JSON = (
    "text/html; charset=utf-8",
    "application/rss+xml",
    "text/xml",
    "application/json",
)
Pages = Mapping[str, Answer]
Listed = list[tuple[Item, str]]


def _dated(language: str, *, newest: datetime = NOW, step: int = 2) -> list[Item]:
    """Articles of a language, newest first, two hours apart."""
    chosen = [item for item in _ITEMS if item.language == language]
    return [
        replace(item, published=at, updated=at, section="العالم")
        for number, item in enumerate(chosen)
        if (at := newest - timedelta(hours=1 + number * step))
    ]


ARABIC, ENGLISH = _dated("ar"), _dated("en")
OLD = _dated("ar", newest=datetime(2021, 3, 4, tzinfo=UTC))


def _at(items: Sequence[Item], form: str, first: int = 0) -> Listed:
    """Each article with its address; `{n}` in the form is its number."""
    return [(item, form.format(n=number)) for number, item in enumerate(items, first)]


def _page(
    body: str, *, name: str, head: str = "", title: str | None = None, language: str = "ar"
) -> Answer:
    direction = "rtl" if language == "ar" else "ltr"
    return (
        200,
        HTML,
        (
            f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
            f"<title>{escape(title or name)}</title>"
            f'<meta property="og:site_name" content="{escape(name)}">{head}</head><body>'
            f'<header><a class="logo" href="/">{escape(name)}</a><nav><a href="/about">من نحن</a>'
            f'<a href="/contact">اتصل بنا</a></nav></header><main>{body}</main></body></html>'
        ),
    )


def _cards(listed: Listed, css: str = "post-title") -> str:
    return "".join(
        f'<li class="item"><h2 class="{css}"><a href="{escape(url)}">{escape(item.title)}</a></h2>'
        f"<p>{escape(item.lead[:90])}</p></li>"
        for item, url in listed
    )


def _feed(href: str, title: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{escape(href)}">'


def _rss(listed: Listed, name: str, origin: str) -> Answer:
    return 200, RSS, feeds.rss(listed, name, origin)


def _newsmap(listed: Listed, name: str) -> Answer:
    urls = "".join(
        f"<url><loc>{escape(url)}</loc><news:news><news:publication><news:name>{escape(name)}</news:name>"
        f"<news:language>{item.language}</news:language></news:publication>"
        f"<news:publication_date>{item.published:%Y-%m-%dT%H:%M:%SZ}</news:publication_date>"
        f"<news:title>{escape(item.title)}</news:title></news:news></url>"
        for item, url in listed
    )
    return (
        200,
        XML,
        (
            f'{feeds.HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        ),
    )


def _map(addresses: Sequence[str], changed: datetime = NOW, kind: str = "url") -> Answer:
    outer = "urlset" if kind == "url" else "sitemapindex"
    inside = "".join(
        f"<{kind}><loc>{escape(one)}</loc><lastmod>{changed - timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}</lastmod></{kind}>"
        for n, one in enumerate(addresses)
    )
    return (
        200,
        XML,
        f'{feeds.HEAD}<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{outer}>',
    )


def _robots(*lines: str) -> Answer:
    return 200, "text/plain", "\n".join(("User-agent: *", "Disallow: /admin/", *lines, ""))


def _shell(name: str) -> Answer:
    """A page that a script fills."""
    return _page('<div id="root"></div><script src="/app.js"></script>', name=name)


def _jannah(origin: str) -> Pages:
    name = "بوابة النهر"
    listed = _at(ARABIC[:20], origin + "/2026/11/matter-{n}/")
    world = listed[::3]
    head = (
        _feed(f"{origin}/comments/feed/", f"{name} » خلاصة التعليقات")
        + _feed(f"{origin}/feed/", f"{name} » الخلاصة")
        + f'<link rel="https://api.w.org/" href="{origin}/wp-json/">'
        + '<meta name="generator" content="WordPress 6.7">'
    )
    section = head + _feed(f"{origin}/category/world/feed/", f"{name} » خلاصة تصنيف العالم")
    article = (
        _feed(f"{origin}/2026/11/matter-0/feed/", f"{name} » خلاصة التعليقات على المقال") + head
    )
    return {
        "/": _page(f'<ul id="posts-container">{_cards(listed[:12])}</ul>', name=name, head=head),
        "/category/world/": _page(f"<ul>{_cards(world)}</ul>", name=name, head=section),
        "/feed/": (200, RSS, feeds.wordpress(listed[:10], name, origin)),
        "/feed": (301, "", f"{origin}/feed/"),
        "/comments/feed/": _rss(listed[3:9], f"تعليقات على: {name}", origin),
        "/category/world/feed/": (200, RSS, feeds.wordpress(world, f"العالم – {name}", origin)),
    } | {
        url.removeprefix(origin): (
            200,
            HTML,
            pages.wordpress(item, url, name).replace("</head>", article + "</head>"),
        )
        for item, url in listed
    }


def _portal(origin: str) -> Pages:
    name = "قناة الأفق"
    listed = _at(ARABIC[:18], origin + "/ar/arab-and-world/{n}00001/x")
    footer = (
        '<footer><a href="/apps">تطبيقاتنا</a><a href="/services/out?ch=7">خلاصات</a>'
        '<a href="/terms">شروط الاستخدام</a></footer>'
    )
    cards = "".join(
        f'<div class="news-card"><a href="{url}"><img alt="" src="/i.jpg"><span class="head">{escape(item.title)}</span></a></div>'
        for item, url in listed
    )
    return {
        "/": _page(f'<div class="grid">{cards}</div>{footer}', name=name),
        "/services/out?ch=7": (200, XML, feeds.rss(listed, name, origin)),
    }


def _agency(origin: str) -> Pages:
    name = "وكالة الدفة"
    listed = [
        (item, f"{origin}/arabi/world/{482600 - n}/{'x' * (n % 3)}-{n}-x")
        for n, item in enumerate(ARABIC[:15])
    ]
    rows = "".join(
        f'<div class="post-item"><h3 class="title short-titles2"><a href="{url}">{escape(item.title)}</a></h3></div>'
        for item, url in listed
    )
    menu = '<div class="main-menu"><a href="/arabi/economy">الاقتصاد</a><a href="/arabi/world">العالم</a></div>'
    item, _ = listed[0]
    article = pages.agency(item, f"{origin}/arabi/world/482600/x-1x", name)
    turkish = _page(
        "".join(
            f'<h3 class="title"><a href="{origin}/guncel/{escape(quote(one.title))}-56{n:04}">{escape(one.title)}</a></h3>'
            for n, one in enumerate([i for i in _ITEMS if i.language == "tr"] * 3)
        ),
        name="DEFA",
        language="tr",
    )
    return {
        "/": turkish,
        "/arabi/world": _page(f'{menu}<div class="list">{rows}</div>', name=name, title="العالم"),
        "/arabi/world/482600/x-1x": (200, HTML, article),
        "/robots.txt": _robots(),
    }


def _aggregator(origin: str) -> Pages:
    name = "ملخص الصحف"
    papers = ("nahr", "ufuq", "minaa", "jisr", "sahl")
    out = [
        (item, f"https://www.{papers[n % 5]}-press.example/story/{n}77001")
        for n, item in enumerate(ARABIC[:25])
    ]
    own = _at(ARABIC[:25], origin + "/n/{n}5001")
    head = _feed("/feed", name)
    return {
        "/": _page(f"<ul>{_cards(own)}</ul>", name=name, head=head),
        "/feed": _rss(out, name, origin),
    }


def _newsmap_only(origin: str) -> Pages:
    name = "صدى المرفأ"
    listed = _at(ARABIC[:12], origin + "/stories/{n}9001")
    old = [f"{origin}/stories/{n}" for n in range(1000, 1060)]
    return {
        "/": _shell(name),
        "/robots.txt": _robots(
            f"Sitemap: {origin}/maps/pages.xml", f"Sitemap: {origin}/maps/latest-news.xml"
        ),
        "/maps/pages.xml": _map(old, NOW - timedelta(days=400)),
        "/maps/latest-news.xml": _newsmap(listed, name),
    }


def _index(origin: str) -> Pages:
    name = "أخبار السهل"
    parts = [f"{origin}/posts-2026-{month:02}.xml" for month in (11, 10, 9)]
    return {
        "/": _shell(name),
        "/robots.txt": _robots(f"Sitemap: {origin}/map-index.xml"),
        "/map-index.xml": _map(parts, kind="sitemap"),
    } | {
        part.removeprefix(origin): _map(
            [f"{origin}/{month}/{quote(item.title.replace(' ', '-'))}/" for item in ARABIC[:14]],
            NOW - timedelta(days=30 * month),
        )
        for month, part in enumerate(parts)
    }


def _hidden(origin: str) -> Pages:
    name = "المنارة اليوم"
    listed = _at(ARABIC[:16], origin + "/article/{n}30001")
    head = (
        _feed("/out/comments.xml", f"{name}: التعليقات")
        + _feed("/article/1130001/feed/", "تعليقات على المقال")
        + '<link rel="stylesheet" href="/s.css"><link rel="manifest" href="/manifest.json">'
        + _feed("/oembed.json", "oEmbed", "application/json+oembed")
        + _feed("/out/latest.xml", "آخر الأخبار")
    )
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=head),
        "/out/comments.xml": _rss(listed[:8], "التعليقات", origin),
        "/out/latest.xml": _rss(listed, name, origin),
    }


def _dead(origin: str) -> Pages:
    name = "جريدة الميناء"
    listed = _at(ARABIC[:14], origin + "/news/{n}4001.html")
    home = _page(
        f'<ul>{_cards(listed)}</ul><footer><a href="/feeds/all.xml">RSS</a></footer>',
        name=name,
        head=_feed("/rss", name),
    )
    return {"/": home, "/rss": home, "/feeds/all.xml": _rss(listed, name, origin)}


def _walled(origin: str) -> Pages:
    listed = _at(ARABIC[:14], origin + "/p/{n}8001")
    return {
        "/feed": _rss(listed, "الجسر نيوز", origin),
        "*": (403, HTML, "<title>Access denied</title>"),
    }


def _json(origin: str) -> Pages:
    name = "دفاتر الوادي"
    listed = _at(ARABIC[:12], origin + "/d/{n}2001")
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": origin + "/",
        "language": "ar",
        "items": [
            {
                "id": item.key,
                "url": url,
                "title": item.title,
                "content_text": "\n".join(item.paragraphs),
                "date_published": item.published.isoformat() if item.published else None,
            }
            for item, url in listed
        ],
    }
    head = _feed("/everything.json", name, "application/feed+json")
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=head),
        "/everything.json": (200, "application/feed+json", json.dumps(document)),
    }


def _sections(origin: str) -> Pages:
    name = "الخليج الأزرق"
    listed = _at(ARABIC[:24], origin + "/story/{n}6001")
    world = listed[::3]
    head = _feed("/rss/all.xml", name)
    menu = '<nav><a href="/world">العالم</a><a href="/sport">رياضة</a></nav>'
    return {
        "/": _page(f"{menu}<ul>{_cards(listed[:15])}</ul>", name=name, head=head),
        "/world": _page(
            f'{menu}<ul>{_cards(world)}</ul><a href="/rss/world.xml">RSS</a>', name=name, head=head
        ),
        "/rss/all.xml": _rss(listed, name, origin),
        "/rss/world.xml": _rss(world, f"{name} - العالم", origin),
    }


def _languages(origin: str) -> Pages:
    arabic = _at(ARABIC[:12], origin + "/ar/news/{n}1001")
    english = _at(ENGLISH, origin + "/en/news/{n}1001")
    head = _feed("/en/rss", "English") + _feed("/ar/rss", "العربية")
    return {
        "/": _page(f"<ul>{_cards(arabic)}</ul>", name="مرصد الشمال", head=head),
        "/en": _page(
            f"<ul>{_cards(english)}</ul>", name="North Observer", head=head, language="en"
        ),
        "/ar/rss": _rss(arabic, "مرصد الشمال", origin),
        "/en/rss": (
            200,
            RSS,
            feeds.rss(english, "North Observer", origin).replace(">ar<", ">en<"),
        ),
    }


def _wpjson(origin: str) -> Pages:
    name = "قلم المدينة"
    listed = _at(ARABIC[:10], origin + "/{n}7-" + quote("مادة-من-مواد-الجريدة") + "/")
    off = (
        500,
        HTML,
        "<title>خطأ</title><p>لا توجد خلاصة متاحة، يرجى زيارة الصفحة الرئيسية</p>",
    )
    posts = [
        {
            "id": number,
            "date_gmt": f"{item.published:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{item.updated:%Y-%m-%dT%H:%M:%S}",
            "link": url,
            "title": {"rendered": escape(item.title)},
            "excerpt": {"rendered": f"<p>{escape(item.lead)}</p>"},
            "content": {"rendered": "".join(f"<p>{escape(p)}</p>" for p in item.paragraphs)},
        }
        for number, (item, url) in enumerate(listed)
    ]
    head = f'<link rel="https://api.w.org/" href="{origin}/wp-json/">'
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=head),
        "/feed/": off,
        "/feed": off,
        "/wp-json/wp/v2/posts": (200, JSON, json.dumps(posts)),
    }


def _stale(origin: str) -> Pages:
    name = "شاشة الصباح"
    listed = _at(ARABIC[:14], origin + "/article/{n}5501")
    head = _feed("/rss", name) + _feed("/rss/empty.xml", "عاجل")
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=head),
        "/rss": _rss(_at(OLD[:10], origin + "/old/{n}"), name, origin),
        "/rss/empty.xml": _rss([], name, origin),
        "/robots.txt": _robots(f"Sitemap: {origin}/sitemap-news.xml"),
        "/sitemap-news.xml": _newsmap(listed, name),
    }


def _scripted(origin: str) -> Pages:
    name = "منصة البرق"
    listed = _at(ARABIC[:10], origin + "/s/{n}6601")
    return {"/": _shell(name), "/news-sitemap.xml": _newsmap(listed, name)}


def _podcast(origin: str) -> Pages:
    name = "إذاعة التلال"
    listed = _at(ARABIC[:14], origin + "/news/{n}7701")
    shows = _at(ARABIC[18:26], origin + "/shows/{n}001")
    head = _feed("/shows.rss", "بودكاست") + _feed("/news.rss", "الأخبار")
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=head),
        "/shows.rss": _rss(shows, "بودكاست التلال", origin),
        "/news.rss": _rss(listed, name, origin),
    }


def _plain(origin: str) -> Pages:
    """Headlines on a page, and a sitemap of everything ever put there."""
    name = "نشرة الحي"
    listed = _at(ARABIC[:14], origin + "/read/{n}8801")
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name),
        "/sitemap.xml": _map(
            [f"{origin}/{one}" for one in ("about", "contact", "terms", "team")]
            + [f"{origin}/read/{n}" for n in range(1000, 1100)]
        ),
    }


def _telegram(origin: str) -> Pages:
    name = "أخبار الساحل"
    messages = "".join(
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="sahilnews/{4100 + n}">'
        f'<div class="tgme_widget_message_text" dir="auto">{escape(item.title)}<br/><br/>{escape(item.lead)}</div>'
        f'<a class="tgme_widget_message_date" href="https://t.me/sahilnews/{4100 + n}">'
        f'<time datetime="{item.published:%Y-%m-%dT%H:%M:%S+00:00}">00:00</time></a></div></div>'
        for n, item in enumerate(reversed(ARABIC[:12]))
    )
    return {
        "/sahilnews": (
            200,
            HTML,
            (
                f'<html><head><title>Telegram: Contact @sahilnews</title><meta property="og:title" content="{name}"></head>'
                f'<body><div class="tgme_page"><div class="tgme_page_title">{name}</div>'
                '<div class="tgme_page_extra">9 411 subscribers</div></div></body></html>'
            ),
        ),
        "/s/sahilnews": (
            200,
            HTML,
            (
                f'<html><head><meta property="og:title" content="{name}"></head><body>'
                f'<div class="tgme_channel_info_header_title"><span>{name}</span></div>'
                f'<section class="tgme_channel_history">{messages}</section></body></html>'
            ),
        ),
    }


_CHANNEL = "UCabcdefghijklmnopqrstuv"


def _youtube(origin: str) -> Pages:
    name = "قناة المنبر"
    listed = _at(ARABIC[:12], origin + "/watch?v=abcdefg{n:04}")
    address = f"{origin}/feeds/videos.xml?channel_id={_CHANNEL}"
    return {
        "/@minbar": (
            200,
            HTML,
            (
                f'<!DOCTYPE html><html lang="en"><head><title>{name} - YouTube</title>'
                f'<meta property="og:site_name" content="YouTube"><meta property="og:title" content="{name}">'
                f'{_feed(address, "RSS")}</head><body><div id="content"></div></body></html>'
            ),
        ),
        f"/feeds/videos.xml?channel_id={_CHANNEL}": (
            200,
            XML,
            feeds.atom(listed, name, origin),
        ),
    }


def _mastodon(origin: str) -> Pages:
    listed = _at(ARABIC[:12], origin + "/@someone/1155{n:014}")
    items = "".join(
        f"<item><guid>{url}</guid><link>{url}</link><pubDate>{item.published:%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
        f"<description>&lt;p&gt;{escape(item.lead)}&lt;/p&gt;</description></item>"
        for item, url in listed
    )
    return {
        "/tags/كورسك": (
            200,
            HTML,
            '<html lang="en"><head><title>#كورسك</title></head><body><div id="mastodon"></div></body></html>',
        ),
        "/tags/كورسك.rss": (
            200,
            RSS,
            f'<rss version="2.0"><channel><title>#كورسك</title><link>{origin}</link>{items}</channel></rss>',
        ),
    }


def _unsafe(origin: str) -> Pages:
    name = "أرشيف القلعة"
    listed = _at(ARABIC[:12], origin + "/k/{n}9901")
    return {
        "/": _page(f"<ul>{_cards(listed)}</ul>", name=name, head=_feed("/rss.xml", name)),
        "/rss.xml": _rss(listed, name, origin),
    }


def _forbidding(origin: str) -> Pages:
    """As plain as `plain`, and robots.txt lets nobody in."""
    return {**_plain(origin), "/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /\n")}


def _parts(origin: str) -> Pages:
    """An index of sitemaps, one of them for news."""
    name = "أخبار السهل"
    parts = [f"{origin}/posts-map1.xml", f"{origin}/news-map.xml", f"{origin}/authors-map.xml"]
    listed = _at(ARABIC[:9], origin + "/{n}2201/x")
    return {
        "/": _shell(name),
        "/robots.txt": _robots(f"Sitemap: {origin}/index.xml"),
        "/index.xml": _map(parts, kind="sitemap"),
        "/news-map.xml": _newsmap(listed, name),
    }


def _empty(origin: str) -> Pages:
    return {"/": _page("<p>قريبا.</p>", name="موقع جديد")}


def _opml(origin: str) -> Pages:
    body = f'<opml version="2.0"><body><outline type="rss" xmlUrl="{origin}/x"/></body></opml>'
    return {"/": (200, "text/x-opml", body)}


def _shut(origin: str) -> Pages:
    return {"*": (403, HTML, "<title>Access denied</title>")}


SITES = {
    "jannah": Site("www.bawabat-nahr.example", _jannah),
    "portal": Site("www.ufuq.example", _portal),
    "agency": Site("aldafa.example", _agency),
    "aggregator": Site("mulakhas.example", _aggregator),
    "newsmap": Site("www.sada-marfa.example", _newsmap_only),
    "index": Site("sahl.example", _index),
    "hidden": Site("www.manara.example", _hidden),
    "dead": Site("minaa.example", _dead),
    "walled": Site("jisr.example", _walled),
    "json": Site("dafatir.example", _json),
    "sections": Site("www.khalij-azraq.example", _sections),
    "languages": Site("marsad.example", _languages),
    "wpjson": Site("qalam.example", _wpjson),
    "stale": Site("shasha.example", _stale),
    "scripted": Site("barq.example", _scripted),
    "podcast": Site("tilal.example", _podcast),
    "plain": Site("nashra.example", _plain),
    "telegram": Site("t.me", _telegram, schemes=("https",)),
    "youtube": Site("www.youtube.com", _youtube, schemes=("https",)),
    "mastodon": Site("social.example", _mastodon),
    "unsafe": Site("qalaa.example", _unsafe, schemes=("http",)),
    "forbidding": Site("hirz.example", _forbidding),
    "parts": Site("ajzaa.example", _parts),
    "empty": Site("jadid.example", _empty),
    "opml": Site("lists.example", _opml),
    "shut": Site("muqfal.example", _shut),
}
