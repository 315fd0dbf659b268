"""Synthetic alerts for the tests of `alert` and `deliver`, from tests/data/alerts."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from monitor.model import Alert, Article, Channel, Fingerprint, Match, Reason, Smtp, Story

FOLDER = Path(__file__).parent / "data" / "alerts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
CREATED = datetime(2026, 11, 20, 14, 7, 30, tzinfo=UTC)


def _closed(schema: Any) -> Any:
    if isinstance(schema, dict):
        shut = {key: _closed(value) for key, value in schema.items()}
        return {**shut, "additionalProperties": False} if "properties" in schema else shut
    return [_closed(one) for one in schema] if isinstance(schema, list) else schema


# Of the webhook's body. A property that is sent and not described is refused: nobody would find it.
SCHEMA = json.loads((FOLDER.parents[2] / "docs" / "webhook.schema.json").read_text("utf-8"))
DESCRIBED = Draft202012Validator(_closed(SCHEMA))


def when(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def story(**changed: Any) -> Story:
    return Story(
        **{
            "name": "north-korea-russia",
            "title": "North Korea's soldiers in Russia's war",
            "seeds": Path("seeds"),
            **changed,
        }
    )


def article(**changed: Any) -> Article:
    fields = {
        "url": "https://news.example.org/world/1",
        "link": "https://news.example.org/world/1",
        "source": "example",
        "outlet": "Example News",
        "title": "A headline",
        "text": "",
        "kind": "full",
        "language": "en",
        "author": None,
        "published": "2026-11-20T14:05:00Z",
        "updated": None,
        "first_seen": "2026-11-20T14:07:00Z",
        **changed,
    }
    for name in ("published", "updated", "first_seen"):
        fields[name] = when(fields[name])
    return Article(
        addresses=(fields["url"],),
        fingerprint=Fingerprint(exact="0", title="0", sketch=(), words=0),
        **fields,
    )


def match(**changed: Any) -> Match:
    fields = {
        "story": "north-korea-russia",
        "score": 0.81,
        "threshold": 0.5,
        "band": "on",
        "rule": "who with where",
        "profile": "a1b2c3",
        "nearest_seed": "aawsat.txt",
        "seed_score": 0.74,
        **changed,
    }
    reasons = tuple(Reason(**reason) for reason in fields.pop("reasons", ()))
    return Match(reasons=reasons, **fields)


def build(case: dict[str, Any], identity: str = "9f3c2a71") -> Alert:
    return Alert(
        id=identity,
        story=story(),
        article=article(**case.get("article", {})),
        match=match(**case.get("match", {})),
        created=CREATED,
        kind=case.get("kind", "new"),
        caveats=tuple(case.get("caveats", ())),
        copies=case.get("copies", 0),
    )


def load(name: str) -> Alert:
    return build(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def titled(title: str, **changed: Any) -> Alert:
    return build({"article": {"title": title, **changed}})


def email(language: str = "en", **changed: Any) -> Channel:
    fields = {
        "name": "desk",
        "kind": "email",
        "language": language,
        "to": ("desk@example.org",),
        "sender": "monitor@example.org",
        **changed,
    }
    return Channel(**fields)


def webhook(**changed: Any) -> Channel:
    return Channel(
        **{"name": "hook", "kind": "webhook", "url": "https://hooks.example.org/x", **changed}
    )


def smtp(port: int, **changed: Any) -> Smtp:
    return Smtp(**{"host": "127.0.0.1", "port": port, "security": "none", **changed})


def named(channel: Channel, **changed: Any) -> Channel:
    return replace(channel, **changed)
