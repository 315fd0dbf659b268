"""`monitor doctor` over set-ups that are really broken: each named, with its mend."""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.cli.ways import fault
from monitor.config.load import load
from monitor.config.stand import place, stand
from monitor.daemon import probes
from monitor.daemon.doctor import examine
from monitor.health import machine, work
from monitor.health.finding import Attempt, FileFacts, Finding, StoreFacts
from monitor.model import Source
from monitor.store.care import Loaded
from monitor.store.entries import Provenance
from monitor.store.lock import Lock, lock
from monitor.store.sources import Memory
from monitor.store.store import Store
from tests import blank
from tests.receivers import Mailbox, login_as, mail_server, tcp_server, unused_port

ROOT = Path(__file__).parents[1]
NOW = datetime.now(UTC).replace(microsecond=0)
IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can make such a set-up")
LAMP = "The lamp of Ostrava\n\nThe lamp of Ostrava was lit by {} in the town hall on Monday."


class SetUp:
    """A monitor's files that are right, to be broken in one place."""

    def __init__(self, folder: Path, smtp: int, hook: int) -> None:
        self.folder = folder
        self.lock: Lock | None = None
        seeds = folder / "seeds" / "lamp"
        seeds.mkdir(parents=True)
        for number, who in enumerate(("the mayor", "the mayor Novak", "its mayor")):
            (seeds / f"{number}.txt").write_text(LAMP.format(who))
        (folder / "hook-secret").write_text("whsec_bGFtcA==")
        self.document: dict[str, Any] = {
            "settings": {"contact": "desk@example.org", "database": "state/monitor.db"},
            "stories": {"lamp": {"seeds": "seeds/lamp"}},
            "channels": {
                "desk": {
                    "kind": "email",
                    "to": ["a@example.org"],
                    "smtp": {"host": "127.0.0.1", "port": smtp, "security": "none"},
                },
                "hook": {
                    "kind": "webhook",
                    "url": f"http://127.0.0.1:{hook}/x",
                    "private": True,
                    "secret": {"file": "hook-secret"},
                },
            },
            "sources": [{"name": "one", "url": "http://localhost:9/feed", "private": True}],
        }
        self.database = folder / "state" / "monitor.db"
        (folder / "state").mkdir()
        store = blank.at(self.database)
        with store.transaction():
            store.sources.declare((Source(name="one", url="http://localhost:9/feed"),), NOW)
            store.sources.answered("one", now=NOW, next_poll=NOW, memory=Memory())
        store.close()

    def store(self) -> Store:
        """The database, to be changed."""
        return Store.open(self.database)

    async def examined(self, now: datetime | None = None) -> list[Finding]:
        """What doctor finds, of files that were written just now."""
        path = self.folder / "sources.yaml"
        path.write_text(yaml.safe_dump(self.document))
        return await examine(load(path), now or datetime.now(UTC))


@asynccontextmanager
async def set_up(folder: Path) -> AsyncIterator[SetUp]:
    """A right one, with a mail server and somebody who listens for webhooks."""

    async def listen(reader: object, writer: object) -> None:
        """Somebody is there."""

    async with mail_server(Mailbox()) as smtp, tcp_server(listen) as hook:
        yield SetUp(folder, smtp, hook)


async def test_nothing_is_broken_where_all_is_right(tmp_path: Path) -> None:
    async with set_up(tmp_path) as right:
        held = lock(right.database)
        found = await right.examined()
        held.close()
    assert [each for each in found if each.grade != "ok"] == []
    assert all(not each.mend for each in found)
    assert len({each.check for each in found}) >= 12


# ---- each broken in one place: (name of the check, words of what is said, words of the mend)


def _owner(one: SetUp) -> None:
    os.chown(one.database, 65534, -1)


def _open_folder(one: SetUp) -> None:
    one.database.parent.chmod(0o777)


def _open_file(one: SetUp) -> None:
    one.database.chmod(0o666)


def _damaged(one: SetUp) -> None:
    body = bytearray(one.database.read_bytes())
    body[4096 : 4096 * 4] = b"\xa5" * (4096 * 3)
    one.database.write_bytes(body)


