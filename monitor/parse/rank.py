"""Which of the addresses that a site offers makes the best source, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from monitor.identify.address import canonical, is_front_page
from monitor.model import Entry, Page, Reading, SourceKind
from monitor.parse.link import Found, Link
from monitor.parse.markup import plain
from monitor.parse.places import same_owner
from monitor.parse.shape import shape, tells_article
from monitor.text.arabic import fold
from monitor.text.language import guess

Form = Literal["sitemap", "listing", "posts", "news sitemap", "channel", "feed"]
Depth = Literal["headlines", "summaries", "full texts"]

_FORMS: Final[tuple[Form, ...]] = (
    "sitemap", "listing", "posts", "news sitemap", "channel", "feed",
)  # fmt: skip
_FOUND: Final[tuple[Found, ...]] = ("guessed", "platform", "linked", "declared", "itself")
_DEPTHS: Final[tuple[Depth, ...]] = ("headlines", "summaries", "full texts")
_LOOKED_AT: Final = 30  # entries of a candidate
_FRESH: Final = timedelta(days=14)
_AHEAD: Final = timedelta(days=1)  # a date beyond is a mistake
_FEW: Final = 3
_MOST: Final = 0.6
_OWNERS: Final = 3  # other sites whose articles make an aggregator
_FULL: Final = 120
_ARTICLE: Final = 600  # letters of a page that is dated: an article and no list
_PARTING: Final = re.compile(r"\s+[|–—:»-]\s+|\s*[|»]\s*")
_FEED: Final = re.compile(
    r"rss(?: ?feed)?|feed|news feed|latest news|home|الرئيسية|الخلاصة|خلاصات|آخر الأخبار",
    re.IGNORECASE,
)
_HOW: Final[dict[Found, str]] = {
    "itself": "the address itself",
    "declared": "named by the site",
    "linked": "linked on the page",
    "platform": "the usual one of the site's software",
    "guessed": "found at a usual address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The page that the search began with. `shown` are keys of the articles that it links to."""

    url: str
    place: Literal["home", "section", "article"] = "home"
    language: str | None = None
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One candidate, read. `newest` is the latest publication date; `why` says it to a person.

    `sure` when nothing better of its form is to be expected; `score` compares with
    other offers of the same search.
    """

    url: str
    kind: SourceKind
    form: Form
    found: Found
    title: str | None
    entries: int
    newest: datetime | None
    headlines: tuple[str, ...]
    language: str | None
    depth: Depth
    aggregator: bool
    usable: bool
    sure: bool
    why: tuple[str, ...]
    score: tuple[int, ...]


def asked(url: str, page: Page | None, links: Iterable[Link]) -> Asked:
    """What was asked for: a site, one section or an article, in which language.

    The language is that of the headlines that are shown; what a page says of itself is
    often the language of its menus, and counts for want of any other.
    """
    articles = [link for link in links if link.kind == "article"]
    titles = " ".join(link.title or "" for link in articles[:_LOOKED_AT])
    own = f"{page.title or ''} {page.site_name or ''}" if page else ""
    place: Literal["home", "section", "article"] = "section"
    if is_front_page(url):
        place = "home"
    elif tells_article(shape(url)) or (
        page is not None and page.published is not None and len(page.text) >= _ARTICLE
    ):
        place = "article"
    return Asked(
        url=url,
        place=place,
        language=guess(titles if titles.strip() else own) or (page.language if page else None),
        shown=frozenset(key for link in articles for key in _keys(link.url, link.title)),
    )


def weigh(link: Link, kind: SourceKind, reading: Reading, asked: Asked, now: datetime) -> Offer:
    """A candidate that was read as a source of `kind`, under the address to be declared."""
    entries = reading.entries
    sample = entries[:_LOOKED_AT]
    form = _form(link, kind, entries)
    newest, age = _age(entries, form, now)
    language = _language(sample)
    shown = sum(any(key in asked.shown for key in _keys(one.url, one.title)) for one in sample)
    linked = sum(_address(one.url) in asked.shown for one in sample)
    if age != "fresh" and linked >= _FEW and form != "listing":
        age = "fresh"  # an old date, or none, on what the page links to today
    owners = Counter(_is_own(one.url, link.url) for one in sample)
    others = {urlsplit(one.url).hostname for one in sample if one.url} if owners[False] else set()
    foreign = bool(sample) and owners[True] * 2 < len(sample)
    wrong = bool(language and asked.language and language != asked.language)
    fit = _fit(link, asked, shown, len(sample), form)
    depth = _depth(sample)
    usable = bool(entries) and not (foreign and not shown)
    enough = len(entries) >= _FEW
    fresh = {"stale": 0, "unknown": 1, "fresh": 2}[age]
    score = (
        int(usable), fresh, int(not wrong), int(enough), _FORMS.index(form), fit,
        _FOUND.index(link.found), int(_dated(sample)), _DEPTHS.index(depth), min(len(entries), 20),
    )  # fmt: skip
    fitting = fit >= (2 if asked.place == "section" and asked.shown else 1)
    return Offer(
        url=link.url,
        kind=kind,
        form=form,
        found=link.found,
        title=reading.title or link.title,
        entries=len(entries),
        newest=newest,
        headlines=_headlines(entries),
        language=language or asked.language,
        depth=depth,
        aggregator=foreign and len(others) >= _OWNERS,
        usable=usable,
        sure=usable
        and enough
        and fresh == 2
        and not wrong
        and (fitting or asked.place == "article"),
        why=tuple(
            _why(link, asked, entries, age=age, wrong=wrong, fit=fit, shown=shown, foreign=foreign)
        ),
        score=score,
    )


def ranked(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Best first; what was found first stays before its equals."""
    return tuple(sorted(offers, key=lambda one: one.score, reverse=True))


