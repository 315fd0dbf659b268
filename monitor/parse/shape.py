"""What the addresses of a site's articles look like: their shape, the pattern of many, their forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

Shape = tuple[str, ...]

_ENDING: Final = re.compile(r"(?<=.)\.[a-z][a-z0-9]{1,5}$", re.IGNORECASE)
_NUMBER_LAST: Final = re.compile(r"[-_.,]\w?\d{4,}[a-z]?$", re.IGNORECASE)
_NUMBER_FIRST: Final = re.compile(r"\d{4,}[-_.]")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A code of letters and digits; a word with a year or an edition behind it (`euro2024`) is none.
_OPAQUE: Final = re.compile(r"(?![a-z]+\d{1,4}$)(?=.*\d)(?=.*[a-z])[a-z0-9]{6,}", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_%-]{12,}=*")
_PARTS: Final = re.compile(r"[-_+\s]+")
_SLUG_WORDS: Final = 3
_TELLING: Final = frozenset(("#", "id", "slug#", "#slug", "slug", "key=#", "key=id", "query"))
# Parameters that choose a list or a page of one.
_CHOOSERS: Final = frozenset(
    str.split("""
        cat category catid cid section sectionid sec page p_no pageno start offset lang year month tag
        sort order author type menu
    """)
)
_SHARE: Final = 0.6
_MOST_FORMS: Final = 4
_BETWEEN: Final = "|^"  # two forms; no pattern holds it


def shape(url: str) -> Shape:
    """The kind of each part of path and query: the same for the articles of one site.

    A plain word is `w`, a number `#` (`n` below four digits), a headline in the
    address `slug`, a code of letters and digits `id`. The last part of a path
    before a query keeps its name, being a script's.
    """
    parts = urlsplit(url)
    segments = [one for one in parts.path.split("/") if one]
    kinds = [_kind(one) for one in segments]
    pairs = [_pair(one) for one in parts.query.split("&") if one]
    if kinds and kinds[-1] == "w" and pairs:
        kinds[-1] = segments[-1]
    if "#" in kinds[:-1]:  # what follows the number is for people, and may be anything
        kinds[kinds.index("#") + 1 :] = ["*"]
    return (parts.netloc.removeprefix("www."), *kinds, *(name for name in pairs if name))


def tells_article(of: Shape) -> bool:
    """Whether such an address names one text by a number, a code or its headline."""
    return not _TELLING.isdisjoint(of) or of[1:].count("n") >= 3


def _kind(segment: str) -> str:
    text = unquote(segment)
    bare = _ENDING.sub("", text)
    if bare.isascii() and bare.isdigit():
        return "#" if len(bare) >= 4 and not re.fullmatch(r"(?:19|20)\d\d", bare) else "n"
    if _UUID.fullmatch(bare) or _OPAQUE.fullmatch(bare):
        return "id"
    if _NUMBER_FIRST.match(bare) and not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", bare):
        return "#slug"
    if _NUMBER_LAST.search(bare):
        return "slug#"
    if len([one for one in _PARTS.split(bare) if one]) >= _SLUG_WORDS:
        return "slug"
    return "w"


def _pair(pair: str) -> str | None:
    """A parameter's kind; None where it is one that does not name the article."""
    name, mark, value = pair.partition("=")
    if not mark or not value.strip("="):
        return "query" if _BASE64.fullmatch(pair) else None
    if name.lower() in _CHOOSERS:
        return None
    if value.isascii() and value.isdigit():
        return "key=#"
    return "key=id" if _OPAQUE.fullmatch(value) else None


def pattern(urls: Iterable[str]) -> str | None:
    r"""A regular expression that finds most of the addresses, by path and query.

    `/arabi/world/\d{6}/` of `/arabi/world/482627/any-slug`: what follows the
    part that tells one article from another is left out. None where fewer than
    six in ten have one shape, or where that shape tells no article.
    """
    shapes = [(shape(url), url) for url in dict.fromkeys(urls)]
    if not shapes:
        return None
    (common, count), *_ = Counter(one for one, _ in shapes).most_common(1)
    if count < 2 or count < _SHARE * len(shapes) or not tells_article(common):
        return None
    same = [urlsplit(url) for one, url in shapes if one == common]
    paths = [[part for part in one.path.split("/") if part] for one in same]
    queries = [one.query for one in same]
    if any(kind.startswith(("key=", "query")) for kind in common):
        path = "".join("/" + _any(column) for column in zip(*paths, strict=True))
        return path + r"\?" + _of_queries(queries)
    more = "*" in common
    columns = list(zip(*(path[: len(common) - 2] if more else path for path in paths), strict=True))
    kinds = [_kind(column[0]) for column in columns]
    last = max(
        (at for at, kind in enumerate(kinds) if kind in {"#", "id", "slug#", "#slug"}),
        default=len(kinds) - 1,
    )
    found = [_of_column(*both) for both in zip(columns[: last + 1], kinds, strict=False)]
    ahead = "/".join(("", *(one.removesuffix(r"\b") for one in found[:-1])))
    more = more or last + 1 < len(kinds)
    return f"{ahead}/{found[-1].removesuffix(chr(92) + 'b')}/" if more else f"{ahead}/{found[-1]}"


