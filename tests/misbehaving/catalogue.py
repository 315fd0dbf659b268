"""The table of all cases, in the order of the documentation's."""

from __future__ import annotations

from . import bodies, codings, connections, headers, pages, redirects, statuses
from .case import Case

# heading in docs/misbehaviour.md → its cases
GROUPS: dict[str, tuple[Case, ...]] = {
    "Connections": connections.CASES,
    "Redirects": redirects.CASES,
    "Headers": headers.CASES,
    "Bodies and lengths": bodies.CASES,
    "Packing": codings.CODINGS,
    "Letters": codings.CHARSETS,
    "Statuses": statuses.CASES,
    "Pages that are no feed": pages.CASES,
}

CASES: dict[str, Case] = {case.name: case for group in GROUPS.values() for case in group}
assert len(CASES) == sum(map(len, GROUPS.values())), "two cases of one name"
