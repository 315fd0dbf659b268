"""The shipped unit under a real systemd, booted for the test; and the notify socket alone."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.daemon.systemd import Notifier
from tests.newsroom.receivers import SECRET

ROOT = Path(__file__).parents[1]
BOX = ROOT / "tests" / "with-systemd"
SYSTEM_PYTHON = Path("/usr/bin/python3")


def _packages() -> Path:
    """Where this interpreter's libraries lie; they are lent to the system's Python inside."""
    return Path(sys.prefix) / f"lib/python3.{sys.version_info.minor}/site-packages"


def _why_not() -> str:
    if not SYSTEM_PYTHON.exists():
        return "no /usr/bin/python3: ProtectHome= hides other interpreters"
    version = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import sys; print(sys.version_info[:2] == tuple(map(int, sys.argv[1:])))",
         *map(str, sys.version_info[:2])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if version.stdout.strip() != "True":
        return "/usr/bin/python3 is another version than the libraries installed here are for"
    if not _packages().is_dir():
        return f"no libraries at {_packages()}"
    checked = subprocess.run([BOX, "--check"], capture_output=True, text=True, check=False)
    return "" if checked.returncode == 0 else checked.stdout.strip() or checked.stderr.strip()


def _inside(tmp_path: Path, words: str, *more: object) -> str:
    """What a command says inside the booted system; skipped where none can be booted."""
    if why := _why_not():
        pytest.skip(f"no systemd can be booted here: {why}")
    journal = tmp_path / "journal"
    done = subprocess.run(
        [
            BOX,
            *("--bind-ro", f"{ROOT}:/opt/checkout"),
            *("--bind-ro", f"{_packages()}:/opt/libraries"),
            *("--journal", journal),
            *("--timeout", "450"),
            *("--env", "PYTHONPATH=/opt/checkout:/opt/libraries"),
            *more,
            *("--run", f"cd /opt/checkout && exec /usr/bin/python3 -B -m {words}"),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    told = f"{done.stdout}\n{done.stderr}\n{journal.read_text('utf-8', 'replace')[-6000:] if journal.exists() else ''}"
    assert done.returncode == 0, told
    return done.stdout


@pytest.mark.systemd
def test_the_unit_starts_reloads_survives_a_hang_and_stops(tmp_path: Path) -> None:
    """READY is waited for, figures show, the credential is read, a hung process is replaced."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    told = _inside(
        tmp_path,
        "tests.under_systemd",
        *("--unit", ROOT / "systemd" / "monitor.service"),
        *("--copy", f"{secret}:/etc/story-monitor/smtp-password:600"),
    )
    assert told.count("ok  ") == 14, told


@pytest.mark.systemd
@pytest.mark.slow
@pytest.mark.parametrize(("part", "facts"), [("install", 8), ("load", 2)])
def test_the_service_as_an_administrator_has_it(tmp_path: Path, part: str, facts: int) -> None:
    told = _inside(tmp_path, f"tests.under_systemd_install {part}")
    assert told.count("ok  ") == facts, told


@pytest.mark.systemd
@pytest.mark.slow
def test_what_is_known_lasts_over_a_reboot(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    for part in ("before", "after"):
        told = _inside(
            tmp_path,
            f"tests.under_systemd_install {part}",
            *("--bind", f"{disk}:/var/lib/story-monitor"),
        )
        assert told.count("ok  ") == 1, told


@pytest.mark.systemd
@pytest.mark.slow
def test_the_package_lives_its_whole_life_without_a_network(tmp_path: Path) -> None:
    """Built as `make deb` does; the older one is the same under another version."""
    packages = sorted((ROOT / "dist").glob("story-monitor_*.deb"))
    wheels = sorted((ROOT / "dist").glob("story_monitor-*.whl"))
    if not packages or not wheels:
        pytest.skip("no package in dist/: `make deb` builds it")
    new = packages[-1]
    # Unpacked and packed again under an older version: a build takes minutes.
    subprocess.run(["dpkg-deb", "-R", new, tmp_path / "tree"], check=True)
    control = tmp_path / "tree" / "DEBIAN" / "control"
    lines = control.read_text().splitlines()
    control.write_text(
        "\n".join("Version: 0.0.1" if x.startswith("Version:") else x for x in lines) + "\n"
    )
    old = tmp_path / "old.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tmp_path / "tree", old],
                   check=True, capture_output=True)  # fmt: skip
    told = _inside(
        tmp_path,
        f"tests.under_systemd_deb /mnt/old.deb /mnt/{new.name}",
        *("--bind-ro", f"{old}:/mnt/old.deb"),
        *("--bind-ro", f"{new}:/mnt/{new.name}"),
        *("--size", "1g"),
    )
    assert told.count("ok  ") == 5, told


