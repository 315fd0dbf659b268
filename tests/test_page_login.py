"""`web.page`: the password, the session that it begins, and who is let in, over a real socket."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.check import _check_page
from monitor.hand import Done, Wish
from monitor.model import Secret, Web
from monitor.web.page.app import Page
from monitor.web.page.posted import inside
from monitor.web.page.session import KNOWN, LASTS, Seals
from monitor.web.page.throttle import Throttle
from tests import blank
from tests.paged import browsing
from tests.stored import Desk
from tests.test_page import Seen

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORD = "correct horse battery"
SEALS = Seals(WORD)
OURS = {"sec-fetch-site": "same-origin"}


class Nobody:
    """A hand that does nothing, and counts."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []

    def do(self, wish: Wish) -> Done:
        self.wishes.append(wish)
        return Done(changed=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(blank.at(tmp_path / "monitor.db"))
    desk.config = replace(desk.config, database=tmp_path / "monitor.db")
    yield desk
    desk.store.close()


@asynccontextmanager
async def served(
    desk: Desk, password: Secret | str = WORD, url: str | None = None
) -> AsyncIterator[tuple[httpx.AsyncClient, Page]]:
    def made(web: Web) -> Page:
        return Page(desk.config, web, lambda: desk.now, lambda: True, Nobody())

    secret = Secret(kind="plain", value=password) if isinstance(password, str) else password
    async with browsing(made, url=url, password=secret) as both:
        yield both


async def log_in(
    browser: httpx.AsyncClient, password: str = WORD, to: str = "", **headers: str
) -> httpx.Response:
    return await browser.post(
        "/login", data={"password": password, "to": to}, headers=OURS | headers
    )


def cookies(answer: httpx.Response) -> dict[str, str]:
    """By name the whole line of each cookie that is set."""
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


# ---- the session


def test_a_session_ends_with_its_time_and_with_the_password() -> None:
    begun, cookie = SEALS.session(NOW)
    assert SEALS.read(cookie, NOW) == begun
    assert SEALS.read(cookie, NOW + LASTS - timedelta(seconds=1)) == begun
    assert SEALS.read(cookie, NOW + LASTS) is None
    assert SEALS.read(cookie, NOW - timedelta(minutes=4)) == begun, "a clock set back a little"
    assert SEALS.read(cookie, NOW - timedelta(hours=1)) is None
    assert Seals(WORD).read(cookie, NOW) == begun, "a restart ends none"
    assert Seals(WORD + ".").read(cookie, NOW) is None
    other, _ = SEALS.session(NOW)
    assert other.id != begun.id
    assert SEALS.token(other) != SEALS.token(begun)


def test_what_was_sealed_for_one_thing_opens_no_other() -> None:
    begun, cookie = SEALS.session(NOW)
    browser = SEALS.browser(NOW)
    assert SEALS.known(browser, NOW + KNOWN - timedelta(days=1))
    assert SEALS.known(browser, NOW + KNOWN) is None
    assert SEALS.read(browser, NOW) is None
    assert SEALS.known(cookie, NOW) is None
    assert SEALS.open("session", SEALS.token(begun)) is None
    assert SEALS.open("done a", SEALS.seal("done b", "x")) is None


@given(st.integers(0, 200), st.characters())
def test_no_changed_letter_passes(at: int, letter: str) -> None:
    _, cookie = SEALS.session(NOW)
    at %= len(cookie)
    changed = cookie[:at] + letter + cookie[at + 1 :]
    # The last letter of base64 has bits that stand for nothing.
    assert changed[:-1] == cookie[:-1] or SEALS.read(changed, NOW) is None


@given(st.text(max_size=300))
def test_any_other_text_is_no_session_and_no_password(text: str) -> None:
    assert SEALS.read(text, NOW) is None
    assert SEALS.is_right(text) is (text == WORD)


# ---- how often it may be tried


def test_wrong_passwords_are_slowed_and_nobody_is_locked_out_for_ever() -> None:
    throttle, now = Throttle(), 1000.0
    for _ in range(10):
        assert throttle.wait("1.2.3.4", now, known=False) == 0
        throttle.wrong("1.2.3.4", now, known=False)
    assert throttle.wait("1.2.3.4", now, known=False) == 10
    # Who tries meanwhile makes it no longer: he is not looked at.
    assert throttle.wait("1.2.3.4", now + 9, known=False) == 1
    assert throttle.wait("1.2.3.4", now + 10, known=False) == 0
    throttle.wrong("1.2.3.4", now + 10, known=False)
    assert throttle.wait("1.2.3.4", now + 10, known=False) == 10
    assert throttle.wait("5.6.7.8", now + 10, known=False) == 0, "another asker"
    assert throttle.wait("1.2.3.4", now + 300, known=False) == 0


def test_a_browser_that_was_in_is_not_slowed_by_strangers() -> None:
    throttle, now = Throttle(), 1000.0
    tried = 0
    for number in range(5000):  # as many machines, in one second
        who = f"10.0.{number // 250}.{number % 250}"
        if not throttle.wait(who, now, known=False):
            throttle.wrong(who, now, known=False)
            tried += 1
    assert tried == 60, "all strangers together have one more count"
    assert throttle.wait("another", now, known=False) == 1
    assert throttle.wait("its own", now, known=True) == 0
    for _ in range(10):
        throttle.wrong("its own", now, known=True)
    assert throttle.wait("its own", now, known=True) == 10
    assert len(throttle._whole) <= 1000


# ---- where a login leads


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("", True),
        ("developments/12?story=troops&lang=ar", True),
        ("search?q=%D9%83%D9%88%D8%B1%D8%B3%D9%83", True),
        ("stories/troops", True),
        ("?lang=ar", True),
        ("//evil.example", False),
        ("/evil", False),
        ("https://evil.example", False),
        ("javascript:alert(1)", False),
        ("a/../../b", False),
        ("..", False),
        ("\\\\evil.example", False),
        ("a//evil", False),
        ("%2e%2e/%2E%2e/another-monitor", False),
        ("a/.%2e/b", False),
        ("search?q=%2e%2e", True),
        ("a\r\nSet-Cookie: x", False),
        ("a#b", False),
        ("كورسك", False),
    ],
)
def test_a_way_back_stays_inside(path: str, is_ours: bool) -> None:
    assert inside(path) == (path if is_ours else "")


