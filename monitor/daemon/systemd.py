"""The service manager's socket: ready, status, watchdog, stopping (sd_notify(3)).

Silent where there is no socket, so that the daemon runs the same in a terminal.

Nothing is waited for: the socket holds a handful of datagrams, and the event loop would stand
still, signals and all, while a manager that is busy itself reads none. What only lasts until
the next time is dropped then; what changes the service's state goes before what is said next.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections import deque
from collections.abc import Mapping

_OWED = 4  # changes of state; older ones are history


class Notifier:
    """Datagrams to $NOTIFY_SOCKET."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read the socket's address and the watchdog's interval."""
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._owed: deque[str] = deque(maxlen=_OWED)
        self._lived = 0.0
        pid = environment.get("WATCHDOG_PID")
        micros = environment.get("WATCHDOG_USEC", "")
        self.watchdog_seconds: float | None = None
        if micros.isdigit() and (pid is None or pid == str(os.getpid())):
            self.watchdog_seconds = int(micros) / 1_000_000

    def ready(self, status: str) -> None:
        """Start-up is over, or a reload is: a sign of life too, as the next one counts from here."""
        self._owed.append(f"READY=1\nWATCHDOG=1\nSTATUS={_line(status)}")
        self._send()

    def status(self, status: str) -> None:
        """One line for `systemctl status`."""
        self._send(f"STATUS={_line(status)}")

    def reloading(self) -> None:
        """A reload begins; MONOTONIC_USEC is what Type=notify-reload asks for."""
        micros = time.monotonic_ns() // 1000
        self._owed.append(f"RELOADING=1\nWATCHDOG=1\nMONOTONIC_USEC={micros}")
        self._send()

    def longer(self, seconds: float, status: str) -> None:
        """Start-up takes longer than TimeoutStartSec=; it is alive."""
        micros = int(seconds * 1_000_000)
        self._send(f"EXTEND_TIMEOUT_USEC={micros}\nSTATUS={_line(status)}")

    def stopping(self, status: str) -> None:
        """The ordered stop begins."""
        self._send(f"STOPPING=1\nSTATUS={_line(status)}")

    def is_beat_due(self, ahead: float) -> bool:
        """Whether the watchdog would have waited for half of its time in so many seconds."""
        return (
            self.watchdog_seconds is not None
            and time.monotonic() - self._lived > self.watchdog_seconds / 2 - ahead
        )

    def beat(self) -> None:
        """Keep the watchdog quiet."""
        self._lived = time.monotonic()
        self._send("WATCHDOG=1")

    def _send(self, message: str = "") -> None:
        """Send what is owed, then the message."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.setblocking(False)
            # The manager's trouble must not become ours.
            with contextlib.suppress(OSError):
                out.connect(self._address)
                while self._owed:
                    out.send(self._owed[0].encode())
                    self._owed.popleft()
                if message:
                    out.send(message.encode())


def _line(text: str) -> str:
    return " ".join(text.split())
