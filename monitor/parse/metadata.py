"""What a page says of itself: JSON-LD, then Open Graph and meta tags, then microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.identify.address import absolute
from monitor.parse.datenames import Told, rank, told_by
from monitor.parse.markup import language_code, plain, squeeze

_ARTICLES: Final = frozenset(
    str.split("""
        NewsArticle Article ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle
        OpinionNewsArticle ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting
        SocialMediaPosting Report TechArticle ScholarlyArticle AdvertiserContentArticle
    """)
)
# What a page without an article may be; only its dates count.
_OTHERS: Final = frozenset(
    str.split("VideoObject AudioObject ImageGallery MediaGallery PodcastEpisode")
)
# Its dates may be those of the template.
_PAGES: Final = frozenset(("WebPage", "ItemPage"))
_MAX_NODES: Final = 5_000
_WRAPPED: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_BESIDE: Final = re.compile(
    r"(?:^|[-_ ])(?:comments?|related\w*|sidebar|similar|recommend\w*|popular|widget|teasers?)(?:$|[-_ ])"
)
_WORD: Final = re.compile(r"\w{4,}")
_PLACE: Final = re.compile(r"\d{4,}|[^/]{8,}")  # what in an address may tell an article
_SAID: Final = 3  # words of a headline by which it is known
_HEADLINES: Final = 5
_BESIDES: Final = 1_000
_PROPERTIES: Final = 20
_TRAILING: Final = re.compile(r",\s*(?=[}\]])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was stated, unread: dates are as written, text is plain, addresses absolute."""

    headline: str | None = None
    titles: tuple[str, ...] = ()
    tag: str | None = None
    body: str | None = None
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    h1: tuple[str, ...] = field(default=())
    of_page: tuple[str | None, str | None] = (None, None)  # published and updated, of no article
    created: tuple[str, ...] = ()  # when the record of the article was made
    is_doubtful: bool = (
        False  # what JSON-LD says of an article may be another's: `published` is its date alone
    )


def read_metadata(document: LexborHTMLParser, url: str | None) -> Metadata:
    """Everything the page states, the more trusted statement first."""
    things = [
        node
        for script in document.css('script[type*="ld+json"]')
        for node in _nodes(_loaded(script.text()))
    ]
    article = _described(things, url, _ARTICLES)
    meta = _meta(document)
    is_strange = bool(article) and not (url and _is_about(article, url))
    is_strange = is_strange and _is_strange(article, document)
    if is_strange and _is_anothers(article, document, url):
        article, is_strange = {}, False
    marked = document.css("[itemprop]")
    microdata = {
        name: _property(marked, name)
        for name in ("headline", "datePublished", "dateModified", "author")
    }
    other = _described(things, url, _OTHERS) if not article else {}
    page = _described(things, url, _PAGES) if not article and not other else {}
    name = document.css_first("head > title") or document.css_first("title")
    tag = document.css_first("html")
    stated_language = (
        (tag.attributes.get("lang") or tag.attributes.get("xml:lang")) if tag else None
    )
    stated_date = _string(article.get("datePublished"))
    dates = (*_dates(meta, "published"), microdata["datePublished"])
    return Metadata(
        is_doubtful=is_strange and not any(dates),
        headline=plain(_string(article.get("headline")) or _string(article.get("name")) or "")
        or None,
        titles=tuple(
            text
            for value in (
                meta.get("og:title"),
                meta.get("twitter:title"),
                microdata["headline"],
                name.text() if name else None,
            )
            if (text := plain(value or ""))
        ),
        tag=plain(name.text()) or None if name else None,
        body=_string(article.get("articleBody")),
        published=_stated(
            None if is_strange else stated_date,
            *dates,
            stated_date,
            _string(other.get("datePublished")) or _string(other.get("uploadDate")),
        ),
        updated=_stated(
            _string(article.get("dateModified")),
            *_dates(meta, "updated"),
            microdata["dateModified"],
            _string(other.get("dateModified")),
        ),
        authors=_authors(article, meta, microdata["author"], document),
        language=language_code(stated_language)
        or language_code(_string(article.get("inLanguage")))
        or language_code(meta.get("og:locale")),
        canonical_url=_canonical(document, meta, url),
        site_name=plain(
            meta.get("og:site_name")
            or _name(article.get("publisher"))
            or meta.get("application-name")
            or ""
        )
        or None,
        h1=tuple(
            text for node in document.css("h1") if (text := squeeze(node.text(separator=" ")))
        ),
        created=_stated(_string(article.get("dateCreated")), *_dates(meta, "created")),
        of_page=(_string(page.get("datePublished")), _string(page.get("dateModified"))),
    )


def _stated(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and value.strip()))


def _string(value: object) -> str | None:
    """A JSON-LD value as text; of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value if isinstance(value, str) and value.strip() else None


# ---- JSON-LD --------------------------------------------------------------------


def _described(
    things: list[dict[str, Any]], url: str | None, kinds: frozenset[str]
) -> dict[str, Any]:
    """The thing of these kinds that the page is about, of all that its JSON-LD describes."""
    found = [node for node in things if not kinds.isdisjoint(_types(node))]
    own = [node for node in found if url and _is_about(node, url)]
    return max(own or found[:1], key=len, default={})


def _loaded(text: str) -> object:
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every object at the top, in a list, in @graph or as the main entity of a page."""
    waiting = [value]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(
                one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one
            )


