"""What can be found out about a channel without sending anything."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

from monitor.alert.compose import compose
from monitor.alert.template import filled
from monitor.cli.trial import trial
from monitor.config.secrets import read
from monitor.daemon.clock import clock
from monitor.deliver.chat import Chat
from monitor.errors import DeliveryError, MonitorError
from monitor.model import Channel, Config, Notice


def fault(config: Config, channel: Channel) -> str | None:
    """What would keep the channel from delivering; None where nothing is seen.

    A secret that cannot be read now would lose no alert, but delay all of them.
    """
    try:
        for secret in channel.secrets:
            read(secret)
        if channel.kind == "chat":
            Chat(channel).service()
    except (MonitorError, DeliveryError) as error:
        return str(error)
    if channel.kind == "command" and (why := _program(channel.run[0])):
        return f"{channel.run[0]} {why}: name it with its whole path"
    if channel.folder is not None and not _writable(channel.folder):
        return f"{channel.folder} cannot be written"
    return _template(config, channel)


def _program(named: str) -> str | None:
    """What is wrong with a program's name; a service starts it from another folder than a shell."""
    if "/" in named and not Path(named).is_absolute():
        return "would be looked for in whatever folder the monitor is started"
    return None if shutil.which(named) else "is no program that can be run"


def _writable(folder: Path) -> bool:
    """Whether it can be written, or made where it is not there yet."""
    try:
        there = next(path for path in (folder, *folder.parents) if path.exists())
    except PermissionError:  # a folder above it may not even be looked into
        return False
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _template(config: Config, channel: Channel) -> str | None:
    """Whether the template can be filled with an alert and with a notice."""
    if channel.template is None:
        return None
    now = clock()
    for told in (trial(config, channel, now), Notice(id="check", kind="trouble", created=now)):
        body = json.loads(compose(told, replace(channel, template=None)).body)
        try:
            filled(channel.template, body, "subject", "https://example.org/")
        except ValueError as error:
            return f"{error} (on a body of type {body['type']})"
    return None
