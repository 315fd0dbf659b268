"""Addresses: cases as files, and what must hold for any string."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.identify.address import absolute, canonical, is_front_page, same_site
from monitor.identify.wrappers import is_wrapper

DATA = Path(__file__).parent / "data" / "addresses"


def cases(name: str) -> list[Any]:
    return json.loads((DATA / name).read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", cases("identity.json"), ids=lambda case: case["name"])
def test_identity(case: dict[str, Any]) -> None:
    how = {"base": case.get("base"), "article_id": case.get("article_id")}
    urls = case.get("same") or case["differ"]
    found = [canonical(url, **how) for url in urls]
    for url, identity in zip(urls, found, strict=True):
        assert canonical(identity, article_id=how["article_id"]) == identity, url
    if "same" in case:
        assert len(set(found)) == 1, found
    else:
        assert all(one != other for one, other in itertools.combinations(found, 2)), found


@pytest.mark.parametrize("case", cases("absolute.json"), ids=lambda case: repr(case["url"]))
def test_absolute(case: dict[str, str]) -> None:
    if "error" in case:
        with pytest.raises(ValueError, match=case["error"]):
            absolute(case["url"], case["base"])
    else:
        assert absolute(case["url"], case["base"]) == case["absolute"]


def test_an_identity_looks_like_this() -> None:
    assert canonical("http://www.ilkha.com/arabi/482627/x y", article_id=r"/(\d{6})/") == (
        "https://ilkha.com/~/482627"
    )
    assert canonical("http://m.example.com/خبر/?b=2&utm_id=1&a=1#x") == (
        "https://example.com/%D8%AE%D8%A8%D8%B1?b=2&a=1"
    )


@pytest.mark.parametrize("pattern", [r"(\d+)-(\d+)", r"\d+", "("])
def test_a_pattern_that_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match="article_id"):
        canonical("https://example.com/1-2", article_id=pattern)


def test_wrappers_sites_and_front_pages() -> None:
    assert is_wrapper("https://news.google.com/rss/articles/CBMiAAA?oc=5")
    assert not is_wrapper("https://example.com/rss/articles/1")
    assert not is_wrapper("no address")
    assert same_site("http://m.example.com/a", "https://www.example.com/b")
    assert not same_site("https://example.com/a", "https://example.org/a")
    assert not same_site("https://example.com/a", "nothing")
    assert is_front_page("https://www.example.com/index.html?utm_source=rss")
    assert not is_front_page("https://example.com/?p=1")
    assert not is_front_page("https://example.com/a")
    assert not is_front_page("nothing")


HOSTS = st.sampled_from(
    (
        "example.com", "www.example.com", "m.example.co.uk", "www.www.a.b", "amp.m.x.y", "www..com",
        "a..", "www.google.com", "www.bing.com/news/apiclick", "1.2.3.4", "[::1]", "google.com/url",
        "a-b.cdn.ampproject.org/c/s", "EXAMPLE.com.", "xn--", "مثال.com",
    )
)  # fmt: skip
PIECES = st.sampled_from(
    (
        "/", "//", "amp", ".amp", ".amp.html", "index.html", "..", ".", "%2e", "%d8%a8",
        "%25D8%25A8", "%2525d8", ";jsessionid=1", "?", "&", "utm_source=a", "amp=1", "a=1", "#",
        "#!x", "#/r", "-1", "خبر", " ", "%", "%zz", "google.com/amp/s/", "url=", "https://x.org/",
        "%3D", "\\", "@", ":80", "\t", "\u00a0", "~/",
    )
)  # fmt: skip
ADDRESSES = st.builds(
    lambda scheme, host, rest: f"{scheme}{host}/{''.join(rest)}",
    st.sampled_from(("http://", "https://", "HTTP:", "//", "")),
    HOSTS,
    st.lists(PIECES, max_size=8),
)


@given(ADDRESSES | st.text(), st.sampled_from((None, r"/(\d+)", r"(..)$", r"\?(.*)")))
@example("http://a-b.cdn.ampproject.org/c/s//", None)
@example("http://example.com/..;jsessionid=1", None)
@example("http://example.com/amp;jsessionid=1..", r"(..)$")
def test_canonical_is_idempotent_and_raises_nothing_else(url: str, pattern: str | None) -> None:
    is_wrapper(url)
    try:
        identity = canonical(url, article_id=pattern)
    except ValueError:
        return
    assert canonical(identity, article_id=pattern) == identity
    assert absolute(identity) == identity


@given(st.integers(min_value=0), st.integers(min_value=0), st.sampled_from(("/a-{}", "/?p={}")))
def test_two_numbers_are_two_articles(one: int, two: int, form: str) -> None:
    same = canonical(f"https://example.com{form.format(one)}") == canonical(
        f"http://www.example.com{form.format(two)}"
    )
    assert same == (one == two)
