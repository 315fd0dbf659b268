"""What a page says of itself: JSON-LD, then Open Graph and meta tags, then microdata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.identify.address import absolute
from monitor.parse.dates.datenames import Told, rank, told_by
from monitor.parse.markup import language_code, plain, squeeze
from monitor.parse.names import names_apart
from monitor.parse.page.jsonld import (
    described,
    is_about,
    is_anothers,
    loaded,
    name_of,
    nodes,
    string_of,
    tells_of_other,
    types_of,
)

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
_PROPERTIES: Final = 20


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
        for node in nodes(loaded(script.text()))
    ]
    article = described(things, url, _ARTICLES)
    meta = _meta(document)
    is_strange = bool(article) and not (url and is_about(article, url))
    is_strange = is_strange and tells_of_other(article, document)
    if is_strange and is_anothers(article, document, url):
        article, is_strange = {}, False
    marked = document.css("[itemprop]")
    microdata = {
        name: _property(marked, name)
        for name in ("headline", "datePublished", "dateModified", "author")
    }
    other = described(things, url, _OTHERS) if not article else {}
    page = described(things, url, _PAGES) if not article and not other else {}
    name = document.css_first("head > title") or document.css_first("title")
    tag = document.css_first("html")
    stated_language = (
        (tag.attributes.get("lang") or tag.attributes.get("xml:lang")) if tag else None
    )
    stated_date = string_of(article.get("datePublished"))
    dates = (*_dates(meta, "published"), microdata["datePublished"])
    return Metadata(
        is_doubtful=is_strange and not any(dates),
        headline=plain(string_of(article.get("headline")) or string_of(article.get("name")) or "")
        or None,
        titles=tuple(
            text
            for value in (
                meta.get("og:title"),
                meta.get("twitter:title"),
                meta.get("title"),
                meta.get("dc.title"),
                microdata["headline"],
                name.text() if name else None,
            )
            if (text := plain(value or ""))
        ),
        tag=plain(name.text()) or None if name else None,
        body=string_of(article.get("articleBody")),
        published=_stated(
            None if is_strange else stated_date,
            *dates,
            stated_date,
            string_of(other.get("datePublished")) or string_of(other.get("uploadDate")),
        ),
        updated=_stated(
            string_of(article.get("dateModified")),
            *_dates(meta, "updated"),
            microdata["dateModified"],
            string_of(other.get("dateModified")),
        ),
        authors=_authors(article, meta, microdata["author"], document),
        language=language_code(stated_language)
        or language_code(string_of(article.get("inLanguage")))
        or language_code(meta.get("og:locale")),
        canonical_url=_canonical(document, meta, url),
        site_name=plain(
            meta.get("og:site_name")
            or name_of(article.get("publisher"))
            or meta.get("application-name")
            or ""
        )
        or None,
        h1=tuple(
            text for node in document.css("h1") if (text := squeeze(node.text(separator=" ")))
        ),
        created=_stated(string_of(article.get("dateCreated")), *_dates(meta, "created")),
        of_page=(string_of(page.get("datePublished")), string_of(page.get("dateModified"))),
    )


def _stated(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and value.strip()))


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
        if parent.tag in {"aside", "nav"} or names_apart(named):
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
        name_of(one)
        for one in (listed if isinstance(listed, list) else [listed])
        if not (isinstance(one, dict) and any("Organization" in kind for kind in types_of(one)))
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
