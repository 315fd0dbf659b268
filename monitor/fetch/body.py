"""A body's content coding undone, never keeping more than is allowed.

The decoding is done here and not by the HTTP library, because the limit must
stand between one decompressed block and the next: a bomb of 100 kB unpacks to
gigabytes within one call that has no limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli

from monitor.errors import FetchError

ACCEPTED = "gzip, deflate, br"

_BLOCK = 256 * 1024
# Codings may enlarge what does not compress; headers and empty members must not
# be an endless way around the limit on decoded bytes.
_OVERHEAD = 64 * 1024
# What came is held as it came up to so many bytes.
_HELD = 256 * 1024
# Of one gzip body. An empty member is 20 bytes and costs as much as any.
_MEMBERS = 1_000


class _EndlessError(Exception):
    """A body of more parts than any honest one."""


class _Coding(Protocol):
    """Decodes one chunk into blocks of bounded size; zlib.error or brotli.error if it cannot."""

    @property
    def finished(self) -> bool: ...
    def blocks(self, data: bytes) -> Iterable[bytes]: ...


class Body:
    """Takes a body's chunks as they came, gives the decoded bytes.

    `codings` are the values of the Content-Encoding headers. gzip, deflate (with
    the zlib header that RFC 9110 asks for, or bare as some servers send it) and
    br are known; more than one or an unknown one is `bad-encoding`, because we
    asked for neither, and a charset's name is none. So is a coded body that ends early: it cannot be told how
    much is missing. A body without a coding is left as it is, gzip or not: a
    sitemap `.gz` is its reader's to unpack. More than `limit` decoded bytes are
    `too-large`, or with `cut` the end.
    """

    def __init__(self, url: str, codings: Iterable[str], *, limit: int, cut: bool = False) -> None:
        self._url = url
        self._limit = limit
        self._cut = cut
        self._coding = _coding(url, codings)
        self._received = 0
        self._bytes = bytearray()
        self._came: list[bytes] = []

    def __len__(self) -> int:
        return len(self._bytes)

    @property
    def full(self) -> bool:
        """Whether no more is wanted (only with `cut`)."""
        return self._cut and len(self._bytes) >= self._limit

    def expect(self, length: int) -> None:
        """Refuse at once what says that it is too large; `length` counts coded bytes."""
        if not self._cut and length > self._limit + _OVERHEAD:
            raise self._too_large()

    def feed(self, chunk: bytes) -> Iterator[None]:
        """Take one chunk, block by block, with a pause after each (FetchError)."""
        if self.full:
            return
        self._received += len(chunk)
        if self._received > self._limit + _OVERHEAD and not self._cut:
            raise self._too_large()
        if self._coding is None:
            self._keep(chunk)
            yield
            return
        if self._received <= _HELD:
            self._came.append(chunk)
        try:
            for block in self._coding.blocks(chunk):
                self._keep(block)
                yield
                if self.full:
                    return
        except _EndlessError:
            detail = f"a gzip body of more than {_MEMBERS:,} members"
            raise FetchError(self._url, "too-large", detail) from None
        except (zlib.error, brotli.error) as error:
            raise FetchError(
                self._url, "bad-encoding", "the body is not in the coding that it is said to be"
            ) from error

    def finish(self) -> bytes:
        """Give the whole (FetchError where a coded body ended early)."""
        if self._coding and self._received and not self._coding.finished and not self.full:
            raise FetchError(self._url, "bad-encoding", "the coded body ends early")
        return bytes(self._bytes)

    def packed(self) -> bytes | None:
        """The same as it came, where that is one plain member of gzip with nothing behind it."""
        is_one = isinstance(self._coding, _Gzip) and self._coding.is_one
        if not is_one or self._cut or self._received > _HELD:
            return None
        came = b"".join(self._came)
        return came if came[3] == 0 else None  # no name, no comment (RFC 1952, 2.3)

    def _keep(self, block: bytes) -> None:
        self._bytes += block
        if len(self._bytes) > self._limit:
            if not self._cut:
                raise self._too_large()
            del self._bytes[self._limit :]

    def _too_large(self) -> FetchError:
        return FetchError(
            self._url, "too-large", f"the body is larger than {self._limit:,} bytes allow"
        )


_CHARSET = re.compile(r"utf-?(?:8|16)|(?:windows|iso-8859|cp|koi8)-?\w+|us-ascii").fullmatch


def _coding(url: str, values: Iterable[str]) -> _Coding | None:
    names = [name.strip().lower() for value in values for name in value.split(",")]
    # Some servers write the charset here, which codes nothing.
    names = [name for name in names if name not in ("", "identity", "none") and not _CHARSET(name)]
    if not names:
        return None
    if len(names) > 1:
        raise FetchError(url, "bad-encoding", f"several codings at once: {', '.join(names)}")
    match names[0]:
        case "gzip" | "x-gzip":
            return _Gzip()
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case name:
            raise FetchError(url, "bad-encoding", f"an unknown coding, not asked for: {name}")


class _Gzip:
    """Members one after the other (RFC 1952, 2.2); what follows them and is none is dropped."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._begun = False
        self._members = 0
        self._followed = False

    @property
    def finished(self) -> bool:
        return self._members > 0 and not self._begun

    @property
    def is_one(self) -> bool:
        return self._members == 1 and not self._begun and not self._followed

    def blocks(self, data: bytes) -> Iterable[bytes]:
        while data:
            if self._members and not self._begun and data[:1] != b"\x1f":
                self._followed = True
                return  # padding or rubbish after the last member; browsers drop it too
            if self._members == _MEMBERS:
                raise _EndlessError
            self._begun = True
            yield self._member.decompress(data, _BLOCK)
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._member.unused_data
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._begun = False
                self._members += 1


class _Deflate:
    """With zlib's header or bare, told by the first two bytes (RFC 1950, 2.2)."""

    def __init__(self) -> None:
        self._start = b""
        self._stream: zlib._Decompress | None = None

    @property
    def finished(self) -> bool:
        return self._stream is not None and self._stream.eof

    def blocks(self, data: bytes) -> Iterable[bytes]:
        if self._stream is None:
            data = self._start = self._start + data
            if len(data) < 2:
                return
            headed = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)
        while not self._stream.eof:
            block = self._stream.decompress(data, _BLOCK)
            yield block
            data = self._stream.unconsumed_tail
            # Output may still be due when all input is taken: the last block was full.
            if not data and len(block) < _BLOCK:
                return


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._stream.is_finished())

    def blocks(self, data: bytes) -> Iterable[bytes]:
        while not self._stream.is_finished():
            block = self._stream.process(data, output_buffer_limit=_BLOCK)
            yield block
            data = b""
            # "Can accept more" is said with output still due: an empty block is the end.
            if not block and self._stream.can_accept_more_data():
                return
