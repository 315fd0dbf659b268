"""Names for new sources: short, of a-z, 0-9 and -, and not taken yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count
from urllib.parse import urlsplit

_LONGEST = 40
_WITHOUT_MARKS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Labels that say nothing of whose host it is.
_SERVICES = re.compile(r"(?:www|m|mobile|amp|rss|feeds?|api|news)\d*")
_REGISTRY = frozenset(("ac", "co", "com", "edu", "gov", "ne", "net", "nom", "or", "org", "info"))


def free_name(wanted: str, taken: Iterable[str], *, url: str = "") -> str:
    """Return one name that none of `taken` has, as `Names.free` makes it."""
    return Names(taken).free(wanted, url=url)


class Names:
    """The names that are taken; of thousands, each new one is found in constant time."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken: set[str] = set()
        self._folded: set[str] = set()
        self._next: dict[str, int] = {}  # the number to try for a slug; names are never given back
        for name in taken:
            self.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def add(self, name: str) -> None:
        """Take a name."""
        self._taken.add(name)
        self._folded.add(name.casefold())

    def free(self, wanted: str, *, url: str = "") -> str:
        """Return a name for a source that none of the taken has, whatever their capitals.

        `wanted` is a title, a host or an address. Of a title that is mostly not in
        Latin letters nothing would be left: then the host of `url` gives the name.
        """
        slug = _of_host(wanted) or _of_title(wanted) or _of_host(url) or "source"
        slug = (
            slug
            if len(slug) <= _LONGEST
            else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
        )
        for number in count(self._next.get(slug, 1)):
            name = slug if number == 1 else f"{slug}-{number}"
            if name not in self._folded:
                break
        self._next[slug] = number
        return name


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
