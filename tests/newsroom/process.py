"""The real monitor as a process of its own: run, stop, kill, ask; and its commands without one."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import traceback
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from monitor.cli.main import main

from .newsroom import PATIENCE, rows, wait_until


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

    def stop(self, timeout: float = PATIENCE) -> int:
        """SIGTERM, and its exit status."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout)

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        if self._process:
            self._process.kill()
            self._process.wait()

    @property
    def in_line(self) -> float:
        """Seconds for which the daemon was ready and had no processor (proc(5), schedstat)."""
        assert self._process
        return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[1]) / 1e9

    def call(self, *words: str, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
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

    def wait_for(self, words: str) -> None:
        """Wait for words in the log; AssertionError where the daemon ends without them."""

        def said() -> bool:
            alive = self.alive  # first: what it says at its end counts
            found = words in self.log_text()
            assert found or alive, f"it ended before {words!r}:\n{self.log_text()[-3000:]}"
            return found

        wait_until(said, what=f"log line {words!r}")


class Here(Monitor):
    """One whose commands run in this process: the same words, output and status.

    An interpreter that learns the story anew for each is two seconds of CPU; `run` has one still.
    """

    def call(self, *words: str, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
        """Run another command."""
        return command("--config", str(self.config), *words)


def command(
    *words: str, cwd: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """What `monitor WORDS` prints and its status, without a process of its own."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    status: object = 0
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(cwd or Path.cwd()),
        patch.dict(os.environ, _environment(), clear=True),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8")),
    ):
        try:
            main(list(words))
        except SystemExit as end:
            status = end.code
        except Exception:
            traceback.print_exc()
            status = 1
    said, told = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return subprocess.CompletedProcess(words, status if isinstance(status, int) else 1, said, told)


def _environment() -> dict[str, str]:
    """Ours, without what would tell the monitor that systemd started it."""
    hidden = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "STATE_DIRECTORY", "CREDENTIALS_DIRECTORY"}
    return {k: v for k, v in os.environ.items() if k not in hidden} | {"PYTHONUNBUFFERED": "1"}
