"""A story's evidence as a web archive: WARC 1.1 (ISO 28500:2017), each record gzipped alone.

What is stored is the body as it was judged, its content coding and chunks undone. So a
response says of itself no Content-Encoding and no Transfer-Encoding, and the length that
it has; what the server had said stands in the metadata record beside it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, BinaryIO, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from monitor import __version__
from monitor.store.evidence import Evidence

# They tell of the message as it was on the wire (RFC 9110, 8.4 and 8.6; RFC 9112, 6 and 7).
_OF_THE_WIRE: Final = frozenset(
    ("content-encoding", "transfer-encoding", "content-length", "trailer", "connection", "keep-alive")
)  # fmt: skip
_BREAKS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_NOTE: Final = (
    "The payload is the body as it was judged: content coding and chunks are undone. Its headers"
    " are those of the answer but for `removed_headers`; Content-Length is the payload's. The"
    " HTTP version and the answers of `redirects` were not kept."
)


@dataclass(slots=True)
class Written:
    """What came of it: exchanges and rows of evidence, and the rows whose bytes are not as said.

    One exchange may be the evidence of several articles (the entries of a feed). `missing`
    has no bytes in the store, `spoiled` others than their hash says.
    """

    responses: int = 0
    rows: int = 0
    missing: list[int] = field(default_factory=list)
    spoiled: list[int] = field(default_factory=list)


def write(
    file: BinaryIO,
    name: str,
    story: str,
    rows: Iterable[Mapping[str, Any]],
    evidence: Evidence,
    now: datetime,
) -> Written:
    """Write rows of evidence (`Records.exchanges`) in their order, one body in memory at a time.

    Each exchange is one response; each row a metadata record with its facts, the hash of the
    chain before it and its own, from which the link can be computed again (docs/evidence.md).
    """
    done = Written()
    seen: set[str] = set()
    file.write(_info(name, story, now))
    for row in rows:
        exchange = _id(row["final_url"], row["fetched_at"], row["sha256"])
        kept = "as judged"
        if exchange not in seen:
            body = _body(evidence, row["sha256"])
            if body is None:
                done.missing.append(row["id"])
                kept = "not in the store"
            else:
                seen.add(exchange)
                done.responses += 1
                file.write(_response(exchange, row, body))
                if hashlib.sha256(body).hexdigest() != row["sha256"]:
                    done.spoiled.append(row["id"])
        file.write(_metadata(exchange if exchange in seen else None, row, kept))
        done.rows += 1
    return done


def _body(evidence: Evidence, sha256: str) -> bytes | None:
    try:
        return evidence.body(sha256)
    except zlib.error:
        return None


def _info(name: str, story: str, now: datetime) -> bytes:
    fields = [
        ("software", f"story-monitor/{__version__}"),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("isPartOf", story),
        ("description", f"The evidence of the story {story}. {_NOTE}"),
    ]  # fmt: skip
    stamped = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _record(
        "warcinfo",
        _id("warcinfo", name, stamped),
        stamped,
        [("WARC-Filename", name)] if name else [],
        "application/warc-fields",
        _lines(fields).encode(),
    )


def _response(exchange: str, row: Mapping[str, Any], body: bytes) -> bytes:
    status = row["status"]
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    kept = [(n, v) for n, v in json.loads(row["headers"]) if n.lower() not in _OF_THE_WIRE]
    head = (
        f"HTTP/1.1 {status} {phrase}\r\n{_lines([*kept, ('content-length', str(len(body)))])}\r\n"
    )
    return _record(
        "response",
        exchange,
        row["fetched_at"],
        [
            ("WARC-Target-URI", _address(row["final_url"])),
            ("WARC-Payload-Digest", f"sha256:{hashlib.sha256(body).hexdigest()}"),
        ],
        "application/http;msgtype=response",
        # Values were read byte for byte as Latin-1, so that they can go back.
        head.encode("latin-1", "replace") + body,
    )


def _metadata(exchange: str | None, row: Mapping[str, Any], kept: str) -> bytes:
    said = json.loads(row["headers"])
    told = {
        "note": _NOTE,
        "payload": kept,
        "removed_headers": [[n, v] for n, v in said if n.lower() in _OF_THE_WIRE],
        "redirects": json.loads(row["redirects"]),
        "article": {"id": row["article_id"], "title": row["title"], "url": row["article_url"]},
        "evidence": {
            "row": row["id"],
            "sha256": row["sha256"],
            "previous": row["previous"],
            "facts": facts(row),
            "head": row["head"],
        },
    }
    headers = [("WARC-Target-URI", _address(row["final_url"]))]
    if exchange is not None:
        headers.append(("WARC-Concurrent-To", f"<{exchange}>"))
    return _record(
        "metadata",
        _id("evidence", str(row["id"]), row["head"]),
        row["fetched_at"],
        headers,
        "application/json",
        # ASCII, so that half surrogates of a hostile title come through as they are.
        json.dumps(told).encode(),
    )


def facts(row: Mapping[str, Any]) -> list[object]:
    """What a row's hash is made of, in order (`monitor.store.evidence.link`)."""
    names = ("article_id", "url", "final_url", "fetched_at", "status", "headers", "redirects")
    return [*(row[name] for name in names), row["sha256"]]


def _record(
    kind: str,
    record: str,
    date: str,
    headers: Iterable[tuple[str, str]],
    content_type: str,
    block: bytes,
) -> bytes:
    named = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{record}>"),
        ("WARC-Date", date),
        *headers,
        ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    ]
    whole = b"".join((b"WARC/1.1\r\n", _lines(named).encode(), b"\r\n", block, b"\r\n\r\n"))
    # Without a time of its own: the same evidence is the same bytes.
    return gzip.compress(whole, compresslevel=6, mtime=0)


def _lines(fields: Iterable[tuple[str, str]]) -> str:
    """`Name: value` lines; what would begin a line of its own becomes a blank."""
    return "".join(f"{line}\r\n" for line in _clean(fields))


def _clean(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in fields:
        yield f"{_BREAKS.sub('', name)}: {_BREAKS.sub(' ', value).strip()}"


def _address(url: str) -> str:
    """An address as a URI (RFC 3986): what has no place in one is percent-encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def _id(*parts: str) -> str:
    """A record's id that is the same each time."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(['story-monitor', *parts]))}"
