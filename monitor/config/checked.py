"""The types of the keys of sources.yaml: a check of `values` or `addresses` with its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from monitor.config import addresses, values
from monitor.model import Ceiling
from monitor.model import Secret as SecretValue


@dataclass(frozen=True, eq=False)  # hashed by identity: a type in `|` must be hashable
class Checked:
    """Marks a type whose value goes through `check` and is described by `schema`."""

    check: Callable[[object], object]
    schema: Mapping[str, object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Replace pydantic's own validation: our messages name what was meant."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe what may be written in the file, not what it becomes."""
        return dict(self.schema)


def one_of(
    what: str,
    *known: str,
    meant: Mapping[str, str] | None = None,
) -> Checked:
    """Mark a fixed choice; `meant` maps other people's words to ours."""
    listing = ", ".join(known)

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"expected one of: {listing}")  # noqa: TRY004 - as in values
        if value in known:
            return value
        ours = (meant or {}).get(value.lower())
        near = f", did you mean '{ours}'?" if ours else values.did_you_mean(value.lower(), known)
        raise ValueError(f"unknown {what} '{value}'{near or f'; expected one of: {listing}'}")

    return Checked(check, {"enum": list(known)})


def _string(check: Callable[[object], object], pattern: str | None = None) -> Checked:
    schema = {"type": "string", "minLength": 1}
    return Checked(check, schema | ({"pattern": f"^(?:{pattern})$"} if pattern else {}))


def _secret_form(name: str) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {name: {"type": "string", "minLength": 1}},
        "required": [name],
        "additionalProperties": False,
    }


Text = Annotated[str, _string(values.text)]
StoryName = Annotated[str, _string(values.story_name, values.STORY)]
Duration = Annotated[timedelta, _string(values.duration, values.DURATION)]
Gap = Annotated[timedelta, _string(values.gap, values.DURATION)]
AgeGate = Annotated[
    timedelta | None,
    Checked(
        values.age_gate,
        {"type": ["string", "null"], "pattern": f"^(?:none|{values.DURATION})$"},
    ),
]
Size = Annotated[
    int,
    Checked(
        values.size,
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{values.SIZE}$"},
                {"type": "integer", "minimum": 1},
            ]
        },
    ),
]
Count = Annotated[
    int, Checked(values.whole(1, 1000, 40), {"type": "integer", "minimum": 1, "maximum": 1000})
]
Port = Annotated[
    int, Checked(values.whole(1, 65535, 587), {"type": "integer", "minimum": 1, "maximum": 65535})
]
Share = Annotated[
    float, Checked(values.share, {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1})
]
Flag = Annotated[bool, Checked(values.flag, {"type": "boolean"})]
Listen = Annotated[tuple[str, int], _string(addresses.listen, r"[^ ]+:\d+")]
Program = Annotated[
    list[str],
    Checked(
        values.program,
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ),
]
MediaType = Annotated[str, _string(values.media_type, "[^/ ]+/.+")]
Url = Annotated[str, _string(addresses.url, "https?://[^ ]+")]
Proxy = Annotated[str, _string(addresses.proxy, "https?://[^ /]+:[0-9]+/?")]
Email = Annotated[str, _string(addresses.email, "[^ @]+@[^ @]+")]
Sender = Annotated[str, _string(addresses.sender, "[^@]+@[^@]+")]
Contact = Annotated[str, _string(addresses.contact)]
Zone = Annotated[str, _string(values.timezone)]
Language = Annotated[str, _string(values.language, values.TAG)]
Selector = Annotated[str, _string(values.selector)]
ArticleId = Annotated[str, _string(values.article_id)]
Clock = Annotated[time, _string(values.clock, values.TIME)]
Rate = Annotated[Ceiling, _string(values.rate, values.RATE)]
HeaderName = Annotated[str, _string(values.header_name)]
_SECRET: dict[str, Any] = {
    "anyOf": [
        *map(_secret_form, ("credential", "file", "env")),
        {"type": "string", "minLength": 1},
    ]
}
Secret = Annotated[SecretValue, Checked(values.secret, _SECRET)]
Secrets = Annotated[
    tuple[SecretValue, ...],
    Checked(
        values.secrets,
        {
            "anyOf": [
                *_SECRET["anyOf"],
                {
                    "type": "array",
                    "items": {"anyOf": [*map(_secret_form, ("credential", "file", "env"))]},
                    "minItems": 1,
                },
            ]
        },
    ),
]
Address = Annotated[
    str | SecretValue,
    Checked(
        addresses.address,
        {
            "anyOf": [
                *map(_secret_form, ("credential", "file", "env")),
                {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*://[^ ]+$"},
            ]
        },
    ),
]

_OTHERS_FOR_SOURCE = {
    **dict.fromkeys(("rss", "atom", "json", "jsonfeed", "xml", "rdf"), "feed"),
    **dict.fromkeys(("html", "page", "web", "links", "list", "index", "scrape"), "listing"),
    **dict.fromkeys(("google", "bing", "query"), "search"),
}
_OTHERS_FOR_CHANNEL = {
    **dict.fromkeys(("mail", "smtp", "e-mail"), "email"),
    **dict.fromkeys(("http", "https", "hook", "url"), "webhook"),
    **dict.fromkeys(("console", "stdout", "journal", "print"), "log"),
    **dict.fromkeys(("apprise", "slack", "telegram", "discord", "matrix", "ntfy", "teams"), "chat"),
    **dict.fromkeys(("exec", "script", "program", "shell", "pipe"), "command"),
    **dict.fromkeys(("atom", "rss", "feed", "feeds", "file", "json"), "files"),
}

SourceKind = Annotated[
    str,
    one_of(
        "kind",
        *("feed", "sitemap", "listing", "search", "telegram"),
        meant=_OTHERS_FOR_SOURCE,
    ),
]
ChannelKind = Annotated[
    str,
    one_of(
        "kind",
        *("log", "email", "webhook", "chat", "command", "files"),
        meant=_OTHERS_FOR_CHANNEL,
    ),
]
Security = Annotated[
    str, one_of("security", "starttls", "tls", "none", meant={"ssl": "tls", "smtps": "tls"})
]
Instant = Annotated[
    str,
    one_of("instant", "new", "updates", "none", meant={"digest": "none", "off": "none"}),
]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Day = Annotated[str, one_of("day", *DAYS, meant=dict(zip(_FULL_DAYS, DAYS, strict=True)))]
Band = Annotated[str, one_of("band", "on", "maybe", "off")]