def forms(urls: Iterable[str], known: str | None = None) -> str | None:
    """What to remember of a site's articles: the patterns of their forms, joined by `|^`.

    One for each shape that at least two addresses have, the most frequent first.
    What `known` says already is kept, and comes first; a form is added where two
    addresses are not told by it. None where no form tells an article.
    """
    tells = teller(known)
    by_shape: dict[Shape, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_shape[shape(url)].append(url)
    groups = sorted(by_shape.values(), key=len, reverse=True)
    if tells is None or known is None:
        learnt = [one for group in groups if (one := pattern(group)) is not None]
        return _BETWEEN.join(learnt[:_MOST_FORMS]) or None
    new = [group for group in groups if sum(not tells(url) for url in group) > 1]
    learnt = [one for group in new if (one := pattern(group)) is not None]
    # Of many forms the oldest go: a site whose numbers have grown does not go back.
    every = list(dict.fromkeys([*known.split(_BETWEEN), *learnt]))
    return _BETWEEN.join(every[-_MOST_FORMS:])


def teller(known: str | None) -> Callable[[str], bool] | None:
    """A test whether an address has one of the remembered forms; None where there is none."""
    if not known:
        return None
    try:
        compiled = re.compile(known)
    except re.error:
        return None

    def tells(url: str) -> bool:
        parts = urlsplit(url)
        place = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return compiled.match(place) is not None

    return tells


def _of_column(values: Sequence[str], kind: str) -> str:
    if len(set(values)) == 1 and kind == "w":
        return re.escape(values[0])
    bare = [_ENDING.sub("", value) for value in values]
    endings = {value[len(cut) :] for value, cut in zip(values, bare, strict=True)}
    ending = re.escape(endings.pop()) if len(endings) == 1 else r"(?:\.\w+)?"
    if kind == "n":  # a part of a date: what all share today changes tomorrow
        return r"\d{4}" if len(bare[0]) == 4 else rf"\d{{1,{max(2, *map(len, bare))}}}"
    if kind == "#":
        return rf"\d{_lengths(bare)}{ending or chr(92) + 'b'}"
    if kind == "id":
        if all(_UUID.fullmatch(one) for one in bare):
            return r"[0-9A-Fa-f-]{36}" + ending
        return rf"[0-9A-Za-z]{_lengths(bare)}{ending or chr(92) + 'b'}"
    if kind == "slug#":
        numbers = [re.findall(r"\d+", one)[-1] for one in bare]
        tail = r"[A-Za-z]?" if any(not one[-1].isdigit() for one in bare) else ""
        return rf"[^/?]*\D\d{_lengths(numbers)}{tail}{ending or chr(92) + 'b'}"
    if kind == "#slug":
        numbers = [re.findall(r"\d+", one)[0] for one in bare]
        return rf"\d{_lengths(numbers)}[-_.]"
    if kind == "slug":
        # Atomic and possessive: an address of 2,000 letters is read once.
        return r"(?>[^/?]*?(?:[-_+\s]|%20)++){2}[^/?]++"
    return _any(values)


def _any(values: Sequence[str]) -> str:
    return re.escape(values[0]) if len(set(values)) == 1 else "[^/?]+"


def _of_queries(queries: Sequence[str]) -> str:
    """The parameter that names the article, wherever in the query it stands."""
    for pair in queries[0].split("&"):
        name, mark, value = pair.partition("=")
        kind = _pair(pair)
        if kind == "query":
            return r"[A-Za-z0-9+/_%=-]{12,}"
        if kind:
            return f"(?:.*&)?{re.escape(name + mark)}" + (
                r"\d+" if value.isdigit() else r"[0-9A-Za-z]+"
            )
    return ".+"


def _lengths(texts: Iterable[str]) -> str:
    sizes = {len(one) for one in texts}
    low, high = min(sizes), max(sizes)
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"
