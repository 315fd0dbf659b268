"""Connections: refused, reset, not HTTP, not TLS, and lies about keeping them open."""

from __future__ import annotations

import asyncio

from .case import XML, Case, Peer, answer, feed, head, then_flood


async def _reset(peer: Peer) -> None:
    peer.reset()


async def _reset_in_headers(peer: Peer) -> None:
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-", pause=0.1)
    peer.reset()


async def _reset_in_body(peer: Peer) -> None:
    await peer.send(head(XML, "Content-Length: 5000") + b"<rss>", pause=0.1)
    peer.reset()


async def _keeps(peer: Peer) -> bool:
    await peer.send(answer(feed(), XML, "Connection: keep-alive"))
    return True


async def _lies(peer: Peer) -> None:
    await peer.send(answer(feed(), XML, "Connection: keep-alive", "Keep-Alive: timeout=600"))


async def _once(peer: Peer) -> bool:
    """The first request of a connection is answered, the next one is met by its end."""
    return peer.turn == 1 and await _keeps(peer)


_STRANGER = answer(feed("smuggled"), XML)


async def _surplus(peer: Peer) -> bool:
    await peer.send(answer(feed(), XML, "Connection: keep-alive") + _STRANGER)
    return True


async def _surplus_late(peer: Peer) -> bool:
    await peer.send(answer(feed(), XML, "Connection: keep-alive"), pause=0.3)
    await peer.send(_STRANGER)
    return True


CASES = (
    Case(
        name="refuses",
        does="refuses the connection",
        act=None,
        outcomes=("unreachable",),
        detail="connection refused",
    ),
    Case(
        name="reset-at-accept",
        does="breaks the connection off as soon as it is made",
        act=_reset,
        at_accept=True,
        outcomes=("unreachable",),
    ),
    Case(
        name="reset-at-request",
        does="breaks the connection off when it is asked",
        act=_reset,
        outcomes=("unreachable",),
    ),
    Case(
        name="reset-in-headers",
        does="breaks the connection off within the headers",
        act=_reset_in_headers,
        outcomes=("unreachable",),
    ),
    Case(
        name="reset-in-body",
        does="breaks the connection off within the body",
        act=_reset_in_body,
        outcomes=("unreachable",),
    ),
    Case(
        name="hangs-up",
        does="takes the request and hangs up",
        act=b"",
        outcomes=("protocol",),
    ),
    Case(
        name="status-none",
        does="sends a status line without a number",
        act=b"HTTP/1.1 abc OK\r\n\r\n" + feed(),
        outcomes=("protocol",),
    ),
    Case(
        name="status-four-digits",
        does="sends a status of four digits",
        act=b"HTTP/1.1 2000 OK\r\n\r\n" + feed(),
        outcomes=("protocol",),
    ),
    Case(
        name="http-0.9",
        does="sends the bare feed without a head, as in HTTP/0.9",
        act=feed(),
        outcomes=("protocol",),
    ),
    Case(
        name="http-2",
        does="speaks HTTP/2 without having been asked to",
        act=b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18),
        outcomes=("protocol",),
    ),
    Case(
        name="http-9",
        does="names a version of HTTP that does not exist",
        act=answer(feed()).replace(b"HTTP/1.1", b"HTTP/9.9"),
        outcomes=("new",),
    ),
    Case(
        name="ssh",
        does="is no web server (SSH)",
        act=b"SSH-2.0-synthetic\r\n",
        outcomes=("protocol",),
    ),
    Case(
        name="noise",
        does="sends noise without end",
        act=then_flood(b"", bytes(range(128, 256)) * 500),
        outcomes=("protocol",),
    ),
    Case(
        name="switches",
        does="switches to another protocol (101)",
        act=head("Upgrade: websocket", "Connection: Upgrade", status="101 Switching Protocols"),
        outcomes=("protocol",),
    ),
    Case(
        name="tls-on-plain",
        does="expects https at an http address",
        act=answer(feed()),
        tls="right",
        outcomes=("protocol",),
    ),
    Case(
        name="plain-on-tls",
        does="speaks plain http at an https address",
        act=answer(b"", status="400 Bad Request"),
        at_accept=True,
        scheme="https",
        outcomes=("tls",),
    ),
    Case(
        name="tls-silent",
        does="says nothing to the TLS handshake",
        act=lambda _: asyncio.sleep(3600),
        at_accept=True,
        scheme="https",
        tls="silent",
        outcomes=("timeout",),
    ),
    Case(
        name="tls-hangs-up",
        does="hangs up in the TLS handshake",
        act=b"",
        at_accept=True,
        scheme="https",
        outcomes=("tls",),
    ),
    Case(
        name="tls-expired",
        does="shows a certificate that has expired",
        act=answer(feed()),
        scheme="https",
        tls="expired",
        outcomes=("tls",),
        detail="expired",
    ),
    Case(
        name="tls-self-signed",
        does="shows a certificate that it has signed itself",
        act=answer(feed()),
        scheme="https",
        tls="self-signed",
        outcomes=("tls",),
        detail="self-signed",
    ),
    Case(
        name="tls-other-name",
        does="shows another site's certificate",
        act=answer(feed()),
        scheme="https",
        tls="other-name",
        outcomes=("tls",),
        detail="the certificate is not accepted",
    ),
    Case(
        name="closes-each",
        does="closes the connection after each answer",
        act=answer(feed(), XML, "Connection: close"),
        outcomes=("new", "unchanged"),
    ),
    Case(
        name="keep-alive-lie",
        does="promises to keep the connection and closes it",
        act=_lies,
        outcomes=("new", "unchanged"),
    ),
    Case(
        name="keep-alive-dead",
        does="keeps the connection and hangs up at the second request",
        act=_once,
        outcomes=("new", "unchanged"),
    ),
    Case(
        name="surplus-answer",
        does="sends a second answer that nobody asked for",
        act=_surplus,
        outcomes=("new", "unchanged"),
    ),
    Case(
        name="surplus-late",
        does="sends a second answer later, on the idle connection",
        act=_surplus_late,
        outcomes=("new", "unchanged"),
    ),
)
