"""The service manager's socket: ready, status, watchdog, stopping (sd_notify(3)).

Silent where there is no socket, so that the daemon runs the same in a terminal.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping


class Notifier:
    """Datagrams to $NOTIFY_SOCKET."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read the socket's address and the watchdog's interval."""
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        pid = environment.get("WATCHDOG_PID")
        micros = environment.get("WATCHDOG_USEC", "")
        self.watchdog_seconds: float | None = None
        if micros.isdigit() and (pid is None or pid == str(os.getpid())):
            self.watchdog_seconds = int(micros) / 1_000_000

    def ready(self, status: str) -> None:
        """Start-up is over, or a reload is."""
        self._send(f"READY=1\nSTATUS={_line(status)}")

    def status(self, status: str) -> None:
        """One line for `systemctl status`."""
        self._send(f"STATUS={_line(status)}")

    def reloading(self) -> None:
        """A reload begins; MONOTONIC_USEC is what Type=notify-reload asks for."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def longer(self, seconds: float, status: str) -> None:
        """Start-up takes longer than TimeoutStartSec=; it is alive."""
        micros = int(seconds * 1_000_000)
        self._send(f"EXTEND_TIMEOUT_USEC={micros}\nSTATUS={_line(status)}")

    def stopping(self, status: str) -> None:
        """The ordered stop begins."""
        self._send(f"STOPPING=1\nSTATUS={_line(status)}")

    def beat(self) -> None:
        """Keep the watchdog quiet."""
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            try:
                out.connect(self._address)
                out.sendall(message.encode())
            except OSError:
                # The manager's trouble must not become ours.
                return


def _line(text: str) -> str:
    return " ".join(text.split())
