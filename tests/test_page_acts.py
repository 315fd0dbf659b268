"""`web.page.acts`: buttons pressed over a real socket, first on a hand in memory, then on a real one."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time as time_of_day
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml
from starlette.applications import Starlette

from monitor.errors import StoreError
from monitor.hand import ACTS, Done, Hand, Refused, Wish
from monitor.look.developments import listing
from monitor.model import Config, Episode, Quiet, Secret, Web
from monitor.settle import Settler
from monitor.store.rows import ELSEWHERE
from monitor.web.page.acts import wished
from monitor.web.page.app import Page
from monitor.web.page.arabic import ARABIC
from monitor.web.page.asked import Misasked
from monitor.web.page.english import ENGLISH
from monitor.web.page.passed import Passed, Told, opened, sealed
from monitor.web.page.session import Seals
from monitor.web.server import listening, serving
from tests.labelled import STORY, stream
from tests.newsroom import Here, Newsroom, read_items
from tests.newsroom.newsroom import wait_until
from tests.paged import browsing
from tests.stored import SOURCE, START, Desk, begun
from tests.test_page import HOSTILE, Seen, polled

ROOT = Path(__file__).parents[1]
WORD = "correct horse battery"
OURS = {"sec-fetch-site": "same-origin"}


class Memory:
    """A hand in memory, by the contract of `web.page.acts.Hand`."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.answer: Callable[[Wish], Done] = lambda wish: Done(changed=True)

    def do(self, wish: Wish) -> Done:
        self.wishes.append(wish)
        return self.answer(wish)


