"""What an exchange came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the server gave to ask "changed since?" with, letter by letter (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answered exchange. `body` is decoded; `redirects` are the addresses on the way.

    `packed` is the body as it came where that is one plain member of gzip, else None.
    `moved` is where the site says that the address has gone for good: the end of the
    permanent redirects (301, 308) that the way began with, None without any.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str | None
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    moved: str | None = None
    validators: Validators = field(default_factory=Validators)
    packed: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: a value and not an error."""

    url: str
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    moved: str | None = None
    validators: Validators = field(default_factory=Validators)
