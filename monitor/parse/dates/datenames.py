"""What a date is by the name of its field, however a system spells it: `pub_date`, `firstPublishedAt`, `og:regDate`.

Meta tags, JSON-LD, scripts and attributes name their dates in some hundred ways of the same few words.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from monitor.text.memory import of_names

Told = Literal["published", "created", "updated"]

_OTHER: Final = re.compile(
    r"publishers?|expir|unpubl|until|valid|copyright|build|birth|death|start|deadline|event|comment|related|server|current|today|access|print"
)
_UPDATED: Final = re.compile(r"modif|updat|revis|change|edited|last_?(?:mod|publ)|republish")
_PUBLISHED: Final = re.compile(
    r"publish|publication|pub(?=_?(?:date|time|day|ts))|posted|post(?=_?(?:date|time))|issued|release|display(?=_?date)|reg(?=_?date)|(?:news|article)(?=_?(?:date|time))|available"
)
_CREATED: Final = re.compile(r"creat|insert|upload|^c_?t(?:ime)?$|^p_?time$|^timestamp$")
_TIME: Final = re.compile(
    r"date|time|(?:^|_)(?:at|on|day|ts|utc|iso)(?:_|$)|published$|posted$|issued$|created$|available$"
)
_DATES: Final = frozenset(("date", "dc_date", "dcterms_date", "article_date"))
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS: Final = re.compile(r"[^a-z]+")


@of_names
def told_by(name: str) -> Told | None:
    """Whether a field of this name has a publication, the making of its record, or a change; None for any other."""
    bare = _MARKS.sub("_", _CAMEL.sub("_", name).lower()).strip("_")
    if not 2 <= len(bare) <= 60 or _OTHER.search(bare):
        return None
    if _UPDATED.search(bare):
        return "updated" if _TIME.search(bare) or bare.startswith("last") else None
    if bare in _DATES:
        return "published"
    if _PUBLISHED.search(bare):
        return "published" if _TIME.search(bare) else None
    if _CREATED.search(bare):
        return "created" if _TIME.search(bare) or bare == "ct" else None
    return None


@of_names
def rank(name: str) -> int:
    """How plainly a name says publication: the least first."""
    bare = name.lower()
    return 0 if "publi" in bare else 1 if "pub" in bare else 2 if "issued" in bare else 3
