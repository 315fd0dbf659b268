"""Two polls of one listing without selectors: the second read with what the first one learnt."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Fetched, Reading, Selectors, Source
from monitor.parse import read_entries
from monitor.parse.shape import forms, shape, teller

DATA = Path(__file__).parent / "data" / "listing-polls"
PAGES = Path(__file__).parent / "data" / "listing-links"
CASES = sorted(path.name.partition(".")[0] for path in DATA.glob("*.expected.json"))
ONCE = sorted(
    path
    for path in PAGES.glob("*.html")
    if "entries" in json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
)


def read(body: bytes, url: str, pattern: str | None = None, **declared: object) -> Reading:
    content_type = declared.pop("content_type", None)
    source = Source(name="s", url=url, kind="listing", **declared)
    fetched = Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        content_type=content_type,
        fetched_at=datetime(2025, 4, 28, 12, tzinfo=UTC),
    )
    return read_entries(source, fetched, pattern)


def urls(reading: Reading) -> list[str | None]:
    return [entry.url for entry in reading.entries]


@pytest.mark.parametrize("case", CASES)
def test_the_second_poll_reads_the_same_kind_of_links(case):
    want = json.loads((DATA / f"{case}.expected.json").read_text("utf-8"))
    first = read((DATA / f"{case}.first.html").read_bytes(), want["url"])
    body = (DATA / f"{case}.second.html").read_bytes()
    assert first.pattern
    assert not first.notes
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read(body, want["url"], first.pattern)
        assert raised.value.detail == want["error"]
        return
    second = read(body, want["url"], first.pattern)
    assert urls(second) == want["entries"]
    assert list(second.notes) == want["notes"]
    if "pattern" in want:
        assert second.pattern == want["pattern"]
    third = read(body, want["url"], second.pattern)
    assert urls(third) == urls(second)
    assert third.pattern == second.pattern


@pytest.mark.parametrize("case", CASES)
def test_without_memory_the_odd_ones_are_read_otherwise(case):
    """The cases are such that layout alone goes wrong where they say so."""
    want = json.loads((DATA / f"{case}.expected.json").read_text("utf-8"))
    body = (DATA / f"{case}.second.html").read_bytes()
    try:
        found = urls(read(body, want["url"]))
    except ParseError:
        found = []
    assert (found != want.get("entries", [])) == want["switches_without"]


@pytest.mark.parametrize("path", ONCE, ids=lambda path: path.stem)
def test_an_unchanged_page_is_read_as_before(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    declared = {"content_type": want.get("content_type"), "timezone": want.get("timezone")}
    first = read(path.read_bytes(), want["url"], **declared)
    assert first.pattern
    assert read(path.read_bytes(), want["url"], first.pattern, **declared) == first


@pytest.mark.parametrize("pattern", ["", "(", "(?P<x", "/never/\\d{6}", "|", "\\"])
def test_a_spoiled_or_foreign_pattern_leaves_the_layout_to_decide(pattern):
    path = PAGES / "agency-ar.html"
    url = json.loads((PAGES / "agency-ar.html.expected.json").read_text("utf-8"))["url"]
    first = read(path.read_bytes(), url)
    again = read(path.read_bytes(), url, pattern)
    assert urls(again) == urls(first)


def test_a_listing_with_selectors_has_no_pattern():
    path = PAGES / "rubric-ru.html"
    url = json.loads((PAGES / "rubric-ru.html.expected.json").read_text("utf-8"))["url"]
    got = read(path.read_bytes(), url, "/x", selectors=Selectors(links=".top-item > a"))
    assert got.entries
    assert got.pattern is None


# ---- forms --------------------------------------------------------------------


def addresses(*paths: str) -> list[str]:
    return [f"https://s.example{path}" for path in paths]


def test_every_frequent_form_is_remembered():
    found = forms(addresses("/n/123456", "/n/123457", "/n/123458", "/a-b-c", "/d-e-f", "/about"))
    assert found == r"/n/\d{6}\b|^/(?>[^/?]*?(?:[-_+\s]|%20)++){2}[^/?]++"


def test_what_is_known_already_adds_nothing():
    known = r"/[^/?]+/\d{6}\b"
    assert forms(addresses("/a/123456", "/a/123457"), known) == known
    assert forms([], known) == known
    assert forms(addresses("/a/1234567"), known) == known  # one of a kind is no form


def test_the_oldest_of_many_forms_goes():
    known = "|^".join(rf"/{letter}/\d{{6}}\b" for letter in "abcd")
    found = forms(addresses("/e/123456", "/e/123457"), known)
    assert found == "|^".join(rf"/{letter}/\d{{6}}\b" for letter in "bcde")


def test_a_form_is_looked_for_from_the_start_of_the_path():
    tells = teller(r"/n/\d{6}\b")
    assert tells is not None
    assert [tells(one) for one in addresses("/n/123456?x=1", "/x/n/123456", "/n/1234567")] == [
        True,
        False,
        False,
    ]


@given(st.lists(st.text(alphabet="/ab19-_.?=&%|é ", max_size=25), max_size=8))
@settings(deadline=None, max_examples=200)
def test_forms_tell_what_they_were_learnt_from(paths):
    learnt = addresses(*(f"/{path.lstrip('/')}" for path in paths))
    found = forms(learnt)
    if found is None:
        return
    tells = teller(found)
    assert tells is not None
    assert re.compile(found)
    told = [url for url in set(learnt) if tells(url)]
    assert len(told) >= 2
    assert forms(told, found) == found or len({shape(url) for url in learnt}) > 4