def outlet(title: str | None) -> str | None:
    """A site's name out of its own title or a feed's: `النهر` of `النهر » الخلاصة`."""
    parts = _PARTING.split(title or "")
    return next((one for part in parts if (one := part.strip()) and not _FEED.fullmatch(one)), None)


def _form(link: Link, kind: SourceKind, entries: Sequence[Entry]) -> Form:
    if kind == "telegram":
        return "channel"
    if kind == "listing":
        return "listing"
    if kind == "sitemap":
        told = sum(bool(entry.title and entry.published) for entry in entries)
        return "news sitemap" if entries and told >= _MOST * len(entries) else "sitemap"
    return "posts" if "/wp/v2/" in link.url else "feed"


def _age(
    entries: Sequence[Entry], form: Form, now: datetime
) -> tuple[datetime | None, Literal["stale", "unknown", "fresh"]]:
    """The newest publication, and what it says. A change of a page is no publication."""
    published = [one.published for one in entries if one.published and one.published < now + _AHEAD]
    if published:
        newest = max(published)
        return newest, "fresh" if newest >= now - _FRESH else "stale"
    changed = [one.updated for one in entries if one.updated]
    if changed and max(changed) < now - _FRESH:
        return None, "stale"
    return None, "fresh" if changed and form in {"feed", "posts"} else "unknown"


def _language(sample: Sequence[Entry]) -> str | None:
    """The language of most titles taken together, and of their texts where there is no title."""
    said = [one.title or plain((one.summary or one.content or "")[:400]) for one in sample]
    return guess(" ".join(said))


def _fit(link: Link, asked: Asked, shown: int, looked_at: int, form: Form) -> int:
    """2 it lists what the page asked for shows; 1 some of it, or nobody can tell; 0 other things."""
    here = urlsplit(asked.url).path.rstrip("/")
    if asked.place == "section" and urlsplit(link.url).path.startswith(here + "/"):
        return 2
    if form == "listing" or link.found == "itself":
        return 2
    if not asked.shown:
        return 1
    covered = 0 if asked.place == "section" else shown * 4 >= len(asked.shown)
    return 2 if shown and (shown * 2 >= looked_at or covered) else int(shown > 0)


def _depth(sample: Sequence[Entry]) -> Depth:
    """How much text the entries bring, by the middle one."""
    lengths = sorted(
        max(len(plain(part or "").split()) for part in (one.content, one.summary)) for one in sample
    )
    middle = lengths[len(lengths) // 2] if lengths else 0
    return "full texts" if middle >= _FULL else "summaries" if middle > 0 else "headlines"


def _dated(sample: Sequence[Entry]) -> bool:
    return sum(one.published is not None for one in sample) * 2 > len(sample)


def _headlines(entries: Sequence[Entry]) -> tuple[str, ...]:
    newest = sorted(
        entries, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True
    )
    said = (one.title or plain(one.summary or "")[:120] or unquote(one.url or "") for one in newest)
    return tuple(one for one in said if one)[:3]


def _keys(url: str | None, title: str | None) -> tuple[str, ...]:
    """What an article is known by on two pages of a site: its address, or its headline."""
    headline = fold(title) if title and len(title.split()) >= _FEW else None
    return tuple(key for key in (_address(url), headline) if key)


def _address(url: str | None) -> str | None:
    try:
        return canonical(url) if url else None
    except ValueError:
        return None


def _is_own(url: str | None, site: str) -> bool:
    return url is None or same_owner(url, site)


def _why(
    link: Link,
    asked: Asked,
    entries: Sequence[Entry],
    *,
    age: str,
    wrong: bool,
    fit: int,
    shown: int,
    foreign: bool,
) -> Iterable[str]:
    yield _HOW[link.found]
    if not entries:
        yield "it is empty"
        return
    yield {"fresh": "fresh", "stale": "nothing new for two weeks", "unknown": "no dates"}[age]
    if wrong:
        yield f"not in the page's language ({asked.language})"
    if foreign:
        yield "its articles are other sites'"
    if asked.shown and link.found != "itself":
        what = "section" if asked.place == "section" else "page"
        if fit == 2:
            yield f"lists what the {what} shows"
        elif not shown:
            yield f"lists nothing that the {what} shows"
    if len(entries) < _FEW:
        yield "hardly any entries"
