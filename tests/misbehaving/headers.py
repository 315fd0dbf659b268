"""Heads of answers: slow, endless, huge, odd."""

from __future__ import annotations

import asyncio

from .case import HTML, XML, Case, Peer, answer, chunk, feed, head, then_flood, then_silence

_START = b"HTTP/1.1 200 OK\r\n"


async def _slow(peer: Peer) -> None:
    await peer.send(_START)
    number = 0
    while True:
        await peer.send(b"X-%d: y\r\n" % number, pause=0.1)
        number += 1


async def _one_letter(peer: Peer) -> None:
    for letter in answer(feed()):
        await peer.send(bytes([letter]), pause=0.1)


async def _huge(peer: Peer) -> None:
    await peer.send(_START + b"X-Huge: ")
    for _ in range(80):
        await peer.send(b"y" * 65_536)
    await peer.send(b"\r\n\r\n")


async def _many(peer: Peer) -> None:
    await peer.send(_START)
    for number in range(100_000):
        await peer.send(b"X-%d: y\r\n" % number)
    await peer.send(b"\r\n" + feed())


async def _early_hints(peer: Peer) -> None:
    await peer.send(head("Link: </style.css>; rel=preload", status="103 Early Hints"), pause=0.1)
    await peer.send(answer(feed(), XML))


CASES = (
    Case(
        name="headers-slow",
        does="sends its headers slowly and never ends them",
        act=_slow,
        outcomes=("timeout",),
    ),
    Case(
        name="headers-by-letter",
        does="sends its headers one letter at a time",
        act=_one_letter,
        outcomes=("timeout",),
    ),
    Case(
        name="headers-endless",
        does="sends headers fast and without end",
        act=then_flood(_START, b"X-More: and more\r\n" * 1000),
        outcomes=("protocol",),
    ),
    Case(
        name="header-huge",
        does="sends one header of 5 MB",
        act=_huge,
        outcomes=("protocol",),
    ),
    Case(
        name="header-large",
        does="sends a header of 20 kB",
        act=answer(feed(), "X-Policy: " + "y" * 20_000),
        outcomes=("new",),
    ),
    Case(
        name="header-larger",
        does="sends a header of 40 kB",
        act=answer(feed(), "X-Policy: " + "y" * 40_000),
        outcomes=("protocol",),
    ),
    Case(
        name="headers-many",
        does="sends 100,000 headers",
        act=_many,
        heavy=True,
        outcomes=("protocol",),
    ),
    Case(
        name="continue-endless",
        does="says `100 Continue` for ever",
        act=then_flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
        outcomes=("protocol",),
        detail="provisional",
    ),
    Case(
        name="hints-endless",
        does="says `103 Early Hints` for ever",
        act=then_flood(b"", head("Link: </a.css>; rel=preload", status="103 Early Hints") * 200),
        outcomes=("protocol",),
        detail="provisional",
    ),
    Case(
        name="hints-once",
        does="says `103 Early Hints` once and then answers",
        act=_early_hints,
        outcomes=("new",),
    ),
    Case(
        name="head-then-silence",
        does="sends its headers and then nothing",
        act=then_silence(head(XML, "Content-Length: 5000")),
        outcomes=("timeout",),
    ),
    Case(
        name="headers-latin-1",
        does="sends headers in Latin-1 letters",
        act=b"HTTP/1.1 200 D\xe9j\xe0 vu\r\nX-Name: caf\xe9\r\nServer: \xff\xfe\r\n\r\n" + feed(),
        outcomes=("new",),
    ),
    Case(
        name="headers-arabic",
        does="sends headers in Arabic letters",
        act=answer(feed(), "X-Title: خبر عاجل".encode()),
        outcomes=("new",),
    ),
    Case(
        name="type-nul",
        does="sends a NUL in its content type",
        act=answer(feed(), b"Content-Type: application/\x00rss+xml"),
        outcomes=("protocol",),
    ),
    Case(
        name="header-no-colon",
        does="sends a header line without a colon",
        act=answer(feed(), "no colon here"),
        outcomes=("protocol",),
    ),
    Case(
        name="header-blank-name",
        does="sends a header with a blank in its name",
        act=answer(feed(), "Content Type: text/xml"),
        outcomes=("protocol",),
    ),
    Case(
        name="header-folded",
        does="folds a header over two lines",
        act=answer(feed(), "X-Long: one\r\n  two"),
        outcomes=("new",),
    ),
    Case(
        name="lines-bare",
        does="ends its lines with a line feed alone",
        act=answer(feed(), XML).replace(b"\r\n", b"\n"),
        outcomes=("new",),
    ),
    Case(
        name="type-none",
        does="names no content type",
        act=answer(feed()),
        outcomes=("new",),
    ),
    Case(
        name="type-html",
        does="calls a feed `text/html`",
        act=answer(feed(), HTML),
        outcomes=("new",),
    ),
    Case(
        name="type-image",
        does="calls a feed `image/png`",
        act=answer(feed(), "Content-Type: image/png"),
        outcomes=("new",),
    ),
    Case(
        name="type-nonsense",
        does="sends nonsense for a content type",
        act=answer(feed(), "Content-Type: ;;;===/; charset"),
        outcomes=("new",),
    ),
    Case(
        name="type-twice",
        does="sends two different content types",
        act=answer(feed(), "Content-Type: text/plain", XML),
        outcomes=("new",),
    ),
    Case(
        name="cookies-many",
        does="sets a hundred cookies",
        act=answer(feed(), *(f"Set-Cookie: c{n}={'x' * 100}" for n in range(100))),
        outcomes=("new",),
    ),
    Case(
        name="trailers-endless",
        does="ends its body with trailers that never end",
        act=then_flood(
            head("Transfer-Encoding: chunked") + chunk(feed()) + b"0\r\n", b"X-T: y\r\n" * 1000
        ),
        outcomes=("protocol",),
    ),
    Case(
        name="silent",
        does="takes the request and says nothing",
        act=lambda _: asyncio.sleep(3600),
        outcomes=("timeout",),
    ),
)
