"""Every key of a channel of sources.yaml: how it reaches its reader, what is sent and when."""

from __future__ import annotations

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from monitor.config import checked as is_
from monitor.config.keys import Keys, key, must


class SmtpKeys(Keys):
    """How to reach the mail server."""

    host: is_.Text = must("Name of the mail server.", "mail.example.org")
    port: is_.Port | None = key(
        "Its port. Default: 587, with security tls 465, with security none 25.", 587, 587
    )
    security: is_.Security | None = key(
        "starttls, tls (from the first byte) or none.", "starttls", "starttls"
    )
    user: is_.Text | None = key("Name to log in with.", "desk")
    password: is_.Secret | None = key(
        "Where the password lies: {credential: NAME}, {file: PATH} or {env: NAME}.",
        {"credential": "smtp-password"},
    )
    timeout: is_.Duration | None = key("Limit of one exchange with the server.", "30s", "30s")


class QuietKeys(Keys):
    """Hours in which only urgent alerts come; the others are sent as one message at the end."""

    from_: is_.Clock = Field(description="Begin.", examples=["23:00"], alias="from")
    to: is_.Clock = must("End.", "06:00")
    timezone: is_.Zone | None = key("Whose hours these are.", "Asia/Riyadh", "UTC")


class DigestKeys(Keys):
    """One message at set times of day, also when there is nothing new."""

    at: list[is_.Clock] = must("Times of day.", ["08:00"])
    days: list[is_.Day] | None = key(
        "Days of the week: mon, tue, wed, thu, fri, sat, sun. Default: every day.", ["mon", "thu"]
    )
    timezone: is_.Zone | None = key("Whose times these are.", "Asia/Riyadh", "UTC")
    bands: list[is_.Band] | None = key("What is in it.", ["on", "maybe"], ["on", "maybe"])


class SendKeys(Keys):
    """What is sent through the channel, and when."""

    instant: is_.Instant | None = key(
        "new: one alert for a new development; updates: one for its new facts, too; none: "
        "everything waits for the digest.",
        *("new", "updates"),
    )
    bands: list[is_.Band] | None = key("Bands that are alerted at once.", ["on"], ["on"])
    notices: is_.Flag | None = key(
        "What the monitor says of itself: sources that fail or fall silent, and recover.",
        *(False, True),
    )
    ceiling: is_.Rate | None = key(
        "At most so many messages in any minute, hour or day (m, h, d); what is too much is "
        "told in one summary.",
        "12/h",
    )
    quiet: QuietKeys | None = key(
        "Hours in which only urgent alerts come; the others are sent as one message at the end.",
        {"from": "23:00", "to": "06:00", "timezone": "Asia/Riyadh"},
    )
    digest: DigestKeys | None = key(
        "One message at set times of day, also when there is nothing new.",
        {"at": ["08:00"], "timezone": "Asia/Riyadh", "bands": ["on", "maybe"]},
    )


def _needs(kind: str, *keys: str) -> JsonDict:
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {"required": list(keys)},
    }


class ChannelKeys(Keys):
    """One way to a reader; its key in the file is its name."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _needs("email", "to", "smtp"),
                _needs("webhook", "url"),
                _needs("chat", "url"),
                _needs("command", "run"),
            ]
        }
    )

    kind: is_.ChannelKind = must("log, email, webhook, chat, command or files.", "email")
    stories: list[is_.Text] | None = key(
        "Names of the stories it carries. Default: all.", ["north-korea-russia"], []
    )
    language: is_.Language | None = key("Language of what is written around articles.", "ar", "en")
    timezone: is_.Zone | None = key("Zone in which its times are written.", "Asia/Riyadh", "UTC")
    send: SendKeys | None = key("What is sent, and when.", {"instant": "new"})
    to: list[is_.Email] | None = key("email: who gets it, one address each.", ["desk@example.org"])
    from_: is_.Sender | None = key(
        "email: the sender's address, also as Name <address>.", "monitor@example.org", alias="from"
    )
    smtp: SmtpKeys | None = key(
        "email: how to reach the mail server.", {"host": "mail.example.org", "user": "desk"}
    )
    url: is_.Address | None = key(
        "webhook: where alerts are posted. chat: where the service's Apprise address lies: "
        "{credential: NAME}, {file: PATH} or {env: NAME}.",
        "https://hooks.example.org/x",
    )
    secret: is_.Secrets | None = key(
        "webhook: where the signing secret lies; a list signs with each, while you change it.",
        {"file": "/etc/story-monitor/hook"},
    )
    private: is_.Flag | None = key(
        "webhook: the address may lie in a private network.", True, False
    )
    template: is_.Text | None = key(
        "webhook: file of a Jinja2 template for the body, relative to this file.", "hook.json.j2"
    )
    content_type: is_.MediaType | None = key(
        "webhook: Content-Type of what the template writes.",
        *("text/plain; charset=utf-8", "application/json"),
    )
    run: is_.Program | None = key(
        "command: the program, by its whole path, and its arguments; it reads an alert as JSON.",
        ["/usr/local/bin/on-alert", "--quiet"],
    )
    timeout: is_.Duration | None = key(
        "command: it is killed after this time, 4m at most.", "30s", "30s"
    )
    folder: is_.Text | None = key(
        "files: where the feeds are written. Default: feeds, beside the database.",
        "/srv/www/feeds",
    )
    items: is_.Count | None = key("files: developments kept in a feed.", 100, 100)
