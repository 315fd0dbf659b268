"""robots.txt: how it is read, kept, and done without."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.fetch.hosts import Hosts
from monitor.fetch.robots import MAX_BODY, Robots, Rules

DATA = Path(__file__).parent / "data/robots"
CASES = [
    (path.stem, case)
    for path in sorted(DATA.glob("*.txt"))
    for case in json.loads(path.with_suffix(".json").read_text())["pages"]
]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{n}:{c['url']}" for n, c in CASES])
def test_pages(name, case):
    agent = case.get("agent", "story-monitor/0.1.0 (+desk@example.org)")
    rules = Rules((DATA / f"{name}.txt").read_bytes(), agent)
    assert rules.allowed(case["url"]) == case["allowed"]


@pytest.mark.parametrize("name", sorted({name for name, _ in CASES}))
def test_delay_and_sitemaps(name):
    rules = Rules((DATA / f"{name}.txt").read_bytes())
    expected = json.loads((DATA / f"{name}.json").read_text())
    assert rules.delay == expected["delay"]
    assert rules.sitemaps == expected["sitemaps"]


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(body):
    rules = Rules(body)
    assert rules.allowed("http://a.example/x") in (True, False)
    delay = rules.delay
    assert delay is None or delay >= 0


def test_what_lies_beyond_the_limit_is_not_read():
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * MAX_BODY + b"\nDisallow: /b\n"
    rules = Rules(body)
    assert not rules.allowed("http://a.example/a")
    assert rules.allowed("http://a.example/b")


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", ["User-agent:", "useragent", "USER  AGENT :", " User-Agent\t"])
def test_many_agents_times_many_rules_are_read_at_once(name):
    agents = "".join(f"{name} bot{n}\n" for n in range(10_000))
    body = (agents + "Disallow: /a\n" * 10_000 + "User-agent: *\nDisallow: /b\n").encode()
    start = time.process_time()
    rules = Rules(body)
    assert time.process_time() - start < 5  # minutes if they were multiplied
    assert rules.allowed("http://a.example/a")
    assert not rules.allowed("http://a.example/b")


class Site:
    """Answers for robots.txt; `answer` is bytes or an error."""

    def __init__(self):
        self.answer = b""
        self.asked = []
        self.time = 0.0
        self.hosts = Hosts(timedelta(0), clock=lambda: self.time)
        self.robots = Robots(
            self.read,
            self.hosts,
            clock=lambda: self.time,
            now=lambda: datetime(2026, 11, 22, 14, 0, tzinfo=UTC) + timedelta(seconds=self.time),
        )

    async def read(self, url, private):
        self.asked.append((url, private))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def fails(self, failure, status=None, **more):
        self.answer = FetchError("robots", failure, "words of the failure", status=status, **more)


@pytest.fixture
def site():
    return Site()


async def refused(site, url="http://a.example/page"):
    with pytest.raises(FetchError) as caught:
        await site.robots.check(url)
    return caught.value


async def test_one_look_a_day_and_origin(site):
    site.answer = b"User-agent: *\nDisallow: /no\n"
    await site.robots.check("http://a.example/x")
    await site.robots.check("http://a.example/y", private=True)
    await site.robots.check("https://a.example/x")
    await site.robots.check("http://a.example:81/x", private=True)
    assert site.asked == [
        ("http://a.example/robots.txt", False),
        ("https://a.example/robots.txt", False),
        ("http://a.example:81/robots.txt", True),
    ]
    site.time += 24 * 3600 - 1
    error = await refused(site, "http://a.example/no/1")
    assert (error.failure, len(site.asked)) == ("robots", 3)
    assert "forbids" in error.detail
    site.time += 2
    site.answer = b""
    await site.robots.check("http://a.example/no/1")
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        ("not-found", 404),
        ("gone", 410),
        ("blocked", 403),
        ("client-error", 418),
        ("redirects", None),
    ],
)
async def test_no_robots_txt_means_free(site, failure, status):
    site.fails(failure, status)
    await site.robots.check("http://a.example/x")
    await site.robots.check("http://a.example/y")
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        ("server-error", 500),
        ("unavailable", 503),
        ("unreachable", None),
        ("timeout", None),
        ("tls", None),
    ],
)
async def test_no_answer_means_to_wait(site, failure, status):
    site.fails(failure, status)
    error = await refused(site)
    assert error.failure == "robots"
    assert "words of the failure" in error.detail
    assert "14:05 UTC" in error.detail
    assert error.retry_after == timedelta(minutes=5)
    site.time += 299
    site.answer = b""
    assert (await refused(site)).retry_after == timedelta(seconds=1)
    assert len(site.asked) == 1
    site.time += 1
    await site.robots.check("http://a.example/page")


async def test_a_longer_retry_after_is_heeded(site):
    site.fails("unavailable", 503, retry_after=timedelta(hours=2))
    assert "16:00 UTC" in (await refused(site)).detail


async def test_old_rules_bridge_an_outage(site):
    site.answer = b"User-agent: *\nDisallow: /no\n"
    await site.robots.check("http://a.example/x")
    site.time += 24 * 3600
    site.fails("server-error", 500)
    await site.robots.check("http://a.example/x")
    assert (await refused(site, "http://a.example/no")).detail.endswith("forbids this page")
    assert len(site.asked) == 2
    site.time += 300
    site.answer = b""
    await site.robots.check("http://a.example/no")


@pytest.mark.parametrize("failure", ["forbidden-address", "rate-limited"])
async def test_what_the_page_would_meet_too_is_told_as_it_is(site, failure):
    site.fails(failure)
    assert (await refused(site)).failure == failure


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        (b"Crawl-delay: 10", 10),
        (b"Crawl-delay: 0.5", 0.5),
        (b"Crawl-delay: 9999", 300),
        (b"Crawl-delay: -5", 0),
        (b"Crawl-delay: nan", 0),
        (b"Crawl-delay: inf", 0),
        (b"Crawl-delay: soon", 0),
        (b"Allow: /", 0),
    ],
)
async def test_the_crawl_delay_slows_the_host_within_reason(site, line, gap):
    slowed = []
    site.hosts.slow = lambda host, span: slowed.append((host, span.total_seconds()))
    site.answer = b"User-agent: *\n" + line
    await site.robots.check("http://a.example/x")
    assert slowed == [("a.example", gap)]