def _newer(one: SetUp) -> None:
    with sqlite3.connect(one.database) as db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('story-monitor', 'of-tomorrow', 'x')"
        )


def _refused(one: SetUp) -> None:
    one.document["channels"]["desk"]["smtp"]["port"] = unused_port()


def _no_hook(one: SetUp) -> None:
    one.document["channels"]["hook"]["url"] = f"http://127.0.0.1:{unused_port()}/x"


def _forbidden_hook(one: SetUp) -> None:
    one.document["channels"]["hook"]["private"] = False


def _no_secret(one: SetUp) -> None:
    (one.folder / "hook-secret").unlink()


def _page(one: SetUp, host: str, **web: object) -> None:
    one.document["settings"]["web"] = {"listen": f"{host}:{unused_port()}", **web}


def _no_page_password(one: SetUp) -> None:
    _page(one, "127.0.0.1", password={"file": "page-password"})


def _page_without_a_password(one: SetUp) -> None:
    _page(one, "0.0.0.0", page=True)


def _password_in_the_clear(one: SetUp) -> None:
    (one.folder / "page-password").write_text("x")
    _page(one, "0.0.0.0", page=True, password={"file": "page-password"})


def _no_inbox_secret(one: SetUp) -> None:
    inbox = {"url": "https://m.example/answer", "secret": {"file": "inbox-secret"}}
    one.document["settings"]["inbox"] = {**inbox, "listen": f"127.0.0.1:{unused_port()}"}


def _no_password(one: SetUp) -> None:
    one.document["channels"]["desk"]["smtp"] |= {"user": "desk", "password": {"env": "NOT_SET_X"}}


