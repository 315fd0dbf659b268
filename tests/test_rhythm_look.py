"""What is held as the commands show it, a night over real SMTP, the daemon's life and its ping."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import yaml
from click.testing import CliRunner

from monitor.cli.main import commands
from monitor.daemon import jobs as daemon
from monitor.daemon.ping import ailment, ping
from monitor.deliver.deliver import Courier
from monitor.deliver.email import Email
from monitor.errors import FetchError
from monitor.fetch.client import Client
from monitor.model import Ceiling, Channel, Digest, Ping, PollSettings, Quiet, Receipt
from monitor.parts import Parts
from monitor.store.store import Store
from tests import alerts, blank
from tests.receivers import Mailbox, mail_server
from tests.rhythm import SEEDS, START, Wire, hook, rows
from tests.test_bulletin import STORM
from tests.test_poll import Wire as Body

NEWS = rows(band="on", relation="new")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
QUIET = Quiet(begin=time(23), end=time(6), timezone="Asia/Riyadh")

# ---- the commands

SEND = {
    "quiet": {"from": "23:00", "to": "06:00", "timezone": "Asia/Riyadh"},
    "digest": {"at": ["08:00"], "timezone": "Asia/Riyadh"},
}


@pytest.fixture
def night(tmp_path: Path) -> tuple[Wire, Path]:
    """A monitor at night with one development held on one channel and told on the other."""
    written = {
        "settings": {"database": "monitor.db"},
        "stories": {"troops": {"title": "Troops", "seeds": str(SEEDS)}},
        "channels": {
            "hook": {"kind": "webhook", "url": "https://hook.example/x", "send": SEND},
            "day": {"kind": "webhook", "url": "https://hook.example/y"},
        },
        "sources": [{"name": name, "url": f"https://{name}.example/feed"} for name in "abcde"],
    }
    path = tmp_path / "sources.yaml"
    path.write_text(yaml.safe_dump(written), "utf-8")
    wire = Wire(
        hook(quiet=QUIET, digest=Digest(at=(time(8),), timezone="Asia/Riyadh")),
        hook(name="day"),
        store=blank.at(tmp_path / "monitor.db"),
    )
    wire.now = NIGHT
    wire.look()
    wire.row("a", NEWS[0])
    return wire, path


def call(path: Path, *words: str) -> str:
    done = CliRunner().invoke(commands, ["--config", str(path), *words])
    assert done.exit_code == 0, done.output
    return done.output


def ask(path: Path, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in call(path, *words, "--json").splitlines()]


@pytest.mark.parametrize(
    "words", [["1"], ["https://a.example/1"], ["1", "--channel", "hook"], ["--all"]]
)
def test_what_is_held_goes_out_when_a_hand_wants_it_and_never_again(
    words: list[str], night: tuple[Wire, Path]
) -> None:
    wire, path = night
    wire.row("b", NEWS[1])
    assert call(path, "alerts", "release", *words).endswith("in 1 summary queued\n")
    wire.look()
    (now,) = wire.messages()
    told = [held["title"] for held in now["data"]["held"]]
    assert told[0] == NEWS[0]["title"]
    assert len(told) == (2 if words == ["--all"] else 1)
    assert call(path, "explain", "1").count("; told by ") == 1
    # The end of quiet hours and the digest tell the other one alone.
    wire.now += 12 * HOUR
    wire.look()
    later = [held["title"] for each in wire.messages()[1:] for held in each["data"]["held"]]
    assert later == ([] if words == ["--all"] else [NEWS[1]["title"]])
    wire.store.close()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "or say --all"),
        (["1", "--all"], 2, "or say --all"),
        (["--all", "--channel", "none"], 2, "no channel named none"),
        (["--all", "--channel", "day"], 1, "nothing is held on day"),
        (["77"], 1, "nothing of it is held"),
    ],
)
def test_what_cannot_be_released_says_why(
    words: list[str], status: int, said: str, night: tuple[Wire, Path]
) -> None:
    wire, path = night
    done = CliRunner().invoke(commands, ["--config", str(path), "alerts", "release", *words])
    assert done.exit_code == status
    assert said in (done.output if status == 2 else str(done.exception))
    wire.store.close()


@pytest.mark.parametrize(
    "words", [["list"], ["resend", "--given-up"], ["dismiss", "--given-up"], ["release", "--all"]]
)
def test_a_channel_that_there_never_was_is_no_channel_without_alerts(
    words: list[str], night: tuple[Wire, Path]
) -> None:
    wire, path = night
    asked = ["--config", str(path), "alerts", *words, "--channel", "dya"]
    done = CliRunner().invoke(commands, asked)
    assert done.exit_code == 2
    assert "no channel named dya in" in done.output
    assert "there is day, hook" in done.output.replace("\n", " ")
    wire.store.close()


def test_the_commands_show_what_is_held_and_until_when(night: tuple[Wire, Path]) -> None:
    wire, path = night
    held, told = ask(path, "alerts", "list")
    assert (held["channel"], held["state"], held["reason"]) == ("hook", "held", "quiet")
    assert held["next_at"] == "2026-12-01T03:00:00.000Z"
    assert (told["channel"], told["state"]) == ("day", "queued")
    shown = call(path, "alerts").splitlines()
    assert shown[0].startswith("2026-11-30T21:00:00Z  held 1  ")
    assert shown[1] == "  hook  held until 06:00 (Asia/Riyadh), quiet hours"
    assert shown[2].startswith(f"2026-11-30T21:00:00Z  {told['alert']}  ")
    assert shown[3].startswith("  day  queued")
    for state, channel, other in (("held", "hook", "day"), ("queued", "day", "hook")):
        (only,) = ask(path, "alerts", "--state", state)
        assert ask(path, "alerts", "list", "--state", state) == [only]
        assert only["channel"] == channel
        assert ask(path, "alerts", "list", "--state", state, "--channel", other) == []
    said = call(path, "explain", "1")
    assert "on hook since 2026-11-30T21:00:00Z: held until 06:00 (Asia/Riyadh)" in said
    assert "alert " in said
    status = call(path, "status")
    assert "hook (webhook): 0 delivered, 0 waiting, 0 given up, 1 held (quiet hours: 1)" in status
    assert "; 1 held" in status
    (channel,) = [r for r in ask(path, "status") if r["kind"] == "channel" and r["name"] == "hook"]
    assert channel["held"] == {"quiet": 1}
    wire.now += 6 * HOUR
    wire.look()
    log = ask(path, "alerts", "list")
    assert [(row["channel"], row["kind"]) for row in log] == [("hook", "summary"), ("day", "new")]
    (found,) = ask(path, "explain", "1")
    (hold,) = found["held"]
    assert hold["told_by"] == log[0]["alert"]
    assert {each["alert"] for each in found["alerts"]} == {row["alert"] for row in log}
    wire.now += 2 * HOUR
    wire.look()
    digest, *_ = ask(path, "alerts", "list")
    assert (digest["kind"], digest["title"][:8]) == ("digest", "DIGEST: ")
    assert call(path, "alerts", "resend", digest["alert"]).startswith("1 delivery")
    assert call(path, "alerts", "resend", "--given-up") == "nothing was given up\n"
    assert call(path, "alerts", "dismiss", "--given-up") == "nothing was given up\n"
    (queued,) = wire.store.outbox.claim("day", wire.now, 1, 5 * HOUR / 60)
    wire.store.outbox.give_up(queued.id, "no such box", 550, wire.now)
    assert "1 given up" in call(path, "status")
    (lost,) = ask(path, "alerts", "list", "--state", "given-up")
    assert call(path, "alerts", "dismiss", lost["alert"]) == "1 delivery dismissed\n"
    assert "0 given up" in call(path, "status")
    assert [each["state"] for each in ask(path, "alerts", "list", "--state", "dismissed")] == [
        "dismissed"
    ]
    for words in (
        ["resend"],
        ["dismiss"],
        ["resend", "x", "--given-up"],
        ["resend", "x", "--since", "2026-01-01"],
        ["resend", "x", "--channel", "old"],
    ):
        done = CliRunner().invoke(commands, ["--config", str(path), "alerts", *words])
        assert done.exit_code == 2, words
    wire.store.close()


def test_what_waits_for_a_channel_that_is_gone_is_shown(night: tuple[Wire, Path]) -> None:
    wire, path = night
    written = yaml.safe_load(path.read_text("utf-8"))
    del written["channels"]["hook"]
    path.write_text(yaml.safe_dump(written), "utf-8")
    assert "hook: 0 waiting, 1 held (quiet hours: 1); no such channel" in call(path, "status")
    wire.store.close()


# ---- over SMTP


async def test_a_night_and_a_small_storm_over_smtp() -> None:
    """Two storms of eight developments: by night into one mail, by day first and summary."""
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        channel = alerts.email(
            language="ar",
            smtp=alerts.smtp(port),
            quiet=QUIET,
            ceiling=Ceiling(count=3, span=HOUR),
        )
        wire = Wire(channel)
        courier = Courier(
            wire.store.outbox, {channel.name: Email(channel)}, lambda: wire.now, chance=lambda: 0
        )
        sent: list[datetime] = []

        async def turn(minutes: int, step: int = 1) -> None:
            for _ in range(0, minutes, step):
                wire.now += timedelta(minutes=step)
                wire.look()
                sent.extend([wire.now] * await courier.finish())

        wire.now = NIGHT
        for number, row in enumerate(STORM[:8]):
            wire.publish(
                "abcde"[number % 5], row["title"], row["text"], language=row["lang"], grouped=False
            )
            await turn(1)
        await turn(7 * 60, step=15)
        assert len(mailbox.envelopes) == 1
        wire.now += 6 * HOUR
        for number, row in enumerate(STORM[10:18]):
            wire.publish(
                "abcde"[number % 5], row["title"], row["text"], language=row["lang"], grouped=False
            )
            await turn(1)
        await turn(60, step=5)
        await courier.aclose()
    mails = [message_from_bytes(each.content, policy=default) for each in mailbox.envelopes]
    assert [mail["Subject"].partition(":")[0] for mail in mails] == ["ملخص", "جديد", "جديد", "ملخص"]
    assert len({mail["Message-ID"] for mail in mails}) == 4
    texts = [mail.get_body(("plain",)).get_content() for mail in mails]
    for row in (*STORM[:8], *STORM[10:18]):
        assert sum(" ".join(row["title"].split())[:60] in text for text in texts) == 1, row["title"]
    assert max(sum(one <= other < one + HOUR for other in sent) for one in sent) <= 3
    wire.store.close()


# ---- the daemon's life


def parts(wire: Wire, answer: int = 200, **changed: Any) -> tuple[Parts, list[str]]:
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        return httpx.Response(answer, stream=Body(b"OK"))

    unused: Any = None
    config = replace(wire.config, ping=Ping(**{"url": "https://ping.example/abc", **changed}))
    return (
        Parts(
            config=config,
            profiles={},
            store=wire.store,
            client=Client(
                PollSettings(host_gap=timedelta(0)),
                contact=None,
                transport=httpx.MockTransport(serve),
                now=lambda: wire.now,
            ),
            workers=unused,
            clock=lambda: wire.now,
        ),
        asked,
    )


async def test_a_daemon_that_slept_for_hours_tells_what_it_missed_in_one_message() -> None:
    wire = Wire(hook())
    built, _ = parts(wire)
    rig: Any = SimpleNamespace(parts=built)
    with wire.store.transaction():
        wire.store.db.execute("update sources set active = 0")  # nothing to poll
    running = daemon.Jobs(rig, lambda: wire.now)
    await running.poll_due()
    assert wire.store.bulletins.woke() is None, "the first start is no return"
    for minutes in (1, 30, 119):
        wire.now += timedelta(minutes=minutes)
        await running.read_due()
        assert wire.store.bulletins.woke() is None
    slept = wire.now
    wire.now += timedelta(hours=2)
    await running.read_due()  # whichever job turns first notes it before anything is stored
    assert wire.store.bulletins.woke() == (slept, wire.now)
    assert wire.row("a", NEWS[0], published=slept) == "held: while we were away"
    wire.now += timedelta(minutes=5)
    again = daemon.Jobs(rig, lambda: wire.now)  # killed, and started again
    await again.poll_due()
    assert wire.row("b", NEWS[20], published=slept) == "held: while we were away"
    wire.wait(timedelta(minutes=15))
    (mail,) = wire.messages()
    assert mail["data"]["late"]
    await built.client.aclose()
    wire.store.close()


async def test_a_ping_is_given_while_all_works() -> None:
    wire = Wire(hook())
    built, asked = parts(wire)
    assert await ping(built) == ""
    assert asked == ["GET https://ping.example/abc"]
    await built.client.aclose()
    wire.store.close()


async def test_a_ping_that_is_refused_raises_and_the_guard_holds() -> None:
    wire = Wire(hook())
    built, _ = parts(wire, answer=500)
    with pytest.raises(FetchError, match="server-error"):
        await ping(built)
    await built.client.aclose()
    built, asked = parts(wire, url="http://127.0.0.1:8000/")
    with pytest.raises(FetchError, match="forbidden-address"):
        await ping(built)
    assert asked == []
    await built.client.aclose()
    built, asked = parts(wire, url="http://127.0.0.1:8000/", private=True)
    assert await ping(built) == ""
    assert len(asked) == 1
    await built.client.aclose()
    wire.store.close()


def failing(wire: Wire) -> None:
    wire.row("a", NEWS[0])
    (delivery,) = wire.store.outbox.claim("hook", wire.now, 9, HOUR)
    wire.store.outbox.retry(delivery.id, "refused", None, wire.now + timedelta(minutes=1))


def given_up(wire: Wire) -> None:
    wire.row("a", NEWS[0])
    (delivery,) = wire.store.outbox.claim("hook", wire.now, 9, HOUR)
    wire.store.outbox.give_up(delivery.id, "550", 550, wire.now)


def overdue(wire: Wire) -> None:
    with wire.store.transaction():
        wire.store.db.execute("update sources set next_poll = '2026-11-30T13:40:00.000Z'")


def unread(wire: Wire) -> None:
    with wire.store.transaction():
        for name in "abc":
            wire.store.ledger.poll(
                name, now=wire.now, outcome="timeout", detail="", entries=0, fresh=0
            )


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (failing, "a delivery on hook has failed for an hour"),
        (given_up, "a delivery on hook was given up"),
        (overdue, "5 polls are overdue"),
        (unread, "none of the last polls brought anything"),
    ],
)
async def test_no_ping_where_polls_or_deliveries_do_not_work(fault: Any, why: str) -> None:
    wire = Wire(hook())
    built, asked = parts(wire)
    with wire.store.transaction():
        wire.store.db.execute("update sources set next_poll = '2027-01-01T00:00:00.000Z'")
    assert ailment(wire.store, wire.config, START + 2 * HOUR) == ""
    fault(wire)
    wire.now = START + 2 * HOUR
    assert await ping(built) == why
    assert asked == []
    await built.client.aclose()
    wire.store.close()


def test_check_warns_of_a_single_channel(tmp_path: Path) -> None:
    written = {"stories": {"troops": {"seeds": str(SEEDS)}}, "channels": {"only": {"kind": "log"}}}
    path = tmp_path / "sources.yaml"
    for names, warned in ((("only",), True), (("only", "other"), False)):
        written["channels"] = {name: {"kind": "log"} for name in names}
        path.write_text(yaml.safe_dump(written), "utf-8")
        done = CliRunner().invoke(commands, ["--config", str(path), "check"])
        assert done.exit_code == 0
        assert ("only is the only channel" in done.stderr) is warned


# ---- a database from before


def test_what_a_flood_held_before_the_change_is_told_after_it(tmp_path: Path) -> None:
    """Rows of the old shape, as the earlier migrations made it."""
    import sqlite3

    from sqlite_utils import Database

    from monitor.store.schema import migrations

    connection = sqlite3.connect(tmp_path / "m.db")
    db = Database(connection)
    migrations.apply(db, stop_before="rhythm")
    with connection:
        connection.execute(
            "insert into floods (id, source, began, why) values (1, 'a', '2026-11-30T11:00:00.000Z', 'w')"
        )
        for number, notice in ((1, None), (2, "n")):
            connection.execute(
                "insert into held values (1, 'troops', 'hook', ?, ?, 0.8, ?)",
                [number, number, notice],
            )
            connection.execute("insert into told values ('troops', ?, 'hook', ?)", [number, notice])
    connection.close()
    store = Store.open(tmp_path / "m.db")
    (row,) = store.db.query("select * from held where told_by is null")
    assert (row["reason"], row["original_id"], row["held_at"]) == (
        "flood",
        1,
        "2026-11-30T11:00:00.000Z",
    )
    assert store.outbox.told("troops", 1) == set(), "not told yet"
    assert store.outbox.told("troops", 2) == {"hook"}
    assert [flood.id for flood in store.health.floods()] == [1]
    store.close()


def test_a_channel_keeps_its_order_but_not_behind_what_is_put_off() -> None:
    """A notice that waits for the morning does not hold an urgent alert back."""
    from monitor.model import Episode, Notice
    from monitor.watch.tell import Teller

    wire = Wire(Channel(name="hook", kind="log", quiet=QUIET), primary=["a"])
    wire.now = NIGHT
    episode = Episode(state="gone", reason="gone", began=NIGHT, source="b", noted=NIGHT - DAY)
    with wire.store.transaction():
        wire.store.health.begin([episode], wire.now - DAY)
        assert isinstance(Teller(wire.config, wire.store).tell(wire.now)[0], Notice)
    assert wire.store.outbox.claim("hook", wire.now, 9, HOUR) == []
    wire.row("a", NEWS[0])
    (delivery,) = wire.store.outbox.claim("hook", wire.now, 9, HOUR)
    assert delivery.body.decode().startswith("NEW: ")
    wire.store.outbox.delivered(delivery.id, Receipt(status=None, reply=""), wire.now)
    assert len(wire.store.outbox.claim("hook", NIGHT + 6 * HOUR, 9, HOUR)) == 1
    wire.store.close()


async def test_what_only_helps_and_fails_keeps_no_alert_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Teaching and the search rest after a defect; polls and deliveries go on."""
    wire = Wire(hook())
    built, _ = parts(wire)
    tried: list[str] = []

    class Broken:
        async def look(self) -> None:
            tried.append("teach")
            raise ZeroDivisionError

    def fill(store: Store) -> int:
        tried.append("index")
        raise ZeroDivisionError

    monkeypatch.setattr(daemon, "fill", fill)
    rig: Any = SimpleNamespace(parts=built, teacher=Broken())
    jobs = daemon.Jobs(rig, lambda: wire.now)
    for _ in range(3):
        await jobs.teach()
        await jobs.index()
        await asyncio.gather(*(each for each in asyncio.all_tasks() if each.get_name() == "teach"))
    assert sorted(tried) == ["index", "teach"]
    assert jobs.paused == ""
    await built.client.aclose()
    wire.store.close()
