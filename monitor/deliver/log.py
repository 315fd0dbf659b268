"""Alerts written to the service's own log: the channel of those who declared none."""

from __future__ import annotations

import structlog

from monitor.model import Channel, Delivery, Receipt

_log = structlog.get_logger(__name__)


class Log:
    """Never fails, and needs nothing."""

    def __init__(self, channel: Channel) -> None:
        """Log under the channel's name."""
        self._channel = channel

    async def send(self, delivery: Delivery) -> Receipt:
        """Write one line."""
        _log.info(
            "alert",
            channel=self._channel.name,
            key=delivery.key,
            text=delivery.body.decode("utf-8", "replace"),
        )
        return Receipt(status=None, reply="logged")

    async def aclose(self) -> None:
        """Nothing is held."""