def _clock_ahead(one: SetUp) -> None:
    store = one.store()
    with store.transaction():
        for minutes in (119, 120, 121):
            theirs = (NOW - timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S GMT")
            store.evidence.add(
                1,
                Provenance(
                    url="u", final_url="u", fetched_at=NOW, status=200,
                    headers=(("Date", theirs),), redirects=(), sha256="x",
                ),
            )  # fmt: skip
    store.close()


def _from_the_future(one: SetUp) -> None:
    later = (NOW + timedelta(days=2)).timestamp()
    os.utime(one.database, (later, later))


def _no_answer(one: SetUp) -> None:
    store = one.store()
    with store.transaction():
        long_ago = NOW - timedelta(days=3)
        store.sources.answered("one", now=long_ago, next_poll=NOW, memory=Memory())
    store.close()


def _no_source(one: SetUp) -> None:
    one.document["sources"][0]["enabled"] = False


def _no_names(one: SetUp) -> None:
    one.document["sources"][0]["url"] = "http://feed.invalid/feed"


def _no_contact(one: SetUp) -> None:
    del one.document["settings"]["contact"]


def _one_way(one: SetUp) -> None:
    del one.document["channels"]["desk"]


def _log_alone(one: SetUp) -> None:
    one.document["channels"] = {"log": {"kind": "log"}}


def _stranded(one: SetUp) -> None:
    store = one.store()
    with store.transaction():
        store.db.execute("insert into messages values (1, 'a', 'gone', 'k', 't', x'00')")
        store.db.execute(
            "insert into deliveries (message_id, channel, recipient, state, next_at, created)"
            " values (1, 'gone', 'r', 'queued', ?1, ?1)",
            [(NOW - timedelta(hours=3)).isoformat()],
        )
    store.close()


def _given_up(one: SetUp, *later: str) -> None:
    store = one.store()
    with store.transaction():
        store.db.execute("insert into messages values (1, 'a', 'desk', 'k', 't', x'00')")
        for number, (state, reply) in enumerate(
            (("given-up", "554 no"), *((s, "250") for s in later))
        ):
            store.db.execute(
                "insert into deliveries (message_id, channel, recipient, state, next_at, created,"
                " settled_at, reply) values (1, 'desk', ?1, ?2, ?3, ?3, ?3, ?4)",
                [str(number), state, (NOW - timedelta(hours=3 - number)).isoformat(), reply],
            )
    store.close()


def _delivered_since(one: SetUp) -> None:
    _given_up(one, "delivered")


def _behind(one: SetUp) -> None:
    _daemon_read(one)
    (one.folder / "seeds" / "lamp" / "more.txt").write_text(LAMP.format("a mayor"))


def _daemon_read(one: SetUp) -> None:
    """A daemon runs that has read all there is."""
    path = one.folder / "sources.yaml"
    path.write_text(yaml.safe_dump(one.document))
    store = one.store()
    with store.transaction():
        store.care.note_loaded(Loaded(path=place(path), at=NOW, stand=stand(load(path))))
    store.close()
    one.lock = lock(one.database)


def _taken_away(one: SetUp) -> None:
    """As another process sees it: the number in the lock's file is not its own."""
    one.lock = lock(one.database)
    one.database.with_name("monitor.db.lock").write_text("1")
    one.database.rename(one.database.with_name("kept"))


def _mixed_seeds(one: SetUp) -> None:
    seeds = one.folder / "seeds" / "lamp"
    (seeds / "0.txt").write_text("Cup final\n\nThe goalkeeper of Lisbon caught every ball.")
    (seeds / "1.txt").write_text("Wheat prices\n\nFarmers in Kansas sold their harvest cheaply.")
    (seeds / "2.txt").write_text("New opera\n\nA soprano sang in Vienna before a full house.")


def _held(one: SetUp) -> None:
    store = one.store()
    with store.transaction():
        store.care.hold("restored from somewhere", NOW)
    store.close()


@pytest.mark.parametrize(
    ("break_it", "check", "grade", "said", "mend"),
    [
        pytest.param(_owner, "owner", "broken", "belongs to nobody", "chown root:", marks=needs_root),
        (_open_folder, "mode", "broken", "everybody may put files", "chmod o-w"),
        (_open_file, "mode", "warning", "open to everybody", "chmod o="),
        (_damaged, "database", "broken", "is damaged", "monitor restore"),
        (_newer, "schema", "broken", "of-tomorrow", "upgrade"),
        (_refused, "email", "broken", "Connect call failed", "firewall"),
        (_no_hook, "webhook", "broken", "Connect call failed", "firewall"),
        (_forbidden_hook, "webhook", "broken", "not a public address", "private: true"),
        (_no_secret, "secret", "broken", "hook-secret does not exist", "put the secret"),
        (_no_page_password, "secret", "broken", "settings.web: .*page-password.*nobody can log in", "put the secret"),
        (_page_without_a_password, "page", "warning", "without a login", "set settings.web.password"),
        (_password_in_the_clear, "page", "warning", "in the clear", "listen on loopback"),
        (_no_inbox_secret, "secret", "broken", "settings.inbox: .*inbox-secret", "put the secret"),
        (_no_password, "secret", "broken", "NOT_SET_X", "put the secret"),
        (_clock_ahead, "clock", "broken", "2 h ahead of", "timedatectl"),
        (_from_the_future, "clock", "broken", "in the future", "timedatectl"),
        (_no_answer, "sources", "broken", "no source answered for 3 days", "monitor check"),
        (_no_source, "sources", "broken", "no source is polled", "monitor add"),
        (_no_names, "names", "broken", "feed.invalid", "resolv"),
        (_no_contact, "contact", "warning", "who visits", "contact:"),
        (_one_way, "channels", "warning", "one way out", "second channel"),
        (_log_alone, "channels", "warning", "nobody is told", "add a channel"),
        (_stranded, "queue", "broken", "waits? for channel gone", "name it again"),
        (_stranded, "queue", "broken", "waiting for 3 h", "monitor alerts"),
        (_mixed_seeds, "seeds", "broken", "not about one story", "part them"),
        (_given_up, "delivery", "broken", "gave up 1 delivery, the last one too: 554 no", "alerts test desk"),
        (_delivered_since, "delivery", "warning", "has delivered since", "resend --given-up --channel desk"),
        (_behind, "configuration", "warning", "the seeds of lamp changed since", "monitor reload"),
        (_taken_away, "database", "broken", r"monitor.db is gone.*process 1\b", "do what it says"),
        (_held, "held", "warning", "restored from somewhere", "monitor resume"),
    ],
)  # fmt: skip
async def test_a_broken_set_up_is_named_with_its_mend(
    tmp_path: Path,
    break_it: Callable[[SetUp], None],
    check: str,
    grade: str,
    said: str,
    mend: str,
) -> None:
    async with set_up(tmp_path) as one:
        break_it(one)
        found = await one.examined()
    named = [each for each in found if each.check == check and each.grade == grade]
    assert any(re.search(said, each.said) and mend in each.mend for each in named), found
    if one.lock:
        one.lock.close()
    # Nothing else is blamed for it.
    others = {each.check for each in found if each.grade == "broken"} - {check}
    assert not others, found


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_wrong_password_and_a_port_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSWORD_X", "wrong")
    login = {"auth_required": True, "auth_require_tls": False}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with (
            set_up(tmp_path) as one,
            mail_server(Mailbox(), authenticator=login_as("desk", "right"), **login) as smtp,
        ):
            one.document["channels"]["desk"]["smtp"] |= {
                "port": smtp, "user": "desk", "password": {"env": "PASSWORD_X"},
            }  # fmt: skip
            one.document["settings"]["web"] = {"listen": f"127.0.0.1:{port}"}
            found = {each.check: each for each in await one.examined() if each.grade == "broken"}
            one.document["settings"]["inbox"] = {
                "url": "https://m.example/answer", "secret": {"env": "PASSWORD_X"},
                "listen": f"127.0.0.1:{port}",
            }  # fmt: skip
            inbox = [each.said for each in await one.examined() if "settings.inbox" in each.said]
    assert set(found) == {"email", "port"}
    assert "login as desk refused" in found["email"].said
    assert "app password" in found["email"].mend
    assert f"127.0.0.1:{port} cannot be had" in found["port"].said
    assert "ss -ltnp" in found["port"].mend
    assert inbox[0].startswith(f"settings.inbox: 127.0.0.1:{port} cannot be had")


@pytest.mark.parametrize(
    ("body", "grade"), [("story-monitor: alive\n", "ok"), ("something else\n", "broken")]
)
async def test_whose_a_port_is_when_the_answer_comes_in_pieces(
    tmp_path: Path, body: str, grade: str
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)  # for the head to arrive alone
        writer.write(body.encode())

    async with set_up(tmp_path) as one, tcp_server(answer) as port:
        one.document["settings"]["web"] = {"listen": f"127.0.0.1:{port}"}
        held = lock(one.database)
        found = [each for each in await one.examined() if each.check == "port"]
        held.close()
    assert [each.grade for each in found] == [grade]
    assert ("the daemon has it" in found[0].said) == (grade == "ok")


async def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    async with set_up(tmp_path) as one:
        one.document["channels"]["run"] = {"kind": "command", "run": ["no-such-program-x"]}
        path = one.folder / "sources.yaml"
        path.write_text(yaml.safe_dump(one.document))
        config = load(path)
        found = await examine(config, datetime.now(UTC), partial(fault, config))
    (named,) = [each for each in found if each.grade == "broken"]
    assert (named.check, "monitor alerts test run" in named.mend) == ("command", True)
    assert "no-such-program-x is no program" in named.said


async def test_a_virtual_environment_without_its_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["pydantic>=2", "lost-lamp>1"])
    async with set_up(tmp_path) as one:
        found = [each for each in await one.examined() if each.check == "program"]
    assert [each.said.split(":")[0] for each in found] == ["packages are missing"]
    assert "lost-lamp" in found[0].said
    assert "pydantic" not in found[0].said


