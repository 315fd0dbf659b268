"""What sources do in the wild: sixty oddities, each with a case or more in tests/data/oddities.

A case is an input beside what must come of it (`O10-….xml`, `O10-….expected.json`), or a
folder where it takes several answers; `kind` says how it is tried. docs/oddities.md lists them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.alert.render import render
from monitor.errors import ParseError
from monitor.fetch.guard import host_key
from monitor.fetch.hosts import Hosts
from monitor.fetch.robots import Robots, Rules
from monitor.fold.fold import fold
from monitor.identify.address import canonical
from monitor.identify.article import identify
from monitor.model import Entry, Fetched, Known, Page, Reading
from monitor.parse import read_entries, read_page
from monitor.parse.dates.dates import read_date
from monitor.text.arabic import fold as folded
from tests.alerts import titled
from tests.inline import Inline
from tests.polled import Case, World, agree, moment, polls, source
from tests.test_poll import START, Desk

DATA = Path(__file__).parent / "data" / "oddities"
CASES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


def expected(path: Path) -> Case:
    """What must come of a case."""
    name = f"{path.name.partition('.')[0]}.expected.json"
    file = path / "expected.json" if path.is_dir() else path.with_name(name)
    found: Case = json.loads(file.read_text("utf-8"))
    return found


def read(path: Path, want: Case) -> Reading:
    url = want.get("url", "https://akhbar.example/feed")
    now = datetime.fromisoformat(want["now"]) if "now" in want else START
    answer = Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=path.read_bytes(),
        content_type=want.get("content_type"),
        fetched_at=now,
    )
    return read_entries(source({"url": url, **want.get("source", {})}), answer)


def feed(path: Path, want: Case) -> None:
    """A source's bytes, and the fields of its entries."""
    if "error" in want:
        with pytest.raises(ParseError, match=want["detail"]) as raised:
            read(path, want)
        assert raised.value.failure == want["error"]
        return
    got = read(path, want)
    for name in ("title", "language"):
        if name in want:
            assert getattr(got, name) == want[name]
    if "notes" in want:
        assert list(got.notes) == want["notes"]
    if "children" in want:
        assert [[url, moment(when)] for url, when in got.children] == want["children"]
    if "count" in want:
        assert len(got.entries) == want["count"]
        dated = [one.published for one in got.entries if one.published]
        assert moment(min(dated)) == want["oldest"]
        return
    assert len(got.entries) == len(want["entries"])
    for entry, one in zip(got.entries, want["entries"], strict=True):
        agree(entry, one)


def _page(path: Path, want: Case) -> Page:
    return read_page(path.read_bytes(), url=want["url"], content_type=want.get("content_type"))


def _says(text: str, want: Case) -> None:
    for piece in want.get("holds", ()):
        assert piece in text
    for piece in want.get("lacks", ()):
        assert piece not in text


def page(path: Path, want: Case) -> None:
    """An article page, and what its text must and must not say."""
    got = _page(path, want)
    agree(got, want.get("fields", {}))
    _says(got.text, want)
    assert len(got.pieces) == len(want.get("pieces", ()))
    for piece, one in zip(got.pieces, want.get("pieces", ()), strict=True):
        _says(f"{piece.title}\n{piece.text}", one)


def same_page(path: Path, want: Case) -> None:
    """Two fetches of one page, the same article."""
    one, other = (_page(path / name, want) for name in ("1.html", "2.html"))
    assert (one.title, one.text) == (other.title, other.text)
    _says(one.text, want)


def text_kind(path: Path, want: Case) -> None:
    """How much of an article a page shows."""
    url = want["url"]
    article = identify(source({"url": url}), Entry(url=url), _page(path, want), START)
    assert article.kind == want["text_kind"], article.text


def dates(path: Path, want: Case) -> None:
    """Dates, one a line, and the moments that they are."""
    lines = path.read_text("utf-8").splitlines()
    now = datetime.fromisoformat(want["now"]) if "now" in want else None
    zone, language = want.get("timezone"), want.get("language")
    got = [moment(read_date(line, timezone=zone, now=now, language=language)) for line in lines]
    assert dict(zip(lines, got, strict=True)) == dict(zip(lines, want["want"], strict=True))


def addresses(path: Path, want: Case) -> None:
    """Addresses, one a line, and the identity of each."""
    lines = path.read_text("utf-8").splitlines()
    got = [canonical(line, article_id=want.get("article_id")) for line in lines]
    assert dict(zip(lines, got, strict=True)) == dict(zip(lines, want["want"], strict=True))


def same_words(path: Path, want: Case) -> None:
    """Pairs of spellings that matching must not tell apart."""
    for one, other in json.loads(path.read_text("utf-8")):
        assert folded(one) == folded(other)


def alert(path: Path, want: Case) -> None:
    """A headline, and the subject that readers of several languages get."""
    headline = json.loads(path.read_text("utf-8"))
    for language, subject in want["subjects"].items():
        letter = render(titled(**headline), language)
        assert letter.subject == subject
        for mark in want["lacks"]:
            assert mark not in letter.text + letter.html


def folds(path: Path, want: Case) -> None:
    """Articles in order of arrival, and what each is to those before it."""
    known: list[Known] = []
    got = []
    for number, one in enumerate(json.loads(path.read_text("utf-8")), 1):
        article = identify(source(one["source"]), Entry(**one["entry"]), None, START)
        verdict = fold(article, known)
        got.append([verdict.relation, verdict.original])
        same = {f.name: getattr(article, f.name) for f in fields(Known) if hasattr(article, f.name)}
        known.append(Known(id=number, **same, original=verdict.original))
    assert got == want["relations"]


def robots(path: Path, want: Case) -> None:
    """A robots.txt as it reads to us, and the gap that is kept after it was asked."""
    rules = Rules(path.read_bytes())
    assert (rules.delay, list(rules.sitemaps)) == (want["delay"], want["sitemaps"])
    assert {url: rules.allowed(url) for url in want["pages"]} == want["pages"]
    assert asyncio.run(_gap_kept(path.read_bytes(), next(iter(want["pages"])))) == want["delay"]


async def _gap_kept(body: bytes, url: str) -> float:
    slept: list[float] = []

    async def read_it(_: str, __: bool) -> bytes:
        return body

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    hosts = Hosts(timedelta(0), clock=lambda: 0.0, sleep=sleep)
    await Robots(read_it, hosts).check(url)
    for _ in range(2):
        async with hosts.turn(host_key(url)):
            pass
    return sum(slept)


KINDS: dict[str, Callable[[Path, Case], None]] = {
    "feed": feed,
    "page": page,
    "same-page": same_page,
    "text-kind": text_kind,
    "dates": dates,
    "addresses": addresses,
    "same-words": same_words,
    "alert": alert,
    "folds": folds,
    "robots": robots,
}


def test_every_oddity_has_its_case() -> None:
    assert {path.name[:3] for path in CASES} == {f"O{n:02}" for n in range(1, 61)}


def _cases(*, polled: bool) -> pytest.MarkDecorator:
    chosen = [path for path in CASES if (expected(path)["kind"] == "polls") is polled]
    return pytest.mark.parametrize("path", chosen, ids=lambda path: path.name.partition(".")[0])


@_cases(polled=False)
def test_oddity_of_one_answer(path: Path) -> None:
    want = expected(path)
    KINDS[want["kind"]](path, want)


@_cases(polled=True)
async def test_oddity_over_polls(path: Path) -> None:
    desk = Desk(World(path), Inline())
    try:
        await polls(path, expected(path), desk)
    finally:
        desk.store.close()
