"""A host without the prefixes under which an outlet shows the same site again."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Labels under which country registries and hosts of other people's sites hand out
# names: a host of one of these and one more label is a site of its own, so `www.`
# or `m.` before them is no prefix.
_REGISTRY_LABELS: Final = frozenset(
    ("ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "info", "mil", "ne", "net", "nom", "or", "org", "sch")
)  # fmt: skip
_HOSTING: Final = frozenset(
    (
        "blogspot.com", "github.io", "gitlab.io", "herokuapp.com", "livejournal.com", "netlify.app",
        "pages.dev", "substack.com", "tumblr.com", "vercel.app", "web.app", "wordpress.com",
    )
)  # fmt: skip
_PREFIXES: Final = ("www.", "m.", "mobile.", "amp.")


@lru_cache(maxsize=1_024)
def bare(host: str) -> str:
    """The host without `www.`, `m.`, `mobile.`, `amp.`, where what is left can be a site of its own."""
    host = host.rstrip(".") or host
    while True:
        rest = next((host[len(prefix) :] for prefix in _PREFIXES if host.startswith(prefix)), "")
        if "." not in rest[1:] or rest[0] == "." or _is_registry(rest):
            return host
        host = rest


def _is_registry(host: str) -> bool:
    """Whether names under this host belong to different owners, as far as is known here."""
    label, _, country = host.rpartition(".")
    return host in _HOSTING or (label in _REGISTRY_LABELS and len(country) == 2)
