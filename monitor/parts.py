"""What the halves of a poll share: the outside world, opened once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.fetch.client import Client
from monitor.model import Config
from monitor.store.store import Store
from monitor.story.profile import Profile
from monitor.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One configuration with its profiles by story, and the things that it opens."""

    config: Config
    profiles: Mapping[str, Profile]
    store: Store
    client: Client
    workers: Workers
    clock: Callable[[], datetime]
