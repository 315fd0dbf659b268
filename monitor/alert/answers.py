"""How a reader answers an alert: signed links where the monitor can be reached, else commands.

A link carries what it would do, for which article, until when, and an HMAC over that. It is
only shown when it is opened: mail scanners open every link (the web route acts on POST alone).
"""

from __future__ import annotations

import hmac
import shlex
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal, get_args
from urllib.parse import quote

from monitor.alert.direction import one_line
from monitor.alert.words import Words
from monitor.model import Alert

Act = Literal["yes", "no", "mute"]

LASTS: Final = timedelta(days=30)
_MAC: Final = 16  # bytes of the HMAC that a link carries: 128 bits
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One way to answer. Either a web address or a command line."""

    label: str
    url: str | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link asks for: `number` is the article's, of `mute` the development's."""

    act: Act
    story: str
    number: int
    until: datetime


class Answers:
    """Signs links under a public address, and reads them again."""

    def __init__(self, url: str, secret: bytes) -> None:
        """Take the address under which readers reach the monitor, and the key."""
        self._url = url.rstrip("/")
        # A key of its own, should the same secret sign something else as well.
        self._key = hmac.digest(secret, b"story-monitor answers", "sha256")

    def link(self, asked: Asked) -> str:
        """The web address that asks for it."""
        said = f"{asked.act} {asked.number} {int(asked.until.timestamp())} {asked.story}".encode()
        return f"{self._url}/{_text(said)}.{_text(self._mac(said))}"

    def read(self, token: str, now: datetime) -> Asked | None:
        """What the last part of such an address asks for; None where it is forged or too old."""
        if len(token) > _LONGEST:
            return None
        body, _, mac = token.partition(".")
        try:
            said = _bytes(body)
            if not hmac.compare_digest(_bytes(mac), self._mac(said)):
                return None
            act, number, until, story = said.decode().split(" ", 3)
            found = datetime.fromtimestamp(int(until), UTC)
            acts: dict[str, Act] = {one: one for one in get_args(Act)}
            asked = Asked(act=acts[act], story=story, number=int(number), until=found)
        except (ValueError, KeyError, OverflowError, OSError):
            return None
        return asked if now <= asked.until else None

    def _mac(self, said: bytes) -> bytes:
        return hmac.new(self._key, said, sha256).digest()[:_MAC]


def answers(
    alert: Alert, said: Words, inbox: Answers | None, page: str | None = None
) -> list[Answer]:
    """Belongs, not this story, mute, timeline: what can be done about this alert.

    `page` is the public address of the page, where there is one.
    """
    number, event, story = alert.article_id, alert.event, alert.story.name
    if number is None:
        return []
    name = shlex.quote(story)
    found: list[tuple[str, str, int]] = [
        ("yes", f"monitor label {number} yes --story {name}", number),
        ("no", f"monitor label {number} no --story {name}", number),
    ]
    if event is not None:
        found += [
            ("mute", f"monitor development mute {event.id} --story {name}", event.id),
            ("timeline", f"monitor development show {event.id} --story {name}", event.id),
        ]
    until = alert.created + LASTS
    acts: dict[str, Act] = {one: one for one in get_args(Act)}

    def link(key: str, number: int) -> str | None:
        if key in acts:
            asked = Asked(act=acts[key], story=story, number=number, until=until)
            return inbox.link(asked) if inbox else None
        return f"{page.rstrip('/')}/developments/{number}?story={quote(story)}" if page else None

    return [
        Answer(label=said.answers[key], url=url)
        if (url := link(key, which))
        else Answer(label=said.answers[key], command=command)
        for key, command, which in found
    ]


def explain_at(alert: Alert, page: str | None) -> str | None:
    """Where the page says all about a verdict; None where there is none."""
    if page is None or alert.article_id is None:
        return None
    return f"{page.rstrip('/')}/articles/{alert.article_id}"


def explain(alert: Alert) -> str:
    """The command that says all about a verdict; quoted, for an address may hold anything."""
    if alert.article_id is not None:
        return f"monitor explain {alert.article_id}"
    return f"monitor explain {shlex.quote(one_line(alert.article.url))}"


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
