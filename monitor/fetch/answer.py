"""What an answer's status and headers mean to us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.errors import Failure, FetchError
from monitor.model import Validators

REDIRECTS = (301, 302, 303, 307, 308)

# A server that names a longer time has most likely a wrong clock or unit.
_LONGEST = timedelta(days=1)

Headers = tuple[tuple[str, str], ...]

_NAMED: dict[int, tuple[Failure, str]] = {
    401: ("blocked", "the site asks for a login"),
    403: ("blocked", "the site refuses us"),
    404: ("not-found", "there is nothing at this address"),
    410: ("gone", "the site says that this address is gone for good"),
    429: ("rate-limited", "the site says that we ask too often"),
    451: ("blocked", "the site may not show this, for legal reasons"),
    503: ("unavailable", "the site is out of service for a while"),
    # Meant for portals between us and the site (RFC 6585, 6). Not `offline` for all that: a
    # site that says it by mistake would be asked every minute and nobody told, for ever.
    511: ("server-error", "a network on the way asks for a login first"),
}


def refuse(url: str, status: int, headers: Headers, now: datetime) -> None:
    """Raise FetchError for a final status that brings nothing to read.

    2xx passes, except 206: nobody asked for a part. 304 and redirects are the
    caller's; what comes here of them came unasked or leads nowhere.
    """
    if 200 <= status < 300 and status != 206:
        return
    failure, detail = _meaning(status)
    wait = retry_after(headers, now)
    raise FetchError(url, failure, f"{detail} ({status})", status=status, retry_after=wait)


def _meaning(status: int) -> tuple[Failure, str]:
    if status in _NAMED:
        return _NAMED[status]
    if 500 <= status < 600:
        return "server-error", "the server failed"
    if 400 <= status < 1000:
        return "client-error", "the server does not accept the request"
    if status == 304:
        return "protocol", "not modified, says the server, but nothing was asked to compare"
    if 300 <= status < 400:
        return "redirects", "a redirect that leads nowhere"
    return "protocol", "an answer that makes no sense here"


def retry_after(headers: Headers, now: datetime) -> timedelta | None:
    """Retry-After as a span from `now`, between nought and a day (RFC 9110, 10.2.3).

    None where there is none, or one that is neither seconds nor a date.
    """
    value = header(headers, "retry-after")
    if value is None:
        return None
    value = value.strip()
    digits = value.lstrip("+-")
    if digits.isascii() and digits.isdigit():
        # int() has a limit of its own; ten digits are more than a day in any case.
        seconds = 0 if value.startswith("-") else int(digits[:10])
        return min(timedelta(seconds=seconds), _LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), _LONGEST)


def header(headers: Headers, name: str) -> str | None:
    """The first header of that (lower-case) name."""
    return next((value for key, value in headers if key == name), None)


def validators(headers: Headers, before: Validators | None = None) -> Validators:
    """What to ask with next time; a 304 need not repeat what holds still (RFC 9111, 4.3.4)."""
    before = before or Validators()
    return Validators(
        etag=header(headers, "etag") or before.etag,
        last_modified=header(headers, "last-modified") or before.last_modified,
    )


def read_headers(raw: Sequence[tuple[bytes, bytes]]) -> Headers:
    """Names in lower case, values byte for byte as Latin-1 (RFC 9110, 5.5), so they can go back."""
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw)
