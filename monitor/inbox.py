"""What signs the links by which readers answer, from the configuration and its secret."""

from __future__ import annotations

from monitor.alert.answers import Answers
from monitor.config.secrets import read
from monitor.errors import MonitorError
from monitor.model import Config, Inbox


def signer(inbox: Inbox) -> Answers:
    """The signer under the public address; MonitorError where its secret cannot be read."""
    return Answers(inbox.url, read(inbox.secret).encode())


def links(config: Config) -> Answers | None:
    """The signer for the links of alerts; None where there is none, and they name commands.

    A secret that cannot be read holds no alert up: `monitor check` and the daemon say so.
    """
    try:
        return signer(config.inbox) if config.inbox else None
    except MonitorError:
        return None
