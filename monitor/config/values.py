"""The scalar values of sources.yaml: each checked, turned into what the code uses, and told plainly.

Every check raises ValueError with a message for the writer of the file; no
message repeats what was written, for it may hold a secret, except for words
out of a fixed choice and time zones.
"""

from __future__ import annotations

import difflib
import re
import warnings
import zoneinfo
from collections.abc import Callable, Iterable
from datetime import time, timedelta
from functools import lru_cache

from monitor.model import Ceiling, Secret

DURATION = r"(?:[0-9]+(?:\.[0-9]+)?[smhdw])+"
SIZE = r"([0-9]+(?:\.[0-9]+)?) ?(B|KB|MB|KiB|MiB)"
_NAME = r"[^\x00-\x1f\x7f]+"
STORY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])"
RATE = r"[1-9][0-9]{0,8}/[mhd]"
_ENV = r"[A-Za-z_][A-Za-z0-9_]*"

TEXT_WANTED = "expected text"
LANGUAGE_WANTED = "expected a language tag such as ar, en-GB or zh-Hant"

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {"B": 1, "KB": 1000, "MB": 1_000_000, "KiB": 1024, "MiB": 1024 * 1024}
_LONGEST = timedelta(days=3650)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """`, did you mean 'every'?`, or nothing where no known word is near."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f", did you mean '{near[0]}'?" if near else ""


def text(value: object) -> str:
    """One line of text, without blanks around it."""
    if not isinstance(value, str):
        raise ValueError(TEXT_WANTED)  # noqa: TRY004 - pydantic turns only ValueError into a problem
    stripped = value.strip()
    if not stripped:
        raise ValueError("expected text, but it is empty")
    if not re.fullmatch(_NAME, stripped):
        raise ValueError("expected one line of text, without control characters")
    return stripped


def story_name(value: object) -> str:
    """Check the name of a story: it becomes a folder, a header and an option."""
    if not isinstance(value, str) or not re.fullmatch(STORY, value):
        raise ValueError("a story's name is made of a-z, 0-9 and -, such as north-korea-russia")
    return value


def duration(value: object) -> timedelta:
    """`15m`, `1h30m`, `2d` as a time span above zero and up to ten years."""
    span = _span(value)
    if not span:
        raise ValueError("expected a duration above zero such as 15m")
    return span


def gap(value: object) -> timedelta:
    """Read a duration that may be `0s`."""
    return _span(value)


def age_gate(value: object) -> timedelta | None:
    """Read a duration, or `none`."""
    if value is None or value == "none":
        return None
    try:
        return duration(value)
    except ValueError:
        raise ValueError("expected a duration such as 48h, or none") from None


def _span(value: object) -> timedelta:
    if isinstance(value, str) and re.fullmatch(DURATION, value):
        parts = re.findall(r"([0-9.]+)([smhdw])", value)
        seconds = sum(float(number) * _SECONDS[unit] for number, unit in parts)
        if seconds > _LONGEST.total_seconds():
            raise ValueError("expected a duration such as 15m, of ten years at most")
        return timedelta(seconds=seconds)
    raise ValueError("expected a duration such as 15m, with its unit: s, m, h, d or w")


def size(value: object) -> int:
    """`10MB`, `512KiB` or a bare number, in bytes."""
    if type(value) is int and value > 0:
        return value
    if isinstance(value, str) and (found := re.fullmatch(SIZE, value)):
        count = int(float(found[1]) * _BYTES[found[2]])
        if count > 0:
            return count
    raise ValueError("expected a size such as 10MB, in B, KB, MB, KiB or MiB")


def whole(low: int, high: int, example: int) -> Callable[[object], int]:
    """Make the check of a whole number in a range."""

    def check(value: object) -> int:
        if type(value) is int and low <= value <= high:
            return value
        raise ValueError(f"expected a whole number from {low} to {high} such as {example}")

    return check


def share(value: object) -> float:
    """Read a number between 0 and 1, both left out."""
    if type(value) in (int, float) and 0 < value < 1:  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise ValueError("expected a number between 0 and 1 such as 0.5")


def flag(value: object) -> bool:
    """Read true or false; a bare yes and no come as such, on and off as text."""
    if value in ("on", "off"):
        return value == "on"
    if not isinstance(value, bool):
        raise ValueError("expected true or false")  # noqa: TRY004 - as in text
    return value


def secrets(value: object) -> tuple[Secret, ...]:
    """Check one secret, or a list of places where secrets lie."""
    if not isinstance(value, list):
        return (secret(value),)
    if not value or not all(isinstance(one, dict) for one in value):
        raise ValueError("expected a list of {credential: NAME}, {file: PATH} or {env: NAME}")
    return tuple(map(secret, value))


def program(value: object) -> list[str]:
    """Check a program with its arguments, as a list: no shell reads it."""
    wanted = "expected a list: the program and each argument, such as [/usr/local/bin/on-alert, -q]"
    if not isinstance(value, list) or not value:
        raise ValueError(wanted)
    for one in value:
        if not isinstance(one, str):
            raise ValueError(f"{wanted}; write a number in quotes")  # noqa: TRY004 - as in text
        if "\0" in one:
            raise ValueError("a zero byte cannot be part of an argument")
    if not value[0].strip():
        raise ValueError(f"{wanted}: the program's name is empty")
    return list(value)


def media_type(value: object) -> str:
    """Check a media type as it stands in Content-Type (RFC 9110, 8.3)."""
    wanted = "expected a media type such as application/json or text/plain; charset=utf-8"
    word = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    if not re.fullmatch(rf'{word}/{word}(?: *; *{word}=(?:{word}|"[^"\r\n]*"))*', text(value)):
        raise ValueError(wanted)
    return text(value)


@lru_cache(maxsize=1024)
def _zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(zoneinfo.available_timezones())
        by_city = {zone.rpartition("/")[2].lower(): zone for zone in known}
        near = by_city.get(name.rpartition("/")[2].strip().replace(" ", "_").lower())
        meant = f", did you mean '{near}'?" if near else did_you_mean(name, known)
        raise ValueError(
            f"unknown time zone '{name}'{meant or '; expected one such as Asia/Riyadh'}"
        ) from None
    return name


def timezone(value: object) -> str:
    """Check a name of the IANA time zone database."""
    return _zone(text(value))


def language(value: object) -> str:
    """`ar`, `en-GB`, `zh-Hant` (BCP 47), in its usual spelling."""
    if not isinstance(value, str) or not re.fullmatch(TAG, value):
        raise ValueError(LANGUAGE_WANTED)
    first, *rest = value.split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


@lru_cache(maxsize=4096)
def _selector(selector: str) -> str:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415 - few need it

    try:
        LexborHTMLParser("<p></p>").css(selector)
    except SelectolaxError:
        raise ValueError("not a CSS selector: expected one such as h3.title > a") from None
    return selector


def selector(value: object) -> str:
    """Check a CSS selector with the parser that will use it."""
    return _selector(text(value))


@lru_cache(maxsize=4096)
def _pattern(pattern: str) -> str:
    try:
        with warnings.catch_warnings():  # what may change in a later Python is no problem yet
            warnings.simplefilter("ignore")
            groups = re.compile(pattern).groups
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if groups != 1:
        raise ValueError(
            f"expected exactly one group ( ) around the article's number, found {groups}: "
            r"such as /(\d{6})/; write (?: ) for others"
        )
    return pattern


def article_id(value: object) -> str:
    """Check a regular expression with exactly one group."""
    return _pattern(text(value))


def clock(value: object) -> time:
    """Read a time of day."""
    if isinstance(value, str) and (found := re.fullmatch(TIME, value)):
        return time(int(found[1]), int(found[2]))
    if type(value) is int:  # YAML 1.1 reads a bare 23:00 as base 60
        raise ValueError('expected a time of day in quotes such as "23:00"')
    raise ValueError('expected a time of day such as "23:00"')


def rate(value: object) -> Ceiling:
    """`12/h`: at most so many in a minute, hour or day."""
    if isinstance(value, str) and re.fullmatch(RATE, value):
        count, _, unit = value.partition("/")
        return Ceiling(count=int(count), span=timedelta(seconds=_SECONDS[unit]))
    raise ValueError("expected a rate such as 12/h, per m, h or d")


def header_name(value: object) -> str:
    """Check the name of a header field (RFC 9110, 5.1) for a request without a body."""
    if not isinstance(value, str) or not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", value):
        raise ValueError("not the name of an HTTP header: expected one such as Accept-Language")
    if value.lower() in ("content-length", "transfer-encoding"):
        raise ValueError(f"{value} tells of a body, and what is sent to a source has none")
    return value


def secret(value: object) -> Secret:
    """Where a secret lies. Messages never repeat anything of it."""
    wanted = "expected {credential: NAME}, {file: PATH} or {env: NAME}"
    if isinstance(value, str) and value:
        return Secret(kind="plain", value=value)
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError(f"{wanted}: exactly one of them")
    ((kind, where),) = value.items()
    if kind not in ("credential", "file", "env"):
        raise ValueError(wanted)
    if not isinstance(where, str) or not re.fullmatch(_NAME, where):
        raise ValueError(f"{wanted}: the name or path is missing or no text")
    if kind == "credential" and ("/" in where or where in (".", "..")):
        raise ValueError("a credential is a name without '/': write {file: PATH} for a path")
    if kind == "env" and not re.fullmatch(_ENV, where):
        raise ValueError(
            "not the name of an environment variable: expected one such as SMTP_PASSWORD"
        )
    return Secret(kind=kind, value=where)
