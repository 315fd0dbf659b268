"""`deliver.command` with real programs: what they get, what their end means, what is left of them."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.alert.compose import compose
from monitor.deliver.command import Command
from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery
from tests import alerts
from tests.newsroom.newsroom import PATIENCE


def channel(*run: str, **changed) -> Channel:
    fields = {"name": "script", "kind": "command", "run": run, **changed}
    return Channel(**fields)


def python(code: str, *arguments: str, **changed) -> Channel:
    return channel(sys.executable, "-c", code, *arguments, **changed)


def delivery(body: bytes = b"{}") -> Delivery:
    return Delivery(
        id=1,
        channel="script",
        recipient="",
        key="msg_1_script",
        content_type="application/json",
        body=body,
        attempts=0,
        created=datetime(2026, 11, 20, 14, 8, tzinfo=UTC),
    )


async def failure(to: Channel, body: bytes = b"{}") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await Command(to).send(delivery(body))
    assert not caught.value.permanent
    return caught.value


@pytest.mark.parametrize("name", alerts.NAMES)
async def test_an_alert_is_the_webhooks_json_on_standard_input(name: str, tmp_path: Path) -> None:
    target = tmp_path / "got"
    way = python("import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())", str(target))
    message = compose(alerts.load(name), way)
    assert message.recipients == ("",)
    receipt = await Command(way).send(delivery(message.body))
    assert target.read_bytes() == message.body
    hook = json.loads(compose(alerts.load(name), alerts.webhook()).body)
    assert json.loads(message.body) == hook
    assert (receipt.status, receipt.reply) == (0, "")


async def test_no_shell_reads_the_arguments() -> None:
    odd = ["$(touch x)", "; ls", "*", "'\"", "مرحبا", ""]
    way = python("import sys; print(sys.argv[1:])", *odd)
    receipt = await Command(way).send(delivery())
    assert receipt.reply == str(odd)


async def test_the_environment_is_small(monkeypatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/run/credentials/x")
    way = python("import os, json; print(json.dumps(sorted(os.environ)))")
    names = set(json.loads((await Command(way).send(delivery())).reply))
    assert {"PATH", "STORY_MONITOR_KEY", "STORY_MONITOR_CHANNEL"} <= names
    allowed = {"HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PATH"}
    assert names <= allowed | {"STORY_MONITOR_KEY", "STORY_MONITOR_CHANNEL"}
    key = python("import os; print(os.environ['STORY_MONITOR_KEY'])")
    assert (await Command(key).send(delivery())).reply == "msg_1_script"


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("import sys; print('no room', file=sys.stderr); sys.exit(75)", 75, "exited with 75: no room"),
        ("import sys; print('on stdout'); sys.exit(1)", 1, "exited with 1: on stdout"),
        ("import os; os.kill(os.getpid(), 9)", -9, "ended by SIGKILL"),
    ],
)  # fmt: skip
async def test_how_it_ended_is_told(code: str, status: int, said: str) -> None:
    error = await failure(python(code))
    assert error.status == status
    assert error.detail.endswith(said)


async def test_a_program_that_reads_nothing_is_no_failure() -> None:
    receipt = await Command(python("print('done')")).send(delivery(b"x" * 5_000_000))
    assert receipt.reply == "done"


async def test_endless_output_is_read_and_dropped() -> None:
    way = python("import sys\nfor _ in range(300): sys.stdout.write('نعم ' * 20_000)")
    receipt = await Command(way).send(delivery())
    assert receipt.reply.startswith("نعم نعم")
    assert len(receipt.reply) == 300


@pytest.mark.parametrize(
    "program", ["/nonexistent/on-alert", "/", "/etc/passwd", "no-such-program-here"]
)
async def test_what_cannot_be_started_is_said(program: str) -> None:
    error = await failure(channel(program))
    assert error.detail.startswith(f"{program} cannot be started: ")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


async def gone(pid: int) -> bool:
    return await until(lambda: not alive(pid))


async def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True


async def test_after_its_time_it_and_its_children_are_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    # A shell, which is at work at once: its time runs from its start.
    code = "trap '' TERM; sleep 600 & echo $! > $0; sleep 600"
    way = channel("/bin/sh", "-c", code, str(told), timeout=timedelta(seconds=3))
    error = await failure(way)
    assert error.detail.endswith("did not end within 3 s; it was killed")
    assert await gone(int(told.read_text()))


async def test_what_it_leaves_running_ends_with_it_and_holds_nobody_up(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open(sys.argv[1], 'w').write(str(child.pid)); print('done')"
    )
    receipt = await Command(python(code, str(told), timeout=timedelta(seconds=30))).send(delivery())
    assert receipt.reply == "done"
    assert await gone(int(told.read_text()))


async def test_a_daemon_that_leaves_the_group_holds_nobody_up(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'],"
        " start_new_session=True)\n"
        "open(sys.argv[1], 'w').write(str(child.pid)); print('done')"
    )
    receipt = await Command(python(code, str(told), timeout=timedelta(seconds=30))).send(delivery())
    assert receipt.reply == "done"
    os.kill(int(told.read_text()), 9)


async def test_a_cancelled_attempt_leaves_nothing_running(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    attempt = asyncio.create_task(Command(python(code, str(told))).send(delivery()))
    assert await until(lambda: told.exists() and told.read_text() != "")
    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    assert await gone(int(told.read_text()))


def test_a_channel_without_a_program_is_no_command() -> None:
    with pytest.raises(ValueError, match="names no program"):
        Command(channel())
