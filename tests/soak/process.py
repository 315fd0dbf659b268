"""The daemon under test: its clock can be stepped, its memory is read; and its configuration."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import yaml

from tests.newsroom import Monitor
from tests.newsroom.newsroom import READER
from tests.newsroom.receivers import SECRET, MailSink, WebhookReceiver
from tests.soak.world import World

SEEDS = Path(__file__).parents[2] / "seeds" / "north-korea-russia"
FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
)


class Faulty(Monitor):
    """The daemon, with a clock that can be stepped."""

    def __init__(self, config: Path, faketime: str | None, offset: Path) -> None:
        super().__init__(config)
        self._faketime, self._offset = faketime, offset
        self.step(0)

    def step(self, seconds: int) -> None:
        near = self._offset.with_suffix(".new")
        near.write_text(f"+{seconds}\n")
        near.replace(self._offset)

    def start(self) -> None:
        if self._faketime:
            os.environ |= {
                "LD_PRELOAD": self._faketime, "FAKETIME_TIMESTAMP_FILE": str(self._offset),
                "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            }  # fmt: skip
        super().start()
        os.environ.pop("LD_PRELOAD", None)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def resident(self) -> int:
        """Bytes of the daemon alone, and of all its processes, by RSS."""
        total = 0
        for status in Path(f"/proc/{self.pid}/task").glob("*/children"):
            for child in status.read_text().split():
                total += _rss(int(child))
        return total + _rss(self.pid)


def catches(pid: int, number: int) -> bool:
    """Whether a process has a handler for a signal (proc(5), SigCgt)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


def _rss(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def write_config(
    folder: Path, world: World, mail: MailSink, hook: WebhookReceiver, every: str
) -> Path:
    secret = folder / "hook-secret"
    secret.write_text(SECRET)
    document = {
        "settings": {
            "contact": "desk@newsroom.example",
            "database": str(folder / "disk" / "monitor.db"),
            "poll": {"every": every, "floor": every, "ceiling": "10m", "host_gap": "0.05s", "deadline": "8s", "concurrency": 100},
        },
        "stories": {"north-korea-russia": {"seeds": str(SEEDS)}},
        "channels": {
            "desk": {"kind": "email", "to": [READER], "smtp": {"host": mail.host, "port": mail.port, "security": "none"}},
            "hook": {"kind": "webhook", "url": hook.url, "secret": {"file": str(secret)}, "private": True},
        },
        "sources": [
            {"name": f"s{n}", "url": f"http://{world.host(n)}:{world.port}/feed.xml", "kind": "feed", "private": True, "every": every}
            for n in range(world.count)
        ],
    }  # fmt: skip
    path = folder / "sources.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    return path
