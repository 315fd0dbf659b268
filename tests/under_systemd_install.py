"""Run inside the booted systemd by test_systemd: `monitor service`, an analyst, a load, a reboot.

`python -m tests.under_systemd_install PART`, each an administrator's day.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom import Newsroom, read_items
from tests.newsroom.newsroom import wait_until
from tests.under_systemd import ok, show, systemctl

ETC = Path("/etc/story-monitor")
STATE = Path("/var/lib/story-monitor")
PROGRAM = Path("/opt/story-monitor/bin/monitor")
SEEDS = Path("/opt/checkout/seeds/north-korea-russia")
ITEMS = [
    item for item, row in read_items(Path("tests/data/newsroom/story.jsonl")) if row["band"] == "on"
]
# A program as an install has it: it finds its libraries without the caller's environment.
SCRIPT = """#!/bin/sh
export PYTHONPATH=/opt/checkout:/opt/libraries PYTHONDONTWRITEBYTECODE=1
exec /usr/bin/python3 -m monitor "$@"
"""


def program() -> None:
    """Put the command where an administrator would."""
    PROGRAM.parent.mkdir(parents=True)
    PROGRAM.write_text(SCRIPT)
    PROGRAM.chmod(0o755)


def call(
    *words: str, user: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command of the monitor's, also as somebody else."""
    become = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user else []
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    return subprocess.run(
        [*become, str(PROGRAM), *words],
        capture_output=True, text=True, check=False, env={**os.environ, "PATH": path, **(env or {})},
    )  # fmt: skip


def did(*words: str, user: str = "") -> str:
    """Its output; it must succeed."""
    done = call(*words, user=user)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def config(room: Newsroom) -> Path:
    """The newsroom's sources in the service's configuration; its file."""
    path = room.write_config(ETC, seeds=SEEDS)
    document = yaml.safe_load(path.read_text())
    document["settings"]["database"] = str(STATE / "monitor.db")
    secret = ETC / "hook-secret"
    path.write_text(yaml.safe_dump(document, allow_unicode=True))
    for each in (path, secret):
        each.chmod(0o640)
        subprocess.run(["chgrp", "story-monitor", each], check=True)
    return path