# ---- what `monitor check` says of it


@pytest.mark.parametrize(
    ("word", "state", "advised"),
    [(WORD, "ok", False), ("geheim", "ok", True), (None, "failing", False)],
)
def test_a_password_that_cannot_be_read_or_is_soon_guessed_is_named(
    desk: Desk, tmp_path: Path, word: str | None, state: str, advised: bool
) -> None:
    file = tmp_path / "word"
    if word:
        file.write_text(word)
    web = Web(host="127.0.0.1", port=8086, password=Secret(kind="file", value=str(file)))
    (row,) = _check_page(replace(desk.config, web=web))
    assert (row["kind"], row["state"]) == ("page", state)
    assert ("advice" in row) is advised
    assert word is None or word not in str(row)
    assert _check_page(replace(desk.config, web=replace(web, password=None))) == []


# ---- the door


PAGES = ("/", "/stories/troops", "/sources", "/articles", "/alerts", "/search?q=a", "/nothing")


async def test_nothing_is_read_without_the_password(desk: Desk) -> None:
    async with served(desk) as (browser, _):
        for path in PAGES:
            answer = await browser.get(path)
            assert answer.status_code == 303, path
            there = answer.url.join(answer.headers["location"])
            assert there.path == "/login"
            assert there.params.get("to", "") == path.lstrip("/")
            assert "Troops" not in answer.text
        for path in ("/sources.json", "/developments.json", "/stories/troops/feed.atom"):
            answer = await browser.get(path)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Basic ")
            assert "roops" not in answer.text
        assert (await browser.get("/", headers={"accept": "application/json"})).status_code == 401
        assert (await browser.get("/page.css")).status_code == 200
        form = await browser.get("/login?to=sources&lang=ar")
        assert form.status_code == 200
        seen = Seen(form.text)
        assert seen.all("html")[0]["dir"] == "rtl"
        assert {one["for"] for one in seen.all("label")} == {"password"}
        assert "Troops" not in form.text


