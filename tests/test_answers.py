"""`alert.answers`, `web.answers`: signed links, and the page behind them, over a real socket."""

import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.answers import LASTS, Answers, Asked, answers
from monitor.alert.render import render
from monitor.alert.words import words
from monitor.answer import Desk
from monitor.daemon.inbox import answered
from monitor.errors import StoreError
from monitor.inbox import signer
from monitor.model import Inbox, Secret
from monitor.web.answers import ARABIC, ENGLISH, answering
from monitor.web.server import listening, serving
from tests import alerts, mailed
from tests.newsroom.newsroom import PATIENCE
from tests.receivers import unused_port
from tests.test_alert_render import Reader, followed

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
INBOX = Answers("https://monitor.example.org/a/", b"a secret")
ASKED = Asked(act="no", story="north-korea-russia", number=17, until=NOW + LASTS)


def token(asked: Asked = ASKED, inbox: Answers = INBOX) -> str:
    return inbox.link(asked).rpartition("/")[2]


# ---- the link


@given(
    st.sampled_from(["yes", "no", "mute"]),
    st.integers(1, 2**62),
    st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True),
)
def test_a_link_says_what_it_was_made_for(act, number, story) -> None:
    asked = Asked(act=act, story=story, number=number, until=NOW + LASTS)
    link = INBOX.link(asked)
    assert link.startswith("https://monitor.example.org/a/")
    assert all(sign.isalnum() or sign in "-_.:/" for sign in link)
    assert INBOX.read(token(asked), NOW) == asked


def test_a_link_ends_after_its_time() -> None:
    assert INBOX.read(token(), NOW + LASTS) == ASKED
    assert INBOX.read(token(), NOW + LASTS + timedelta(seconds=1)) is None


def test_another_key_reads_nothing() -> None:
    assert Answers("https://monitor.example.org/a", b"another").read(token(), NOW) is None


@given(st.integers(0, 200), st.integers(0, 255))
def test_no_changed_letter_passes(at: int, with_what: int) -> None:
    right = token()
    changed = right[: at % len(right)] + chr(with_what) + right[at % len(right) + 1 :]
    read = INBOX.read(changed, NOW)
    # The last letter of base64 has bits that stand for nothing.
    assert read is None or (read == ASKED and changed[:-1].rpartition(".")[0] in right)


@given(st.text(max_size=700))
def test_any_other_text_is_no_link(text: str) -> None:
    assert INBOX.read(text, NOW) is None


@pytest.mark.parametrize("part", ["", ".", "a.b", "..", token() + "x" * 900, token()[:-4]])
def test_a_cut_link_is_none(part: str) -> None:
    assert INBOX.read(part, NOW) is None


def test_a_letter_has_links_where_readers_can_reach_the_monitor_and_commands_else() -> None:
    alert = followed()
    linked = answers(alert, words("en"), INBOX)
    assert [each.url is not None for each in linked] == [True, True, True, False]
    for each, (act, number) in zip(linked, [("yes", 17), ("no", 17), ("mute", 12)], strict=False):
        read = INBOX.read(each.url.rpartition("/")[2], alert.created)
        assert read == Asked(
            act=act, story=alert.story.name, number=number, until=alert.created + LASTS
        )  # fmt: skip
    letter = render(alert, "ar", None, INBOX)
    urls = [each.url for each in linked if each.url]
    for url in urls:
        assert f"\n{url}\n" in letter.text
    assert [a["href"] for a in Reader(letter.html).all("a") if a.get("class") == "answer"] == urls
    assert "monitor label" not in letter.text
    assert "monitor development show 12" in letter.text
    assert all(each.url is None for each in answers(alert, words("en"), None))


def test_a_letter_leads_to_the_page_where_readers_can_reach_it() -> None:
    alert = followed()
    letter = render(alert, "ar", None, INBOX, "https://monitor.example.org/page/")
    timeline = "https://monitor.example.org/page/developments/12?story=north-korea-russia"
    more = "https://monitor.example.org/page/articles/17"
    hrefs = [link["href"] for link in Reader(letter.html).all("a")]
    for url in (timeline, more):
        assert url in hrefs
        assert f"\n{url}\n" in letter.text + "\n"
    assert "monitor " not in letter.text
    assert "monitor explain 17" in render(alert, "ar").text