class Forms(HTMLParser):
    """Every form of a page: its action, fields and buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.buttons: list[list[str]] = []
        self.actions: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            assert found["method"] in {"post", "get"}
            self.forms.append({})
            self.buttons.append([])
            self.actions.append(found["action"] or "")
        elif tag == "input" and found.get("name"):
            self.forms[-1][found["name"] or ""] = found.get("value") or ""
        elif tag == "button" and found.get("name"):
            self.buttons[-1].append(found["value"] or "")

    def of(self, act: str, **fields: str) -> dict[str, str]:
        """The fields that the button of an act sends, in the form that has these."""
        for form, buttons in zip(self.forms, self.buttons, strict=True):
            if form.items() >= fields.items() and act in {*buttons, form.get("act")}:
                return {**form, "act": act}
        raise AssertionError(f"no button {act} with {fields}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = begun(tmp_path_factory.mktemp("acts"))
    yield desk
    desk.store.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Desk]:
    desk = begun(tmp_path)
    yield desk
    desk.store.close()


@asynccontextmanager
async def served(
    desk: Desk, hand: Memory | Hand, config: Config | None = None, *, in_: bool = True
) -> AsyncIterator[httpx.AsyncClient]:
    def made(web: Web) -> Page:
        return Page(config or desk.config, web, lambda: desk.now, lambda: True, hand)

    password = Secret(kind="plain", value=WORD)
    async with browsing(made, {"headers": OURS}, password=password) as (browser, _):
        if in_:
            assert (await browser.post("/login", data={"password": WORD})).status_code == 303
        yield browser


def real(desk: Desk) -> Hand:
    return Hand(desk.config, {STORY.name: desk.profile}, lambda: desk.now)


def events(desk: Desk) -> list[int]:
    rows = listing(desk.store, [STORY.name], 99)
    return [row["id"] for row in sorted(rows, key=lambda row: -row["reports"])]


async def press(
    browser: httpx.AsyncClient, path: str, act: str, said: str = "", **fields: str
) -> httpx.Response:
    """Press a button of a page; the page that it leads back to, or why nothing was done."""
    page = await browser.get(path)
    assert page.status_code == 200
    form = Forms(page.text).of(act, **fields)
    if said:
        form["other" if act == "merge" else "said"] = said
    answer = await browser.post("/act", data=form)
    if answer.status_code != 303:
        return answer
    assert urlsplit(answer.headers["location"]).netloc == ""
    return await browser.get(answer.url.join(answer.headers["location"]))


# ---- what a form is


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "drop"},
        {"act": "yes", "number": "x"},
        {"act": "yes", "number": "-1"},
        {"act": "yes", "number": "9" * 40},
        {"act": "yes", "was": "perhaps"},
        {"act": "note", "said": " \n "},
        {"act": "rename"},
        {"act": "poll"},
        {"act": "note", "said": "x" * 2001},
        {"act": "merge", "other": "two"},
    ],
)
def test_any_other_form_asks_for_nothing(fields: dict[str, str]) -> None:
    with pytest.raises(Misasked):
        wished(fields)


def test_a_form_is_a_wish() -> None:
    fields = {"act": "note", "story": "troops", "number": "7", "said": "  ask \n Seoul\t"}
    assert wished(fields) == Wish(act="note", story="troops", number=7, said="ask Seoul")
    assert wished({"act": "merge", "number": "7", "other": " #12 "}).other == 12


def test_what_was_done_is_told_by_us_alone_for_a_while_and_to_one_session() -> None:
    seals = Seals(WORD)
    now = START
    one, other = (Passed(session=seals.session(now)[0], seals=seals) for _ in range(2))
    done = Done(changed=True, before="كان", at=now, undo=Wish(act="undo", story="s", number=1, other=2))  # fmt: skip
    told = Told(at=now, wish=Wish(act="rename", story="s", number=1, said="x" * 999), done=done)
    text = sealed(one, told)
    read = opened(one, text, now + timedelta(minutes=9))
    assert read == replace(told, wish=replace(told.wish, said="x" * 200))
    assert opened(one, text, now + timedelta(minutes=11)) is None
    assert opened(other, text, now) is None
    assert opened(one, text[:-3], now) is None
    assert opened(one, "", now) is None
    assert len(text) < 1500, "an address holds it"
    # In any script: the longest names, from one to another.
    for letter in "ك😀":
        longest = Wish(act="rename", story="القوات", number=1, said=letter * 999)
        renamed = Told(at=now, wish=longest, done=replace(done, before=letter * 999))
        assert opened(one, sealed(one, renamed), now)


# ---- on a hand in memory


async def test_every_button_asks_for_what_it_says(desk: Desk) -> None:
    hand = Memory()
    event = events(desk)[0]
    member = desk.store.developments.members(STORY.name, event)[-1]["id"]
    async with served(desk, hand) as browser:
        for path, act, said, wish in (
            (f"/articles/{event}", "yes", "", Wish(act="yes", story="troops", number=event)),
            (f"/articles/{event}", "no", "", Wish(act="no", story="troops", number=event)),
            (f"/articles/{event}", "mute", "", Wish(act="mute", story="troops", number=event)),
            (f"/articles/{member}", "split", "", Wish(act="split", story="troops", number=member)),
            (f"/developments/{event}", "mute", "", Wish(act="mute", story="troops", number=event)),
            (f"/developments/{event}", "rename", "Ours", Wish(act="rename", story="troops", number=event, said="Ours")),
            (f"/developments/{event}", "note", "Ask", Wish(act="note", story="troops", number=event, said="Ask")),
            (f"/developments/{event}", "merge", "12", Wish(act="merge", story="troops", number=event, other=12)),
            (f"/developments/{event}", "no", "", Wish(act="no", story="troops", number=event)),
            ("/articles", "yes", "", None),
            ("/sources", "poll", "", Wish(act="poll", said=SOURCE.name)),
        ):  # fmt: skip
            fields = (
                {"number": str(event)} if path.startswith("/developments") and act == "no" else {}
            )
            shown = await press(browser, path, act, said, **fields)
            assert shown.status_code == 200, path
            assert shown.url.path == path
            assert ENGLISH.done[act] in shown.text, act
            assert wish in {None, hand.wishes[-1]}
        # Once more from the page as it is now: it says so but once.
        assert "done=" not in "".join(one["href"] or "" for one in Seen(shown.text).all("a"))


async def test_without_a_password_there_is_no_button(desk: Desk) -> None:
    page = Page(desk.config, Web(host="127.0.0.1", port=1), lambda: desk.now, lambda: True)
    transport = httpx.ASGITransport(app=Starlette(routes=page.routes))
    event = events(desk)[0]
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        for path in ("/", f"/developments/{event}", f"/articles/{event}", "/sources", "/articles"):
            answer = await browser.get(path)
            assert not [one for one in Seen(answer.text).all("form") if one["method"] == "post"]
            if path not in {"/", "/articles"}:
                assert ENGLISH.only_shows in answer.text, path
                assert "settings.web.password" in answer.text
        for path in ("/act", "/login", "/logout"):
            assert (await browser.post(path, data={"act": "poll", "said": "x"})).status_code == 405
            assert (await browser.get(path)).status_code == 404
    page.close()


@pytest.mark.parametrize(
    ("headers", "change", "says"),
    [
        ({"sec-fetch-site": "cross-site"}, {}, ENGLISH.forged),
        ({"sec-fetch-site": "same-site"}, {}, ENGLISH.forged),
        ({"host": "evil.example"}, {}, ENGLISH.foreign),
        ({"content-type": "text/plain"}, {}, ENGLISH.forged),
        ({}, {"token": ""}, ENGLISH.another_login),
        ({}, {"token": "é"}, ENGLISH.another_login),
        ({"cookie": "none=1"}, {}, ENGLISH.logged_out),
    ],
)
async def test_what_nobody_pressed_does_nothing(
    desk: Desk, headers: dict[str, str], change: dict[str, str], says: str
) -> None:
    hand = Memory()
    event = events(desk)[0]
    async with served(desk, hand) as browser:
        form = Forms((await browser.get(f"/developments/{event}")).text).of("note")
        form |= {"said": "a long note that took a while to write"} | change
        answer = await browser.post("/act", data=form, headers=headers)
        assert answer.status_code == 403
        assert says in answer.text
        # Another site's words are not shown, our own are not lost.
        is_kept = says in {ENGLISH.another_login, ENGLISH.logged_out}
        assert ("took a while" in answer.text) is is_kept
        assert hand.wishes == []
        # A form of one session is none of the next.
        await browser.post("/login", data={"password": WORD})
        answer = await browser.post("/act", data={**form, **change})
        assert answer.status_code == 403
        assert hand.wishes == []


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (Refused("merged", into=77), 'href="developments/77?story=troops"'),
        (Refused("changed"), ENGLISH.refusals["changed"]),
        (Refused("later", text="entry 9 came later"), "entry 9 came later"),
        (Refused("gone"), ENGLISH.refusals["gone"]),
    ],
)
async def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(
    desk: Desk, refusal: Refused, says: str
) -> None:
    def refuse(wish: Wish) -> Done:
        raise refusal

    hand = Memory()
    hand.answer = refuse
    event = events(desk)[0]
    async with served(desk, hand) as browser:
        answer = await press(browser, f"/developments/{event}", "note", f"ask {HOSTILE}")
        assert answer.status_code == 409
        assert says in answer.text
        assert not Seen(answer.text).all("script")
        assert "ask <script>" in Seen(answer.text).text.replace("\u202e", "")
        back = [one["href"] for one in Seen(answer.text).all("a")]
        assert f"developments/{event}" in back


async def test_a_full_disk_is_said_and_the_same_can_be_sent_again(desk: Desk) -> None:
    def full(wish: Wish) -> Done:
        raise StoreError("the database cannot be written: disk is full")

    hand = Memory()
    hand.answer = full
    event = events(desk)[0]
    async with served(desk, hand) as browser:
        answer = await press(browser, f"/developments/{event}", "note", "ask Seoul")
        assert answer.status_code == 503
        assert ENGLISH.busy in answer.text
        hand.answer = lambda wish: Done(changed=True)
        (again,) = Forms(answer.text).forms
        assert (await browser.post("/act", data=again)).status_code == 303
        assert hand.wishes[0] == hand.wishes[1]


async def test_acts_come_one_after_the_other_and_the_page_goes_on(desk: Desk) -> None:
    under_way, most = 0, 0

    def slow(wish: Wish) -> Done:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        release.wait(5)
        under_way -= 1
        return Done(changed=True)

    release = threading.Event()
    hand = Memory()
    hand.answer = slow
    event = events(desk)[0]
    async with served(desk, hand) as browser:
        form = Forms((await browser.get(f"/developments/{event}")).text).of("mute")
        both = [asyncio.create_task(browser.post("/act", data=form)) for _ in range(2)]
        await asyncio.sleep(0.2)
        assert (await browser.get("/sources")).status_code == 200, "while one is under way"
        release.set()
        assert [answer.status_code for answer in await asyncio.gather(*both)] == [303, 303]
    assert most == 1


async def test_what_a_stop_cuts_off_is_not_said_to_be_done_nor_undone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its hand has begun, and ends by itself: nobody knows yet how."""
    begun, release = threading.Event(), threading.Event()

    def slow(wish: Wish) -> Done:
        begun.set()
        release.wait(60)
        return Done(changed=True)

    hand = Memory()
    hand.answer = slow
    monkeypatch.setattr("monitor.web.server._GRACE", 0.2)
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    web = Web(host="127.0.0.1", port=port, password=Secret(kind="plain", value=WORD))
    page = Page(desk.config, web, lambda: desk.now, lambda: True, hand)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, headers=OURS, timeout=60
    ) as browser:
        async with serving(Starlette(routes=page.routes), listener):
            await browser.post("/login", data={"password": WORD})
            form = Forms((await browser.get(f"/developments/{events(desk)[0]}")).text).of("mute")
            pressed = asyncio.create_task(browser.post("/act", data=form))
            await asyncio.to_thread(begun.wait, 60)
        page.close()
        answer = await pressed
    release.set()
    assert answer.status_code == 503
    assert ENGLISH.left in answer.text


