"""What a request asks for, and what a page answers with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from monitor.model import Config
from monitor.web.page.words import PageWords
from monitor.web.page.written import Written

_CURSOR: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(\d{1,18})")
_NUMBER: Final = re.compile(r"\d{1,18}")


class Unknown(Exception):  # noqa: N818 - no error of ours
    """What is asked for is not there."""


class Misasked(Exception):  # noqa: N818 - no error of ours
    """The address is no one of ours."""


class Elsewhere(Exception):  # noqa: N818 - no error of ours
    """What is asked for stands at another path by now."""

    def __init__(self, path: str, story: str | None = None) -> None:
        """From the root on, without a slash before it; numbers of events are a story's own."""
        super().__init__(path)
        self.path = path
        self.story = story or ""


class Renamed(Exception):  # noqa: N818 - no error of ours
    """A story has another name by now than the one that it is asked for by."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """The names of now, by those that are asked for."""
        super().__init__(names)
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request beside its path. `alive` is whether the daemon's jobs turn.

    `config` is what the daemon works by, `written` what stands in the file now.
    """

    config: Config
    written: Written
    now: datetime
    alive: bool
    said: PageWords
    query: Mapping[str, str]
    as_json: bool

    def word(self, name: str, most: int = 400) -> str:
        """A parameter, cut; "" where it is not given."""
        return self.query.get(name, "").strip()[:most]

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        """A parameter that has these values; None where it is not given, Misasked for another."""
        found = self.word(name)
        if found and found not in known:
            raise Misasked
        return found or None

    def stories(self) -> list[str]:
        """The story that is asked for, or all; Unknown where it is not followed."""
        names = [each.name for each in self.config.stories]
        wanted = self.word("story")
        if wanted and wanted not in names:
            raise Unknown
        return [wanted] if wanted else names

    @property
    def before(self) -> tuple[str, int] | None:
        """The time and number after which a listing goes on."""
        found = self.word("before")
        if not found:
            return None
        parts = _CURSOR.fullmatch(found)
        if parts is None:
            raise Misasked
        return parts[1], int(parts[2])

    def number(self, name: str) -> int | None:
        """A parameter that is a number."""
        found = self.word(name)
        return number(found) if found else None


def number(text: str) -> int:
    """A number in an address; Misasked where it is none that anything has."""
    if not _NUMBER.fullmatch(text):
        raise Misasked
    return int(text)


def cursor(at: str, number: int) -> str:
    """What `before` is to be for what stands after a row."""
    return f"{at}_{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page: a template with its values, or the same as `rows`; `after` is where it goes on."""

    template: str = ""
    title: str = ""
    values: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]] | Mapping[str, Any]
    after: Mapping[str, str] | None = None