async def test_the_password_lets_in_and_leads_back(desk: Desk) -> None:
    async with served(desk) as (browser, page):
        with structlog.testing.capture_logs() as logs:
            answer = await log_in(browser, to="sources?lang=ar")
        assert answer.status_code == 303
        assert answer.headers["location"] == "sources?lang=ar"
        lines = cookies(answer)
        assert len(lines) == 2
        for line in lines.values():
            assert "HttpOnly" in line
            assert "SameSite=strict" in line
            assert "Secure" not in line, "by http on this machine"
            assert "Path=/" in line
        assert not any(WORD in str(entry) for entry in logs)
        for path in PAGES[:-1]:
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["cache-control"] == "no-store"
            assert "Cookie" in answer.headers["vary"]
        assert (await browser.get("/sources.json")).status_code == 200
        assert (await browser.get("/login?to=alerts")).headers["location"] == "alerts"
        assert (await log_in(browser, to="https://evil.example/")).headers["location"] == "./"
        assert page.logins == {"in": 2, "wrong": 0, "slowed": 0}


async def test_another_password_ends_every_session_at_once(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{WORD}\n")
    async with served(desk, Secret(kind="file", value=str(file))) as (browser, _):
        await log_in(browser)
        assert (await browser.get("/sources")).status_code == 200
        file.write_text("another one entirely\n")
        assert (await browser.get("/sources")).status_code == 303
        assert (await log_in(browser)).status_code == 403
        await log_in(browser, "another one entirely")
        assert (await browser.get("/sources")).status_code == 200
        # Where it cannot be read nobody is let in, and nobody is told where it lies.
        file.unlink()
        with structlog.testing.capture_logs() as logs:
            for path in ("/sources", "/login", "/sources.json"):
                answer = await browser.get(path)
                assert answer.status_code == 503
                assert str(tmp_path) not in answer.text
                assert "monitor doctor" in answer.text
            assert (await log_in(browser)).status_code == 503
            file.write_text(f"{WORD}\n")
            assert (await browser.get("/login")).status_code == 200
            file.unlink()
            assert (await browser.get("/login")).status_code == 503
        assert [entry["event"] for entry in logs] == ["nobody can log in"] * 2, "once each time"
        assert str(file) in logs[0]["problem"]


async def test_a_session_is_over_in_time(desk: Desk) -> None:
    async with served(desk) as (browser, _):
        await log_in(browser)
        desk.now += LASTS - timedelta(minutes=1)
        assert (await browser.get("/sources")).status_code == 200
        desk.now += timedelta(minutes=2)
        assert (await browser.get("/sources")).status_code == 303


async def test_who_logs_out_is_out_and_nobody_else_can_do_it(desk: Desk) -> None:
    async with served(desk) as (browser, _):
        await log_in(browser)
        seen = Seen((await browser.get("/sources")).text)
        assert "logout" in {form["action"] for form in seen.all("form")}
        token = next(one["value"] for one in seen.all("input") if one.get("name") == "token")
        for fields, headers in (
            ({}, OURS),
            ({"token": token + "x"}, OURS),
            ({"token": token}, {"sec-fetch-site": "cross-site"}),
        ):
            answer = await browser.post("/logout", data=fields, headers=headers)
            assert answer.status_code == 403
        assert (await browser.get("/sources")).status_code == 200
        answer = await browser.post("/logout", data={"token": token}, headers=OURS)
        assert answer.status_code == 303
        assert (await browser.get("/sources")).status_code == 303


async def test_who_came_in_by_another_path_is_out_as_well(desk: Desk) -> None:
    """A browser sends what it has under / with what it has under the path of a web server."""
    async with served(desk, url="https://m.example/monitor/") as (browser, _):
        await log_in(browser, origin="http://localhost:8086")
        token = Seen((await browser.get("/sources")).text)
        token = next(one["value"] for one in token.all("input") if one.get("name") == "token")
        headers = {**OURS, "origin": "https://m.example"}
        answer = await browser.post("/logout", data={"token": token}, headers=headers)
        lines = answer.headers.get_list("set-cookie")
        assert all("Max-Age=0;" in line for line in lines)
        paths = [part for line in lines for part in line.split("; ") if part.startswith("Path=")]
        assert sorted(paths) == ["Path=/", "Path=/monitor/"]


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "http://127.0.0.1:8086"}, True),
        ({"origin": "https://m.example"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://["}, False),
    ],
)
async def test_a_password_is_taken_from_our_own_form(
    desk: Desk, headers: dict[str, str], taken: bool
) -> None:
    async with served(desk, url="https://m.example/x/") as (browser, page):
        answer = await browser.post("/login", data={"password": WORD}, headers=headers)
        assert answer.status_code == (303 if taken else 403)
        assert page.logins["in"] == taken


