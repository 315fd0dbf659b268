"""What turns the fixed jobs, whatever happens to the clock of the machine.

APScheduler reckons in the time of day. Its own interval trigger goes through every
missed run one by one, which after a clock set forward by months takes minutes and
gigabytes; and it sleeps until a clock set back has caught up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc] # the library has no types
    """Fires `seconds` after each turn, counted from now and from nothing earlier."""

    def __init__(self, seconds: float) -> None:
        """Take the length of a turn."""
        self.interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """One interval from now."""
        return now + self.interval


def unstick(scheduler: BaseScheduler, now: datetime) -> int:
    """Bring back jobs that a clock set back has left in the future; how many."""
    late = [
        job for job in scheduler.get_jobs() if job.next_run_time > now + 2 * job.trigger.interval
    ]
    for job in late:
        job.modify(next_run_time=now)
    return len(late)
