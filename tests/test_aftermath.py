"""What becomes of articles after they were told, over real sockets: sites, mail server, webhook."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from sqlite_utils import Database

from monitor.alert.sequel import sequel_letter
from monitor.alert.sequel_words import sequel_words
from monitor.bulletin import Editor
from monitor.cli.aftermath import say_aftermath
from monitor.config.load import load
from monitor.daemon.jobs import Jobs
from monitor.deliver.deliver import Courier
from monitor.deliver.email import Email
from monitor.deliver.webhook import Webhook
from monitor.errors import StoreError
from monitor.fetch.client import Client
from monitor.learn import profiles
from monitor.look.status import summary
from monitor.model import (
    Change,
    ChangeKind,
    Channel,
    Config,
    Digest,
    Episode,
    Sequel,
    SequelKind,
    Story,
    Weight,
)
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.read import Reader
from monitor.recheck import Rechecker
from monitor.store.aftermath import Aftermaths
from monitor.store.rows import moment, stamp
from monitor.store.schema import migrations
from monitor.story.profile import Profile
from monitor.workers import Workers
from tests import blank
from tests.alerts import DESCRIBED
from tests.inline import Inline
from tests.newsroom import Item, Newsroom, Received
from tests.newsroom.item import blocks
from tests.newsroom.receivers import plain

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
HOUR = timedelta(hours=1)

# Invented articles. Each has enough text to be an article, and facts that can be changed.
SENT = Item(
    key="sent",
    title="سيول: بيونغ يانغ ترسل ألف خبير ألغام إلى كورسك",
    blocks=blocks(
        "قال جهاز الاستخبارات في سيول إن كوريا الشمالية أرسلت ألف خبير ألغام إلى منطقة كورسك الروسية للعمل إلى جانب القوات"
        " الروسية في الحرب ضد أوكرانيا.\n\n"
        "وأضاف الجهاز في إحاطة أمام لجنة برلمانية أن الخبراء وصلوا بالقطار قبل أسبوعين، وأنهم يعملون تحت إمرة ضباط روس"
        " في القرى الحدودية.\n\n"
        "ولم تعلق موسكو على ما ورد في الإحاطة حتى مساء اليوم، فيما قالت وزارة الدفاع الأوكرانية إنها تتابع تحركات هذه"
        " الوحدات عن قرب منذ مطلع الشهر.\n\n"
        "وكان البلدان قد وقعا معاهدة شراكة تنص على المساعدة العسكرية المتبادلة إذا تعرض أحدهما لهجوم مسلح من الخارج."
    ),
)
CAPTURED = Item(
    key="captured",
    title="Captured North Korean soldiers in Ukraine ask to go to Seoul, lawyer says",
    language="en",
    blocks=blocks(
        "Two North Korean soldiers captured by Ukraine while fighting for Russia in the Kursk region have asked to be"
        " taken to South Korea, their lawyer told reporters in Kyiv on Monday.\n\n"
        "The lawyer said that both men had written letters to the government in Seoul and that neither wanted to return"
        " to North Korea, where captured soldiers are treated as traitors.\n\n"
        "The South Korean foreign ministry said that the two prisoners would be accepted under its constitution, and that"
        " talks with Ukraine about their transfer were going on.\n\n"
        "Ukraine has put the number of North Korean troops sent to Russia at 11,000, of whom about 4,000 were killed or"
        " wounded in the first three months of the fighting.\n\n"
        "Moscow has not commented on the request of the two prisoners."
    ),
)
MEDALS = Item(
    key="medals",
    title="كيم جونغ أون يقلد جنودا عادوا من كورسك أوسمة في بيونغ يانغ",
    blocks=blocks(
        "قلد الزعيم الكوري الشمالي كيم جونغ أون جنودا عادوا من القتال في منطقة كورسك الروسية أوسمة في احتفال أقيم في بيونغ"
        " يانغ، بحسب وكالة الأنباء المركزية الكورية.\n\n"
        "ووصف كيم الجنود بأنهم أبطال دافعوا عن شرف البلاد إلى جانب القوات الروسية في الحرب ضد أوكرانيا، ووعد برعاية أسر"
        " من قتلوا هناك وببناء حي سكني لهم في العاصمة.\n\n"
        "وحضر الاحتفال السفير الروسي وعدد من كبار الضباط، ووضعت على صور القتلى أوسمة وأكاليل من الزهور.\n\n"
        "وهذه أول مرة يعرض فيها التلفزيون الرسمي صورا لجنود قتلوا خارج البلاد منذ إرسالهم إلى روسيا."
    ),
)
OLD = Item(
    key="old", title="أسعار الخضار ترتفع في أسواق العاصمة", blocks=blocks("خبر آخر عن الأسعار.")
)


_LEARNT: dict[str, Profile] = {}


def _learnt(config: Config) -> dict[str, Profile]:
    """What the shipped seeds teach, learnt once."""
    if not _LEARNT:
        _LEARNT.update(profiles(config))
    return dict(_LEARNT)


class Desk:
    """A monitor over real sockets whose clock is turned by hand."""

    def __init__(self, config: Config, workers: Workers, room: Newsroom) -> None:
        self.room = room
        self.config = config
        self.now = datetime.now(UTC)
        self.store = blank.in_memory()
        self.parts = Parts(
            config=config,
            profiles=_learnt(config),
            store=self.store,
            client=Client(config.poll, contact=config.contact, now=lambda: self.now),
            workers=workers,
            clock=lambda: self.now,
        )
        with self.store.transaction():
            self.store.sources.declare(config.sources, self.now)
        self.use()

    def use(self, channels: tuple[Channel, ...] | None = None) -> None:
        """As at a start, with other channels perhaps."""
        self.config = config = replace(self.config, channels=channels or self.config.channels)
        self.parts = replace(self.parts, config=config)
        self.poller, self.reader = Poller(self.parts), Reader(self.parts)
        self.rechecker = Rechecker(self.parts)
        self.editor = Editor(config, self.store, lambda: self.now)
        # Signatures are dated by a true clock, or no receiver would believe them.
        ways = {
            channel.name: Email(channel)
            if channel.kind == "email"
            else Webhook(channel, clock=lambda: datetime.now(UTC))
            for channel in config.channels
        }
        self.courier = Courier(self.store.outbox, ways, lambda: self.now)

    async def close(self) -> None:
        await self.courier.aclose()
        await self.parts.client.aclose()
        self.store.close()

    async def poll(self) -> None:
        for source in self.config.sources:
            await self.poller.poll(source)
        for entry_id, _ in self.store.entries.queue(self.now, 100):
            await self.reader.read(entry_id)
        self.rechecker.plan()

    async def pass_time(self, span: timedelta) -> list[str]:
        """Let time pass, with every look and delivery at its time; what the looks came to."""
        outcomes, end = [], self.now + span
        while self.now < end:
            self.rechecker.plan()
            for article_id, _ in self.rechecker.due(100):
                outcomes.append(await self.rechecker.look(article_id))
            self.editor.look()
            await self.courier.finish()
            (due,) = self.store.db.conn.execute("select min(next_at) from looks").fetchone()
            wait = moment(due) - self.now if due else 4 * HOUR
            self.now += min(max(wait, HOUR / 2), 4 * HOUR, end - self.now)
        return outcomes

    async def received(self) -> list[Received]:
        """What came since the last time, e-mail first."""
        await self.courier.finish()
        found = self.room.received
        self.room.mail.received, self.room.hook.received = [], []
        return found


@asynccontextmanager
async def newsroom(folder: Path, *kinds: str, **changed: Any) -> AsyncIterator[Desk]:
    with Newsroom(kinds) as room:
        config = load(room.write_config(folder, seeds=SEEDS, poll={"host_gap": "0s"}))
        config = replace(
            config,
            **{
                "channels": tuple(
                    replace(channel, language="en") if channel.kind == "webhook" else channel
                    for channel in config.channels
                ),
                **changed,
            },
        )
        workers = Inline()
        desk = Desk(config, workers, room)
        for kind in kinds:
            room.publish(kind, OLD)
        await desk.poll()
        try:
            yield desk
        finally:
            await desk.close()
            await workers.aclose()


def only(received: list[Received], channel: str) -> Received:
    (found,) = [one for one in received if one.channel == channel]
    return found


def sequel(received: list[Received], kind: str) -> dict[str, Any]:
    """The one notice that both channels got, as the webhook has it."""
    body = only(received, "webhook").data
    DESCRIBED.validate(body)
    assert body["type"] == f"notice.{kind}"
    return body["data"]


async def told(desk: Desk, site: str, item: Item) -> tuple[str, list[Received]]:
    """Publish an article, see it alerted on both channels, and let its page be looked at once."""
    (address,) = desk.room.publish(site, item)
    await desk.poll()
    alerts = await desk.received()
    assert sorted(one.channel for one in alerts) == ["email", "webhook"], item.title
    return address, alerts


async def test_a_revised_article_gives_one_notice_with_the_difference(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        address, alerts = await told(desk, "rss", SENT)
        assert set(await desk.pass_time(2 * HOUR)) == {"unchanged"}
        text = "\n\n".join(SENT.paragraphs)
        desk.room.revise("rss", address, text=text.replace("ألف خبير ألغام", "ستة آلاف خبير ألغام"))
        assert any(one.startswith("rewritten: told") for one in await desk.pass_time(6 * HOUR))
        received = await desk.received()
        data = sequel(received, "changed")
        assert data["state"] == "changed"
        assert data["change"]["kind"] == "rewritten"
        assert data["change"]["touches"] == ["figure"]
        (went,), (came,) = data["change"]["went"], data["change"]["came"]
        assert "أرسلت ألف خبير" in went
        assert "أرسلت ستة آلاف خبير" in came
        assert plain(data["article"]["link"]) == address
        mail = only(received, "email")
        assert mail.subject.startswith("تغيّر: ")
        assert mail.mail["References"] == only(alerts, "email").key
        assert went in mail.text
        assert came in mail.text
        # The earlier text is kept, and the new bytes are evidence.
        (number,) = desk.store.db.conn.execute("select article_id from alerts").fetchone()
        (kept,) = desk.store.db.conn.execute(
            "select text from revisions where article_id = ?", [number]
        )
        assert "أرسلت ألف خبير" in kept[0]
        assert len(desk.store.evidence.of(number)) == 2
        assert desk.store.evidence.broken() is None
        # It stays as it is: nothing more is told.
        await desk.pass_time(timedelta(days=31))
        assert await desk.received() == []
        visits = [
            one
            for one in desk.room.visits
            if plain(desk.room.sites["rss"].server.origin + one.path) == address
        ]
        assert len(visits) <= 1 + 7, "no page is asked for more often than the rhythm says"
        assert desk.rechecker.due(10) == []


async def test_a_shrunken_article_is_told_when_a_second_look_finds_it_so(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        address, _ = await told(desk, "atom", CAPTURED)
        await desk.pass_time(2 * HOUR)
        desk.room.revise("atom", address, text="\n\n".join(CAPTURED.paragraphs[:3]))
        outcomes = await desk.pass_time(6 * HOUR)
        assert [one for one in outcomes if one != "unchanged"] == ["seems shrunk", "shrunk: told"]
        received = await desk.received()
        data = sequel(received, "changed")
        assert data["change"]["kind"] == "shrunk"
        assert "figure" in data["change"]["touches"]
        assert data["change"]["came"] == []
        assert any("11,000" in one for one in data["change"]["went"])
        assert "11,000" in only(received, "email").text
        await desk.pass_time(timedelta(days=31))
        assert await desk.received() == []


async def test_a_vanished_article_is_told_after_three_looks_over_a_day(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        address, alerts = await told(desk, "rss", MEDALS)
        await desk.pass_time(2 * HOUR)
        desk.room.sites["rss"].missing[address] = 410
        await desk.pass_time(5 * HOUR)
        first = desk.now
        await desk.pass_time(22 * HOUR)
        assert await desk.received() == [], "it may be back"
        await desk.pass_time(12 * HOUR)
        received = await desk.received()
        data = sequel(received, "gone")
        assert data["state"] == "gone"
        assert data["since"] is not None
        assert datetime.fromisoformat(data["since"]) <= first
        mail = only(received, "email")
        assert mail.subject.startswith("حُذف: ")
        assert mail.mail["In-Reply-To"] == only(alerts, "email").key
        await desk.pass_time(timedelta(days=31))
        assert await desk.received() == []


async def test_a_page_that_is_back_was_never_gone(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        address, _ = await told(desk, "rss", MEDALS)
        desk.room.sites["rss"].missing[address] = 404
        assert "seems gone" in await desk.pass_time(14 * HOUR)
        desk.room.sites["rss"].missing.clear()
        assert set(await desk.pass_time(timedelta(days=31))) == {"unchanged"}
        assert await desk.received() == []


@pytest.mark.parametrize("vanish", [True, False])
async def test_articles_of_a_site_that_shrink_together_are_a_notice_of_the_site(
    tmp_path: Path, vanish: bool
) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        for item in (SENT, MEDALS):
            await told(desk, "rss", item)
        await desk.pass_time(2 * HOUR)
        site = desk.room.sites["rss"]
        for address in site.addresses[1:]:
            if vanish:
                site.missing[address] = 404
            else:
                item = next(
                    one
                    for one in (SENT, MEDALS)
                    if one.title == site._items[address.removeprefix(site.server.origin)].title
                )
                desk.room.revise("rss", address, text="\n\n".join(item.paragraphs[:2]))
        await desk.pass_time(48 * HOUR)
        received = await desk.received()
        body = only(received, "webhook").data
        DESCRIBED.validate(body)
        assert body["type"] == "notice.trouble"
        (episode,) = body["data"]["episodes"]
        assert (episode["name"], episode["reason"]) == ("rss", "together")
        assert SENT.title in episode["detail"]
        assert MEDALS.title in episode["detail"]


async def test_a_poll_that_shows_another_fact_is_told_at_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        address, _ = await told(desk, "atom", CAPTURED)
        text = "\n\n".join(CAPTURED.paragraphs)
        desk.room.revise(
            "atom",
            address,
            title=f"{CAPTURED.title} (updated)",
            text=text.replace("about 4,000", "about 2,500"),
        )
        desk.now += HOUR / 2
        await desk.poll()
        data = sequel(await desk.received(), "changed")
        assert data["change"]["headline"]
        assert "figure" in data["change"]["touches"]
        await desk.pass_time(timedelta(days=31))
        assert await desk.received() == []


async def test_a_label_takes_an_alert_back_once_and_not_before_a_minute(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        await told(desk, "rss", SENT)
        _, alerts = await told(desk, "rss", MEDALS)
        number = only(alerts, "webhook").data["data"]["article"]["id"]
        story = desk.config.stories[0].name

        def say(word: Any) -> None:
            with desk.store.transaction():
                desk.store.labels.say(story, number, word, desk.now)

        say("no")
        desk.now += timedelta(seconds=30)
        assert desk.rechecker.plan() == []
        say("none")
        desk.now += timedelta(minutes=5)
        assert desk.rechecker.plan() == []
        assert await desk.received() == []
        say("no")
        desk.now += timedelta(seconds=61)
        assert len(desk.rechecker.plan()) == 1
        received = await desk.received()
        data = sequel(received, "withdrawn")
        assert data["article"]["id"] == number
        assert data["change"] is None
        mail = only(received, "email")
        assert mail.subject.startswith("سحب: ")
        assert mail.mail["References"] == only(alerts, "email").key
        for word in ("yes", "no"):
            say(word)
            desk.now += timedelta(minutes=5)
            assert desk.rechecker.plan() == []
        assert await desk.received() == []


async def test_what_weighs_little_waits_for_the_digest_and_is_listed_elsewhere(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        address, _ = await told(desk, "atom", CAPTURED)
        await desk.pass_time(2 * HOUR)
        text = "\n\n".join(CAPTURED.paragraphs)
        desk.room.revise(
            "atom", address, text=f"{text}\n\nThe lawyer spoke at a press club in the old town."
        )
        assert "grown: listed" in await desk.pass_time(6 * HOUR)
        assert await desk.received() == []
        (number,) = desk.store.db.conn.execute("select article_id from alerts").fetchone()
        (change,) = desk.store.aftermath.of(number)["changes"]
        assert change["came"] == ["The lawyer spoke at a press club in the old town."]


async def test_nothing_is_looked_at_where_it_is_turned_off(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss", recheck=None) as desk:
        address, _ = await told(desk, "rss", SENT)
        desk.room.sites["rss"].missing[address] = 404
        assert await desk.pass_time(timedelta(days=31)) == []
        assert await desk.received() == []


async def test_the_digest_names_what_could_wait_and_a_channel_that_only_has_one(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        channels = [
            replace(
                channel,
                digest=Digest(at=(time(8), time(20))),
                instant=channel.kind == "email",
                language="en",
            )
            for channel in desk.config.channels
        ]
        desk.use(channels=tuple(channels))
        (address,) = desk.room.publish("atom", CAPTURED)
        await desk.poll()
        await desk.pass_time(24 * HOUR)
        first = await desk.received()
        named = [one for one in first if one.channel == "webhook" and one.data["data"].get("held")]
        assert len(named) == 1, "told in the digest alone"
        text = "\n\n".join(CAPTURED.paragraphs).replace("11,000", "9,000")
        desk.room.revise("atom", address, text=f"{text}\n\nThe lawyer spoke at a press club.")
        await desk.pass_time(timedelta(days=3))
        received = await desk.received()
        at_once = [one for one in received if str(one.text).startswith("CHANGED: ")]
        assert [one.channel for one in at_once] == ["email"]
        digests = [one.data for one in received if one.channel == "webhook"]
        for body in digests:
            DESCRIBED.validate(body)
            assert body["type"] == "digest"
        (changed,) = [one for body in digests for one in body["data"]["changed"]]
        assert changed["change"]["touches"] == ["figure"]
        assert plain(changed["article"]["link"]) == address


async def test_what_looks_find_no_page_for_is_no_change(tmp_path: Path) -> None:
    """A wall, a fault, a rule that forbids; and nothing is asked for while we are offline."""
    async with newsroom(tmp_path, "rss") as desk:
        address, _ = await told(desk, "rss", SENT)
        for status in (403, 500, 401):
            desk.room.sites["rss"].missing[address] = status
            assert set(await desk.pass_time(30 * HOUR)) <= {"blocked", "server-error"}
        desk.room.sites["rss"].missing.clear()
        with desk.store.transaction():
            desk.store.health.begin(
                [Episode(state="offline", reason="offline", began=desk.now)], desk.now
            )
        desk.now += timedelta(days=10)
        assert desk.rechecker.due(10) == []
        with desk.store.transaction():
            desk.store.health.end(desk.store.health.open(), desk.now)
        assert len(desk.rechecker.due(10)) == 1, "all that was missed is one look"
        assert await desk.pass_time(2 * HOUR) == ["unchanged"]
        assert await desk.received() == []


async def test_a_restart_plans_nothing_twice_and_bursts_not(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "rss") as desk:
        for item in (SENT, MEDALS):
            await told(desk, "rss", item)
        desk.now += timedelta(days=5)
        again = Rechecker(desk.parts)
        again.plan()
        assert len(again.due(10)) == 2
        for article_id, _ in again.due(10):
            await again.look(article_id)
        assert again.due(10) == []
        rows = desk.store.db.conn.execute("select next_at from looks").fetchall()
        assert all(desk.now < moment(at) for (at,) in rows)


async def test_a_change_that_a_kill_cut_off_is_found_again_and_told_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        address, _ = await told(desk, "atom", CAPTURED)
        await desk.pass_time(2 * HOUR)
        text = "\n\n".join(CAPTURED.paragraphs)
        desk.room.revise("atom", address, text=text.replace("11,000", "7,000"))
        desk.now += 6 * HOUR
        ((number, _),) = desk.rechecker.due(10)
        add = desk.store.evidence.add

        def die(*_: Any) -> str:
            raise StoreError("cut off")

        desk.store.evidence.add = die  # the last but one write of the transaction
        with pytest.raises(StoreError):
            await desk.rechecker.look(number)
        desk.store.evidence.add = add
        assert desk.store.aftermath.of(number)["changes"] == []
        assert await desk.received() == []
        outcomes = await asyncio.gather(*(desk.rechecker.look(number) for _ in range(3)))
        assert sorted(one for one in outcomes if one.startswith("rewritten")) == ["rewritten: told"]
        assert sequel(await desk.received(), "changed")["change"]["touches"] == ["figure"]


async def test_explain_and_status_show_the_looks_and_the_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with newsroom(tmp_path, "atom") as desk:
        address, _ = await told(desk, "atom", CAPTURED)
        await desk.pass_time(2 * HOUR)
        text = "\n\n".join(CAPTURED.paragraphs)
        desk.room.revise("atom", address, text=text.replace("11,000", "7,000"))
        await desk.pass_time(6 * HOUR)
        (number,) = desk.store.db.conn.execute("select article_id from alerts").fetchone()
        say_aftermath(desk.store.aftermath.of(number))
        said = capsys.readouterr().out
        assert "looked at again 2 times" in said
        assert "rewritten, seen by a look" in said
        assert "(touches a figure): told" in said
        assert "on desk: told by" in said
        assert "7,000" in said
        assert desk.store.aftermath.counts() == {"watched": 1, "suspect": 0, "changed": 1}
        assert "1 looked at again, 1 changes" in summary(desk.store, desk.config, desk.now)


def test_labels_from_before_withdrawals_take_nothing_back() -> None:
    """A database of an earlier release holds a label on an alerted article."""
    connection = sqlite3.connect(":memory:")
    db = Database(connection)
    for migration in migrations.pending(db):
        if migration.name != "aftermath":
            migration.fn(db)
    at = stamp(datetime(2026, 3, 1, tzinfo=UTC))
    connection.execute(
        "insert into alerts (id, story, article_id, kind, created) values ('a', 's', 1, 'new', ?)",
        [at],
    )
    connection.execute(
        "insert into messages (alert_id, channel, key, content_type, body) values ('a', 'desk', 'k', 'x', x'')"
    )
    connection.execute(
        "insert into labels (story, article_id, said, at) values ('s', 1, 'no', ?)", [at]
    )
    next(one for one in migrations.pending(db) if one.name == "aftermath").fn(db)
    store = Aftermaths(db)
    assert [one.channel for one in store.told(1)] == ["desk"]
    assert store.taken_back(datetime(2026, 4, 1, tzinfo=UTC)) == []
    assert store.of(1)["withdrawals"] == []
    connection.close()


async def test_a_page_that_was_never_read_has_its_first_look_as_first_reading(
    tmp_path: Path,
) -> None:
    """What a feed carries and what a page shows differ by the way alone."""
    async with newsroom(tmp_path, "rss") as desk:
        (address,) = desk.room.publish("rss", SENT)
        missing = desk.room.sites["rss"].missing
        missing[address] = 403
        for _ in range(8):
            await desk.poll()
            desk.now += HOUR / 15
        alerts = await desk.received()
        caveats = {one["code"] for one in only(alerts, "webhook").data["data"]["caveats"]}
        assert "page-unread" in caveats
        missing.clear()
        assert await desk.pass_time(2 * HOUR) == ["first reading"]
        text = "\n\n".join(SENT.paragraphs).replace("ألف خبير ألغام", "ستة آلاف خبير ألغام")
        desk.room.revise("rss", address, text=text)
        assert "rewritten: told" in await desk.pass_time(6 * HOUR)
        assert sequel(await desk.received(), "changed")["change"]["touches"] == ["figure"]


async def test_the_job_looks_at_one_article_a_site_at_a_time() -> None:
    looked: list[int] = []
    going = asyncio.Event()

    async def look(number: int) -> str:
        looked.append(number)
        await going.wait()
        return "unchanged"

    due = [(1, "a.example"), (2, "a.example"), (3, "b.example"), (4, "c.example")]
    rechecker = SimpleNamespace(
        plan=list, look=look, due=lambda limit: [one for one in due if one[0] not in looked]
    )
    store = blank.in_memory()
    config = SimpleNamespace(sources=(), channels=(), database=Path("monitor.db"))
    rig = SimpleNamespace(
        parts=SimpleNamespace(config=config, store=store),
        rechecker=rechecker,
        courier=SimpleNamespace(drain=lambda _: asyncio.sleep(0)),
    )
    jobs = Jobs(rig, lambda: datetime.now(UTC))  # type: ignore[arg-type]
    for _ in range(3):
        await jobs.recheck()
        await asyncio.sleep(0)
    assert looked == [1, 3], "two at a time, and one a site"
    going.set()
    for _ in range(20):
        await jobs.recheck()
        await asyncio.sleep(0)
    assert looked == [1, 3, 2, 4]
    await jobs.drain(0)
    store.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_letter_says_the_same_in_text_and_html_and_nothing_of_it_runs(language: str) -> None:
    story = Story(name="troops", title="Troops", seeds=SEEDS)
    change = Change(
        kind="rewritten",
        went=(
            "قتل <b>ستة</b> آلاف جندي.\r\nBcc: x@example.org",
            *(f"Sentence {n}." for n in range(20)),
        ),
        came=("قتل ألف جندي.",),
        weights=("figure", "negation", "speaker", "stance"),
    )
    told = Sequel(
        id="ab12", kind="changed", created=datetime(2026, 3, 1, tzinfo=UTC), story=story,
        article_id=7, title="عنوان\nخبر", link="javascript:alert(1)", outlet=None, source="gazette",
        language="ar", alert="cd34", change=change,
    )  # fmt: skip
    letter = sequel_letter(told, language)
    said = sequel_words(language)
    assert "\n" not in letter.subject
    assert letter.subject.startswith(f"{said.states['changed']}: ")
    for body in (letter.text, letter.html):
        for words in (said.kinds["rewritten"], said.went, said.came, said.more, "قتل ألف جندي."):
            assert words in body
        for weight in said.weights.values():
            assert weight in body
        assert "monitor explain 7" in body
    assert "<b>" not in letter.html
    assert "href" not in letter.html
    assert not any(line.startswith("Bcc") for line in letter.text.splitlines())


def test_every_word_is_there_in_both_languages() -> None:
    kinds = set(get_args(ChangeKind)) - {"unchanged", "unreadable"}
    for language in ("ar", "en"):
        said = sequel_words(language)
        assert set(said.states) == {"corrected", *get_args(SequelKind)}
        assert set(said.kinds) == kinds
        assert set(said.weights) == set(get_args(Weight))
        for field in fields(said):
            assert getattr(said, field.name)
    assert sequel_words("fr") is sequel_words("en")


async def test_a_fact_that_a_poll_adds_is_told_once_on_each_channel(tmp_path: Path) -> None:
    """As an update, which says what is new, or as a change; never as both."""
    async with newsroom(tmp_path, "rss") as desk:
        address, _ = await told(desk, "rss", SENT)
        text = "\n\n".join(SENT.paragraphs)
        desk.room.revise(
            "rss",
            address,
            title=SENT.title.replace("ألف خبير", "ستة آلاف خبير"),
            text=text.replace("ألف خبير", "ستة آلاف خبير"),
        )
        desk.now += HOUR / 2
        await desk.poll()
        received = await desk.received()
        assert sorted(one.channel for one in received) == ["email", "webhook"]
        kinds = {one.data["type"] for one in received if one.channel == "webhook"}
        assert kinds <= {"alert.update", "notice.changed"}
        (number,) = desk.store.db.conn.execute("select article_id from alerts").fetchone()
        (change,) = desk.store.aftermath.of(number)["changes"]
        assert change["told"] == ("told" if kinds == {"notice.changed"} else "told as an update")
        assert change["weights"] == ["figure"]
        await desk.pass_time(timedelta(days=31))
        assert await desk.received() == []
