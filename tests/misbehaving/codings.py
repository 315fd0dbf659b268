"""Content codings and charsets: bombs, broken, stacked, mislabelled."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Awaitable, Callable
from functools import cache

import brotli

from .case import XML, Case, Peer, answer, feed, head, then_flood

_GROWN = 100_000_000
_OPEN = b'<?xml version="1.0"?><rss version="2.0"><channel><title>'
_PLAIN = "Content-Type: application/rss+xml"


def _bare(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def prepare() -> None:
    """Pack the bombs now, before anybody's time is measured."""
    for coding in ("gzip", "deflate", "bare deflate", "br", "twice"):
        _bomb(coding)


@cache
def _bomb(coding: str) -> bytes:
    """A few hundred kilobytes at most that unfold to 100 MB."""
    grown = _OPEN + b" " * _GROWN
    match coding:
        case "gzip":
            return gzip.compress(grown, 1)
        case "deflate":
            return zlib.compress(grown, 1)
        case "bare deflate":
            return _bare(grown)
        case "br":
            return bytes(brotli.compress(grown, quality=1))
        case _:  # a gzip file within gzip
            return gzip.compress(_bomb("gzip"))


def _exploding(packed: str, *lines: str) -> Callable[[Peer], Awaitable[bool | None]]:
    async def act(peer: Peer) -> None:
        await peer.send(answer(_bomb(packed), XML, *lines))

    return act


def _bomb_case(name: str, does: str, packed: str, *lines: str, outcome: str = "too-large") -> Case:
    return Case(name=name, does=does, act=_exploding(packed, *lines), outcomes=(outcome,))


def _coded(name: str, does: str, body: bytes, coding: str, outcome: str, detail: str = "") -> Case:
    return Case(
        name=name,
        does=does,
        act=answer(body, XML, f"Content-Encoding: {coding}"),
        outcomes=(outcome,),
        detail=detail,
    )


def _charset(name: str, does: str, body: bytes, declared: str | None) -> Case:
    line = _PLAIN if declared is None else f"{_PLAIN}; charset={declared}"
    return Case(name=f"charset-{name}", does=does, act=answer(body, line), outcomes=("new",))


_GZIP = gzip.compress(feed(), mtime=0)
# Nothing, under a file name of 16 kB (RFC 1952, 2.3.1).
_MEMBER = b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * 16_384 + b"\0\x03\0" + bytes(8)
# Long enough to be told by its letters alone.
_ARABIC = [f"خبر تجريبي عن سوق التمور{end}" for end in ("", " في العاصمة", " وأسعار الخضار اليوم")]
_WIN = feed(*_ARABIC, encoding="cp1256")

