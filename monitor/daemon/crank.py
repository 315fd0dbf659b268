"""What turns the fixed jobs, whatever happens to the clock of the machine.

APScheduler reckons in the time of day. Its own interval trigger goes through every
missed run one by one, which after a clock set forward by months takes minutes and
gigabytes; and it sleeps until a clock set back has caught up.

And it costs several times what a look at the store does: while there is nothing to do,
the jobs that would only find that out rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from apscheduler.job import Job
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc] # the library has no types
    """Fires `seconds` after each turn, counted from now and from nothing earlier.

    Those that are `whole` fire where the clock shows a multiple of it, and so together: each
    wake of a machine that sleeps costs more than what is done in it.
    """

    def __init__(self, seconds: float, *, whole: bool = False) -> None:
        """Take the length of a turn."""
        self.interval = timedelta(seconds=seconds)
        self._whole = whole

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """One interval from now, or less where it is to be a whole one."""
        at = now + self.interval
        if self._whole:
            at -= timedelta(seconds=at.timestamp() % self.interval.total_seconds())
        return at


def rest(jobs: Iterable[Job], since: datetime) -> None:
    """Put by those that have run since then; they keep their place and wait to be woken."""
    for job in jobs:
        at = job.next_run_time
        if at is not None and at - job.trigger.interval >= since:
            job.pause()


def wake(jobs: Iterable[Job], now: datetime) -> None:
    """Run at once those that were put by."""
    for job in jobs:
        if job.next_run_time is None:
            job.modify(next_run_time=now)


def anew(scheduler: BaseScheduler, now: datetime) -> None:
    """Run every job now: after a clock set back none of their times means anything."""
    for job in scheduler.get_jobs():
        job.modify(next_run_time=now)
