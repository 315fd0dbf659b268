"""When to look again: the arithmetic of polls and of pending bodies.

Pure: `now` and the random part are passed in. `docs/schedule.md` has the reasons and
what a simulated month came to.

The pace of polls goes with the square root of a source's rate of new entries, which
gives the least mean delay for a number of requests (Sia, Cho and Cho, "Efficient
monitoring algorithm for fast news alerts", IEEE TKDE 19(7), 2007: the allocation of
retrievals among sources). Above that stands safety: never so long that more than half
of what the source shows at a time would be replaced meanwhile.
"""

from monitor.schedule.looks import confirm, next_step
from monitor.schedule.rhythm import learn
from monitor.schedule.visits import NEVER, after_failure, next_look, next_poll

__all__ = ["NEVER", "after_failure", "confirm", "learn", "next_look", "next_poll", "next_step"]