@pytest.mark.parametrize(
    ("origin", "is_secure", "path"),
    [
        ("https://m.example", True, "/x/"),
        ("http://localhost:8086", False, "/"),
        ("http://[", False, "/"),
        (None, True, "/x/"),
    ],
)
async def test_a_cookie_is_for_https_where_the_browser_came_by_it(
    desk: Desk, origin: str | None, is_secure: bool, path: str
) -> None:
    """A web server before us names this machine as the host: the browser's own word counts."""
    headers = OURS | ({"origin": origin} if origin else {})
    async with served(desk, url="https://m.example/x/") as (browser, _):
        answer = await browser.post("/login", data={"password": WORD}, headers=headers)
        assert answer.status_code == 303
    for line in cookies(answer).values():
        assert ("Secure" in line) is is_secure
        assert f"Path={path};" in line


async def test_two_monitors_on_one_host_take_no_cookie_of_each_other(desk: Desk) -> None:
    async with served(desk) as (one, _), served(desk, "quite another word") as (other, _):
        names = {name for answer in (await log_in(one), await log_in(other, "quite another word"))
                 for name in cookies(answer)}  # fmt: skip
    assert len(names) == 4


async def test_wrong_ones_are_said_slowed_and_counted(desk: Desk) -> None:
    async with served(desk) as (browser, page), served(desk) as (_, other):
        with structlog.testing.capture_logs() as logs:
            for attempt in range(9):
                answer = await log_in(browser, f"wrong {attempt}", to="sources")
                assert answer.status_code == 403
                assert "That is not the password." in answer.text
                assert 'value="sources"' in answer.text
            answer = await log_in(browser, "wrong once more")
            assert answer.status_code == 429
            assert 0 < int(answer.headers["retry-after"]) <= 10
        assert [entry["log_level"] for entry in logs] == ["warning"] * 10
        assert not any("wrong 3" in str(entry) for entry in logs)
        # Nobody learns by it whether it would have been the right one.
        right = await log_in(browser)
        assert right.status_code == 429
        assert "Seconds until the next is looked at" in right.text
        assert not cookies(right)
        assert page.logins == {"in": 0, "wrong": 10, "slowed": 1}
        assert other.logins["wrong"] == 0


async def test_nobody_passes_for_many_by_what_he_says_of_himself(desk: Desk) -> None:
    """A web server before us hands on what its visitors write as X-Forwarded-For."""
    async with served(desk) as (browser, page):
        with structlog.testing.capture_logs() as logs:
            for attempt in range(12):
                said = {"x-forwarded-for": f"10.0.0.{attempt}", "x-forwarded-proto": "https"}
                answer = await log_in(browser, f"wrong {attempt}", **said)
        assert answer.status_code == 429
        assert page.logins["wrong"] == 10
        assert {entry["peer"] for entry in logs} == {"127.0.0.1"}


