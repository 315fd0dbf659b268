"""HTTP/1.1 as nearly all of it is, without h11: a GET, and an answer's head that tells its length.

What is not plainly so is h11's, and nothing is read here that it would read otherwise: a test
holds both against each other. For an answer without a body h11 costs as much as all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

Lines = Sequence[tuple[bytes, bytes]]

_TOKEN: Final = rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]++"
_SEEN: Final = rb"[!-~\x80-\xff]"
_REQUEST: Final = re.compile(
    rb"GET [!-~]++ HTTP/1\.1\r\nHost: [!-~]++\r\n"
    rb"(?:%b: (?:%b++(?:[ \t]++%b++)*+)?\r\n)*+\r\n" % (_TOKEN, _SEEN, _SEEN)
)
_HEAD: Final = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [ \t!-~\x80-\xff]*+)?\r\n"
    rb"((?:%b:[ \t!-~\x80-\xff]*+\r\n)++)\r\n" % _TOKEN
)
_LENGTH: Final = re.compile(rb"[0-9]{1,15}")
# Of a request these say more than that it has no body, of an answer more than its length.
_MORE: Final = frozenset((b"connection", b"transfer-encoding", b"upgrade"))
_NOT_OURS: Final = _MORE | {b"content-length", b"expect", b"te", b"trailer"}
_WITHOUT_BODY: Final = (b"204", b"304")


class Head(NamedTuple):
    """Status and headers of an answer, names and values as they came, without blanks around them."""

    status: int
    headers: Lines


class Plain(NamedTuple):
    """A head that was read here: how many bytes it takes, and how many its body does."""

    head: Head
    size: int
    length: int


def request(method: bytes, target: bytes, headers: Lines) -> bytes | None:
    """A request without a body as it is sent; None where h11 must look, and may refuse it."""
    names = [name.lower() for name, _ in headers]
    if method != b"GET" or not _NOT_OURS.isdisjoint(names) or names.count(b"host") != 1:
        return None
    lines = [b"%b: %b\r\n" % line for line in headers]
    whole = b"GET %b HTTP/1.1\r\n%b\r\n" % (target, b"".join(lines))
    # A value may hold lines that would pass for headers.
    plain = whole.count(b"\n") == len(lines) + 2 and _REQUEST.fullmatch(whole)
    return whole if plain else None


def head(data: bytes) -> Plain | None:
    """The head that an answer to a GET begins with; None where h11 must tell what it is."""
    found = _HEAD.match(data)
    if found is None:
        return None
    headers: list[tuple[bytes, bytes]] = []
    length: bytes | None = None
    for line in found[2].split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        value = value.strip(b" \t")
        headers.append((name, value))
        match name.lower():
            case b"content-length":
                if length is not None or not _LENGTH.fullmatch(value):
                    return None
                length = value
            case b"connection" if value.lower() == b"keep-alive":
                pass
            case lower if lower in _MORE:
                return None
    if found[1] in _WITHOUT_BODY:
        length = b"0"
    if length is None:
        return None
    return Plain(Head(int(found[1]), headers), found.end(), int(length))
