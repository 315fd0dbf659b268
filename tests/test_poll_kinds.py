"""Kinds of source through the whole poll: a Telegram channel, a listing without selectors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from monitor.model import Source
from tests.inline import Inline
from tests.test_poll import LEAD, MEDALS, MORE, OFF, ON, Desk, Site, answered, page

HTML = {"content-type": "text/html; charset=utf-8"}


class Pages(Site):
    """What a host answers, by path; everything else is not found."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/robots.txt":
            return answered(b"")
        body = self.pages.get(request.url.path)
        return answered(body.encode(), HTML) if isinstance(body, str) else httpx.Response(404)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Inline()
    made = Desk(Pages(), workers)
    yield made
    await workers.aclose()
    made.store.close()


def _declare(desk: Desk, source: Source) -> Source:
    desk.config = replace(desk.config, sources=(source,))
    desk.build()
    return source


def _channel(*messages: str) -> str:
    wraps = [
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="gazette/{n}">'
        f'<div class="tgme_widget_message_text" dir="auto">{text}</div>'
        f'<a class="tgme_widget_message_date" href="https://t.me/gazette/{n}">'
        f'<time datetime="2026-03-01T11:5{n}:00+00:00"></time></a></div></div>'
        for n, text in enumerate(messages)
    ]
    history = "".join(wraps)
    return f'<html><body><main><section class="tgme_channel_history">{history}</section></main></body></html>'


async def test_a_telegram_message_is_judged_by_itself(desk: Desk) -> None:
    source = _declare(
        desk, Source(name="gazette", url="https://t.me/s/gazette", kind="telegram", language="ar")
    )
    desk.site.pages["/s/gazette"] = _channel(OFF)
    assert await desk.poll(source) == "new"
    assert await desk.read() == []
    desk.site.pages["/s/gazette"] = _channel(OFF, ON, f"{MEDALS}<br><br>{MORE}")
    assert await desk.poll(source) == "new"
    assert sorted(await desk.read()) == [("on", "new", "alerted")] * 2
    assert set(desk.site.asked) == {"/s/gazette"}, "a message has no page to fetch"
    found = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    assert {row["link"] for row in found} == {"https://t.me/gazette/1", "https://t.me/gazette/2"}


def _listing(*headlines: str) -> str:
    items = "".join(
        f'<li class="item"><h3><a href="/world/48200{n}/{n}">{headline}</a></h3></li>'
        for n, headline in enumerate(headlines)
    )
    navigation = '<nav><a href="/">الرئيسية</a><a href="/sport">رياضة</a></nav>'
    return f"<html lang='ar'><body>{navigation}<main><ul>{items}</ul></main></body></html>"


async def test_a_listing_needs_no_selectors(desk: Desk) -> None:
    source = _declare(
        desk,
        Source(name="gazette", url="https://gazette.example/world", kind="listing", language="ar"),
    )
    others = [f"{OFF} في الحي رقم {n} بعد أسبوع من المطر" for n in range(6)]
    desk.site.pages["/world"] = _listing(*others)
    assert await desk.poll(source) == "new"
    assert await desk.read() == []
    desk.site.pages["/world"] = _listing(*others, ON)
    desk.site.pages["/world/482006/6"] = page(ON, LEAD)
    assert await desk.poll(source) == "new"
    assert await desk.read() == [("on", "new", "alerted")]
    (found,) = desk.store.ledger.articles(story=None, bands=["on"], limit=9)
    assert (found["title"], found["kind"]) == (ON, "full")


def _news(*paths: str) -> str:
    urls = (f"<url><loc>https://gazette.example{path}</loc></url>" for path in paths)
    return f"<urlset>{''.join(urls)}</urlset>"


async def test_a_sitemap_of_news_is_empty_after_a_still_weekend(desk: Desk) -> None:
    source = _declare(
        desk, Source(name="gazette", url="https://gazette.example/news.xml", kind="sitemap")
    )
    outcomes = []
    for each in (_news("/a", "/b"), _news(), _news(), _news("/c"), "<urlset><url"):
        desk.site.pages["/news.xml"] = each
        desk.now += timedelta(days=1)
        outcomes.append(await desk.poll(source))
    assert outcomes == ["new", "same", "unchanged", "new", "misread"]
    assert desk.store.ledger.gaps() == [], "nothing was left to be missed"
    state = desk.store.sources.state("gazette")
    assert state is not None
    assert state.failures == 1