def install() -> None:
    """From nothing to a service, with an analyst beside it, and away again."""
    program()
    told = did("service", "install", "--dry-run")
    assert f"ExecStart={PROGRAM} run" in told
    assert not ETC.exists()
    done = call("service", "status")
    assert done.returncode == 1
    assert "installed: no" in done.stdout
    ok("a dry run shows the unit and does nothing")

    told = did("service", "install")
    assert show("ActiveState") == "active"
    assert systemctl("is-enabled", "monitor") == "enabled"
    assert f"configuration {ETC}/sources.yaml; database {STATE}/monitor.db" in told
    assert (STATE / "monitor.db").stat().st_mode & 0o777 == 0o660
    assert (ETC / "sources.yaml").stat().st_mode & 0o777 == 0o640
    assert f"database: {STATE}/monitor.db" in (ETC / "sources.yaml").read_text()
    ok("installed from nothing, it runs on the shipped story")
    right = (ETC / "sources.yaml").read_text()
    (ETC / "sources.yaml").write_text(right + "sauces: 1\n")
    told = did("service", "install")
    assert f"it says: follows what was in force before, as {ETC}/sources.yaml:" in told
    (ETC / "sources.yaml").write_text(right + "# mine\n")
    told = did("service", "install")
    assert "in force before" not in told
    assert "monitor.service (mode 0644): unchanged" in told
    assert (ETC / "sources.yaml").read_text().endswith("# mine\n")
    status = json.loads(did("service", "status", "--json"))
    assert (status["current"], status["enabled"], status["active"]) == (True, True, "active")
    ok("installed again, it changes nothing of the user's")

    subprocess.run(["useradd", "--groups", "story-monitor", "ana"], check=True)
    subprocess.run(["useradd", "eve"], check=True)
    with Newsroom(["rss"]) as room:
        config(room)
        systemctl("restart", "monitor")
        wait_until(lambda: "1 of 1 sources ok" in show("StatusText"), what="status")
        arguments = ("--config", str(ETC / "sources.yaml"))
        assert "daemon: process" in did(*arguments, "status", user="ana")
        assert "nothing was held" in did(*arguments, "resume", user="ana")
        assert call(*arguments, "status", user="eve").returncode != 0
        ok("an analyst in the group looks and writes beside it; nobody else looks")

        systemctl("stop", "monitor")
        assert not (STATE / "monitor.db-wal").exists()
        holding = (
            f"import sqlite3, os, signal; db = sqlite3.connect('{STATE}/monitor.db');"
            " db.execute('create table if not exists ana (x)'); db.execute('insert into ana values (1)');"
            " db.commit(); os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run(
            ["setpriv", "--reuid", "ana", "--regid", "ana", "--init-groups", "/usr/bin/python3", "-c", holding],
            check=False,
        )  # fmt: skip
        left = STATE / "monitor.db-wal"
        assert left.stat().st_uid != (STATE / "monitor.db").stat().st_uid
        (found,) = [
            row for row in map(json.loads, call(*arguments, "doctor", "--json").stdout.splitlines())
            if row["check"] == "owner"
        ]  # fmt: skip
        assert found["grade"] == "ok", found
        systemctl("start", "monitor")
        (address,) = room.publish("rss", ITEMS[0])
        wait_until(lambda: room.alerts(address, "webhook") != [], what="the alert")
        ok("a log of changes that a killed analyst leaves is the service's to open")

        systemctl("stop", "monitor")
        stray = subprocess.Popen([PROGRAM, *arguments, "run"], stderr=subprocess.DEVNULL)
        wait_until(
            lambda: "process" in call(*arguments, "status").stdout.splitlines()[-1],
            what="a stray daemon",
        )
        assert subprocess.run(
            ["systemctl", "start", "monitor"], check=False, capture_output=True
        ).returncode
        found = {
            row["check"]: row for row in map(json.loads, call(*arguments, "doctor", "--json").stdout.splitlines())
        }  # fmt: skip
        assert found["daemon"]["grade"] == "broken", found
        assert f"kill {stray.pid}" in found["daemon"]["mend"]
        stray.terminate()
        assert stray.wait(15) == 0
        ok("doctor names the stray daemon that keeps the service from starting")

    told = did("service", "remove")
    assert not Path("/etc/systemd/system/monitor.service").exists()
    assert (ETC / "sources.yaml").exists()
    assert (STATE / "monitor.db").exists()
    assert f"left as they are: {ETC}, {STATE}" in told
    assert "nothing to remove" in did("service", "remove")
    ok("removed, it leaves configuration and data")

    did("--config", str(ETC / "sources.yaml"), "backup", "/root/b.tar.gz")
    for each in (ETC, STATE):
        subprocess.run(["rm", "-r", each], check=True)
    done = call("restore", "/root/b.tar.gz", "--to", str(ETC), env={"STATE_DIRECTORY": str(STATE)})
    assert done.returncode == 0, done.stderr
    did("service", "install")
    assert show("ActiveState") == "active"
    wait_until(lambda: "held, restored" in show("StatusText"), what="status")
    assert f"database: {STATE}/monitor.db" in (ETC / "sources.yaml").read_text().replace('"', "")
    did("--config", str(ETC / "sources.yaml"), "resume")
    wait_until(lambda: "held" not in show("StatusText"), what="status")
    ok("restored for the service, it runs held until it is resumed")