def _types(node: dict[str, Any]) -> list[str]:
    stated = node.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return [str(one).rsplit("/", 1)[-1].removeprefix("schema:") for one in listed]


def _is_about(node: dict[str, Any], url: str) -> bool:
    page = node.get("mainEntityOfPage")
    stated = (node.get("url"), page.get("@id") if isinstance(page, dict) else page)
    return any(isinstance(one, str) and one.rstrip("/") == url.rstrip("/") for one in stated)


def _is_anothers(article: dict[str, Any], document: LexborHTMLParser, url: str | None) -> bool:
    """Whether the page shows its headline, which is none of its own, beside that, or it has another address."""
    if url and (address := _string(article.get("url"))):
        try:
            if not _is_same_place(absolute(address, url), url):
                return True
        except ValueError:
            pass  # no address
    headline = plain(_string(article.get("headline")) or "")
    beside = document.css("h2, h3, h4, a, p")[:_BESIDES]
    return any(headline == squeeze(node.text()) for node in beside)


def _is_strange(article: dict[str, Any], document: LexborHTMLParser) -> bool:
    """Whether its headline has no word in common with the page's title and first heading."""
    headline = plain(_string(article.get("headline")) or "")
    said = set(_WORD.findall(headline.lower()))
    own = " ".join(
        node.text(separator=" ") for node in document.css("h1, head > title")[:_HEADLINES]
    ).lower()
    return len(said) >= _SAID and bool(own.strip()) and said.isdisjoint(_WORD.findall(own))


def _is_same_place(one: str, other: str) -> bool:
    """Whether two addresses have a path alike, or an article's name or number in common: a short or a mobile form."""
    first, second = (unquote(urlsplit(each).path).strip("/").lower() for each in (one, other))
    return first == second or not set(_PLACE.findall(first)).isdisjoint(_PLACE.findall(second))


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


# ---- meta tags and microdata ------------------------------------------------------


def _meta(document: LexborHTMLParser) -> dict[str, str]:
    """Content of meta tags by name or property in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for node in document.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or ""
        if not key and (attributes.get("itemprop") and not _is_beside(node)):
            key = attributes.get("itemprop") or ""
        content = attributes.get("content") or ""
        if key and content.strip():
            found.setdefault(key.strip().lower(), content.strip())
    return found


def _dates(meta: dict[str, str], kind: Told) -> list[str]:
    """The dates of a kind by the names of their tags, the plainest name first."""
    names = sorted((name for name in meta if told_by(name) == kind), key=rank)
    return [meta[name] for name in names]


def _property(marked: Sequence[LexborNode], name: str) -> str | None:
    named = (one for one in marked if name in (one.attributes.get("itemprop") or "").split())
    node = next((one for one in islice(named, _PROPERTIES) if not _is_beside(one)), None)
    if node is None:
        return None
    inner = node.css_first('[itemprop~="name"]') if name == "author" else None
    node = inner or node
    attributes = node.attributes
    return (
        attributes.get("content")
        or attributes.get("datetime")
        or (attributes.get("title") if node.tag == "abbr" else None)
        or squeeze(node.text(separator=" "))
    )


def _is_beside(node: LexborNode) -> bool:
    """Whether a property stands in a side column, a list of other stories or a comment."""
    parent = node.parent
    while parent is not None:
        attributes = parent.attributes
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if parent.tag in {"aside", "nav"} or _BESIDE.search(named.lower()):
            return parent.css_first("h1") is None and not _is_most(parent)
        parent = parent.parent
    return False


def _is_most(node: LexborNode) -> bool:
    """Whether an element holds most of the page: a theme's widget for its posts."""
    body = node
    while body.tag != "body" and body.parent is not None:
        body = body.parent
    return len(node.text()) * 2 > len(body.text())


def _authors(
    article: dict[str, Any], meta: dict[str, str], microdata: str | None, document: LexborHTMLParser
) -> tuple[str, ...]:
    """Each statement of who wrote it; what JSON-LD calls an organisation did not."""
    listed = article.get("author")
    names = [
        _name(one)
        for one in (listed if isinstance(listed, list) else [listed])
        if not (isinstance(one, dict) and any("Organization" in kind for kind in _types(one)))
    ]
    stated = [", ".join(dict.fromkeys(name for name in names if name))]
    stated += [
        meta.get(key, "") for key in ("author", "article:author", "dc.creator", "parsely-author")
    ]
    stated.append(microdata or "")
    link = document.css_first('a[rel~="author"]')
    stated.append(link.text(separator=" ") if link else "")
    # Facebook's addresses stand where a name should.
    return tuple(name for one in stated if (name := plain(one)) and "://" not in name)


def _canonical(document: LexborHTMLParser, meta: dict[str, str], url: str | None) -> str | None:
    link = document.css_first('link[rel~="canonical"][href]')
    for stated in (link.attributes.get("href") if link else None, meta.get("og:url")):
        if stated:
            try:
                return absolute(stated, url)
            except ValueError:
                continue
    return None
