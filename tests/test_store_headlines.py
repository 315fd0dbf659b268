"""Headlines in eight bytes: found however they are spelled, told apart by one letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.store.headlines import alike, carried, has_changed, headline, headlines
from monitor.store.rows import short

titles = st.text("abUS أإaا\u0301`٣\n\u00a0\x1e\u00a8", max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كوريا الشمالية ترسل جنودا إلى روسيا", "كوريا الشمالية ترسل جنوداً  الى روسيا"),
        ("NORTH KOREA sends soldiers", "North Korea sends soldiers"),
        ("١٠ آلاف جندي", "10 الاف جندي"),
        ("café", "cafe\u0301"),
    ],
)
def test_spellings_of_one_headline_are_found_together_and_told_apart(one: str, other: str) -> None:
    least, greatest = alike(one)
    assert alike(other) == (least, greatest)
    assert least <= headline(other) <= greatest
    assert has_changed(headline(one), other)
    assert not has_changed(headline(one), one)


@pytest.mark.parametrize("other", ["North Korea sends soldier", "", "sends soldiers North Korea"])
def test_another_headline_is_not_found(other: str) -> None:
    least, greatest = alike("North Korea sends soldiers")
    assert not least <= headline(other) <= greatest


@pytest.mark.parametrize(
    ("known", "title", "changed"),
    [(None, None, False), (None, "", True), (headline(""), None, True), (headline(""), "", False)],
)
def test_no_headline_is_another_than_an_empty_one(
    known: int | None, title: str | None, changed: bool
) -> None:
    assert has_changed(known, title) is changed


@given(st.lists(titles, max_size=6))
def test_headlines_of_many(many: list[str]) -> None:
    found = headlines(many)
    assert found == [headline(title) for title in many]
    assert all(-(1 << 63) <= one < 1 << 63 for one in found)
    assert not any(map(has_changed, found, many))


@given(titles, titles)
def test_what_an_older_program_knew_is_known_still(title: str, other: str) -> None:
    """Also where the title is not to be had any more."""
    known = carried(short(title), other)
    assert not has_changed(known, title)
    assert known == (headline(title) if title == other else short(title))
