"""The real monitor as a process of its own: run, stop, kill, ask."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from .newsroom import rows, wait_until


class Monitor:
    """`python -m monitor --config ...`; its log is `monitor.log` beside the configuration."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.log = config.with_name("monitor.log")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.kill()

    def command(self, *words: str) -> list[str]:
        """The command line of one of the monitor's commands."""
        return [sys.executable, "-m", "monitor", "--config", str(self.config), *words]

    def start(self) -> None:
        """Start the daemon; returns at once."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command("run"), stdout=log, stderr=log, env=_environment()
            )

    @property
    def alive(self) -> bool:
        """Whether the daemon runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self, timeout: float = 15) -> int:
        """SIGTERM, and its exit status."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout)

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def call(self, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run another command beside the daemon."""
        return subprocess.run(
            self.command(*words),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env=_environment(),
        )

    def ask(self, *words: str) -> list[dict[str, Any]]:
        """A command's `--json` answer."""
        done = self.call(*words, "--json")
        if done.returncode:
            raise RuntimeError(f"monitor {' '.join(words)}: {done.returncode}\n{done.stderr}")
        return rows(done.stdout)

    def log_text(self) -> str:
        """What the daemon has written so far."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def wait_for(self, words: str, *, timeout: float = 30) -> None:
        """Wait for words in the log."""
        wait_until(lambda: words in self.log_text(), timeout=timeout, what=f"log line {words!r}")


def _environment() -> dict[str, str]:
    """Ours, without what would tell the monitor that systemd started it."""
    hidden = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY"}
    return {k: v for k, v in os.environ.items() if k not in hidden} | {"PYTHONUNBUFFERED": "1"}
