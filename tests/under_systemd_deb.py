"""Run inside the booted systemd by test_systemd: the package installed, upgraded, removed, purged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.newsroom.newsroom import wait_until
from tests.under_systemd import ok, show, systemctl

ETC, STATE, HOME = (
    Path("/etc/story-monitor"),
    Path("/var/lib/story-monitor"),
    Path("/opt/story-monitor"),
)


def run(*words: str) -> str:
    """A command that must succeed; without the checkout's libraries."""
    done = subprocess.run(
        words, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"},
    )  # fmt: skip
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def main(old: str, new: str) -> None:
    """Its whole life, on a machine that sees nothing but itself."""
    run("dpkg", "-i", old)
    assert show("ActiveState") == "active"
    assert systemctl("is-enabled", "monitor") == "enabled"
    status = json.loads(run("story-monitor", "service", "status", "--json"))
    assert (status["current"], status["config"]) == (True, f"{ETC}/sources.yaml")
    run("story-monitor", "--config", f"{ETC}/sources.yaml", "status")
    ok("installed without a network, it runs")

    config = ETC / "sources.yaml"
    config.write_text(config.read_text() + "# mine\n")
    pid = show("MainPID")
    inode = (STATE / "monitor.db").stat().st_ino
    wait_until(lambda: "sources ok" in show("StatusText"), what="status")
    run("dpkg", "-i", new)
    assert show("ActiveState") == "active"
    assert show("MainPID") not in {pid, "0"}
    assert config.read_text().endswith("# mine\n")
    assert (STATE / "monitor.db").stat().st_ino == inode
    versions = run("dpkg-query", "-W", "-f", "${Version}", "story-monitor")
    assert versions in new
    ok("upgraded, with configuration and data kept, and started anew")

    config.write_text("sauces: 1\n")
    run("dpkg", "-i", new)
    assert run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}", "story-monitor").strip() == "ii"
    config.unlink()
    ok("a wrong configuration does not leave the package half installed")

    run("dpkg", "-r", "story-monitor")
    assert not HOME.exists()
    assert not Path("/etc/systemd/system/monitor.service").exists()
    assert (STATE / "monitor.db").exists()
    ok("removed, it leaves the data")
    run("dpkg", "-P", "story-monitor")
    for path in (ETC, STATE, HOME, Path("/usr/bin/story-monitor")):
        assert not path.exists(), path
    assert subprocess.run(
        ["getent", "passwd", "story-monitor"], check=False, capture_output=True
    ).returncode
    assert not list(Path("/etc/systemd/system").rglob("monitor.service"))
    ok("purged, nothing is left")


if __name__ == "__main__":
    main(*sys.argv[1:])
