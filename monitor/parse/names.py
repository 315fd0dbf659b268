"""What the classes and ids of elements call them: furniture, a date, a picture, or the article's own box."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from monitor.text.lists import pattern
from monitor.text.memory import of_names

POST: Final = -1  # of a network: no furniture where it is set into a text
MAYBE: Final = 1  # a word calls it furniture that has other senses
SURE: Final = 2
ENDS: Final = 3  # and what follows it in the article's box is other stories'
UNSEEN: Final = 4  # hidden by its style

_SKIPPED_ROLES: Final = frozenset(
    str.split("""
        navigation complementary banner contentinfo search dialog alert menu toolbar
    """)
)
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMING: Final = ("class", "id", "data-component", "data-testid", "data-e2e")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@of_names
def _spelled(named: str) -> str:
    return _CAMEL.sub("-", named).lower()


def _naming(section: str) -> Callable[[str], bool]:
    """Whether class and id have one of the names of a section as whole words."""
    names = re.compile(rf"(?:^|[-_ ])(?:{pattern('monitor.parse', 'classes', section)})(?:$|[-_ ])")
    return of_names(lambda named: names.search(_spelled(named)) is not None)


names_advert = _naming("advert")
names_author = _naming("author")
names_date = _naming("date")
names_description = _naming("description")  # of a picture or a video
names_head = _naming("head")  # of an article
names_picture = _naming("picture")
names_apart = _naming("apart")  # what no date or name of the article stands in
names_ways = _naming("ways")
_names_post = _naming("posted")
_names_end = _naming("ends")
_names_furniture = _naming("sure")
_names_maybe = _naming("maybe")
_TEXT: Final = re.compile(rf"(?:^|\s)(?:{pattern('monitor.parse', 'classes', 'text')})(?:$|\s)")


def furniture_of(attributes: dict[str, str | None]) -> int:
    """MAYBE, SURE or ENDS where class, id or role call an element furniture, POST, UNSEEN where it is hidden; else 0."""
    if len(attributes) == 1 and "class" in attributes:  # as most have
        named = attributes["class"]
        return _of(named) if named else 0
    if attributes.get("role") in _SKIPPED_ROLES or attributes.get("aria-hidden") == "true":
        return SURE
    if attributes.get("itemprop") == "comment":
        return SURE
    if "hidden" in attributes or _UNSEEN.search(attributes.get("style") or ""):
        return UNSEEN
    named = " ".join([said for name in _NAMING if (said := attributes.get(name))])
    return _of(named) if named else 0


@of_names
def _of(named: str) -> int:
    if _names_end(named):
        return ENDS
    if _names_post(named):
        return POST
    return SURE if _names_furniture(named) else MAYBE if _names_maybe(named) else 0


@of_names
def names_article(named: str) -> bool:
    """Whether a class or id is one that themes give to the article's text."""
    return _TEXT.search(named) is not None