async def test_strangers_do_not_lock_out_a_browser_that_was_in(desk: Desk) -> None:
    async with (
        served(desk) as (browser, page),
        httpx.AsyncClient(base_url=browser.base_url, trust_env=False) as stranger,
    ):
        await log_in(browser)
        token = Seen((await browser.get("/sources")).text)
        token = next(one["value"] for one in token.all("input") if one.get("name") == "token")
        await browser.post("/logout", data={"token": token}, headers=OURS)
        for attempt in range(12):
            await log_in(stranger, f"wrong {attempt}")
        assert (await log_in(stranger)).status_code == 429
        assert (await log_in(browser)).status_code == 303
        assert page.logins["in"] == 2


# ---- programs


async def test_a_program_reads_with_the_password_and_writes_nothing(desk: Desk) -> None:
    async with served(desk) as (browser, page):
        right = httpx.BasicAuth("feed", WORD)
        for path in ("/sources.json", "/developments.json", "/stories/troops/feed.atom"):
            answer = await browser.get(path, auth=right)
            assert answer.status_code == 200
            assert not cookies(answer)
        feed = await browser.get("/stories/troops/feed.atom", auth=right)
        tag = {"if-none-match": feed.headers["etag"]}
        again = await browser.get("/stories/troops/feed.atom", auth=right, headers=tag)
        assert again.status_code == 304
        assert "no-store" not in again.headers["cache-control"]
        assert (await browser.get("/", auth=right)).status_code == 303, "a page has its form"
        answer = await browser.post("/act", data={"act": "poll", "said": "x"}, auth=right)
        assert answer.status_code == 403
        for header in ("Basic !!!", "Basic", "Bearer x", "Basic Zm9v"):
            answer = await browser.get("/sources.json", headers={"authorization": header})
            assert answer.status_code == 401
        for _ in range(11):
            answer = await browser.get("/sources.json", auth=httpx.BasicAuth("a", "b"))
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) <= 10
        assert page.logins["wrong"] == 10


# ---- from another site


async def test_a_link_of_a_letter_comes_in_by_a_second_step(desk: Desk) -> None:
    """SameSite=Strict sends no cookie from there; a page of ours that leads on does."""
    there = {"sec-fetch-site": "cross-site"}
    async with served(desk) as (browser, _):
        answer = await browser.get("/stories/troops?lang=ar", headers=there)
        assert answer.status_code == 200
        assert "Troops" not in answer.text
        (refresh,) = [one for one in Seen(answer.text).all("meta") if one.get("http-equiv")]
        onward = re.sub("^0; url=", "", refresh["content"] or "")
        # Not in: the form, and not round for ever.
        answer = await browser.get(answer.url.join(onward), headers=there)
        assert answer.status_code == 303
        assert "again" not in answer.headers["location"]
        await log_in(browser)
        answer = await browser.get(f"/stories/{onward.rpartition('/')[2]}", headers=OURS)
        assert answer.status_code == 200
        assert "again" not in "".join(one["href"] or "" for one in Seen(answer.text).all("a"))


async def test_a_stranger_host_sees_no_form(desk: Desk) -> None:
    async with served(desk) as (browser, page):
        stranger = {"host": "evil.example"}
        assert (await browser.get("/login", headers=stranger)).status_code == 403
        answer = await browser.post("/login", data={"password": WORD}, headers=stranger)
        assert answer.status_code == 403
        assert not cookies(answer)
        assert page.logins["in"] == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"password=" + b"x" * 100_000, "application/x-www-form-urlencoded"),
        (b"password=%ff%fe&to=%ff", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(5000)), "application/x-www-form-urlencoded"),
        (b'{"password": "x"}', "application/json"),
        (b"", ""),
    ],
)  # fmt: skip
async def test_any_other_body_is_no_login(desk: Desk, body: bytes, kind: str) -> None:
    async with served(desk) as (browser, page):
        answer = await browser.post("/login", content=body, headers={"content-type": kind})
        assert answer.status_code == 403
        assert page.logins["in"] == 0
