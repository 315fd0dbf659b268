"""`web.page`: what a browser is shown of a store, over a real socket."""

from __future__ import annotations

import asyncio
import dataclasses
import html
import itertools
import json
import re
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import httpx
import pytest
import yaml

from monitor import desk as hand
from monitor.config.load import load
from monitor.errors import StoreError
from monitor.look.deliveries import log
from monitor.look.developments import listing
from monitor.model import Config, Episode, Source, Web
from monitor.store.care import Loaded
from monitor.store.sources import Memory
from monitor.store.store import Store
from monitor.web.hosts import Hosts
from monitor.web.page import app
from monitor.web.page.app import _VIEWS, Page
from monitor.web.page.arabic import ARABIC
from monitor.web.page.asked import Asked
from monitor.web.page.english import ENGLISH
from monitor.web.page.fares import fares
from monitor.web.page.reading import Reading
from monitor.web.page.shown import ago, credited, marked
from monitor.web.page.written import Written
from tests import blank
from tests.labelled import STORY, stream
from tests.newsroom import Here, Newsroom, read_items
from tests.newsroom.newsroom import PATIENCE, wait_until
from tests.paged import browsing
from tests.receivers import unused_port
from tests.stored import SOURCE, START, Desk, begun
from tests.test_cost import statements

ROOT = Path(__file__).parents[1]
PATHS = ("/", "/stories/troops", "/developments", "/articles", "/sources", "/search?q=كورسك", "/alerts")  # fmt: skip
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}\u202e"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = begun(tmp_path_factory.mktemp("page"))
    yield desk
    desk.store.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Desk]:
    """A desk that a test may change."""
    desk = begun(tmp_path)
    yield desk
    desk.store.close()


