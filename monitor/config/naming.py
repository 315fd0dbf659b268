"""Names for new sources: short, of a-z, 0-9 and -, and not taken yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count
from urllib.parse import urlsplit

_LONGEST = 40
_WITHOUT_MARKS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Labels that say nothing of whose host it is.
_SERVICES = re.compile(r"(?:www|m|mobile|amp|rss|feeds?|api|news)\d*")
_REGISTRY = frozenset(("ac", "co", "com", "edu", "gov", "ne", "net", "nom", "or", "org", "info"))


def free_name(wanted: str, taken: Collection[str], *, url: str = "") -> str:
    """Return a name for a source that none of `taken` has, whatever their capitals.

    `wanted` is a title, a host or an address. Of a title that is mostly not in
    Latin letters nothing would be left: then the host of `url` gives the name.
    """
    slug = _of_host(wanted) or _of_title(wanted) or _of_host(url) or "source"
    slug = (
        slug
        if len(slug) <= _LONGEST
        else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    )
    others = {name.casefold() for name in taken}
    numbered = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(name for name in numbered if name not in others)


def _of_title(title: str) -> str:
    if "://" in title:
        return ""
    letters = sum(letter.isalnum() for letter in title)
    slug = _slug(title)
    return slug if sum(letter != "-" for letter in slug) * 2 >= max(letters, 2) else ""


def _of_host(text: str) -> str:
    """Name a host: `english-alarabiya` of english.alarabiya.net, `bbc` of www.bbc.co.uk."""
    try:
        host = (urlsplit(text).hostname if "://" in text else text) or ""
    except ValueError:
        return ""
    labels = host.lower().strip(".").split(".")
    if len(labels) < 2 or re.search(r"[\s/]", host):
        return ""
    if labels[-1].isdigit():  # an IPv4 address
        return _slug(host)
    labels.pop()
    if len(labels) > 1 and labels[-1] in _REGISTRY:
        labels.pop()
    telling = [label for label in labels[:-1] if not _SERVICES.fullmatch(label)]
    return _slug("-".join([*telling, labels[-1]]))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_WITHOUT_MARKS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
