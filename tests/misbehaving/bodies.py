"""Bodies and their lengths: slow, endless, short, long, falsely announced."""

from __future__ import annotations

from .case import CHUNKED, XML, Case, Peer, answer, chunk, feed, head, then_flood, then_silence

_OPEN = b'<?xml version="1.0"?><rss version="2.0"><channel><title>synthetic</title>'
_ENTRY = b"<item><title>one more</title><link>http://news.example/%d</link></item>"
_MB = 1_000_000


async def _entries(peer: Peer) -> None:
    await peer.send(head(XML) + _OPEN)
    number = 0
    while True:
        await peer.send(_ENTRY % number, pause=0.001)
        number += 1


async def _fifty(peer: Peer) -> None:
    await peer.send(head(XML) + _OPEN)
    for _ in range(50):
        await peer.send(b" " * _MB)


async def _in_pieces(peer: Peer) -> None:
    body = feed()
    await peer.send(head(XML, f"Content-Length: {len(body)}"))
    step = len(body) // 8
    for at in range(0, len(body), step):
        await peer.send(body[at : at + step], pause=0.1)


async def _pauses(peer: Peer) -> None:
    """Each pause is short enough for a time limit on single reads."""
    await peer.send(head(XML, CHUNKED))
    for letter in _OPEN * 10:
        await peer.send(chunk(bytes([letter])), pause=0.2)


def _length(name: str, does: str, *lines: str, outcomes: tuple[str, ...], detail: str = "") -> Case:
    return Case(
        name=f"length-{name}",
        does=does,
        act=head(XML, *lines) + feed(),
        outcomes=outcomes,
        detail=detail,
    )


_SIZE = len(feed())