async def test_both_languages_have_each_button(desk: Desk) -> None:
    for said in (ENGLISH, ARABIC):
        assert said.acts.keys() == said.done.keys() == ACTS.keys()
    hand = Memory()
    event = events(desk)[0]
    async with served(desk, hand) as browser:
        for path in ("/", f"/developments/{event}", f"/articles/{event}", "/sources", "/articles"):
            text = (await browser.get(f"{path}?lang=ar")).text
            for button in re.findall(r"<button[^>]*>([^<]*)</button>", text):
                assert re.search("[\u0600-\u06ff]", button), (path, button)
        shown = await press(browser, f"/developments/{event}?lang=ar", "mute")
        assert ARABIC.done["mute"] in shown.text
        assert Seen(shown.text).all("html")[0]["dir"] == "rtl"
        assert shown.url.params["lang"] == "ar"


async def test_pages_with_buttons_are_read_by_keyboard_and_ear_and_hold_behind_a_prefix(
    own: Desk,
) -> None:
    event = events(own)[0]
    polled(own)
    with own.store.transaction():
        own.store.health.begin([Episode(source=SOURCE.name, state="failing", reason="timeout", began=own.now)], own.now)  # fmt: skip
    async with served(own, real(own)) as browser:
        await press(browser, f"/developments/{event}", "note", "ask Seoul")
        for path in ("/", f"/developments/{event}", f"/articles/{event}", "/sources", "/articles"):
            answer = await browser.get(path)
            seen = Seen(answer.text)
            assert not {"script", "style"} & {tag for tag, _ in seen.tags}
            named = [one["id"] for _, one in seen.tags if one.get("id")]
            assert len(named) == len(set(named)), path
            labels = {one["for"] for one in seen.all("label")}
            assert {one["id"] for one in seen.all("input") if one.get("type") != "hidden"} <= labels
            outside = httpx.URL(f"https://example.org/monitor{path}")
            for form in seen.all("form"):
                assert outside.join(form["action"] or "").path.startswith("/monitor/"), form


