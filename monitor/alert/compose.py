"""An alert as the message of one channel: the bytes that every attempt sends again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from monitor.alert.direction import one_line
from monitor.alert.mail import address, mail, message_id
from monitor.alert.render import headline, lead, outlet, subject
from monitor.alert.words import words
from monitor.model import Alert, Channel, Message
from monitor.text.language import direction

WEBHOOK_VERSION = 1


def compose(alert: Alert, channel: Channel) -> Message:
    """Render an alert for a channel of any kind; the same values give the same bytes."""
    if channel.kind == "email":
        return Message(
            key=message_id(alert, channel),
            channel=channel.name,
            content_type="message/rfc822",
            body=mail(alert, channel),
            recipients=tuple(dict.fromkeys(address(one).addr_spec for one in channel.to)),
        )
    webhook = channel.kind == "webhook"
    return Message(
        key=_key(alert, channel),
        channel=channel.name,
        content_type="application/json" if webhook else "text/plain; charset=utf-8",
        body=_bytes(_json(alert, channel) if webhook else _line(alert, channel)),
        recipients=("",),
    )


def _key(alert: Alert, channel: Channel) -> str:
    # No dots: the signed content is parted by them (Standard Webhooks, "Signature scheme").
    return "_".join(
        ("msg", *(quote(part, safe="").replace(".", "%2E") for part in (alert.id, channel.name)))
    )


def _line(alert: Alert, channel: Channel) -> str:
    said = words(channel.language)
    return f"{subject(alert, said, direction(said.language))} {one_line(alert.article.link)}"


def _json(alert: Alert, channel: Channel) -> str:
    """The body that docs/webhook.schema.json describes."""
    article, match = alert.article, alert.match
    caveats = words(channel.language).caveats
    data: dict[str, Any] = {
        "id": alert.id,
        "story": {"name": alert.story.name, "title": alert.story.title},
        "article": {
            "url": article.url,
            "link": article.link,
            "title": headline(article),
            "lead": " ".join(lead(article)) or None,
            "language": article.language,
            "outlet": outlet(article),
            "source": article.source,
            "author": article.author,
            "published": _time(article.published),
            "updated": _time(article.updated),
            "first_seen": _time(article.first_seen),
            "read": article.kind,
        },
        "match": {
            "score": match.score,
            "threshold": match.threshold,
            "band": match.band,
            "rule": match.rule,
            "profile": match.profile,
            "nearest_seed": match.nearest_seed,
            "seed_score": match.seed_score,
            "reasons": [
                {
                    "kind": reason.kind,
                    "text": reason.text,
                    "weight": reason.weight,
                    "sentence": reason.sentence,
                }
                for reason in match.reasons
            ],
        },
        "copies": alert.copies,
        "caveats": [{"code": code, "text": caveats.get(code, code)} for code in alert.caveats],
    }
    return json.dumps(
        {
            "version": WEBHOOK_VERSION,
            "type": f"alert.{alert.kind}",
            "timestamp": _time(alert.created),
            "data": data,
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _bytes(text: str) -> bytes:
    # Half surrogates can come out of JSON sources and have no UTF-8.
    return text.encode("utf-8", "replace")


def _time(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None
