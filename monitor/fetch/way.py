"""The way of one exchange: its declared address, and the redirects from there, each judged."""

from __future__ import annotations

import contextlib

import ada_url

from monitor.errors import FetchError
from monitor.fetch import guard
from monitor.identify.href import normal

_MAX_REDIRECTS = 5
_PERMANENT = (301, 308)


class Way:
    """Where an exchange stands; FetchError where the address guard or the redirects end it.

    `address` is absolute and without a fragment; `passed` are the addresses that
    redirected, in order; `moved` is the end of the permanent redirects that the way
    began with.
    """

    def __init__(self, url: str, *, private: bool) -> None:
        self.url = url
        self.passed: list[str] = []
        self.moved: str | None = None
        self._private = private
        self._for_good = True
        self.address = self._admitted(url)

    @property
    def within_host(self) -> bool:
        """Whether the last step was a redirect that stayed on its host."""
        return bool(self.passed) and guard.host_key(self.passed[-1]) == guard.host_key(self.address)

    def follow(self, status: int, location: str) -> None:
        """Take one redirect."""
        self.passed.append(self.address)
        self.address = self._admitted(location, base=self.address)
        if self.address in self.passed:
            raise FetchError(self.url, "redirects", "the redirects go in a circle")
        if len(self.passed) > _MAX_REDIRECTS:
            raise FetchError(self.url, "redirects", f"more than {_MAX_REDIRECTS} redirects")
        self._for_good = self._for_good and status in _PERMANENT
        if self._for_good:
            self.moved = self.address

    def _admitted(self, url: str, base: str | None = None) -> str:
        """Make `url` absolute, without its fragment, if the guard lets it pass."""
        if base is not None:
            # Raw UTF-8 in Location is no HTTP and common all the same.
            with contextlib.suppress(UnicodeError):
                url = url.encode("latin-1").decode("utf-8")
        address = url if normal(url) is not None else self._absolute(url, base)
        why = guard.verdict(address, private=self._private)
        if why is not None:
            lead = "" if base is None else f"redirected to {address}: "
            raise FetchError(self.url, "forbidden-address", lead + why)
        return address

    def _absolute(self, url: str, base: str | None) -> str:
        try:
            address = ada_url.URL(url, base)
        except (ValueError, UnicodeError):
            if base is None:
                raise FetchError(self.url, "forbidden-address", "it is no valid address") from None
            raise FetchError(self.url, "redirects", "redirected to no valid address") from None
        address.hash = ""
        return str(address.href)