UNIT = "[Service]\nLoadCredential=smtp:/nowhere/smtp\nLoadCredential=hook:{}\n"


async def test_a_credential_that_the_unit_does_not_give(tmp_path: Path) -> None:
    (tmp_path / "hook").write_text("x")
    async with set_up(tmp_path / "s") as one:
        told = {}
        for name in ("smtp", "hook", "other"):
            one.document["channels"]["hook"]["secret"] = {"credential": name}
            path = one.folder / "sources.yaml"
            path.write_text(yaml.safe_dump(one.document))
            hook = load(path).channels[1]
            unit = UNIT.format(tmp_path / "hook")
            (tried,) = await probes.ways_out([hook], unit)
            (outside,) = await probes.ways_out([hook], None)
            assert outside.problem is None, "only the service can tell"
            told[name] = tried.problem
    assert told["smtp"] == "credential 'smtp': /nowhere/smtp does not exist"
    assert told["hook"] is None
    assert "LoadCredential=other:" in (told["other"] or "")


@needs_root
def test_a_full_disk_as_a_command(tmp_path: Path) -> None:
    """On a file system of 20 MB of its own, in a mount namespace."""
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here")
    config = tmp_path / "sources.yaml"
    (tmp_path / "state").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(LAMP.format("the mayor"))
    config.write_text("settings: {database: state/monitor.db}\nstories: {lamp: {seeds: seeds}}\n")
    monitor = f"{sys.executable} -m monitor --config {config}"
    done = subprocess.run(
        [
            *("unshare", "-m", "sh", "-ec"),
            f"mount -t tmpfs -o size=20m none {tmp_path}/state; {monitor} doctor --json",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found = {row["check"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert found["disk"]["grade"] == "broken", done
    assert "MB free" in found["disk"]["said"]
    assert found["file system"]["said"] == "tmpfs"
    assert done.returncode == 1
    assert "findings are broken" in done.stderr


# ---- judges whose set-ups this machine cannot have


def test_a_database_on_another_machine() -> None:
    for kind in ("nfs4", "cifs", "fuse.sshfs", "9p"):
        [found] = machine.file_system("/srv", kind)
        assert (found.grade, "disk of this machine" in found.mend) == ("broken", True)
    for kind in ("ext4", "tmpfs", "btrfs", "", "fuse.ext4"):
        assert machine.file_system("/srv", kind)[0].grade == "ok"


@pytest.mark.parametrize(
    ("holder", "unit", "main", "grade", "said"),
    [
        ("7", "active", "7", "ok", "process 7"),
        ("7", None, None, "ok", "process 7"),
        ("7", "inactive", "0", "ok", "process 7"),
        (None, None, None, "warning", "nothing is polled"),
        (None, "failed", "0", "broken", "the service has failed"),
        ("7", "activating", "0", "broken", "the service cannot start"),
        ("7", "activating", "9", "broken", "the second is refused"),
        ("7", "failed", "0", "broken", "the service cannot start"),
    ],
)
def test_one_daemon(
    holder: str | None, unit: str | None, main: str | None, grade: str, said: str
) -> None:
    [found] = work.daemon(holder, unit, main, None)
    assert found.grade == grade
    assert said in found.said


def test_an_analyst_in_the_group_leaves_files_that_the_service_can_open() -> None:
    def file(path: str, user: str, group: str, mode: int) -> FileFacts:
        return FileFacts(path=path, user=user, group=group, mode=mode, writable=True, modified=NOW)

    folder = file("/s", "service", "service", 0o2770)
    database = file("/s/m.db", "service", "service", 0o660)
    shared = file("/s/m.db-wal", "ana", "service", 0o660)
    assert [each.grade for each in machine.files(database, folder, [shared])] == ["ok"]
    for group, mode in (("ana", 0o660), ("service", 0o640)):
        [found] = machine.files(database, folder, [file("/s/m.db-wal", "ana", group, mode)])
        assert found.mend == "chown service:service /s/m.db-wal"


def test_every_broken_finding_says_what_to_do() -> None:
    found = [
        *machine.store(StoreFacts(path="p", exists=True, problem="locked")),
        *machine.room("p", 10, 10),
        *machine.program(["a"], "2", "1", is_older_running=True),
        *work.attempts([Attempt(channel="c", kind="email", to="t", problem="p")]),
        *work.answers(NOW, 1, None, timedelta(hours=6), running=True),
    ]
    assert all(each.grade != "ok" and each.mend for each in found)
    assert len(found) == 7