@pytest.mark.systemd
@pytest.mark.parametrize("name", ["monitor.service", "monitor-user.service"])
def test_nothing_is_wrong_with_the_units(tmp_path: Path, name: str) -> None:
    """`systemd-analyze verify`, with a program that is there."""
    unit = tmp_path / name
    text = (ROOT / "systemd" / name).read_text()
    unit.write_text(text.replace("/opt/story-monitor/bin/monitor", "/bin/true"))
    manager = "--user" if "user" in name else "--system"
    try:
        done = subprocess.run(
            ["systemd-analyze", manager, "verify", unit],
            capture_output=True, text=True, check=False,
            env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")
    said = [line for line in done.stderr.splitlines() if str(unit) in line or name in line]
    assert (done.returncode, said) == (0, []), done.stderr


@pytest.mark.systemd
def test_the_unit_is_well_formed_and_hardened() -> None:
    """`systemd-analyze` finds nothing wrong and an exposure of at most 1.5."""
    unit = ROOT / "systemd" / "monitor.service"
    try:
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=15", unit],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")
    if "Unknown" in done.stderr or "unrecognized" in done.stderr:
        pytest.skip("this systemd-analyze cannot judge a unit offline")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


def _listen(address: str) -> socket.socket:
    server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    server.bind(address)
    server.settimeout(5)
    return server


@pytest.mark.parametrize("abstract", [False, True])
def test_the_notifier_speaks_the_protocol(tmp_path: Path, abstract: bool) -> None:
    path = f"@story-monitor-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with _listen("\0" + path[1:] if abstract else path) as server:
        notify = Notifier({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "3000000"})
        assert notify.watchdog_seconds == 3.0
        notify.ready("a\nb")
        notify.beat()
        notify.stopping("bye")
        notify.reloading()
        assert server.recv(999) == b"READY=1\nWATCHDOG=1\nSTATUS=a b"
        assert server.recv(999) == b"WATCHDOG=1"
        assert server.recv(999) == b"STOPPING=1\nSTATUS=bye"
        assert server.recv(999).startswith(b"RELOADING=1\nWATCHDOG=1\nMONOTONIC_USEC=")


def test_the_notifier_waits_for_no_reader_and_loses_no_change_of_state(tmp_path: Path) -> None:
    """A manager that reads nothing for a while, as at boot, has a queue of few datagrams."""
    path = str(tmp_path / "notify")
    with _listen(path) as server:
        notify = Notifier({"NOTIFY_SOCKET": path})
        for turn in range(500):
            notify.status(f"turn {turn}")
        notify.ready("up")
        notify.beat()
        server.setblocking(False)
        heard = []

        def drain() -> None:
            with contextlib.suppress(BlockingIOError):
                while True:
                    heard.append(server.recv(999))

        drain()
        assert len(heard) < 500, "the queue was full"
        assert b"READY=1\nWATCHDOG=1\nSTATUS=up" not in heard
        heard.clear()
        notify.beat()
        drain()
        assert heard == [b"READY=1\nWATCHDOG=1\nSTATUS=up", b"WATCHDOG=1"]


def test_the_notifier_is_silent_without_a_manager_and_survives_a_dead_one(tmp_path: Path) -> None:
    Notifier({}).ready("x")
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).beat()
    assert Notifier({"WATCHDOG_USEC": "5", "WATCHDOG_PID": "1"}).watchdog_seconds is None