# ---- on a real one


async def test_what_is_pressed_is_done_shown_and_taken_back(own: Desk) -> None:
    event, other, *_ = events(own)
    store = own.store
    async with served(own, real(own)) as browser:
        here = f"/developments/{event}?lang=en"
        shown = await press(browser, here, "mute")
        assert store.desk.muted("troops", event)
        assert ENGLISH.done["mute"] in shown.text
        shown = await press(browser, str(shown.url), "undo")
        assert ENGLISH.done["undo"] in shown.text
        assert not store.desk.muted("troops", event)

        shown = await press(browser, here, "rename", "A name of ours")
        assert "A name of ours" in Seen(shown.text).text
        shown = await press(browser, here, "rename", "Another")
        assert f"{ENGLISH.done_before}: A name of ours" in Seen(shown.text).text

        shown = await press(browser, here, "merge", f"#{other}")
        assert store.desk.merged_into("troops", other) == event
        # The page of the merged one leads here; a form of it that stood open says so.
        stale = Forms(shown.text).of("note") | {"number": str(other), "said": "to whom?"}
        answer = await browser.post("/act", data=stale)
        assert answer.status_code == 409
        assert f'href="developments/{event}?' in answer.text
        assert "to whom?" in answer.text
        listed = Seen((await browser.get(here)).text).text
        assert ENGLISH.by_hand in listed
        assert f"put into it #{other}" in listed
        shown = await press(browser, here, "undo", other=str(store.desk.log("troops")[-1].id))
        assert store.desk.merged_into("troops", other) is None
        assert ENGLISH.taken_back in Seen(shown.text).text

        report = store.developments.members("troops", event)[-1]
        shown = await press(browser, f"/articles/{report['id']}", "split")
        assert own.home(report["id"]) == report["id"]
        assert f"developments/{report['id']}?" in shown.text

        shown = await press(browser, f"/articles/{event}", "no")
        assert ENGLISH.done["no"] in shown.text
        shown = await press(browser, f"/articles/{event}", "yes")
        assert f"{ENGLISH.done_before}: labelled no" in Seen(shown.text).text
        shown = await press(browser, str(shown.url.path) + "?" + shown.url.query.decode(), "no", was="yes")  # fmt: skip
        assert store.labels.said("troops", event) == "no", "the undo of the last"


