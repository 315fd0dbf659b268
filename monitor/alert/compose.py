"""Alerts and notices as messages of a channel: the bytes that every attempt sends again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from monitor.alert.answers import Answers
from monitor.alert.digest import (
    bulletin_body,
    bulletin_letter,
    bulletin_line,
    bulletin_lines,
    bulletin_title,
)
from monitor.alert.direction import one_line
from monitor.alert.mail import address, mail, message_id
from monitor.alert.notice import notice_body, notice_letter, notice_line, notice_title
from monitor.alert.render import TITLE, caveats, headline, lead, outlet, render, subject
from monitor.alert.sequel import (
    sequel_body,
    sequel_letter,
    sequel_line,
    sequel_lines,
    sequel_title,
)
from monitor.alert.state import state
from monitor.alert.template import filled
from monitor.alert.words import words
from monitor.model import Alert, Bulletin, Channel, Message, Notice, Sequel
from monitor.text.language import direction

WEBHOOK_VERSION = 1
Told = Alert | Notice | Bulletin | Sequel
_JSON = "application/json"
_PLAIN = "text/plain; charset=utf-8"


def compose(
    told: Told, channel: Channel, inbox: Answers | None = None, page: str | None = None
) -> Message:
    """Render what is told for a channel of any kind; the same values give the same bytes.

    `inbox` signs the links by which a reader answers, `page` is where a browser finds more.
    """
    if channel.kind == "email":
        return Message(
            key=message_id(told, channel),
            channel=channel.name,
            content_type="message/rfc822",
            body=_mail(told, channel, inbox, page),
            recipients=tuple(dict.fromkeys(address(one).addr_spec for one in channel.to)),
        )
    kind, body = _body(told, channel)
    return Message(
        key=_key(told, channel),
        channel=channel.name,
        content_type=kind,
        body=_bytes(body),
        recipients=("",),
    )


def _body(told: Told, channel: Channel) -> tuple[str, str]:
    """What a channel other than e-mail is given: its media type and text."""
    if channel.kind == "log":
        return _PLAIN, _line(told, channel)
    if channel.kind == "chat":
        title, text = _chat(told, channel)
        return _JSON, json.dumps({"title": title, "text": text}, ensure_ascii=False)
    body = _text(told, channel)
    if channel.template is not None:
        link = None
        if isinstance(told, Alert):
            link = one_line(told.article.link)
        elif isinstance(told, Sequel):
            link = one_line(told.link)
        try:
            made = filled(channel.template, json.loads(body), _title(told, channel), link)
        except ValueError:
            # Better the body that every webhook has than none: the alert is not lost.
            return _JSON, body
        return channel.content_type or _JSON, made
    return _JSON, body


def _title(told: Told, channel: Channel) -> str:
    if isinstance(told, Bulletin):
        return bulletin_title(told, channel.language)
    if isinstance(told, Notice):
        return notice_title(told, channel.language)
    if isinstance(told, Sequel):
        return sequel_title(told, channel.language)
    said = words(channel.language)
    return subject(told, said, direction(said.language))


def _chat(told: Told, channel: Channel) -> tuple[str, str]:
    """Title and text of a chat message: the fact, its beginning, the link."""
    title = _title(told, channel)
    if isinstance(told, Bulletin):
        return title, bulletin_lines(told, channel.language)
    if isinstance(told, Notice):
        return title, notice_line(told, channel.language, channel.timezone)
    if isinstance(told, Sequel):
        return title, sequel_lines(told, channel.language, channel.timezone)
    return title, "\n".join((*lead(told), one_line(told.article.link)))


def _mail(told: Told, channel: Channel, inbox: Answers | None, page: str | None) -> bytes:
    if isinstance(told, Bulletin):
        return mail(
            bulletin_letter(told, channel.language, channel.timezone),
            told,
            channel,
            about=told.kind,
        )
    if isinstance(told, Notice):
        about = told.story.name if told.story else "notices"
        return mail(
            notice_letter(told, channel.language, channel.timezone), told, channel, about=about
        )
    if isinstance(told, Sequel):
        later = sequel_letter(told, channel.language, channel.timezone)
        return mail(later, told, channel, about=told.story.name)
    letter = render(told, channel.language, channel.timezone, inbox, page)
    return mail(letter, told, channel, about=told.story.name)


def _key(told: Told, channel: Channel) -> str:
    # No dots: the signed content is parted by them (Standard Webhooks, "Signature scheme").
    return "_".join(
        ("msg", *(quote(part, safe="").replace(".", "%2E") for part in (told.id, channel.name)))
    )


def _line(told: Told, channel: Channel) -> str:
    if isinstance(told, Bulletin):
        return bulletin_line(told, channel.language)
    if isinstance(told, Notice):
        return notice_line(told, channel.language, channel.timezone)
    if isinstance(told, Sequel):
        return sequel_line(told, channel.language)
    return f"{_title(told, channel)} {one_line(told.article.link)}"


def _text(told: Told, channel: Channel) -> str:
    """The body that docs/webhook.schema.json describes."""
    if isinstance(told, Bulletin):
        # What comes late is a summary, too.
        kind = "digest" if told.kind == "digest" else "summary"
        data = bulletin_body(told, channel.language)
    elif isinstance(told, Notice):
        kind, data = f"notice.{told.kind}", notice_body(told, channel.language)
    elif isinstance(told, Sequel):
        kind, data = f"notice.{told.kind}", sequel_body(told, channel.language)
    else:
        kind, data = f"alert.{told.kind}", _alert_body(told, channel)
    return json.dumps(
        {"version": WEBHOOK_VERSION, "type": kind, "timestamp": told.created, "data": data},
        default=_time,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _alert_body(alert: Alert, channel: Channel) -> dict[str, Any]:
    article, match = alert.article, alert.match
    said = words(channel.language)
    return {
        "id": alert.id,
        "state": state(alert),
        "subject": subject(alert, said, direction(said.language)),
        "story": {"name": alert.story.name, "title": alert.story.title},
        "article": {
            "id": alert.article_id,
            "url": article.url,
            "link": article.link,
            "title": headline(article),
            "lead": " ".join(lead(alert)) or None,
            "language": article.language,
            "outlet": outlet(article),
            "source": article.source,
            "author": article.author,
            "published": article.published,
            "updated": article.updated,
            "first_seen": article.first_seen,
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
        "development": _development(alert),
        "copies": alert.copies,
        "lineage": _lineage(alert),
        "caveats": [
            {"code": code, "text": said.caveats.get(code, code)} for code in caveats(alert)
        ],
        "evidence": alert.evidence,
    }


def _development(alert: Alert) -> dict[str, Any] | None:
    event = alert.event
    if event is None:
        return None
    return {
        "id": event.id,
        "began_with": one_line(event.headline[:TITLE]),
        "reports": event.reports,
        "outlets": [one_line(one) for one in event.outlets],
        "new_facts": [one_line(fact) for fact in event.new_facts],
        "earlier_figures": [
            {"of": kind or None, "value": value} for kind, value in event.added.earlier
        ],
    }


def _lineage(alert: Alert) -> dict[str, Any] | None:
    found = alert.lineage
    if found is None:
        return None
    return {
        "first": one_line(found.first),
        "copied_by": [one_line(name) for name in found.copied_by],
        "credited_to": found.agency,
        "independent": found.independent,
    }


def _bytes(text: str) -> bytes:
    # Half surrogates can come out of JSON sources and have no UTF-8.
    return text.encode("utf-8", "replace")


def _time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