# ---- the page


class Memory:
    """A desk in memory, by the contract of `web.answers.Desk`."""

    def __init__(self) -> None:
        self.done: list[Asked] = []
        self.full = False

    def about(self, asked: Asked) -> str | None:
        return None if asked.number == 99 else "سيول: <b>ألف</b> جندي"

    def answer(self, asked: Asked) -> bool:
        if self.full:
            raise StoreError("no room")
        self.done.append(asked)
        return self.done.count(asked) == 1

    def undo(self, asked: Asked) -> str:
        return f"monitor label {asked.number} --undo"


@asynccontextmanager
async def served(desk: Memory, now: datetime = NOW) -> AsyncIterator[httpx.AsyncClient]:
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    async with (
        serving(answering(INBOX, desk, lambda: now), listener),
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE
        ) as browser,
    ):
        yield browser


async def test_what_scanners_and_previews_do_changes_nothing() -> None:
    desk = Memory()
    async with served(desk) as browser:
        for method in ("GET", "HEAD", "GET"):
            assert (await browser.request(method, f"/a/{token()}")).status_code == 200
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            assert (await browser.request(method, f"/a/{token()}")).status_code == 405
        assert desk.done == []
        page = (await browser.get(f"/a/{token()}")).text
        assert Reader(page).all("form") == [{"method": "post"}]
        answer = await browser.post(f"/a/{token()}")
    assert answer.status_code == 200
    assert ENGLISH.done["no"] in answer.text
    assert '<code dir="ltr">monitor label 17 --undo</code>' in answer.text
    assert Reader(answer.text).all("form") == []
    assert desk.done == [ASKED]


async def test_the_same_answer_twice_says_so() -> None:
    async with served(Memory()) as browser:
        await browser.post(f"/{token()}")
        assert ENGLISH.already in (await browser.post(f"/{token()}")).text


@pytest.mark.parametrize("act", ["yes", "no", "mute"])
@pytest.mark.parametrize(("wished", "said"), [("ar-SA,en;q=0.5", ARABIC), ("en", ENGLISH)])
async def test_the_page_is_in_the_browsers_language(act, wished, said) -> None:
    asked = Asked(act=act, story="s", number=1, until=NOW)
    async with served(Memory()) as browser:
        page = await browser.get(f"/{token(asked)}", headers={"Accept-Language": wished})
    (html,) = Reader(page.text).all("html")
    assert html["dir"] == ("rtl" if said is ARABIC else "ltr")
    assert said.asks[act] in page.text
    assert said.button[act] in page.text
    assert "سيول: &lt;b&gt;ألف&lt;/b&gt; جندي" in page.text


