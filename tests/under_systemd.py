"""Run inside the booted systemd by test_systemd: what an administrator would see, one `ok` a fact."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import yaml

from tests.newsroom import Newsroom, read_items
from tests.newsroom.newsroom import wait_until
from tests.newsroom.receivers import SECRET

ETC = Path("/etc/story-monitor")
DROP_IN = """[Service]
Environment=PYTHONPATH=/opt/checkout:/opt/libraries PYTHONDONTWRITEBYTECODE=1
ExecStart=
ExecStart=/usr/bin/python3 -m monitor run --config /etc/story-monitor/sources.yaml
WatchdogSec=15s
RestartSec=300ms
"""


def systemctl(*words: str) -> str:
    """Its answer; the command must succeed."""
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout.strip()


def show(name: str) -> str:
    """A property of the unit."""
    return systemctl("show", "-P", name, "monitor")


def monitor(*words: str) -> str:
    """What one of its commands says, asked by root beside the service."""
    done = subprocess.run(
        ["/usr/bin/python3", "-m", "monitor", "--config", ETC / "sources.yaml", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"STATE_DIRECTORY": "/var/lib/story-monitor"},
    )
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def ok(fact: str) -> None:
    """One proved fact."""
    print(f"ok  {fact}", flush=True)


def main() -> None:
    """The unit's life from start to stop."""
    unit = Path("/etc/systemd/system/monitor.service.d")
    unit.mkdir()
    (unit / "test.conf").write_text(DROP_IN)
    systemctl("daemon-reload")
    items = [item for item, _ in read_items(Path("tests/data/newsroom/story.jsonl"))]
    with Newsroom(["rss"]) as room:
        config = room.write_config(ETC, seeds=Path("/opt/checkout/seeds/north-korea-russia"))
        document = yaml.safe_load(config.read_text())
        # Under systemd the database has its place already, and secrets are credentials.
        del document["settings"]["database"]
        document["channels"]["hook"]["secret"] = {"credential": "smtp-password"}
        config.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
        good = config.read_text()

        subprocess.run(["systemd-sysusers", "--inline", "u story-monitor -"], check=True)
        secret = ETC / "smtp-password"
        hidden = secret.rename(ETC / "hidden")
        systemctl("start", "monitor")
        systemctl("stop", "monitor")
        hidden.rename(secret)
        ok("a missing credential file does not keep it from starting")

        systemctl("start", "monitor")
        assert show("ActiveState") == "active"
        ok("start waits for READY")
        wait_until(lambda: "1 of 1 sources ok" in show("StatusText"), what="status")
        ok("the status text has live figures")
        (address,) = room.publish("rss", items[0])
        wait_until(lambda: room.alerts(address, "webhook") != [], what="the alert")
        assert room.hook.refused == []
        ok("the credential is read: the webhook's signature is right")

        pid = show("MainPID")
        config.write_text(good.replace("sources:", "sauces:"))
        systemctl("reload", "monitor")
        wait_until(lambda: "reload refused" in show("StatusText"), what="refusal")
        config.write_text(good)
        systemctl("reload", "monitor")
        wait_until(lambda: "reload refused" not in show("StatusText"), what="reload")
        assert show("MainPID") == pid
        ok("a wrong configuration is refused, a right one taken, by the same process")
        monitor("reload")  # waits until it is done
        config.write_text(good.replace("desk@newsroom.example", "a@b.example"))
        assert "changed since" in monitor("status")
        assert f"(process {pid}) works by it now" in monitor("reload")
        assert "changed since" not in monitor("status")
        ok("what was edited is said to be unread, and read on request")

        os.kill(int(pid), signal.SIGSTOP)
        wait_until(lambda: show("NRestarts") == "1", what="the watchdog")
        wait_until(lambda: show("ActiveState") == "active", what="the replacement")
        assert show("MainPID") != pid
        ok("a hung process is replaced")
        state = Path("/var/lib/story-monitor")
        assert (state / "monitor.db").exists()
        assert state.stat().st_mode & 0o7777 == 0o2770
        ok("the database lies in the state directory, closed to others")

        pid = show("MainPID")
        os.kill(int(pid), signal.SIGKILL)
        wait_until(lambda: show("NRestarts") == "2", what="the restart")
        wait_until(lambda: show("ActiveState") == "active", what="the next process")
        assert show("MainPID") not in {pid, "0"}
        ok("a killed process is started again")
        for user in ("nobody", "story-monitor"):
            for path in (secret, Path("/run/credentials/monitor.service/smtp-password")):
                read = subprocess.run(
                    ["setpriv", "--reuid", user, "--clear-groups", "cat", path],
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                # The service's own user reads it as the service alone: not the file of root's.
                if (user, path.parent) != (
                    "story-monitor",
                    Path("/run/credentials/monitor.service"),
                ):
                    assert read.returncode != 0, (user, path)
                    assert SECRET not in read.stdout
        assert SECRET not in systemctl("show", "monitor")
        environment = Path(f"/proc/{show('MainPID')}/environ").read_text()
        assert SECRET not in environment
        ok("the credential is nobody else's")
        looked = subprocess.run(
            ["/usr/bin/python3", "-m", "monitor", "--config", str(config), "status"],
            env={**os.environ, "STATE_DIRECTORY": "/var/lib/story-monitor"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert looked.returncode == 0, looked.stderr
        assert f"daemon: process {show('MainPID')}" in looked.stdout
        (second,) = room.publish("rss", items[1])
        wait_until(lambda: room.alerts(second, "webhook") != [], what="an alert")
        ok("root may look beside it, and the service goes on writing")
        wait_until(lambda: "1 of 1 sources ok" in show("StatusText"), what="status")
        assert len(room.alerts(address, "webhook")) == 1
        ok("nothing is told again after the restart")

        # As after a reboot: nobody stands by, and the file is not even YAML.
        systemctl("stop", "monitor")
        config.write_text(good + "\t- {}\n")
        systemctl("start", "monitor")
        place = f"{config}:{good.count(chr(10)) + 1}:1: a tab used to indent"
        assert f"follows what was in force before, as {place}" in show("StatusText")
        (third,) = room.publish("rss", items[2])
        wait_until(lambda: room.alerts(third, "webhook") != [], what="an alert")
        assert room.hook.refused == []
        config.write_text(good)
        monitor("reload")
        wait_until(lambda: "in force before" not in show("StatusText"), what="status")
        ok("a wrong file at the start is told, and what was in force before is followed")

        systemctl("stop", "monitor")
        # Who takes longer is killed, and the result is another.
        assert show("TimeoutStopUSec") == "10s"
        assert (show("Result"), show("ExecMainStatus")) == ("success", "0")
        ok("stop is clean and within ten seconds")


if __name__ == "__main__":
    main()
