"""Who is logged in: a signed cookie says so, and nothing is kept of it here.

All keys come of the password, so that another password ends every session, and two monitors
with different passwords believe nothing of each other.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import scrypt
from typing import Final

LASTS: Final = timedelta(days=14)
KNOWN: Final = timedelta(days=180)  # a browser that was in before
_SLACK: Final = timedelta(minutes=5)  # of a clock that was set back
_LONGEST: Final = 4_000  # letters
_SALT: Final = b"story-monitor page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One login: by its `id` forms are known to be of its own pages."""

    id: str
    since: datetime


class Seals:
    """Signs what may only come from who knows the password, and reads it again."""

    def __init__(self, password: str) -> None:
        """Stretch the password: who has a cookie must not find it out by trying (RFC 7914)."""
        given = password.encode("utf-8", "surrogatepass")
        self._key = scrypt(given, salt=_SALT, n=2**14, r=8, p=1, dklen=32)
        self._right = self._mac("password", given)

    def is_right(self, password: str) -> bool:
        """Whether it is the password; how long that takes tells nothing of how near it was."""
        given = password.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(self._mac("password", given), self._right)

    def session(self, now: datetime) -> tuple[Session, str]:
        """A new one, and the cookie that says so."""
        begun = Session(id=secrets.token_urlsafe(12), since=now)
        return begun, self.seal("session", _written(begun))

    def read(self, cookie: str, now: datetime) -> Session | None:
        """The session of a cookie; None of one that is forged, or over."""
        return self._dated("session", cookie, now, LASTS)

    def browser(self, now: datetime) -> str:
        """The cookie by which a browser is known that was in once."""
        return self.seal("browser", _written(Session(id=secrets.token_urlsafe(12), since=now)))

    def known(self, cookie: str, now: datetime) -> str | None:
        """What such a browser is known by; None of a strange one."""
        found = self._dated("browser", cookie, now, KNOWN)
        return found.id if found else None

    def token(self, session: Session) -> str:
        """What the forms of its pages carry (against forms of somebody else's)."""
        return _text(self._mac("form", session.id.encode()))

    def seal(self, kind: str, text: str) -> str:
        """A text that `open` reads, of this kind alone."""
        body = text.encode("utf-8", "surrogatepass")
        return f"{_text(body)}.{_text(self._mac(kind, body))}"

    def open(self, kind: str, sealed: str) -> str | None:
        """The text; None where it was sealed otherwise, or by nobody."""
        body, _, mac = sealed[:_LONGEST].partition(".")
        try:
            found = _bytes(body)
            if hmac.compare_digest(_bytes(mac), self._mac(kind, found)):
                return found.decode("utf-8", "surrogatepass")
        except ValueError:
            pass
        return None

    def _dated(self, kind: str, cookie: str, now: datetime, lasts: timedelta) -> Session | None:
        since, _, name = (self.open(kind, cookie) or "").partition(" ")
        if not since.isdigit() or not name:
            return None
        found = Session(id=name, since=datetime.fromtimestamp(int(since), UTC))
        return found if found.since - _SLACK <= now < found.since + lasts else None

    def _mac(self, kind: str, text: bytes) -> bytes:
        # No kind has a zero byte, so that no two of kind and text are signed alike.
        return hmac.digest(self._key, kind.encode() + b"\0" + text, "sha256")


def _written(session: Session) -> str:
    return f"{int(session.since.timestamp())} {session.id}"


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
