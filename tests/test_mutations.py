"""Mutated bodies: of whatever is made of our data only a reading or a ParseError comes out.

Each case is made from its number, so that one that fails can be made again from the
same data: `mutated(4711)`. The whole run of 10,000 is slow; a few hundred run always.
"""

from __future__ import annotations

import base64
import json
import random
import time
import zlib
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from monitor.errors import ParseError
from monitor.model import Fetched, Source
from monitor.parse import read_entries, read_page
from monitor.workers import Workers

DATA = Path(__file__).parent / "data"
FOLDERS = (
    *("announced", "discover", "feeds", "gdelt", "listing-links", "listings", "mastodon"),
    *("oddities", "pages", "searches", "sitemaps", "telegram", "wpjson", "youtube"),
)
NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
URL = "https://mutant.example/feed"
# Of the kinds of source those that are read in a way of their own, and a page.
READERS = ("feed", "listing", "telegram", "page")
BATCH = 25
LIMIT = 10.0  # seconds for one case, by its processor time
TOKENS = (
    *(b"<", b">", b"&", b"'", b'"', b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"</", b"/>"),
    *(b"<!DOCTYPE rss [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xD800;", b"&nbsp;", b"&amp;lt;p&amp;gt;"),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xfe\xff", b"\xed\xa0\x80", b"\xc2\x85", b"\xd8\xa7", b"\x1b$B"),
    *(b"{", b"}", b"[", b"]", b"null", b"\\u0000", b"\\ud800", b"1e999", b"-", b"\\", b":", b","),
    *(b"<item>", b"</item>", b"<entry>", b"<url>", b"<table>", b"<script>", b"<template>", b"<svg>", b"<p>"),
    *(b"<link>", b"<base href='::'>", b"<br>", b"<title>", b"xmlns:a='b'", b"xml:base='http://['"),
    *(b"http://[", b"javascript:x", b"//", b"https://a.example/%", b"\xd9\xa3\xd9\xa4", b"9" * 400),
    *(b"0000-00-00", b"2025-02-30T25:61:61+99:99", b"31 Apr 2025", b"\xe2\x80\xae", b"\xcc\x81" * 50),
)  # fmt: skip
CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1251", "gb18030", "utf-7")


@cache
def samples() -> tuple[bytes, ...]:
    files = sorted(
        path
        for folder in FOLDERS
        for path in (DATA / folder).iterdir()
        if path.is_file() and not path.name.endswith(".expected.json")
    )
    return tuple(path.read_bytes() for path in files)


def mutated(number: int) -> bytes:
    """The case of this number: a sample, changed in one to a dozen places."""
    dice = random.Random(number)
    body = dice.choice(samples())[:200_000]
    for _ in range(dice.choice((1, 1, 2, 3, 5, 12))):
        body = changed(body, dice)
    return body


def changed(body: bytes, dice: random.Random) -> bytes:
    start = dice.randint(0, len(body))
    end = min(len(body), start + dice.choice((1, 3, 20, 300, 5_000)))
    before, part, after = body[:start], body[start:end], body[end:]
    match dice.randrange(9):
        case 0:
            return before + after
        case 1:
            return before + part * dice.choice((2, 3, 50)) + after
        case 2:
            return before + dice.choice(TOKENS) * dice.choice((1, 1, 1, 2, 200)) + body[start:]
        case 3:
            return before + bytes(byte ^ 1 << dice.randrange(8) for byte in part) + after
        case 4:
            return before
        case 5:
            other = dice.choice(samples())
            at = dice.randint(0, len(other))
            return before + other[at : at + dice.choice((5, 200, 20_000))] + after
        case 6:
            old, new = dice.choice(TOKENS), dice.choice(TOKENS)
            return body.replace(old, new, dice.choice((1, 5, -1)))
        case 7:
            return before + dice.randbytes(len(part)) + after
        case _:
            text = body.decode("utf-8", "replace")
            return text.encode(dice.choice(CODECS), "replace")


def tried(numbers: range) -> tuple[float, list[str]]:
    """In a worker: the longest time that one case took, and what went wrong."""
    longest, faults = 0.0, []
    for number in numbers:
        known, body, start = len(faults), mutated(number), time.process_time()
        for name in READERS:
            try:
                found = _read(name, body)
            except ParseError as error:
                # The room's door hides a defect behind these words.
                if error.detail.startswith("cannot be read"):
                    faults.append(f"{number} as {name}: {error.detail}")
            except Exception as error:
                faults.append(f"{number} as {name}: {error!r}")
            else:
                # What is read can be stored: no half letters, no time without a zone.
                found.encode()
        took = time.process_time() - start
        longest = max(longest, took)
        if took > LIMIT:
            faults.append(f"{number} took {took:.1f} s")
        if len(faults) > known:  # the body itself: our data change, and with them the cases
            faults.append(base64.b64encode(zlib.compress(body)).decode())
    return longest, faults


def _read(name: str, body: bytes) -> str:
    def simple(value: object) -> str:
        if isinstance(value, datetime):
            assert value.utcoffset() is not None
        return str(value)

    if name == "page":
        found = asdict(read_page(body, url=URL))
    else:
        source = Source(name="s", url=URL, kind=name)
        answer = Fetched(
            url=URL,
            final_url=URL,
            status=200,
            headers=(),
            body=body,
            content_type=None,
            fetched_at=NOW,
        )
        found = asdict(read_entries(source, answer))
    return json.dumps(found, ensure_ascii=False, default=simple)


async def run(count: int) -> None:
    longest, faults = 0.0, []
    crew = Workers(cpu=BATCH * LIMIT, patience=6 * BATCH * LIMIT)
    try:
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            try:
                took, more = await crew.run(tried, numbers)
            except ParseError as error:
                took, more = BATCH * LIMIT, [f"{numbers}: {error}"]
            longest, faults = max(longest, took), [*faults, *more]
    finally:
        await crew.aclose()
    print(f"{count} mutated bodies: {len(faults)} faults, the longest took {longest:.2f} s")
    assert not faults, "\n".join(faults[:50])


def test_cases_differ_and_come_again():
    bodies = [mutated(number) for number in range(100)]
    assert len(set(bodies)) > 95
    assert bodies == [mutated(number) for number in range(100)]
    assert sum(body in samples() for body in bodies) < 5


async def test_hundreds_of_mutated_bodies():
    await run(250)


@pytest.mark.slow
async def test_ten_thousand_mutated_bodies():
    await run(10_000)