async def test_a_button_pressed_twice_does_it_once(own: Desk) -> None:
    event, other, *_ = events(own)
    async with served(own, real(own)) as browser:
        page = Forms((await browser.get(f"/developments/{event}")).text)
        for act, typed in (
            ("mute", {}),
            ("note", {"said": "ask"}),
            ("rename", {"said": "Ours"}),
            ("merge", {"other": str(other)}),
        ):
            form = page.of(act) | typed
            entries = len(own.store.desk.log("troops"))
            first, second = [await browser.post("/act", data=form) for _ in range(2)]
            assert [first.status_code, second.status_code] == [303, 303]
            again = await browser.get(second.url.join(second.headers["location"]))
            assert ENGLISH.done_already in again.text, act
            assert len(own.store.desk.log("troops")) == entries + 1


def given_up(desk: Desk, count: int) -> list[str]:
    """Alerts whose only delivery was given up; all others have arrived."""
    desk.store.db.execute("update deliveries set state = 'delivered' where id > ?", [count])
    desk.store.db.conn.commit()
    for lost in desk.store.outbox.claim("hook", desk.now, count, timedelta(minutes=5)):
        desk.store.outbox.give_up(lost.id, "gone", 410, desk.now)
    return [row["alert"] for row in desk.store.deliveries.log(9, state="given-up")]


def states(desk: Desk) -> dict[str, str]:
    return {row["alert"]: row["state"] for row in desk.store.deliveries.log(99)}


async def test_what_did_not_arrive_is_sent_again_or_let_go(own: Desk) -> None:
    first, second, third = given_up(own, 3)
    before = states(own)
    async with served(own, real(own)) as browser:
        shown = await press(browser, "/alerts", "resend", said=first)
        assert ENGLISH.done["resend"] in shown.text
        assert f"{ENGLISH.given_up}: 2" in Seen(shown.text).text
        shown = await press(browser, "/alerts?state=given-up", "dismiss", said=second)
        assert ENGLISH.done["dismiss"] in shown.text
        assert states(own) == before | {first: "queued", second: "dismissed"}
        # All of it: what was let go is none of that, and can be sent all the same.
        form = Forms(shown.text).of("resend")
        assert "said" not in form
        answer = await browser.post("/act", data=form)
        assert answer.status_code == 303
        assert states(own) == before | {first: "queued", second: "dismissed", third: "queued"}
        await press(browser, "/alerts", "resend", said=second)
        assert states(own) == before | dict.fromkeys((first, second, third), "queued")
        # Pressed once more on a page that is old by now: what waits or has arrived is left.
        again = await browser.post("/act", data=form | {"said": first})
        shown = await browser.get(again.url.join(again.headers["location"]))
        assert ENGLISH.done_already in shown.text
        assert not [one for one in Forms(shown.text).buttons if one]