CODINGS = (
    _bomb_case(
        "bomb-gzip",
        "sends gzip that unfolds to 100 MB",
        "gzip",
        "Content-Encoding: gzip",
    ),
    _bomb_case(
        "bomb-deflate",
        "sends deflate that unfolds to 100 MB",
        "deflate",
        "Content-Encoding: deflate",
    ),
    _bomb_case(
        "bomb-deflate-bare",
        "sends deflate without its header that unfolds to 100 MB",
        "bare deflate",
        "Content-Encoding: deflate",
    ),
    _bomb_case(
        "bomb-brotli",
        "sends brotli that unfolds to 100 MB",
        "br",
        "Content-Encoding: br",
    ),
    _bomb_case(
        "bomb-twice",
        "packs a bomb twice and says so (`gzip, gzip`)",
        "twice",
        "Content-Encoding: gzip, gzip",
        outcome="bad-encoding",
    ),
    _bomb_case(
        "bomb-file",
        "sends a gzip file that unfolds to 100 MB, without naming a coding",
        "gzip",
    ),
    _bomb_case(
        "bomb-within",
        "packs a bomb twice and says one of the two",
        "twice",
        "Content-Encoding: gzip",
    ),
    Case(
        name="gzip-endless",
        does="sends empty gzip members without end",
        act=then_flood(head(XML, "Content-Encoding: gzip"), _MEMBER * 8),
        outcomes=("too-large",),
        heavy=True,
    ),
    Case(
        name="gzip-members",
        does="sends a hundred thousand empty gzip members",
        act=answer(gzip.compress(b"", mtime=0) * 100_000, XML, "Content-Encoding: gzip"),
        outcomes=("too-large",),
        detail="members",
    ),
    Case(
        name="gzip-members-unsaid",
        does="sends a file of a hundred thousand empty gzip members, without naming a coding",
        act=answer(gzip.compress(b"", mtime=0) * 100_000, XML),
        outcomes=("too-large",),
        detail="members",
    ),
    _coded(
        "gzip-twice",
        "packs its feed twice and says so (`gzip, gzip`)",
        gzip.compress(_GZIP),
        "gzip, gzip",
        "bad-encoding",
        "several codings",
    ),
    _coded(
        "gzip-hidden",
        "packs its feed twice and says one of the two",
        gzip.compress(_GZIP),
        "gzip",
        "new",
    ),
    _coded("gzip-cut", "sends gzip that is cut off", _GZIP[:-20], "gzip", "bad-encoding", "early"),
    _coded(
        "gzip-sum",
        "sends gzip with a wrong checksum",
        _GZIP[:-8] + bytes(4) + _GZIP[-4:],
        "gzip",
        "bad-encoding",
    ),
    _coded("gzip-none", "says gzip and sends plain text", feed(), "gzip", "bad-encoding"),
    _coded(
        "gzip-garbage",
        "sends gzip with rubbish after it",
        _GZIP + b"\0\0<!-- cached -->",
        "gzip",
        "new",
    ),
    Case(
        name="gzip-unsaid",
        does="sends a gzip file without naming a coding",
        act=answer(_GZIP, "Content-Type: application/octet-stream"),
        outcomes=("new",),
    ),
    _coded(
        "deflate-bare",
        "sends deflate without its header",
        _bare(feed()),
        "deflate",
        "new",
    ),
    _coded(
        "deflate-cut",
        "sends deflate cut off",
        zlib.compress(feed())[:-9],
        "deflate",
        "bad-encoding",
        "early",
    ),
    _coded(
        "brotli-cut",
        "sends brotli cut off",
        brotli.compress(feed())[:-3],
        "br",
        "bad-encoding",
        "early",
    ),
    _coded("brotli-none", "says brotli and sends noise", b"\xff" * 400, "br", "bad-encoding"),
    _coded(
        "coding-unknown",
        "sends a coding that nobody asked for",
        b"(\xb5/\xfd" + feed(),
        "zstd",
        "bad-encoding",
        "zstd",
    ),
    _coded(
        "coding-charset",
        "names a charset where the coding stands (`Content-Encoding: utf-8`)",
        feed(),
        "utf-8",
        "new",
    ),
)

CHARSETS = (
    _charset("1256", "writes windows-1256 and says so", _WIN, "windows-1256"),
    _charset("1256-unsaid", "writes windows-1256 and does not say so", _WIN, None),
    _charset("1256-as-utf-8", "writes windows-1256 and calls it UTF-8", _WIN, "utf-8"),
    _charset("1256-as-latin-1", "writes windows-1256 and calls it Latin-1", _WIN, "iso-8859-1"),
    _charset(
        "1256-prolog",
        "writes windows-1256, says so in the feed and UTF-8 in the header",
        feed(*_ARABIC, encoding="cp1256", declared="windows-1256"),
        "utf-8",
    ),
    _charset("utf-8-as-1256", "writes UTF-8 and calls it windows-1256", feed(), "windows-1256"),
    _charset("utf-8-as-latin-1", "writes UTF-8 and calls it Latin-1", feed(), "iso-8859-1"),
    _charset("bogus", "names a charset that does not exist", feed(), "utf-99"),
    _charset("bogus-1256", "writes windows-1256 under a charset that does not exist", _WIN, "x-y"),
    _charset("utf-16", "writes UTF-16 and calls it UTF-8", feed(encoding="utf-16"), "utf-8"),
    _charset(
        "mark",
        "puts a byte order mark before UTF-8 that it calls something else",
        b"\xef\xbb\xbf" + feed(),
        "koi8-r",
    ),
)
