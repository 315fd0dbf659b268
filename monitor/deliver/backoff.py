"""When a failed delivery is tried again, and when no more: arithmetic, random passed in."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(seconds=10)
CEILING = timedelta(hours=1)
# A receiver may ask for a longer rest than the ceiling, not for silence until we give up.
LONGEST_REST = timedelta(hours=12)
GIVE_UP_AFTER = timedelta(hours=72)
# Time alone says nothing: the machine may have been off, and its network not yet up.
FEWEST_ATTEMPTS = 10


def next_attempt(
    attempts: int, now: datetime, retry_after: timedelta | None, random: float
) -> datetime:
    """When to try again after one more failure.

    `attempts` counts the failures before this one; `random` in [0, 1) spreads
    the attempts over the last quarter of the delay, so that a receiver coming
    back does not meet all at once. The wait doubles up to the ceiling and is never
    shorter than what the receiver asked for (RFC 9110, 10.2.3), within bounds.
    """
    doubled = FIRST * (1 << min(max(attempts, 0), 16))
    delay = min(CEILING, doubled) * (0.75 + 0.25 * random)
    asked = min(retry_after, LONGEST_REST) if retry_after is not None else timedelta(0)
    return now + max(delay, asked)


def given_up(created: datetime, now: datetime, attempts: int) -> bool:
    """Whether a delivery has failed for so long, and so often, that it is not tried again.

    `attempts` counts the failures, this one included.
    """
    return now - created >= GIVE_UP_AFTER and attempts >= FEWEST_ATTEMPTS
