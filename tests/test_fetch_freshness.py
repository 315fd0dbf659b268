"""Cache-Control and Link, case by case from files."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.freshness import links, max_age

DATA = Path(__file__).parent / "data/freshness"


def cases(name):
    read = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["what"]) for case in read]


def raw(case):
    return tuple((name, value) for name, value in case["headers"])


@pytest.mark.parametrize("case", cases("max-age"))
def test_max_age(case):
    seconds = case["seconds"]
    assert max_age(raw(case)) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize("case", cases("links"))
def test_links(case):
    assert links(raw(case), case.get("base")) == case["links"]


@pytest.mark.parametrize("digits", [11, 5_000])
def test_a_number_of_any_length_is_read(digits):
    longest = timedelta(seconds=2**31)
    assert max_age((("cache-control", "max-age=" + "9" * digits),)) == longest


@given(st.lists(st.text('<>",;= \\a9relhubmx-', max_size=60), max_size=4))
def test_any_headers_are_read(values):
    span = max_age(tuple(("cache-control", value) for value in values))
    assert span is None or span >= timedelta(0)
    for base in (None, "http://a.example/"):
        for relation, address in links(tuple(("link", v) for v in values), base).items():
            assert relation
            assert address


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("bit", ['"', "<", '\\"', '<a>;rel="', "x=", ",;", '"a\\'])
def test_a_head_written_for_the_purpose_takes_no_time(bit):
    value = bit * (32_000 // len(bit))
    start = time.process_time()
    max_age((("cache-control", value),))
    links((("link", value),), "http://a.example/")
    assert time.process_time() - start < 5  # a hundred times what it takes
