"""Content codings: the edges of blocks, and any cut of the chunks."""

from __future__ import annotations

import gzip
import os
import zlib
from itertools import pairwise

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.fetch.body import Body

LIMIT = 2_000_000
BLOCK = 256 * 1024


def bare(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "bare deflate": bare,
    "br": lambda data: brotli.compress(data, quality=4),
}


def unpack(name, *chunks, limit=LIMIT, cut=False):
    body = Body("http://a.example/", [name.split()[-1]], limit=limit, cut=cut)
    for chunk in chunks:
        for _ in body.feed(chunk):
            assert len(body) <= limit + BLOCK + 1024
    return body.finish()


@pytest.mark.parametrize("name", CODINGS)
@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 243, LIMIT])
def test_sizes_around_a_block(name, size):
    data = b"\0" * size
    assert unpack(name, CODINGS[name](data)) == data


@given(
    st.sampled_from(sorted(CODINGS)),
    st.binary(max_size=3000),
    st.lists(st.integers(0, 3000), max_size=5),
)
def test_any_cut_gives_the_same(name, data, cuts):
    packed = CODINGS[name](data)
    edges = [0, *sorted(min(cut, len(packed)) for cut in cuts), len(packed)]
    chunks = [packed[a:b] for a, b in pairwise(edges)]
    assert unpack(name, *chunks) == data


@given(st.binary(max_size=3000), st.lists(st.integers(0, 3000), max_size=5))
def test_what_came_as_one_member_of_gzip_is_kept_as_it_came(data, cuts):
    packed = gzip.compress(data)
    edges = [0, *sorted(min(cut, len(packed)) for cut in cuts), len(packed)]
    body = Body("http://a.example/", ["gzip"], limit=LIMIT)
    for a, b in pairwise(edges):
        for _ in body.feed(packed[a:b]):
            pass
    assert (body.finish(), body.packed()) == (data, packed)


NAMED = gzip.compress(b"a")[:3] + b"\x08" + gzip.compress(b"a")[4:10] + b"name\0" + gzip.compress(b"a")[10:]  # fmt: skip


@pytest.mark.parametrize(
    ("coding", "chunks", "cut"),
    [
        ("gzip", [gzip.compress(b"a"), gzip.compress(b"b")], False),
        ("gzip", [gzip.compress(b"a") + b"\0"], False),
        ("gzip", [gzip.compress(b"a"), b"\0"], False),
        ("gzip", [gzip.compress(os.urandom(300_000))], False),
        ("gzip", [gzip.compress(b"ab")], True),
        ("gzip", [NAMED], False),
        ("deflate", [zlib.compress(b"a")], False),
        ("br", [brotli.compress(b"a")], False),
        ("identity", [gzip.compress(b"a")], False),
        ("gzip", [], False),
    ],
    ids=["two", "followed", "followed later", "large", "cut", "named", "zlib", "br", "none", "empty"],
)  # fmt: skip
def test_nothing_else_is(coding, chunks, cut):
    body = Body("http://a.example/", [coding], limit=1 if cut else LIMIT, cut=cut)
    for chunk in chunks:
        for _ in body.feed(chunk):
            pass
    body.finish()
    assert body.packed() is None


@given(st.sampled_from(sorted(CODINGS)), st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_by_name(name, raw):
    refusal = None
    try:
        unpack(name, raw)
    except FetchError as error:
        refusal = error.failure
    assert refusal in (None, "bad-encoding", "too-large")


@pytest.mark.parametrize("name", CODINGS)
def test_cut_takes_what_is_allowed_and_no_more(name):
    packed = CODINGS[name](b"ab" * LIMIT)
    assert unpack(name, packed, b"what comes after", limit=1001, cut=True) == (b"ab" * 501)[:1001]


def test_a_length_beyond_the_limit_is_refused_before_a_byte_is_read():
    body = Body("http://a.example/", [], limit=1000)
    body.expect(1000)
    with pytest.raises(FetchError, match="too-large"):
        body.expect(10_000_000)


@pytest.mark.parametrize("said", ["utf-8", "UTF-8", "windows-1256", "identity", "none", ""])
def test_what_codes_nothing_is_left_as_it_is(said):
    body = Body("http://a.example/", [said], limit=LIMIT)
    list(body.feed(b"as it is"))
    assert body.finish() == b"as it is"


def test_gzip_members_have_an_end():
    few, many = (gzip.compress(b"x") * number for number in (1_000, 1_001))
    assert unpack("gzip", few) == b"x" * 1_000
    with pytest.raises(FetchError, match=r"too-large: .*1,000 members"):
        unpack("gzip", many)
