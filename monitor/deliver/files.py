"""Feeds of each story's developments as files, for a web server or a feed reader beside us."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from monitor.alert.feeds import Feed, alerts_in, as_atom, as_json, parse, put
from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery, Receipt

_READABLE = 0o644  # a web server is another user


class Files:
    """Writes NAME.json and NAME.atom of a story, each whole or not at all."""

    def __init__(self, channel: Channel) -> None:
        """Take a channel of kind files; ValueError where it has no folder."""
        if channel.folder is None:
            raise ValueError(f"channel {channel.name} has no folder")
        self._folder = channel.folder
        self._most = channel.items

    async def send(self, delivery: Delivery) -> Receipt:
        """Put the alert into its story's feeds. A full disk, say, may pass."""
        told = json.loads(delivery.body)
        try:
            # A disk may take its time, and the loop may not wait for it.
            return await asyncio.to_thread(self._write, told)
        except OSError as error:
            where = error.filename or self._folder
            raise DeliveryError(f"{where} cannot be written: {error.strerror or error}") from error

    async def aclose(self) -> None:
        """Nothing is held."""

    def _write(self, told: dict[str, Any]) -> Receipt:
        self._folder.mkdir(parents=True, exist_ok=True)
        if told["type"] == "alert.test":
            replace(self._folder / ".test", b"")
            (self._folder / ".test").unlink()
            return Receipt(status=None, reply="the folder can be written; no feed was changed")
        feeds: dict[str, Feed] = {}
        for one in alerts_in(told):
            name = one["data"]["story"]["name"]
            known = feeds[name] if name in feeds else self._known(name)
            feeds[name] = put(known, one, most=self._most)
        for name, feed in feeds.items():
            # Atom first: the JSON Feed is what the next attempt builds on.
            replace(self._folder / f"{name}.atom", as_atom(feed))
            replace(self._folder / f"{name}.json", as_json(feed))
        written = ", ".join(
            f"{name}: {len(feed['items'])} in the feed" for name, feed in feeds.items()
        )
        return Receipt(status=None, reply=written or "no alert in it; no feed was changed")

    def _known(self, name: str) -> Feed | None:
        path = self._folder / f"{name}.json"
        try:
            return parse(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            # Somebody else's file is not written over.
            raise DeliveryError(
                f"{path} is no feed of this channel ({error}): move it away"
            ) from error


def replace(path: Path, body: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_READABLE)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
