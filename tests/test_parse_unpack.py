"""Gzip files of sitemaps: what is whole is read, and a bomb costs next to nothing."""

from __future__ import annotations

import gzip
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.parse.sitemap import unpack

MB = 1_000_000


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.binary(max_size=3))
def test_members_are_joined_and_padding_is_dropped(parts, rest):
    packed = b"".join(gzip.compress(part, mtime=0) for part in parts)
    assert unpack(packed + b"\0" + rest) == b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, 65_536, 3 * MB, 20 * MB])
def test_sizes_up_to_twenty_megabytes(size):
    data = b"<loc>" * (size // 5) + b"x" * (size % 5)
    assert unpack(gzip.compress(data, 1)) == data


def test_members_that_do_not_compress_cross_the_pieces():
    noise = [bytes((n * k * k) % 251 for k in range(50_000)) for n in range(1, 5)]
    assert unpack(b"".join(gzip.compress(each, 0) for each in noise)) == b"".join(noise)


def test_what_is_not_packed_stays_as_it_is():
    assert unpack(b"<urlset/>") == b"<urlset/>"


def test_of_a_broken_file_the_whole_members_are_kept():
    whole = gzip.compress(b"whole")
    assert unpack(whole + gzip.compress(b"broken")[:10] + b"\xff" * 20) == b"whole"
    assert unpack(gzip.compress(b"x" * 1000)[:-8]) == b"x" * 1000
    with pytest.raises(ParseError, match="broken gzip"):
        unpack(b"\x1f\x8b rubbish")


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        (lambda: gzip.compress(b" " * (20 * MB + 1), 1), "20 MB"),
        (lambda: gzip.compress(b" " * 100 * MB, 1), "20 MB"),
        (lambda: gzip.compress(b" " * 5 * MB, 1) * 5, "20 MB"),
        (lambda: gzip.compress(b"") * 500_000, "members"),
    ],
    ids=["one byte more", "100 MB", "in members", "500,000 members"],
)
def test_a_bomb_is_refused_before_it_has_unfolded(bomb, words):
    packed = bomb()
    tracemalloc.start()
    start = time.process_time()
    try:
        with pytest.raises(ParseError, match=words) as caught:
            unpack(packed)
        took, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.failure == "too-large"
    assert peak < 30 * MB
    assert took < 1
