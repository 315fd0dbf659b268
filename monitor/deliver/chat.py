"""Chat services through Apprise, which is an extra: pip install 'story-monitor[chat]'."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import re
from typing import Any

from monitor.config.secrets import read
from monitor.errors import DeliveryError, MonitorError
from monitor.model import Channel, Delivery, Receipt

MISSING = "Apprise is not installed: pip install 'story-monitor[chat]'"
UNKNOWN = "the url is no address that Apprise knows: see https://appriseit.com/services/"

_TIMEOUT = 60.0  # seconds; each exchange of Apprise's own has some seconds for itself
_OVERFLOW = re.compile(r"[?&]overflow=", re.IGNORECASE)
_STATUS = re.compile(r"\berror=(\d{3})\b")


class Chat:
    """Hands title and text to one service. The address, which is a key, is never shown.

    Apprise says yes or no; of what it logs only the HTTP status is taken over, because its
    lines may hold the address.
    """

    def __init__(self, channel: Channel, *, timeout: float = _TIMEOUT) -> None:
        """Take a channel of kind chat; ValueError where it has no address."""
        if channel.service is None:
            raise ValueError(f"channel {channel.name} has no url")
        self._service = channel.service
        self._timeout = timeout

    async def send(self, delivery: Delivery) -> Receipt:
        """Send once; every failure may pass, but for what the user has to mend."""
        # To import Apprise and its modules takes longer than the loop should stand still.
        service = await asyncio.to_thread(self.service)
        said = json.loads(delivery.body)
        heard = _Heard()
        log = logging.getLogger("apprise")
        log.addHandler(heard)
        try:
            async with asyncio.timeout(self._timeout):
                # Said to be text, it is escaped for services that take HTML or Markdown.
                taken = await service.async_notify(
                    title=said["title"], body=said["text"], body_format="text"
                )
        except TimeoutError as error:
            raise DeliveryError(f"no answer within {self._timeout:g} s") from error
        except Exception as error:
            # A service's module may raise anything, with the address in its words.
            raise DeliveryError(f"Apprise failed: {type(error).__name__}") from None
        finally:
            log.removeHandler(heard)
        if not taken:
            status = heard.status
            said_no = f"the service answered {status}" if status else "the service was not reached"
            raise DeliveryError(f"{said_no}, or would not take it", status=status)
        return Receipt(status=None, reply="taken")

    async def aclose(self) -> None:
        """Connections end with each message."""

    def service(self) -> Any:
        """The service behind the address, which is read now. DeliveryError says what lacks."""
        apprise = _apprise()
        try:
            address = read(self._service)
        except MonitorError as error:
            raise DeliveryError(f"url: {error}") from error
        service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
        if service is None:
            raise DeliveryError(UNKNOWN)
        if not _OVERFLOW.search(address):
            # Left alone Apprise sends what is too long for a service, which refuses it for good.
            service.overflow_mode = apprise.OverflowMode.SPLIT
        bundle = apprise.Apprise()
        bundle.add(service)
        return bundle


class _Heard(logging.Handler):
    """Keeps the last HTTP status that Apprise speaks of."""

    def __init__(self) -> None:
        super().__init__()
        self.status: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Look for a status, and keep nothing else."""
        found = _STATUS.search(record.getMessage())
        if found:
            self.status = int(found[1])


def _apprise() -> Any:
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        raise DeliveryError(MISSING) from None
    # Their lines may hold addresses, and with them keys: none reaches our log.
    for name in ("apprise", "urllib3"):
        log = logging.getLogger(name)
        log.propagate = False
        if not log.handlers:
            log.addHandler(logging.NullHandler())
    return apprise
