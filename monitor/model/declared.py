"""What sources.yaml declares: sources, stories, channels, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Literal

SourceKind = Literal["feed", "sitemap", "listing", "search", "telegram"]
ChannelKind = Literal["log", "email", "webhook", "chat", "command", "files"]
Band = Literal["on", "maybe", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors of one site; each may be left out."""

    links: str | None = None
    title: str | None = None
    text: str | None = None
    date: str | None = None
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `every` None means the setting; `article_id` is a pattern with one group."""

    name: str
    url: str
    kind: SourceKind = "feed"
    outlet: str | None = None
    language: str | None = None
    timezone: str | None = None
    every: timedelta | None = None
    enabled: bool = True
    aggregator: bool = False
    private: bool = False
    primary: bool = False  # speaks for itself: what it says is urgent
    article_id: str | None = None
    selectors: Selectors | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The user's corrections to a learnt profile; `aliases` maps a concept group to spellings."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # `not:` in the YAML


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One tracked story. `seeds` is a folder; `age_gate` None turns the gate off.

    `edge_given` says that the user set `threshold`, so that no label moves it; `encoder` that
    articles are read by the sentence encoder as well, where the lists lack words.
    """

    name: str
    title: str
    seeds: Path
    age_gate: timedelta | None = timedelta(hours=48)
    closes_after: timedelta = timedelta(hours=72)
    threshold: float = 0.5
    edge_given: bool = field(default=False, compare=False)  # how it was said, not what
    corrections: Corrections = field(default_factory=Corrections)
    encoder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where a secret lies; read when it is used, never kept in a log or `repr`."""

    kind: Literal["credential", "file", "env", "plain"]
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """How to reach a mail server."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: Secret | None = None
    timeout: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of each night, by a wall clock, in which nothing that can wait is sent."""

    begin: time
    end: time
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """At most `count` messages in any stretch of time of this length."""

    count: int
    span: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """When a digest goes out, by a wall clock. `days` from 0, Monday; empty means every day."""

    at: tuple[time, ...]
    timezone: str = "UTC"
    days: tuple[int, ...] = ()
    bands: tuple[Band, ...] = ("on", "maybe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to a reader. `stories` empty means all of them."""

    name: str
    kind: ChannelKind
    stories: tuple[str, ...] = ()
    language: str = "en"
    timezone: str | None = None  # the reader's; None is UTC
    bands: tuple[Band, ...] = ("on",)
    instant: bool = True  # False: the digest tells everything
    updates: bool = True  # new facts of a development that was told
    notices: bool = True  # what the monitor says of its sources and of itself
    quiet: Quiet | None = None
    ceiling: Ceiling | None = None
    digest: Digest | None = None
    # email
    to: tuple[str, ...] = ()
    sender: str | None = None
    smtp: Smtp | None = None
    # webhook; `former` secrets sign as well, while a receiver changes from one to the next.
    # `template` is the text of a Jinja2 template for the body.
    url: str | None = None
    secret: Secret | None = None
    former: tuple[Secret, ...] = ()
    private: bool = False
    template: str | None = None
    content_type: str | None = None
    # chat: an address of Apprise, which holds the key to the service
    service: Secret | None = None
    # command: a program and its arguments; no shell
    run: tuple[str, ...] = ()
    timeout: timedelta = timedelta(seconds=30)
    # files: a feed of each story in this folder, of so many developments
    folder: Path | None = None
    items: int = 100

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret that it needs, of whatever kind it is."""
        password = self.smtp.password if self.smtp else None
        found = (self.secret, *self.former, self.service, password)
        return tuple(secret for secret in found if secret is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """How sources are visited; `max_body` in decoded bytes."""

    every: timedelta = timedelta(minutes=15)
    floor: timedelta = timedelta(minutes=2)
    ceiling: timedelta = timedelta(hours=6)
    host_gap: timedelta = timedelta(seconds=2)
    deadline: timedelta = timedelta(seconds=30)
    max_body: int = 10_000_000
    concurrency: int = 40
    # A pending article is judged by what there is after this time.
    patience: timedelta = timedelta(minutes=10)
    # The way out, with a user and password perhaps: never to be shown.
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSub:
    """Where hubs reach us: `callback` from outside, forwarded to `host` and `port` here."""

    callback: str
    host: str = "127.0.0.1"
    port: int = 8085


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where metrics and health are shown, and the `page` for people; `url` is its public address.

    With a `password` the page has a login and buttons; without one it only shows.
    """

    host: str
    port: int
    page: bool = True
    url: str | None = None
    password: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """An address that is asked for as long as polls and deliveries work."""

    url: str = field(repr=False)  # whoever knows it can ping in our name
    every: timedelta = timedelta(minutes=5)
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Where readers' answers reach us: `url` from outside, forwarded to `host` and `port` here."""

    url: str
    secret: Secret
    host: str = "127.0.0.1"
    port: int = 8087


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of sources.yaml. Paths are absolute; `text` is what it was read from."""

    path: Path
    contact: str | None
    database: Path
    poll: PollSettings
    fold_window: timedelta
    stories: tuple[Story, ...]
    channels: tuple[Channel, ...]
    sources: tuple[Source, ...]
    # Texts that matched no story are dropped after this time; None keeps them.
    keep_off: timedelta | None = None
    # For how long told articles are looked at again; None never.
    recheck: timedelta | None = timedelta(days=30)
    websub: WebSub | None = None
    web: Web | None = None
    ping: Ping | None = None
    inbox: Inbox | None = None
    warnings: tuple[str, ...] = ()
    # It may hold secrets in the open.
    text: str = field(default="", repr=False, compare=False)