async def test_what_another_monitor_told_or_no_channel_takes_has_no_button(own: Desk) -> None:
    given_up(own, 2)
    own.store.db.execute("update deliveries set reply = ? where id = 1", [ELSEWHERE])
    own.store.db.execute("update deliveries set channel = 'old' where id = 2")
    own.store.db.conn.commit()
    before = states(own)
    async with served(own, real(own)) as browser:
        shown = (await browser.get("/alerts?state=given-up")).text
        assert len(Seen(shown).all("li")) > 2
        assert not [one for one in Forms(shown).buttons if one]
        token = Forms((await browser.get("/sources")).text).of("poll")["token"]
        for alert in ("", *before):
            for act in ("resend", "dismiss"):
                form = {"act": act, "said": alert, "token": token}
                assert (await browser.post("/act", data=form)).status_code == 303
    assert states(own) == before


async def test_what_is_held_is_told_at_once(own: Desk) -> None:
    quiet = Quiet(begin=time_of_day(0), end=time_of_day(23, 59), timezone="UTC")
    held = replace(own.config.channels[0], quiet=quiet)
    own.config = replace(own.config, channels=(held,))
    own.settler = Settler(own.config, own.store, lambda: own.now)
    row = next(row for row in stream("second.jsonl") if row["band"] == "on")
    own.tell(row["title"], row["text"], language=row["lang"])
    (waiting,) = own.store.held.listing()
    async with served(own, real(own)) as browser:
        old = Forms((await browser.get("/alerts")).text).of("release")
        assert (old["story"], old["number"]) == ("troops", str(waiting["development"]))
        shown = await press(browser, "/alerts", "release")
        assert ENGLISH.done["release"] in shown.text
        assert own.store.held.listing() == []
        newest, *_ = own.store.deliveries.log(9)
        assert (newest["kind"], newest["state"]) == ("summary", "queued")
        again = await browser.post("/act", data=old)
        shown = await browser.get(again.url.join(again.headers["location"]))
        assert ENGLISH.done_already in shown.text
        assert own.store.deliveries.log(1)[0]["delivery"] == newest["delivery"]


async def test_a_known_trouble_is_shown_and_shouts_no_more(own: Desk) -> None:
    polled(own)
    with own.store.transaction():
        own.store.health.begin(
            [
                Episode(source=SOURCE.name, state="failing", reason="timeout", began=own.now),
                Episode(story="troops", state="silent", reason="silent", began=own.now),
            ],
            own.now,
        )
    async with served(own, real(own)) as browser:
        assert ENGLISH.look in (await browser.get("/")).text
        (failing,) = [each.id for each in own.store.health.open() if each.source]
        await press(browser, "/sources", "known", number=str(failing))
        assert ENGLISH.look in (await browser.get("/")).text, "the story's is none of it"
        shown = Seen((await press(browser, "/", "known")).text)
        assert ENGLISH.known_only in shown.text
        assert "All is well" not in shown.text
        assert "Sources (failing)" in shown.text
        assert "Troops: silent" in shown.text
        shown = Seen((await press(browser, "/sources", "unknown", number=str(failing))).text)
        assert ENGLISH.look in shown.text


