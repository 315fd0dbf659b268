"""Statuses, with and without Retry-After, and comparisons that lie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from .case import HTML, XML, Case, Peer, answer, feed, head, in_turn

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_PAGE = b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1></body></html>"


def _status(status: int, words: str, outcome: str, *, does: str = "", detail: str = "") -> Case:
    return Case(
        name=f"status-{status}",
        does=does or f"answers {status} ({words})",
        act=answer(_PAGE, HTML, status=f"{status} {words}"),
        outcomes=(outcome,),
        detail=detail or str(status),
    )


def _later(status: str, outcome: str) -> tuple[Case, ...]:
    """The status with every kind of Retry-After."""
    number = status.split(maxsplit=1)[0]

    async def date(peer: Peer) -> None:
        then = format_datetime(datetime.now(UTC) + _HOUR, usegmt=True)
        await peer.send(answer(_PAGE, HTML, f"Retry-After: {then}", status=status))

    def case(name: str, does: str, value: str, rest: timedelta) -> Case:
        return Case(
            name=f"status-{number}-{name}",
            does=f"answers {number} and asks to come again {does}",
            act=answer(_PAGE, HTML, f"Retry-After: {value}", status=status),
            outcomes=(outcome,),
            rest=rest,
        )

    return (
        case("seconds", "in 3,600 seconds", "3600", _HOUR),
        Case(
            name=f"status-{number}-date",
            does=f"answers {number} and asks to come again at a time of day an hour away",
            act=date,
            outcomes=(outcome,),
            rest=_HOUR,
        ),
        case("past", "at a time that has passed", "Wed, 01 Jan 2020 00:00:00 GMT", timedelta(0)),
        case("nonsense", "at no time (`soon`)", "soon", timedelta(0)),
        case("negative", "in minus 60 seconds", "-60", timedelta(0)),
        case("year", "in a year", "31536000", _DAY),
    )


def _not_modified(
    *lines: str, changing: bool, body: bytes = b""
) -> Callable[[Peer], Awaitable[bool | None]]:
    """A feed with an ETag at first; 304 to whoever compares, whatever has changed since."""

    async def act(peer: Peer) -> None:
        if peer.conditional:
            await peer.send(head('ETag: "one"', *lines, status="304 Not Modified") + body)
        elif changing and peer.number > 1:
            await peer.send(answer(feed(f"changed {peer.number}"), XML, 'ETag: "one"'))
        else:
            await peer.send(answer(feed(), XML, 'ETag: "one"'))

    return act


async def _refuses_to_compare(peer: Peer) -> None:
    if peer.conditional:
        await peer.send(answer(_PAGE, HTML, status="412 Precondition Failed"))
    else:
        await peer.send(answer(feed(), XML, 'ETag: "one"'))


async def _stamped(peer: Peer) -> None:
    """The same entries under a new comment and a new ETag each time."""
    body = feed() + b"<!-- %d -->" % peer.number
    await peer.send(answer(body, XML, f'ETag: "{peer.number}"'))


CASES = (
    Case(
        name="status-204",
        does="answers 204 (no content)",
        act=head(status="204 No Content"),
        outcomes=("empty",),
    ),
    Case(
        name="status-205",
        does="answers 205 (reset content)",
        act=answer(b"", status="205 Reset Content"),
        outcomes=("empty",),
    ),
    Case(
        name="status-206",
        does="answers 206 with a part that nobody asked for",
        act=answer(feed()[:90], XML, "Content-Range: bytes 0-89/500", status="206 Partial Content"),
        outcomes=("protocol",),
        detail="206",
    ),
    Case(
        name="status-203",
        does="answers 203 (a proxy has changed it)",
        act=answer(feed(), XML, status="203 Non-Authoritative Information"),
        outcomes=("new",),
    ),
    Case(
        name="304-unasked",
        does="answers 304 (not modified) though nothing was compared",
        act=head(status="304 Not Modified"),
        outcomes=("protocol",),
        detail="304",
    ),
    Case(
        name="304-for-ever",
        does="answers 304 for ever though its feed has changed",
        act=_not_modified(changing=True),
        outcomes=("new", "not-modified", "not-modified"),
    ),
    Case(
        name="304-with-body",
        does="answers 304 with a body",
        act=_not_modified("Content-Length: 9", changing=False, body=b"<p>no</p>"),
        outcomes=("new", "not-modified"),
    ),
    Case(
        name="412-for-ever",
        does="answers 412 (precondition failed) whenever it is asked whether it has changed",
        act=_refuses_to_compare,
        outcomes=("new", "client-error", "unchanged"),
    ),
    Case(
        name="etag-useless",
        does="says that it has changed each time, and shows the same bytes",
        act=in_turn(*(answer(feed(), XML, f'ETag: "{n}"') for n in range(3))),
        outcomes=("new", "unchanged"),
    ),
    Case(
        name="etag-stamped",
        does="puts the time into its feed, so that it is never the same",
        act=_stamped,
        outcomes=("new", "same"),
    ),
    _status(400, "Bad Request", "client-error"),
    _status(401, "Unauthorized", "blocked"),
    _status(402, "Payment Required", "client-error"),
    _status(403, "Forbidden", "blocked"),
    _status(404, "Not Found", "not-found"),
    _status(406, "Not Acceptable", "client-error"),
    _status(407, "Proxy Authentication Required", "client-error"),
    _status(410, "Gone", "gone"),
    _status(418, "I'm a teapot", "client-error"),
    _status(431, "Request Header Fields Too Large", "client-error"),
    _status(451, "Unavailable For Legal Reasons", "blocked"),
    _status(999, "Request Denied", "client-error", does="answers 999, which is no status of HTTP"),
    _status(500, "Internal Server Error", "server-error"),
    _status(502, "Bad Gateway", "server-error"),
    _status(504, "Gateway Timeout", "server-error"),
    _status(
        511,
        "Network Authentication Required",
        "server-error",
        detail="a network on the way asks for a login first (511)",
    ),
    _status(
        522, "Connection Timed Out", "server-error", does="answers 522 (Cloudflare: no origin)"
    ),
    _status(429, "Too Many Requests", "rate-limited"),
    *_later("429 Too Many Requests", "rate-limited"),
    _status(503, "Service Unavailable", "unavailable"),
    *_later("503 Service Unavailable", "unavailable"),
    Case(
        name="status-500-later",
        does="answers 500 and asks to come again in an hour",
        act=answer(_PAGE, HTML, "Retry-After: 3600", status="500 Internal Server Error"),
        outcomes=("server-error",),
        rest=_HOUR,
    ),
)
