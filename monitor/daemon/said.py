"""The line that the service manager shows of the daemon, made anew where something has changed."""

from __future__ import annotations

from monitor.daemon.jobs import Jobs
from monitor.daemon.systemd import Notifier
from monitor.look.status import summary
from monitor.parts import Parts

_AGAIN = 600.0  # seconds after which it is said again: the manager may have missed the last one


def line(parts: Parts, *first: str) -> str:
    """What goes first where it is not empty, then how all stands."""
    try:
        text = summary(parts.store, parts.config, parts.clock())
    except Exception as error:
        text = f"the store cannot be read: {error}"
    return "; ".join(filter(None, [*first, text]))


class Said:
    """What was said last, by one turn of the jobs. It is made of all sources, which takes a while."""

    def __init__(self, notify: Notifier, parts: Parts, jobs: Jobs, note: str) -> None:
        """Nothing yet; `note` is for the reader, and stands before how all stands."""
        self._notify = notify
        self._parts = parts
        self._jobs = jobs
        self._note = note
        self._known = (-1, 0.0)

    async def say(self) -> None:
        """Say it where it may be another line than the last one."""
        known = (self._jobs.changes, self._parts.clock().timestamp() // _AGAIN)
        if known != self._known:
            self._known = known
            self._notify.status(line(self._parts, self._jobs.hindered, self._note))