async def test_all_stories_stand_under_articles_where_none_is_named(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one article is judged for several, and a page ends between them."""
    other = replace(STORY, name="other", title="Other")
    own.config = replace(own.config, stories=(STORY, other))
    run = own.store.db.conn.execute
    run("insert into rulings (story, band, threshold, rule, told, profile) select 'other', band, threshold, rule, told, profile from rulings where band = 'on' limit 1")  # fmt: skip
    (ruling,) = run("select max(id) from rulings").fetchone()
    columns = [name for _, name, *_ in run("pragma table_info(judgements)").fetchall() if name not in {"id", "ruling"}]  # fmt: skip
    names = ", ".join(columns)
    run(f"insert into judgements (ruling, {names}) select {ruling}, {names} from judgements j where exists (select 1 from rulings r where r.id = j.ruling and r.band = 'on')")  # fmt: skip
    run("commit")
    whole = own.store.ledger.articles(story=None, bands=["on"], limit=999)
    assert {row["story"] for row in whole} == {"troops", "other"}
    for size in (4, 5):
        monkeypatch.setattr("monitor.web.page.lists._PAGE", size)
        async with served(own, Memory()) as browser:
            url, rows = httpx.URL("/articles.json?band=on"), []
            while url:
                answer = await browser.get(url)
                rows += answer.json()
                link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("link", ""))
                url = answer.url.join(link[1]) if link else None
            assert sorted((row["id"], row["story"]) for row in rows) == sorted((row["id"], row["story"]) for row in whole)  # fmt: skip
            seen = Seen((await browser.get("/articles?band=on")).text)
            assert "Other" in seen.text
            assert "Troops" in seen.text
            only = await browser.get("/articles.json?story=other&band=on")
            assert {row["story"] for row in only.json()} == {"other"}


# ---- with the daemon


def test_a_journalist_acts_where_they_read(tmp_path: Path) -> None:
    """The real daemon: a source polled by a button, its article labelled, its event muted, all taken back."""
    items = [i for i, row in read_items(ROOT / "tests/data/newsroom/story.jsonl") if row["band"] == "on"]  # fmt: skip
    with Newsroom(["rss", "atom"]) as room, socket.create_server(("127.0.0.1", 0)) as spare:
        config = room.write_config(tmp_path, seeds=ROOT / "seeds/north-korea-russia")
        port = spare.getsockname()[1]
        spare.close()
        secret = tmp_path / "page-password"
        secret.write_text(f"{WORD}\n")
        document = yaml.safe_load(config.read_text())
        document["settings"]["web"] = {
            "listen": f"127.0.0.1:{port}",
            "password": {"file": "page-password"},
        }
        document["sources"][0]["every"] = "1h"
        config.write_text(yaml.safe_dump(document))
        at = f"http://127.0.0.1:{port}"
        with (
            Here(config) as monitor,
            httpx.Client(base_url=at, trust_env=False, headers=OURS) as browser,
        ):

            def pressed(path: str, act: str, **fields: str) -> str:
                form = Forms(browser.get(path).text).of(act, **fields)
                answer = browser.post("/act", data=form)
                assert answer.status_code == 303, answer.text
                return str(answer.url.join(answer.headers["location"]))

            monitor.wait_for(f"page={at}/")
            assert browser.get("/").status_code == 303
            for path in ("/healthz", "/readyz", "/metrics"):
                assert browser.get(path).status_code == 200
            assert browser.post("/login", data={"password": "guess"}).status_code == 403
            assert browser.post("/login", data={"password": WORD}).status_code == 303
            figures = browser.get("/metrics").text
            assert 'story_monitor_logins_total{outcome="in"} 1.0' in figures
            assert 'story_monitor_logins_total{outcome="wrong"} 1.0' in figures
            assert "a wrong password for the page" in monitor.log_text()

            def read() -> bool:
                rows = browser.get("/sources.json").json()
                return all(row["last_read"] for row in rows if row["kind"] == "source")

            wait_until(read, what="the baseline")
            room.publish("rss", items[0])
            time.sleep(3)
            assert not room.received, "its next poll is in an hour"
            pressed("/sources", "poll", said="rss")
            wait_until(lambda: len(room.received) == 2, what="the alerts")
            (event, *_) = monitor.ask("developments")
            here = f"/developments/{event['id']}"

            shown = pressed(here, "no", number=str(event["id"]))
            monitor.wait_for("taught")
            (label,) = monitor.ask("label", "list")
            assert (label["id"], label["said"]) == (event["id"], "no")
            assert ENGLISH.done["no"] in browser.get(shown).text
            # In time: whoever was alerted hears nothing of it.
            pressed(shown, "none", was="no")
            assert monitor.ask("label", "list") == []

            shown = pressed(here, "mute")
            (entry,) = monitor.ask("development", "log")
            assert (entry["verb"], entry["development"]) == ("mute", event["id"])
            # A command beside it does the same; what the page then asks for is so already.
            done = monitor.call("development", "undo")
            assert done.returncode == 0, done.stderr
            assert ENGLISH.done_already in browser.get(pressed(shown, "undo")).text

            assert monitor.stop() == 0
            monitor.start()
            wait_until(lambda: monitor.log_text().count(f"page={at}/") == 2, what="the page again")
            assert browser.get(here).status_code == 200, "a restart ends no session"
            secret.write_text("another word entirely\n")
            assert browser.get(here).status_code == 303
            assert WORD not in monitor.log_text()
            assert len(room.received) == 2, "nothing was sent for any of it"
            assert monitor.stop() == 0
