"""Tells an outage of our own network from one of a site, by what is heard and not heard.

A failed look-up says little alone: the same error comes for a site whose name
servers are broken, and from some systems a missing network comes as a name that
does not exist (systemd issue 20786). What counts is who else is heard.
"""

from __future__ import annotations

import errno
import socket
from collections import OrderedDict
from collections.abc import Callable, Iterable

# Two sites of one company may fail together.
_ENOUGH = 3
SURE = "a.root-servers.net"  # a name that there is while there is a name service
_REMEMBERED = 10_000

# The root name servers' addresses: public for sure, and asked nothing here.
_FAR = ((socket.AF_INET, "198.41.0.4"), (socket.AF_INET6, "2001:503:ba3e::2:30"))
_NO_WAY = (
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
    errno.EAFNOSUPPORT,
)


def routed() -> bool:
    """Whether the system knows a way to public addresses. Nothing is sent to learn it.

    Connecting a UDP socket is a look into the routing table and no more.
    """
    for family, address in _FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 53))
        except OSError as error:
            if error.errno in _NO_WAY:
                continue
        return True
    return False


class Reach:
    """Who was heard of the public hosts, and who is lost since; one object for a whole daemon.

    Our own network is down where the system has no route to public addresses, or
    where three hosts one after the other cannot be reached and none is heard in
    between. Of the lost only those count that answered when they were last asked:
    a site that is dead for weeks says nothing. Before anybody has answered, all
    count but those whose name does not exist, since a wrong name fails at once
    and a live site needs a moment: where three names do not, the name service is
    in `question`, and whoever holds it asks it for `SURE` and says `answers` what came of it.
    """

    def __init__(self, *, routed: Callable[[], bool] = routed) -> None:
        self._routed = routed
        self._alive: OrderedDict[str, None] = OrderedDict()
        self._lost: set[str] = set()
        self._nameless: set[str] = set()
        self._dumb: bool | None = None  # whether the name service knows no name; None: not asked

    def known(self, hosts: Iterable[str]) -> None:
        """Hosts that answered when they were last asked, before our time."""
        self._alive.update(dict.fromkeys(hosts))

    def heard(self, host: str) -> None:
        """Note that `host` answered, were it to refuse us; ends an outage at once."""
        for other in self._lost:  # they were lost by their own fault
            self._alive.pop(other, None)
        self._lost.clear()
        self._nameless.clear()
        self._dumb = None
        self._alive[host] = None
        self._alive.move_to_end(host)
        if len(self._alive) > _REMEMBERED:
            self._alive.popitem(last=False)

    def lost(self, host: str, *, nameless: bool = False) -> None:
        """Note that `host` could not be reached; `nameless`: its name does not exist."""
        if host in self._alive or not (self._alive or nameless):
            self._lost.add(host)
        if nameless and not self._alive and len(self._nameless) < _ENOUGH:
            self._nameless.add(host)

    @property
    def question(self) -> bool:
        """Whether the name service is to be asked for a name that there must be."""
        return self._dumb is None and len(self._nameless) >= _ENOUGH

    def answers(self, *, knows: bool) -> None:
        """What came of the question."""
        self._dumb = not knows

    def outage(self) -> str | None:
        """Why our own network must be down, as a sentence's beginning; None if it need not be."""
        if not self._routed():
            return "our own network is down: there is no route to the internet"
        if self._dumb:
            return "our own network seems to be down: the name service finds no name at all"
        if len(self._lost) >= _ENOUGH:
            return (
                f"our own network seems to be down: {len(self._lost)} sites in a row "
                "could not be reached"
            )
        return None