@contextlib.contextmanager
def silent() -> Iterator[tuple[int, list[str]]]:
    """A server on every address of loopback that takes requests and answers none; who asked what."""
    asked: list[str] = []
    loop = asyncio.new_event_loop()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            line = await reader.readline()
            asked.append(line.decode())
            await reader.read()  # until the other side hangs up
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(hang, "0.0.0.0", 0, backlog=500))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1], asked
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def load() -> None:
    """A stop in the middle of 200 running polls and 50 deliveries."""
    program()
    did("service", "install", "--no-start")
    with Newsroom(["rss"]) as room, silent() as (port, asked):
        config(room)
        path = ETC / "sources.yaml"
        document: dict[str, Any] = yaml.safe_load(path.read_text())
        document["settings"]["poll"] |= {"concurrency": 201, "deadline": "60s"}
        document["sources"] += [
            {"name": f"silent-{n}", "url": f"http://127.1.{n // 200}.{n % 200 + 1}:{port}/feed", "private": True}
            for n in range(200)
        ]  # fmt: skip
        document["channels"] = {
            f"hook-{n}": {"kind": "webhook", "url": f"http://127.0.0.1:{port}/hook/{n}", "private": True}
            for n in range(50)
        }  # fmt: skip
        path.write_text(yaml.safe_dump(document))
        systemctl("start", "monitor")
        wait_until(lambda: sum("/feed" in line for line in asked) >= 200, what="200 polls")
        wait_until(lambda: len(room.visits) >= 2, what="the baseline")
        room.publish("rss", ITEMS[0])
        wait_until(
            lambda: len({line for line in asked if "/hook/" in line}) == 50, what="50 deliveries"
        )  # fmt: skip
        began = time.monotonic()
        systemctl("stop", "monitor")
        took = time.monotonic() - began
        assert took < 10, took
        assert (show("Result"), show("ExecMainStatus")) == ("success", "0")
        ok(f"stopped within ten seconds ({took:.1f}) of 200 polls and 50 deliveries under way")
        rows = [
            json.loads(line)
            for line in did(
                "--config", str(path), "alerts", "list", "--limit", "99", "--json"
            ).splitlines()
        ]
        assert {row["state"] for row in rows} == {"queued"}
        assert len(rows) == 50
        ok("what was under way is queued still, to go out under the same keys")


def before() -> None:
    """The first boot: an alert is told; then the machine goes off with the service running."""
    program()
    did("service", "install", "--no-start")
    with Newsroom(["rss"]) as room:
        config(room)
        systemctl("start", "monitor")
        wait_until(lambda: len(room.visits) >= 2, what="the baseline")
        (address,) = room.publish("rss", ITEMS[0])
        wait_until(lambda: room.alerts(address, "webhook") != [], what="the alert")
        wait_until(lambda: "0 alerts waiting" in show("StatusText"), what="status")
    ok("told before the power-off, with the service running")


def after() -> None:
    """The second boot of the same disk."""
    program()
    subprocess.run(["systemd-sysusers", "--inline", "u story-monitor -"], check=True)
    did("service", "install", "--no-start")
    with Newsroom(["rss"]) as room:
        path = config(room)
        right = path.read_text()
        path.write_text("")
        systemctl("start", "monitor")
        assert f"follows what was in force before, as {path}:1:1: empty" in show("StatusText")
        assert room.visits == [], "the first boot's newsroom is not there any more"
        path.write_text(right)
        arguments = ("--config", str(ETC / "sources.yaml"))
        assert "works by it now" in did(*arguments, "reload")
        wait_until(lambda: len(room.visits) >= 3, what="polls")
        time.sleep(3)
        rows = [
            json.loads(line) for line in did(*arguments, "alerts", "list", "--json").splitlines()
        ]
        assert {row["state"] for row in rows} == {"delivered"}
        assert len(rows) == 2
        assert room.received == []
        assert systemctl("is-active", "monitor") == "active"
    journal = subprocess.run(
        ["journalctl", "-u", "monitor", "-o", "cat"], capture_output=True, text=True, check=False
    ).stdout
    assert "checking" not in journal, "the power-off was an ordered stop"
    ok("after the boot all is known, and nothing is told again")


if __name__ == "__main__":
    signal.alarm(440)
    {"install": install, "load": load, "before": before, "after": after}[sys.argv[1]]()