@pytest.mark.parametrize(
    "path",
    [
        f"/{token()[:-3]}xyz",
        "/",
        "/favicon.ico",
        f"/{token(Asked(act='yes', story='s', number=99, until=NOW))}",
        f"/{token(Asked(act='yes', story='s', number=1, until=NOW - timedelta(seconds=1)))}",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_is_forged_too_old_or_gone_acts_on_nothing(method: str, path: str) -> None:
    desk = Memory()
    async with served(desk) as browser:
        answer = await browser.request(method, path)
    assert answer.status_code in {404, 405}
    assert desk.done == []


async def test_a_page_loads_runs_and_tells_nothing() -> None:
    async with served(Memory()) as browser:
        page = await browser.get(f"/{token()}")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    tags = {tag for tag, _ in Reader(page.text).tags}
    assert not tags & {"script", "img", "link", "iframe", "a"}
    assert "http" not in page.text.split("<body>")[1]


async def test_a_store_that_cannot_write_is_said() -> None:
    desk = Memory()
    desk.full = True
    async with served(desk) as browser:
        answer = await browser.post(f"/{token()}")
    assert answer.status_code == 503
    assert ENGLISH.busy in answer.text


def test_both_languages_are_whole() -> None:
    for name in ("asks", "button", "done"):
        assert (
            getattr(ENGLISH, name).keys() == getattr(ARABIC, name).keys() == {"yes", "no", "mute"}
        )


# ---- from the mail to the store


async def test_links_of_a_real_mail_teach_and_mute() -> None:
    now = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
    secret = Secret(kind="plain", value="a secret")
    inbox = Inbox(url="https://monitor.example.org/a", secret=secret)
    store = mailed.settled([alerts.email("ar", name="ar")], mailed.rows(), inbox)
    mail = email.message_from_bytes(mailed.bodies(store, "ar")[-1], policy=email.policy.default)
    letter = mail.get_body(("html",)).get_content()
    yes, no, mute = (
        a["href"].removeprefix("https://monitor.example.org")
        for a in Reader(letter).all("a")
        if a.get("class") == "answer"
    )
    desk = Desk(store, lambda: now)
    listener = listening("127.0.0.1", 0)
    at = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with (
        serving(answering(Answers(inbox.url, b"a secret"), desk, lambda: now), listener),
        httpx.AsyncClient(base_url=at, trust_env=False, timeout=PATIENCE) as browser,
    ):
        for link in (yes, no, mute):
            page = await browser.get(link)
            assert page.status_code == 200
        assert "Correction: Seoul" in (await browser.get(no)).text
        assert "كوريا الشمالية تعلن سحب" in (await browser.get(mute)).text
        story = mailed.STORY.name
        assert store.labels.of(story) == []
        assert not store.desk.muted(story, 7)

        assert (await browser.post(no)).status_code == 200
        assert [(one.article, one.yes) for one in store.labels.of(story)] == [(8, False)]
        assert "monitor label 8 --undo --story north-korea-russia" in (await browser.post(no)).text
        await browser.post(yes)
        assert [(one.article, one.yes) for one in store.labels.of(story)] == [(8, True)]

        assert ENGLISH.done["mute"] in (await browser.post(mute)).text
        assert store.desk.muted(story, 7)
        again = (await browser.post(mute)).text
        assert ENGLISH.already in again
        assert "monitor development unmute 7 --story north-korea-russia" in again

        # A letter that is out teaches the story under the name that it has by now.
        with store.transaction():
            store.stories.declare({story: ["a seed"]})
            store.stories.declare({"dprk": ["a seed"]})
        assert "monitor label 8 --undo --story dprk" in (await browser.post(no)).text
        assert [(one.article, one.yes) for one in store.labels.of("dprk")] == [(8, False)]
        assert ENGLISH.already in (await browser.post(mute)).text


async def test_the_daemon_opens_the_route_and_goes_on_where_it_cannot(monkeypatch) -> None:
    store = mailed.settled([alerts.email(name="en")], mailed.rows()[:1])
    secret = Secret(kind="env", value="INBOX_SECRET")
    monkeypatch.setenv("INBOX_SECRET", "a secret")
    inbox = Inbox(url="https://monitor.example.org/a", secret=secret, port=unused_port())
    parts = SimpleNamespace(config=mailed.configuration([], inbox), store=store)
    asked = Asked(act="yes", story=mailed.STORY.name, number=1, until=datetime.now(UTC) + LASTS)
    async with (
        answered(parts),
        httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser,
    ):
        at = f"http://127.0.0.1:{inbox.port}/a/{token(asked, signer(inbox))}"
        assert (await browser.get(at)).status_code == 200
        with structlog.testing.capture_logs() as logs:
            async with answered(parts):  # the port is taken
                assert "cannot listen" in logs[0]["problem"]
        monkeypatch.delenv("INBOX_SECRET")
        with structlog.testing.capture_logs() as logs:
            async with answered(parts):
                assert "INBOX_SECRET" in logs[0]["problem"]
    parts.config = mailed.configuration([])
    async with answered(parts):
        pass


def test_without_its_secret_alerts_name_commands() -> None:
    inbox = Inbox(url="https://monitor.example.org/a", secret=Secret(kind="env", value="NO_SUCH"))
    store = mailed.settled([alerts.email(name="en")], mailed.rows()[:1], inbox)
    mail = email.message_from_bytes(mailed.bodies(store, "en")[0], policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert "monitor label 1 yes" in text
    assert "monitor.example.org" not in text