CASES = (
    Case(
        name="body-drip",
        does="sends its body a byte at a time, for ever",
        act=then_flood(head(XML), b" ", pause=0.2),
        outcomes=("timeout",),
    ),
    Case(
        name="body-slow-chunks",
        does="sends its body a byte at a time, in chunks",
        act=_pauses,
        outcomes=("timeout",),
    ),
    Case(
        name="body-pieces",
        does="takes a second for its body, in pieces",
        act=_in_pieces,
        outcomes=("new",),
    ),
    Case(
        name="body-half-silent",
        does="stops in the middle of its body and stays connected",
        act=then_silence(head(XML, "Content-Length: 5000") + _OPEN),
        outcomes=("timeout",),
    ),
    Case(
        name="body-endless",
        does="sends a body without end, fast",
        act=then_flood(head(XML) + _OPEN, b" " * 65_536),
        outcomes=("too-large",),
        heavy=True,
    ),
    Case(
        name="body-endless-chunks",
        does="sends chunks without end, fast",
        act=then_flood(head(XML, CHUNKED), chunk(b" " * 65_536)),
        heavy=True,
        outcomes=("too-large",),
    ),
    Case(
        name="body-endless-entries",
        does="sends entries without end",
        act=_entries,
        outcomes=("timeout",),
    ),
    Case(
        name="body-tiny-chunks",
        does="sends chunks of one byte without end, fast",
        act=then_flood(head(XML, CHUNKED), b"1\r\nx\r\n" * 2000),
        heavy=True,
        outcomes=("timeout",),
    ),
    Case(
        name="body-50-mb",
        does="sends 50 MB without saying so before",
        act=_fifty,
        heavy=True,
        outcomes=("too-large",),
    ),
    Case(
        name="body-short",
        does="sends less than the length it has said, and hangs up",
        act=answer(_OPEN, XML, length=5000),
        outcomes=("protocol",),
    ),
    Case(
        name="body-missing",
        does="says a length and hangs up without a body, as if asked by HEAD",
        act=answer(b"", XML, length=_SIZE),
        outcomes=("protocol",),
    ),
    Case(
        name="body-missing-open",
        does="says a length, sends no body and stays connected",
        act=then_silence(answer(b"", XML, length=_SIZE)),
        outcomes=("timeout",),
    ),
    Case(
        name="body-long",
        does="sends more than the length it has said",
        act=answer(feed() + b"<p>and more</p>" * 100, XML, length=_SIZE),
        outcomes=("new",),
    ),
    _length(
        "huge",
        "says that a terabyte comes",
        "Content-Length: 1000000000000",
        outcomes=("too-large",),
    ),
    _length(
        "beyond",
        "says a length of 40 digits",
        f"Content-Length: {'9' * 40}",
        outcomes=("protocol",),
    ),
    _length("negative", "says a negative length", "Content-Length: -1", outcomes=("protocol",)),
    _length("words", "says its length in words", "Content-Length: ten", outcomes=("protocol",)),
    _length("empty", "says an empty length", "Content-Length:", outcomes=("protocol",)),
    _length(
        "hex",
        "says its length in hexadecimal",
        f"Content-Length: 0x{_SIZE:x}",
        outcomes=("protocol",),
    ),
    _length(
        "two",
        "says two different lengths",
        f"Content-Length: {_SIZE}",
        f"Content-Length: {_SIZE + 1}",
        outcomes=("protocol",),
    ),
    _length(
        "twice",
        "says the same length twice",
        f"Content-Length: {_SIZE}",
        f"Content-Length: {_SIZE}",
        outcomes=("new",),
    ),
    Case(
        name="length-small",
        does="says a length that cuts its feed off before the first entry",
        act=answer(_OPEN + feed(), XML, length=len(_OPEN)),
        outcomes=("misread",),
    ),
    Case(
        name="length-and-chunks",
        does="says a wrong length and sends chunks",
        act=head(XML, "Content-Length: 7", CHUNKED) + chunk(feed()) + chunk(b""),
        outcomes=("new",),
    ),
    Case(
        name="length-none",
        does="says no length and hangs up at the end",
        act=head(XML) + feed(),
        outcomes=("new",),
    ),
    Case(
        name="body-empty",
        does="answers 200 with nothing",
        act=answer(b"", XML),
        outcomes=("empty",),
    ),
    Case(
        name="body-blank",
        does="answers 200 with blanks only",
        act=answer(b" \r\n\t\xef\xbb\xbf" * 100, XML),
        outcomes=("empty",),
    ),
    Case(
        name="chunk-bad-size",
        does="sends a chunk whose size is no number",
        act=head(XML, CHUNKED) + b"zz\r\nx\r\n",
        outcomes=("protocol",),
    ),
    Case(
        name="chunk-negative",
        does="sends a chunk of negative size",
        act=head(XML, CHUNKED) + b"-5\r\nhello\r\n0\r\n\r\n",
        outcomes=("protocol",),
    ),
    Case(
        name="chunk-huge",
        does="announces a chunk of sixteen exabytes and hangs up",
        act=head(XML, CHUNKED) + b"ffffffffffffffff\r\n" + feed(),
        outcomes=("protocol",),
    ),
    Case(
        name="chunk-wrong-size",
        does="sends a chunk longer than its size",
        act=head(XML, CHUNKED) + b"5\r\n" + feed() + b"\r\n0\r\n\r\n",
        outcomes=("protocol",),
    ),
    Case(
        name="chunk-extension",
        does="sends a chunk extension without end",
        act=then_flood(head(XML, CHUNKED) + b"5;x=", b"y" * 65_536),
        outcomes=("protocol",),
    ),
    Case(
        name="chunk-no-last",
        does="hangs up without the last chunk",
        act=head(XML, CHUNKED) + chunk(feed()),
        outcomes=("protocol",),
    ),
    Case(
        name="chunks-said-only",
        does="says chunks and sends none",
        act=head(XML, CHUNKED) + feed(),
        outcomes=("protocol",),
    ),
    Case(
        name="transfer-unknown",
        does="sends a transfer coding that nobody knows",
        act=head(XML, "Transfer-Encoding: gzip, chunked") + feed(),
        outcomes=("protocol",),
    ),
)
