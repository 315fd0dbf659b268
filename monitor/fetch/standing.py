"""How we stand with every host, and with the network: what outlives a client.

    client = Client(poll, contact=contact)
    # the configuration was read again
    client = Client(new.poll, contact=new.contact, standing=client.standing)

Only the gap between two requests is then the newer client's.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from monitor.fetch.hosts import Hosts
from monitor.fetch.reach import Reach
from monitor.fetch.robots import Origins
from monitor.model import Validators

_REMEMBERED = 2_000


class Homes:
    """At which address a source's validators were given: behind redirects, another than its own.

    They belong to the representation found there (RFC 9110, 8.8). Sent elsewhere,
    an old date could draw a 304 for what we have never seen. What is forgotten, as
    with the process, costs one whole answer.
    """

    def __init__(self) -> None:
        self._homes: OrderedDict[str, tuple[Validators, str]] = OrderedDict()

    def note(self, url: str, validators: Validators, address: str) -> None:
        """`validators`, got for `url`, are those of `address`."""
        self._homes[url] = (validators, address)
        self._homes.move_to_end(url)
        if len(self._homes) > _REMEMBERED:
            self._homes.popitem(last=False)

    def find(self, url: str, validators: Validators | None) -> str | None:
        """The address that `validators` are of, None if that is not known."""
        known, address = self._homes.get(url, (None, None))
        return address if known is not None and known == validators else None


@dataclass(slots=True)
class Standing:
    """Turns and holds, robots.txt, who is heard, and whose validators are whose."""

    hosts: Hosts = field(default_factory=Hosts)
    origins: Origins = field(default_factory=Origins)
    reach: Reach = field(default_factory=Reach)
    homes: Homes = field(default_factory=Homes)