@asynccontextmanager
async def served(
    desk: Desk, *, alive: bool = True, url: str | None = None, config: Config | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    def made(web: Web) -> Page:
        return Page(config or desk.config, web, lambda: desk.now, lambda: alive)

    async with browsing(made, {"timeout": PATIENCE}, url=url) as (browser, _):
        yield browser


class Seen(HTMLParser):
    """Every tag of a page with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for found, attrs in self.tags if found == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def ids(desk: Desk) -> tuple[int, int]:
    """A development with several reports, and an article that updates one."""
    rows = listing(desk.store, ["troops"], 999)
    event = max(rows, key=lambda row: row["reports"])
    return event["id"], desk.store.developments.members("troops", event["id"])[-1]["id"]


# ---- what every page is


async def test_every_page_is_there_and_keeps_to_itself(desk: Desk) -> None:
    event, article = ids(desk)
    async with served(desk) as browser:
        for path in (*PATHS, f"/developments/{event}", f"/articles/{article}"):
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["content-security-policy"].startswith("default-src 'none';")
            assert "unsafe" not in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "same-origin"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            seen = Seen(answer.text)
            assert not {"script", "style", "iframe", "img", "object"} & {
                tag for tag, _ in seen.tags
            }
            (style,) = [one for one in seen.all("link") if one["rel"] == "stylesheet"]
            assert (await browser.get(str(answer.url.join(style["href"])))).status_code == 200
            for link in seen.all("a"):
                outside = re.match(r"[a-z]+:|//", link["href"] or "")
                assert not outside or set(link["rel"].split()) >= {"noopener", "noreferrer"}, link


async def test_a_page_is_read_by_keyboard_and_ear(desk: Desk) -> None:
    event, article = ids(desk)
    async with served(desk) as browser:
        for path in (*PATHS, f"/developments/{event}", f"/articles/{article}"):
            seen = Seen((await browser.get(path)).text)
            first = seen.all("a")[0]
            assert (first["class"], first["href"]) == ("skip", "#content")
            assert [main["id"] for main in seen.all("main")] == ["content"]
            assert len(seen.all("h1")) == 1
            levels = [int(tag[1]) for tag, _ in seen.tags if re.fullmatch("h[1-6]", tag)]
            steps = itertools.pairwise(levels)
            assert all(deeper - level <= 1 for level, deeper in steps), (path, levels)
            named = [one["id"] for _, one in seen.tags if one.get("id")]
            assert len(named) == len(set(named)), named
            labels = {one["for"] for one in seen.all("label")}
            assert {one["id"] for one in seen.all("input") if one.get("type") != "hidden"} <= labels
            assert all(one.get("aria-labelledby") in named for one in seen.all("section"))
            assert all(re.fullmatch(r"\d{4}-.{14}Z", one["datetime"]) for one in seen.all("time"))


async def test_every_link_leads_somewhere(desk: Desk) -> None:
    async with served(desk) as browser:
        found, todo = {"/"}, ["/"]
        while todo and len(found) < 80:
            here = httpx.URL(todo.pop(0))
            answer = await browser.get(here)
            assert answer.status_code == 200, here
            for link in Seen(answer.text).all("a"):
                there = str(answer.url.join(link["href"] or "").copy_with(fragment=None))
                if there.startswith(str(browser.base_url)) and there not in found:
                    found.add(there)
                    todo.append(there)
        assert len(found) > 40


async def test_pages_hold_behind_a_prefix_that_is_cut_off(desk: Desk) -> None:
    """A web server forwards /monitor/… here as /…; no link may lead out of it."""
    event, _ = ids(desk)
    async with served(desk) as browser:
        for path in ("/", f"/developments/{event}", "/nothing/there"):
            answer = await browser.get(path)
            outside = httpx.URL(f"https://example.org/monitor{path}")
            for tag, attribute in (("a", "href"), ("link", "href"), ("form", "action")):
                for one in Seen(answer.text).all(tag):
                    there = outside.join(one[attribute] or "")
                    if there.host == "example.org":
                        assert there.path.startswith("/monitor/"), (path, one)


# ---- who may ask


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        ("127.0.0.1:8086", True),
        ("localhost", True),
        ("LOCALHOST:9999", True),
        ("[::1]:8086", True),
        ("monitor.example.org", True),
        ("monitor.example.org.:443", True),
        ("192.168.7.7:8086", True),
        ("192.168.7.8:8086", False),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("monitor.example.org.evil.example", False),
        ("localhost@evil.example", False),
        ("evil.example/localhost", False),
        ("0.0.0.0:8086", False),
        ("localhost:x", False),
        ("", False),
        ("[", False),
    ],
)
def test_a_request_names_a_host_of_ours(named: str, allowed: bool) -> None:
    web = Web(host="0.0.0.0", port=8086, url="https://monitor.example.org/x")
    assert Hosts(web).allow(named, "192.168.7.7") is allowed


async def test_a_rebound_name_reads_nothing(desk: Desk) -> None:
    event, article = ids(desk)
    stranger = {"host": "evil.example"}
    async with served(desk) as browser:
        paths = (*PATHS, f"/developments/{event}.json", f"/articles/{article}", "/sources.json",
                 "/stories/troops/feed.atom", "/nothing", "/page.css")  # fmt: skip
        for path in paths:
            answer = await browser.get(path, headers=stranger)
            assert answer.status_code == 403
            assert "settings.web.url" in answer.text
            assert "troops" not in answer.text
            assert len(answer.text) < 1500
    async with served(desk, url="https://evil.example/here") as browser:
        assert (await browser.get("/", headers=stranger)).status_code == 200


async def test_nothing_can_be_written(desk: Desk) -> None:
    async with served(desk) as browser:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert (await browser.request(method, "/articles/1")).status_code == 405
        for path in ("/", "/sources", "/developments.json", "/stories/troops/feed.atom"):
            whole, head = await browser.get(path), await browser.head(path)
            assert head.status_code == whole.status_code == 200
            assert head.content == b""
            assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/developments/999999", 404),
        ("/articles/999999", 404),
        ("/articles/999999.json", 404),
        ("/stories/other", 404),
        ("/stories/other/feed.atom", 404),
        ("/nothing", 404),
        ("/articles?story=other", 404),
        ("/articles/x", 400),
        ("/articles/-1", 400),
        (f"/developments/{'9' * 5000}", 400),
        ("/developments?before=yesterday", 400),
        ("/alerts?state=lost", 400),
        ("/alerts?before=1e9", 400),
        ("/sources?from=-3", 400),
    ],
)
async def test_what_is_not_there(desk: Desk, path: str, status: int) -> None:
    async with served(desk) as browser:
        answer = await browser.get(path)
        assert answer.status_code == status
        assert ("There is no such page" if status == 404 else "not understood") in answer.text


async def test_what_strangers_wrote_stays_text(own: Desk) -> None:
    """Titles, links, outlets, answers of receivers, names of ours: none of it is markup."""
    event, article = ids(own)
    run = own.store.db.conn.execute
    run("update articles set title = ?1, outlet = ?1, language = ?1, link = 'javascript:alert(3)'", [HOSTILE])  # fmt: skip
    run("update members set new_facts = json_array(?1)", [HOSTILE])
    run("update deliveries set reply = ?1, recipient = ?1 || id, state = 'given-up'", [HOSTILE])
    run("update judgements set reasons = json_array(json_object('kind', 'concept', 'text', ?1, 'sentence', ?1), json_object('kind', 'seed', 'text', ?1, 'weight', 1))", [HOSTILE])  # fmt: skip
    run("update rulings set rule = ?1 || id, told = ?1, band = case when id % 2 then 'maybe' else band end", [HOSTILE])  # fmt: skip
    run("update sources set detail = ?1, failure = 'misread'", [HOSTILE])
    run("insert into credits (article_id, agency, kind) select id, ?1, 'line' from articles where true on conflict do nothing", [HOSTILE])  # fmt: skip
    run("delete from texts")
    run("insert or replace into unsearched (article_id, text) select id, ?1 from articles", [HOSTILE])  # fmt: skip
    run("commit")
    hand.mark(own.store, "troops", "rename", event, own.now, HOSTILE)
    hand.mark(own.store, "troops", "note", event, own.now, HOSTILE)
    config = replace(own.config, stories=(replace(STORY, title=HOSTILE),))
    async with served(own, config=config) as browser:
        paths = (*PATHS, f"/developments/{event}", f"/articles/{article}", "/articles?band=maybe",
                 f"/search?q={HOSTILE}&lang={HOSTILE}", "/alerts?channel=<b>")  # fmt: skip
        for path in paths:
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            seen = Seen(answer.text)
            assert not {"script", "img", "b"} & {tag for tag, _ in seen.tags}, path
            for tag, attributes in seen.tags:
                assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
                assert not (attributes.get("href") or "").lower().startswith("javascript")
            assert "49" not in re.findall(r"\b49\b", seen.text)
            assert "\u202e" not in answer.text, path
        feed = feedparser.parse((await browser.get("/stories/troops/feed.atom")).content)
        assert not feed.bozo
        assert "<script>" in feed.entries[0].title_detail.value
        assert feed.entries[0].title_detail.type == "text/plain"


# ---- what they say


async def test_a_development_and_an_article_say_what_is_known(own: Desk) -> None:
    event, _article = ids(own)
    async with served(own) as browser:
        page = Seen((await browser.get(f"/developments/{event}?lang=en")).text)
        members = own.store.developments.members("troops", event)
        for row in members:
            assert row["title"].replace("\u200f", "") in page.text
            for fact in row["new_facts"]:
                assert fact[:40] in page.text
        order = [page.text.index(row["title"]) for row in members]
        assert len(order) > 2
        assert f"monitor development mute {event} --story troops" in page.text
        assert "hook" in page.text
        whole_page = (await browser.get(f"/articles/{event}?lang=en")).text
        page = Seen(whole_page)
        row = own.store.articles.find(str(event))
        assert row is not None
        assert row["text"].splitlines()[0][:60] in page.text
        assert page.all("mark"), "what it names is marked"
        verdict = own.store.ledger.verdicts(event)[0]
        sentences = {
            each["sentence"] for each in json.loads(verdict["reasons"]) if each["sentence"]
        }
        unmarked = html.unescape(re.sub("</?mark>", "", whole_page))
        assert sentences
        assert all(f">{sentence}<" in unmarked for sentence in sentences)
        assert "alerted" in page.text
        assert "less, and it would have been maybe" in page.text
        assert f"monitor label {event} no --story troops" in page.text
        assert f"monitor explain {event}" in page.text
        assert {one["href"] for one in page.all("a")} >= {
            f"../developments/{event}?lang=en&story=troops"
        }


async def test_nothing_that_stands_so_is_not_nothing(desk: Desk) -> None:
    async with served(desk) as browser:
        text = Seen((await browser.get("/alerts?state=given-up")).text).text
    assert "No message stands so." in text
    assert "Nothing was sent" not in text


async def test_what_the_desk_said_is_shown_and_what_was_merged_is_found(own: Desk) -> None:
    first, second = (row["id"] for row in listing(own.store, ["troops"], 2))
    hand.mark(own.store, "troops", "rename", first, own.now, "A name of ours")
    hand.mark(own.store, "troops", "note", first, own.now, "ask Seoul")
    hand.mark(own.store, "troops", "mute", first, own.now)
    hand.merge(own.store, own.profile, first, second, own.now)
    async with served(own) as browser:
        for path in ("/", f"/developments/{first}"):
            text = Seen((await browser.get(path)).text).text
            assert all(word in text for word in ("A name of ours", "ask Seoul", "muted")), path
        assert f"development unmute {first} " in text
        for end in ("", ".json"):
            moved = await browser.get(f"/developments/{second}{end}")
            assert moved.status_code == 302
            there = moved.url.join(moved.headers["location"])
            assert there.path == f"/developments/{first}{end}"
            # Numbers are a story's own.
            assert end or there.params["story"] == "troops"


async def test_a_story_by_the_name_that_it_had_is_found_and_its_feed_stays_what_it_was(
    own: Desk,
) -> None:
    """Letters and readers of feeds have the name that it had when they were told of it."""
    number = listing(own.store, ["troops"], 1)[0]["id"]
    async with served(own) as browser:
        before = feedparser.parse((await browser.get("/stories/troops/feed.atom")).content)
    with own.store.transaction():
        own.store.db.execute("insert or replace into stories values ('troops', '[\"a\"]', null)")
        assert own.store.stories.declare({"soldiers": ["a"]}) == [("troops", "soldiers")]
    own.config = replace(
        own.config, stories=tuple(replace(each, name="soldiers") for each in own.config.stories)
    )
    async with served(own) as browser:
        for path, there in (
            ("/stories/troops", "/stories/soldiers"),
            ("/stories/troops.json?lang=ar", "/stories/soldiers.json"),
            (f"/developments/{number}?story=troops", f"/developments/{number}"),
            ("/articles?story=troops&band=on", "/articles"),
            ("/stories/troops/feed.atom", "/stories/soldiers/feed.atom"),
        ):
            moved = await browser.get(path)
            assert moved.status_code == 302, path
            found = moved.url.join(moved.headers["location"])
            assert found.path == there
            asked = {**moved.url.params}
            assert {**found.params} == (
                asked | {"story": "soldiers"} if "story" in asked else asked
            )
            assert (await browser.get(found)).status_code == 200, path
        after = feedparser.parse((await browser.get(found)).content)
    assert [each["id"] for each in after.entries] == [each["id"] for each in before.entries]
    assert after.feed["id"] == before.feed["id"]


async def test_each_reader_has_a_language(desk: Desk) -> None:
    async with served(desk) as browser:
        for wish, path, language in (
            ("ar-EG,ar;q=0.9,en;q=0.5", "/", "ar"),
            ("fr", "/", "en"),
            ("", "/", "en"),
            ("en", "/?lang=ar", "ar"),
            ("ar", "/?lang=en", "en"),
            ("ar", "/?lang=xx", "ar"),
        ):
            answer = await browser.get(path, headers={"accept-language": wish})
            (root,) = Seen(answer.text).all("html")
            assert (root["lang"], root["dir"]) == (language, "rtl" if language == "ar" else "ltr")
            words = ARABIC if language == "ar" else ENGLISH
            assert words.fares in answer.text
        # What was chosen stays chosen.
        seen = Seen((await browser.get("/?lang=ar")).text)
        inside = [one["href"] for one in seen.all("a") if not one["href"].startswith(("#", "http"))]
        assert [href for href in inside if "lang=" not in href] == []
        titles = [one for tag, one in seen.tags if tag == "span" and one.get("lang")]
        assert {(one["lang"], one["dir"]) for one in titles} >= {("ar", "rtl"), ("en", "ltr")}


def test_both_catalogues_say_everything() -> None:
    for field in dataclasses.fields(ENGLISH):
        english, arabic = getattr(ENGLISH, field.name), getattr(ARABIC, field.name)
        if isinstance(english, Mapping):
            assert english.keys() == arabic.keys(), field.name
            assert all(english.values())
            assert all(arabic.values())
        else:
            assert english, field.name
            assert arabic, field.name
            assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", arabic), field.name


def test_agencies_that_a_text_does_not_name_are_said_in_the_readers_words() -> None:
    assert credited("agencies", "ar") == "وكالات الأنباء"
    assert credited("KCNA", "ar") == "KCNA"
    assert credited(None, "ar") == ""


def test_every_word_is_used() -> None:
    folder = Path(app.__file__).parent
    text = "".join(
        path.read_text("utf-8") for end in ("html", "py") for path in folder.glob(f"*.{end}")
    )
    used = set(re.findall(r"\bsaid\.(\w+)", text)) | {"beside"}
    assert {field.name for field in dataclasses.fields(ENGLISH)} == used


@pytest.mark.parametrize(
    ("seconds", "said"), [(-180, "3 minutes ago"), (0, "1 second ago"), (40, "1 second ago")]
)
def test_how_long_ago(seconds: int, said: str) -> None:
    assert ago(START + timedelta(seconds=seconds), START, "en") == said


def test_a_sentence_with_marks_is_the_sentence() -> None:
    shown = marked("Seoul: a+b (Kursk) in kursk", ["Kursk", "a+b", ""])
    assert shown["parts"] == [
        ("Seoul: ", False),
        ("a+b", True),
        (" (", False),
        ("Kursk", True),
        (") in ", False),
        ("kursk", True),
    ]
    assert marked("", ["x"])["parts"] == []


async def test_nothing_yet_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(Store.open(tmp_path / "monitor.db"))
    desk.config = replace(desk.config, database=tmp_path / "monitor.db")
    async with served(desk) as browser:
        pages = {path: Seen((await browser.get(path)).text).text for path in PATHS}
    assert "Nothing on this story so far." in pages["/"]
    assert "monitor story show troops" in pages["/"]
    assert "Nothing has been polled yet." in pages["/"]
    assert "All is well" not in pages["/"]
    assert "monitor alerts test" in pages["/alerts"]
    assert "it has not been polled yet" in pages["/sources"]
    assert "Nothing was sent so far." in pages["/alerts"]
    assert "monitor add URL" in pages["/sources"]
    assert "Nothing that is stored holds all these words." in pages["/search?q=كورسك"]
    assert "No stored article is in this band." in pages["/articles"]
    desk.store.close()


# ---- how the monitor fares


def asked(desk: Desk, *, alive: bool = True, query: Mapping[str, str] | None = None) -> Asked:
    return Asked(
        config=desk.config, written=Written(desk.config.path), now=desk.now, alive=alive, said=ENGLISH, query=query or {}, as_json=False
    )  # fmt: skip


def polled(desk: Desk) -> None:
    """Its one source was read, just now."""
    with desk.store.transaction():
        desk.store.sources.answered(
            SOURCE.name, now=desk.now, next_poll=desk.now + timedelta(minutes=5), memory=Memory()
        )
        desk.store.ledger.poll(SOURCE.name, now=desk.now, outcome="new", entries=3, fresh=3)
        desk.store.db.execute("update deliveries set state = 'delivered'")


def test_no_silence_passes_for_health(own: Desk) -> None:
    def ailing(*, alive: bool = True) -> str:
        found = fares(own.store, asked(own, alive=alive))
        assert found.is_well is (not found.ails)
        return "; ".join(f"{each.label} {each.value}" for each in found.ails)

    assert not fares(own.store, asked(own)).is_well, "nothing was polled"
    polled(own)
    assert ailing() == ""
    assert ailing(alive=False) == "The daemon's jobs stand still: nothing is polled. "
    own.now += timedelta(minutes=20)
    assert ailing() == "Sources overdue by more than ten minutes 1"
    with own.store.transaction():
        own.store.sources.failed(
            SOURCE.name, now=own.now, next_poll=own.now + timedelta(hours=1), failure="timeout", detail="x"
        )  # fmt: skip
    assert ailing() == "Sources (failing) 1"
    polled(own)
    episode = {"reason": "silent", "facts": {}, "began": own.now, "noted": own.now}
    with own.store.transaction():
        own.store.health.begin([Episode(story="troops", state="silent", **episode)], own.now)
        own.store.ledger.poll(SOURCE.name, now=own.now, outcome="new", fresh=9, gap=True)
        own.store.care.hold("for a test", own.now)
        wrong = "sources.yaml:3:1: no such key\nsources.yaml:9:1: another"
        own.store.care.note_loaded(Loaded(path="sources.yaml", at=own.now, stand={}, wrong=wrong))
    said = ailing()
    assert "follows its former configuration" in said, "before the watch has looked"
    with own.store.transaction():
        own.store.health.begin([Episode(state="former", **episode)], own.now)
    assert ailing().count("former configuration") == 1
    assert "Nothing is sent: held, for a test" in said
    assert "Troops: silent nothing on the story has been found" in said
    assert "Gaps of the last day, in which something may have been missed 1" in said
    own.store.db.execute("update deliveries set state = 'given-up' where id = 1")
    own.store.db.execute("update deliveries set state = 'queued', attempts = 2, reply = '550 no' where id = 2")  # fmt: skip
    own.store.db.execute("update deliveries set state = 'queued', channel = 'old' where id = 3")
    said = ailing()
    assert "Given up 1" in said
    assert "hook has not taken what waits since 550 no" in said
    assert "Waiting for a channel that is not in sources.yaml old (1)" in said
    own.config = replace(own.config, sources=(replace(SOURCE, enabled=False),))
    assert "No source is polled" in ailing()


async def test_sources_in_trouble_stand_first_with_what_to_do(own: Desk) -> None:
    other = Source(name="blocked-one", url="https://ana:geheim@other.example/feed")
    own.config = replace(own.config, sources=(SOURCE, other))
    with own.store.transaction():
        own.store.sources.declare(own.config.sources, own.now)
        own.store.sources.failed(
            other.name, now=own.now, next_poll=own.now, failure="blocked", detail="403 Forbidden"
        )
    polled(own)
    async with served(own) as browser:
        english = Seen((await browser.get("/sources?lang=en")).text).text
        arabic = Seen((await browser.get("/sources?lang=ar")).text).text
        rows = (await browser.get("/sources.json")).text
    assert english.index("blocked-one") < english.index("gazette")
    assert "try its feed or news sitemap, or ask the outlet" in english
    assert "403 Forbidden" in english
    assert "https://other.example/feed" in english
    assert english.index("Last poll", english.index("blocked-one")) < english.index("gazette")
    assert "geheim" not in english + rows
    assert "https://other.example/feed" in rows
    assert "جرب خلاصته أو خريطة أخباره" in arabic


def test_what_is_written_is_read_again_when_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []

    def counted(path: Path) -> Config:
        reads.append(path)
        return load(path)

    monkeypatch.setattr("monitor.web.page.written.load", counted)
    file = tmp_path / "sources.yaml"
    written, store = Written(file), blank.in_memory()
    assert "cannot be read" in written.unread(store)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A synthetic seed.")
    file.write_text("stories: {s: {seeds: seeds}}\n")
    assert [written.unread(store) for _ in range(5)] == [""] * 5
    assert len(reads) == 2
    file.write_text("stories: {s: {seeds: seeds, nothing: 1}}\n")
    assert "sources.yaml:1:29" in written.unread(store)
    assert len(reads) == 3


# ---- as rows, and piece by piece


async def test_rows_come_in_pieces_that_follow_each_other(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.page.lists._PAGE", 5)
    monkeypatch.setattr("monitor.web.page.lists._FOUND", 5)
    monkeypatch.setattr("monitor.web.page.stories._PAGE", 5)

    async def walked(path: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        url, pieces = httpx.URL(path), 0
        async with served(own) as browser:
            while pieces < 50:
                answer = await browser.get(url)
                assert answer.headers["content-type"] == "application/json"
                rows, pieces = rows + answer.json(), pieces + 1
                link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("link", ""))
                if link is None:
                    break
                url = answer.url.join(link[1])
        assert pieces > 1, path
        return rows

    store = own.store
    assert await walked("/alerts.json") == log(store, 999)
    found = await walked("/articles.json?band=maybe&band=on")
    assert found == store.ledger.articles(story="troops", bands=["on"], limit=999)
    found = await walked("/search.json?q=كوريا")
    assert len(found) > 10
    assert len({row["id"] for row in found}) == len(found)
    rows = listing(store, ["troops"], 999)
    assert await walked("/developments.json") == rows
    async with served(own) as browser:
        answer = await browser.get("/", headers={"accept": "application/json"})
        assert answer.json() == rows[:5]


async def test_a_page_goes_on_and_comes_back(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.page.stories._PAGE", 2)
    whole = [row["id"] for row in listing(own.store, ["troops"], 999)]
    found, url = [], httpx.URL("/?lang=ar")
    async with served(own) as browser:
        while url:
            answer = await browser.get(url)
            seen = Seen(answer.text)
            found += [int(number) for number in re.findall(r"developments/(\d+)\?", answer.text)]
            onward = [one["href"] for one in seen.all("a") if one.get("rel") == "next"]
            back = [one["href"] for one in seen.all("a") if one.get("rel") == "first"]
            assert bool(back) is ("before" in url.params)
            url = answer.url.join(onward[0]) if onward else None
    assert found == whole
    assert len(whole) > 4
    assert back == ["?lang=ar"]


# ---- the feed


async def test_any_reader_can_follow_a_story(own: Desk) -> None:
    async with served(own, url="https://m.example/x/") as browser:
        answer = await browser.get("/stories/troops/feed.atom")
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.title == "Troops"
        links = {one["rel"]: one["href"] for one in feed.feed.links}
        assert links["self"] == "https://m.example/x/stories/troops/feed.atom"
        rows = listing(own.store, ["troops"], 30)
        assert len(feed.entries) == len(rows) > 3
        for entry, row in zip(feed.entries, rows, strict=True):
            assert entry.link == f"https://m.example/x/developments/{row['id']}?story=troops"
            assert entry.updated == row["last_new"]
            assert entry.published == row["opened"]
            assert row["link"] in entry.summary
        known = [entry.id for entry in feed.entries]
        assert len(set(known)) == len(known)
        tag = {"if-none-match": answer.headers["etag"]}
        assert (await browser.get("/stories/troops/feed.atom", headers=tag)).status_code == 304
        # Another name and another word change what is read, and not what it is known by.
        hand.mark(own.store, "troops", "rename", rows[0]["id"], own.now, "Ours")
        again = await browser.get("/stories/troops/feed.atom", headers=tag)
        assert again.status_code == 200
        feed = feedparser.parse(again.content)
        assert [entry.id for entry in feed.entries] == known
        assert feed.entries[0].title == "Ours"


# ---- what it costs, and what it does not hinder


# What grows with a user's own hand, with sources.yaml or with what waits, and the settings of the
# search index; what a statement makes itself; and indexes of what waits alone.
FEW = {"desk", "l", "withdrawals", "sources", "unsearched", "main.found_config"}
MADE = {"asked", "t", "c", "n", "f", "telling_story", "grouping_story", "json_each"}
WAITING = {"deliveries_due", "episodes_open", "entries_pending", "held_waiting"}


def whole(store: Store, asked_for: list[str]) -> Iterator[str]:
    """Steps that go through all of something."""
    for statement in dict.fromkeys(asked_for):
        if statement.lower().lstrip().startswith(("select", "with")):
            for *_, step in store.db.conn.execute(f"explain query plan {statement}"):
                words = step.split()
                if words[0] == "SCAN" and words[1] not in FEW | MADE and words[-1] not in WAITING:
                    yield f"{step}: {' '.join(statement.split())}"


def test_what_a_page_costs_does_not_grow(tmp_path: Path) -> None:
    """Few statements, each by an index, however much is stored; figures: docs/page.md."""
    counts: dict[str, list[int]] = {}
    desk = begun(tmp_path, 30)
    polled(desk)
    event, article = ids(desk)
    asked_for = [
        ("/", {}, {}),
        ("/stories/{name}", {"name": "troops"}, {}),
        ("/developments/{number}", {"number": str(event)}, {}),
        ("/articles/{number}", {"number": str(article)}, {}),
        ("/articles", {}, {"story": "troops", "band": "maybe"}),
        ("/sources", {}, {}),
        ("/alerts", {}, {}),
        ("/alerts", {}, {"before": "20"}),
        ("/search", {}, {"q": "no-such-word"}),
    ]
    for size in range(2):
        for path, at, query in asked_for:
            wanted = asked(desk, query=query)
            with statements(desk.store.db.conn) as seen:
                _VIEWS[path](desk.store, wanted, at)
            assert list(whole(desk.store, seen)) == [], path
            plain = [one for one in seen if "SAVEPOINT" not in one.upper()]
            counts.setdefault(f"{path} {query}", []).append(len(plain))
        if size == 0:
            desk.tell_all(stream()[30:120])
    assert all(max(each) <= 40 for each in counts.values()), counts
    # An index of what there is more of may take a statement, and not one for each row.
    assert all(later - before <= 6 for before, later in counts.values()), counts
    desk.store.close()


async def test_a_page_waits_for_no_writer(own: Desk) -> None:
    with own.store.transaction():  # whose lock is not given up before the answer is there
        own.store.db.execute("update articles set title = 'not yet' where id = 1")
        async with served(own) as browser:
            answer = await browser.get("/articles/1")
            assert answer.status_code == 200
            assert "not yet" not in answer.text


async def test_a_slow_store_is_given_up_and_the_loop_goes_on(own: Desk) -> None:
    reading = Reading(own.config.database, patience=0.2)
    forever = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n"
    looked = asyncio.create_task(asyncio.sleep(0.05))
    with pytest.raises(StoreError, match=r"did not answer within 0\.2 s"):
        await reading.of(lambda store: store.db.execute(forever).fetchone())
    assert looked.done()
    reading._patience = PATIENCE
    assert await reading.of(lambda store: store.ledger.bands()), "and the next is read"
    assert threading.active_count() < 20
    with pytest.raises(StoreError, match=r"attempt to write a readonly"):
        await reading.of(lambda store: store.db.execute("delete from articles"))
    reading.close()
    gone = Reading(own.config.database.with_name("no.db"))
    with pytest.raises(StoreError, match=r"no\.db"):
        await gone.of(lambda store: None)
    assert not own.config.database.with_name("no.db").exists()
    gone.close()


async def test_a_store_that_is_away_is_said(own: Desk) -> None:
    config = replace(own.config, database=own.config.database.with_name("no.db"))
    async with served(own, config=config) as browser:
        for path in ("/", "/sources.json", "/stories/troops/feed.atom"):
            answer = await browser.get(path)
            assert answer.status_code == 503
            assert "no.db" in answer.text
            assert "Retry-After" not in answer.headers


async def test_who_would_wait_too_long_is_told_when_to_come_again(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page is read at a time: many requests at once wait for each other, and not for ever."""
    monkeypatch.setattr("monitor.web.page.app.Reading", partial(Reading, patience=-1))
    async with served(own) as browser:
        for path in ("/articles", "/articles.json", "/stories/troops/feed.atom"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


# ---- with the daemon


def test_a_reader_beside_the_daemon(tmp_path: Path) -> None:
    """A browser sees what the commands print, while sources are polled every second."""
    items = [i for i, row in read_items(ROOT / "tests/data/newsroom/story.jsonl") if row["band"] == "on"]  # fmt: skip
    with Newsroom(["rss", "atom"]) as room:
        config = room.write_config(tmp_path, seeds=ROOT / "seeds/north-korea-russia")
        document = yaml.safe_load(config.read_text())
        port = unused_port()
        document["settings"]["web"] = {"listen": f"127.0.0.1:{port}"}
        config.write_text(yaml.safe_dump(document))
        with (
            Here(config) as monitor,
            httpx.Client(
                base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE
            ) as browser,
        ):
            monitor.wait_for(f"page=http://127.0.0.1:{port}/")

            def read() -> bool:
                rows = browser.get("/sources.json").json()
                return all(row["last_read"] for row in rows if row["kind"] == "source")

            wait_until(read, what="the baseline")
            room.publish("rss", items[0])
            wait_until(lambda: len(room.received) == 2, what="the alerts")
            wait_until(lambda: not browser.get("/alerts.json?state=queued").json(), what="receipts")
            polls = len(room.visits)
            found: dict[str, httpx.Response] = {}
            for path in ("/", "/sources", "/alerts", "/articles", "/stories/north-korea-russia"):
                found[path] = browser.get(path)
                assert found[path].status_code == 200
            assert "All is well." in found["/"].text
            assert items[0].title in found["/"].text
            (event, *_) = monitor.ask("developments")
            for path, command in (
                ("/developments.json", ["developments"]),
                ("/articles.json", ["articles"]),
                (f"/developments/{event['id']}.json", ["development", "show", str(event["id"])]),
                ("/alerts.json", ["alerts", "list"]),
                ("/search.json?q=روسيا", ["search", "روسيا"]),
            ):
                wait_until(lambda: monitor.ask("status")[-1]["pending"] == 0, what="the reading")
                assert browser.get(path).json() == monitor.ask(*command), path
            assert [browser.get(f"/articles/{event['id']}.json").json()] == [
                {**row, "wanted": str(event["id"])} for row in monitor.ask("explain", str(event["id"]))
            ]  # fmt: skip
            shown, told = browser.get("/sources.json").json(), monitor.ask("status")
            assert [(row["kind"], row.keys()) for row in shown] == [
                (row["kind"], row.keys()) for row in told
            ]
            # An edit that nobody has let it read is told in both.
            document["settings"]["contact"] = "another@newsroom.example"
            config.write_text(yaml.safe_dump(document))
            assert (
                "sources.yaml changed since the daemon last read them"
                in browser.get("/sources").text
            )
            assert browser.get("/sources.json").json()[-1]["unread"] == monitor.ask("status")[-1]["unread"]  # fmt: skip
            wait_until(lambda: len(room.visits) > polls + 3, what="polls meanwhile")
            assert monitor.stop() == 0
