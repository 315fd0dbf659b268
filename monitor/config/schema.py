"""Every key of sources.yaml: its type, what it means, its default and an example.

These models are the one list of keys: they validate, they explain themselves in
an editor through the JSON Schema (`python -m monitor.config.schema`), and
`docs/configuration.md` is held to them by a test. Rules that look at two keys
at once are in `rules`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from monitor.config import checked as is_

Default = str | int | float | bool | list[Any] | None


def _key(
    meaning: str, example: object, default: Default = None, *, alias: str | None = None
) -> Any:
    """Make an optional key; the value of `default` is the dataclass's own, told here to people."""
    extra: JsonDict = {"default": default}
    return Field(
        None, description=meaning, examples=[example], alias=alias, json_schema_extra=extra
    )


def _must(meaning: str, example: object) -> Any:
    """Make a key that has to be there."""
    return Field(description=meaning, examples=[example])


class Keys(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid")


class PollKeys(Keys):
    """How sources are visited."""

    every: is_.Duration | None = _key(
        "Time between two polls of a source of which nothing is known yet, and the scale of "
        "every other's (docs/schedule.md).",
        *("15m", "15m"),
    )
    floor: is_.Duration | None = _key("Shortest time between two polls of a source.", "2m", "2m")
    ceiling: is_.Duration | None = _key("Longest time between two polls of a source.", "6h", "6h")
    host_gap: is_.Gap | None = _key("Pause between two requests to one host.", "2s", "2s")
    deadline: is_.Duration | None = _key("Limit of one whole exchange.", "30s", "30s")
    max_body: is_.Size | None = _key("Largest answer read, once unpacked.", "10MB", "10MB")
    concurrency: is_.Count | None = _key("Exchanges at the same time, over all hosts.", 40, 40)
    patience: is_.Duration | None = _key(
        "An article whose page cannot be read is judged by what there is after this time.",
        *("10m", "10m"),
    )
    proxy: is_.Proxy | None = _key(
        "HTTP proxy through which all sources are visited, http://user:password@host:port; "
        "the address guard then judges addresses by their text alone.",
        "http://proxy.example.org:3128",
    )


class FoldKeys(Keys):
    """How copies are folded into what is known."""

    window: is_.Duration | None = _key("How far back copies are looked for.", "14d", "14d")


class KeepKeys(Keys):
    """What is let go after a time. What matched a story is always kept."""

    off: is_.Duration | None = _key(
        "Texts of articles that matched no story are dropped after this time; their addresses, "
        "headlines, fingerprints and verdicts stay. Default: kept for ever.",
        "90d",
    )


class RecheckKeys(Keys):
    """Alerted articles are looked at again: they change, shrink and vanish (docs/alerts.md)."""

    span: is_.AgeGate = _key(
        "For how long after the alert, on a slowing rhythm; none turns it off.",
        *("30d", "30d"),
        alias="for",
    )


class WebSubKeys(Keys):
    """Push: hubs say when a source has news, and it is polled at once."""

    callback: is_.Url = _must(
        "The public address under which hubs reach this monitor; your web server forwards it.",
        "https://monitor.example.org/websub",
    )
    listen: is_.Listen | None = _key(
        "Where it is forwarded to: an address and port of this machine.",
        "127.0.0.1:8085",
        "127.0.0.1:8085",
    )


class InboxKeys(Keys):
    """Answers from the inbox: signed links in alerts say yes, no or mute (docs/alerts.md)."""

    url: is_.Url = _must(
        "The public address under which readers reach this monitor; your web server forwards it.",
        "https://monitor.example.org/answer",
    )
    secret: is_.Secret = _must(
        "Where the secret lies that signs the links; whoever has it can answer.",
        {"credential": "inbox-secret"},
    )
    listen: is_.Listen | None = _key(
        "Where it is forwarded to: an address and port of this machine.",
        "127.0.0.1:8087",
        "127.0.0.1:8087",
    )


class WebKeys(Keys):
    """A small page for machines: metrics, and whether the monitor is well (docs/service.md)."""

    listen: is_.Listen = _must(
        "An address and port of this machine, for /metrics, /healthz and /readyz. Keep it on "
        "loopback: names of sources and stories are in it, and anybody who reaches it may read it.",
        "127.0.0.1:8086",
    )


class PingKeys(Keys):
    """An address that is asked for as long as polls and deliveries work."""

    url: is_.Url = _must(
        "Address that is asked for (GET); a service behind it tells you when that stops.",
        "https://hc-ping.com/your-uuid",
    )
    every: is_.Duration | None = _key("Time between two of them.", "5m", "5m")
    private: is_.Flag | None = _key("The address may lie in a private network.", True, False)


class SettingsKeys(Keys):
    """What holds for everything. All optional."""

    contact: is_.Contact | None = _key(
        "Address by which sites can reach you; it stands in the User-Agent.", "desk@example.org"
    )
    database: is_.Text | None = _key(
        "The database file. Default: monitor.db in $STATE_DIRECTORY (set by systemd), "
        "else beside this file.",
        "monitor.db",
    )
    poll: PollKeys | None = _key("How sources are visited.", {"every": "15m", "floor": "2m"})
    fold: FoldKeys | None = _key("How copies are folded into what is known.", {"window": "14d"})
    keep: KeepKeys | None = _key("What is let go after a time.", {"off": "90d"})
    recheck: RecheckKeys | None = _key(
        "Articles that were alerted are looked at again.", {"for": "30d"}
    )
    websub: WebSubKeys | None = _key(
        "Push from hubs (WebSub) beside polling; off where left out.",
        {"callback": "https://monitor.example.org/websub"},
    )
    inbox: InboxKeys | None = _key(
        "Answers from the inbox; without it alerts name commands.",
        {"url": "https://monitor.example.org/answer", "secret": {"credential": "inbox-secret"}},
    )
    web: WebKeys | None = _key(
        "Metrics and health over HTTP; off where left out.", {"listen": "127.0.0.1:8086"}
    )
    ping: PingKeys | None = _key(
        "A sign of life to an outside service (docs/rhythm.md); off where left out.",
        {"url": "https://hc-ping.com/your-uuid"},
    )


class DevelopmentKeys(Keys):
    """When a development, one event within the story, is over."""

    closes_after: is_.Duration | None = _key(
        "A development closes after this time without new facts.",
        "72h",
        "72h",
    )


class ProfileKeys(Keys):
    """Corrections to what was learnt from the seeds."""

    aliases: dict[is_.Text, list[is_.Text]] | None = _key(
        "More spellings of a concept: its name, then the spellings.", {"who": ["DPRK"]}
    )
    require: list[is_.Text] | None = _key(
        "Concepts or words that an article must have, all of them.", ["who", "with"]
    )
    any: list[is_.Text] | None = _key(
        "Concepts or words of which an article must have one.", ["Kursk"]
    )
    not_: list[is_.Text] | None = _key(
        "Words that an article must not have.", ["football"], alias="not"
    )


class StoryKeys(Keys):
    """One story to follow; its key in the file is its name, of a-z, 0-9 and -."""

    title: is_.Text | None = _key(
        "What alerts call the story. Default: its name.", "North Korea's soldiers in Russia's war"
    )
    seeds: is_.Text = _must(
        "Folder of articles from which the story is learnt, relative to this file.",
        "seeds/north-korea-russia",
    )
    age_gate: is_.AgeGate = _key(
        "An article older than this gives no instant alert; none turns the gate off.",
        *("48h", "48h"),
    )
    threshold: is_.Share | None = _key(
        "Score from which an article is on the story; higher means fewer alerts. Where it is "
        "given, no label moves it.",
        *(0.5, 0.5),
    )
    development: DevelopmentKeys | None = _key("When an event is over.", {"closes_after": "72h"})
    profile: ProfileKeys | None = _key(
        "Corrections to what was learnt from the seeds.", {"require": ["who"]}
    )


class SmtpKeys(Keys):
    """How to reach the mail server."""

    host: is_.Text = _must("Name of the mail server.", "mail.example.org")
    port: is_.Port | None = _key(
        "Its port. Default: 587, with security tls 465, with security none 25.", 587, 587
    )
    security: is_.Security | None = _key(
        "starttls, tls (from the first byte) or none.", "starttls", "starttls"
    )
    user: is_.Text | None = _key("Name to log in with.", "desk")
    password: is_.Secret | None = _key(
        "Where the password lies: {credential: NAME}, {file: PATH} or {env: NAME}.",
        {"credential": "smtp-password"},
    )
    timeout: is_.Duration | None = _key("Limit of one exchange with the server.", "30s", "30s")


class QuietKeys(Keys):
    """Hours in which only urgent alerts come; the others are sent as one message at the end."""

    from_: is_.Clock = Field(description="Begin.", examples=["23:00"], alias="from")
    to: is_.Clock = _must("End.", "06:00")
    timezone: is_.Zone | None = _key("Whose hours these are.", "Asia/Riyadh", "UTC")


class DigestKeys(Keys):
    """One message at set times of day, also when there is nothing new."""

    at: list[is_.Clock] = _must("Times of day.", ["08:00"])
    days: list[is_.Day] | None = _key(
        "Days of the week: mon, tue, wed, thu, fri, sat, sun. Default: every day.", ["mon", "thu"]
    )
    timezone: is_.Zone | None = _key("Whose times these are.", "Asia/Riyadh", "UTC")
    bands: list[is_.Band] | None = _key("What is in it.", ["on", "maybe"], ["on", "maybe"])


class SendKeys(Keys):
    """What is sent through the channel, and when."""

    instant: is_.Instant | None = _key(
        "new: one alert for a new development; updates: one for its new facts, too; none: "
        "everything waits for the digest.",
        *("new", "updates"),
    )
    bands: list[is_.Band] | None = _key("Bands that are alerted at once.", ["on"], ["on"])
    notices: is_.Flag | None = _key(
        "What the monitor says of itself: sources that fail or fall silent, and recover.",
        *(False, True),
    )
    ceiling: is_.Rate | None = _key(
        "At most so many messages in any minute, hour or day (m, h, d); what is too much is "
        "told in one summary.",
        "12/h",
    )
    quiet: QuietKeys | None = _key(
        "Hours in which only urgent alerts come; the others are sent as one message at the end.",
        {"from": "23:00", "to": "06:00", "timezone": "Asia/Riyadh"},
    )
    digest: DigestKeys | None = _key(
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

    kind: is_.ChannelKind = _must("log, email, webhook, chat, command or files.", "email")
    stories: list[is_.Text] | None = _key(
        "Names of the stories it carries. Default: all.", ["north-korea-russia"], []
    )
    language: is_.Language | None = _key("Language of what is written around articles.", "ar", "en")
    timezone: is_.Zone | None = _key("Zone in which its times are written.", "Asia/Riyadh", "UTC")
    send: SendKeys | None = _key("What is sent, and when.", {"instant": "new"})
    to: list[is_.Email] | None = _key("email: who gets it, one address each.", ["desk@example.org"])
    from_: is_.Sender | None = _key(
        "email: the sender's address, also as Name <address>.", "monitor@example.org", alias="from"
    )
    smtp: SmtpKeys | None = _key(
        "email: how to reach the mail server.", {"host": "mail.example.org", "user": "desk"}
    )
    url: is_.Address | None = _key(
        "webhook: where alerts are posted. chat: where the service's Apprise address lies: "
        "{credential: NAME}, {file: PATH} or {env: NAME}.",
        "https://hooks.example.org/x",
    )
    secret: is_.Secrets | None = _key(
        "webhook: where the signing secret lies; a list signs with each, while you change it.",
        {"file": "/etc/story-monitor/hook"},
    )
    private: is_.Flag | None = _key(
        "webhook: the address may lie in a private network.", True, False
    )
    template: is_.Text | None = _key(
        "webhook: file of a Jinja2 template for the body, relative to this file.", "hook.json.j2"
    )
    content_type: is_.MediaType | None = _key(
        "webhook: Content-Type of what the template writes.",
        *("text/plain; charset=utf-8", "application/json"),
    )
    run: is_.Program | None = _key(
        "command: the program, by its whole path, and its arguments; it reads an alert as JSON.",
        ["/usr/local/bin/on-alert", "--quiet"],
    )
    timeout: is_.Duration | None = _key(
        "command: it is killed after this time, 4m at most.", "30s", "30s"
    )
    folder: is_.Text | None = _key(
        "files: where the feeds are written. Default: feeds, beside the database.",
        "/srv/www/feeds",
    )
    items: is_.Count | None = _key("files: developments kept in a feed.", 100, 100)


class SelectorsKeys(Keys):
    """CSS selectors of one site."""

    links: is_.Selector | None = _key("Links to articles on a listing.", "h3.title > a")
    title: is_.Selector | None = _key("An article's headline.", "h1")
    text: is_.Selector | None = _key("An article's text.", "div.post-text")
    date: is_.Selector | None = _key("An article's date.", "time")
    cut: is_.Selector | None = _key("What is cut out of the text first.", "div#relatedNews")


class SourceKeys(Keys):
    """One source."""

    name: is_.Text = _must("What you call it; each name once.", "aawsat")
    url: is_.Url = _must("Address of the feed, sitemap or page.", "https://aawsat.com/feed")
    kind: is_.SourceKind | None = _key(
        "feed, sitemap, listing (a page of links), search or telegram. Guessed from url and selectors.",
        "listing",
    )
    outlet: is_.Text | None = _key("Who publishes it, as alerts name it.", "Asharq Al-Awsat")
    language: is_.Language | None = _key("Its language, where it does not say itself.", "ar")
    timezone: is_.Zone | None = _key("Zone of dates that name none.", "Asia/Riyadh")
    every: is_.Duration | None = _key(
        "Fixed time between polls. Default: as often as it publishes.", "10m"
    )
    enabled: is_.Flag | None = _key("false: it is kept here but not polled.", False, True)
    aggregator: is_.Flag | None = _key("It carries other outlets' articles.", True, False)
    private: is_.Flag | None = _key("Its address may lie in a private network.", True, False)
    primary: is_.Flag | None = _key(
        "A source that speaks for itself (a ministry, an army): what it says is urgent and breaks "
        "quiet hours and the ceiling.",
        *(True, False),
    )
    article_id: is_.ArticleId | None = _key(
        "Pattern (Python's re) whose one group is the article's number in its address: "
        "two addresses with one number are one article.",
        r"/(\d{6})/",
    )
    selectors: SelectorsKeys | None = _key(
        "Where things stand in its pages; without links, a listing's are found by their structure.",
        {"links": "h3.title > a"},
    )
    headers: dict[is_.HeaderName, is_.Text] | None = _key(
        "HTTP headers sent to it.", {"Accept-Language": "ar"}
    )


class FileKeys(Keys):
    """sources.yaml of story-monitor: stories to follow, sources to watch, channels to tell."""

    model_config = ConfigDict(title="sources.yaml")

    settings: SettingsKeys | None = _key(
        "What holds for everything.", {"contact": "desk@example.org"}
    )
    stories: dict[is_.StoryName, StoryKeys] = _must(
        "The stories, by name.", {"north-korea-russia": {"seeds": "seeds/north-korea-russia"}}
    )
    channels: dict[is_.Text, ChannelKeys] | None = _key(
        "Ways to readers, by name. Default: one channel `log`.", {"desk": {"kind": "log"}}
    )
    sources: list[SourceKeys] | None = _key(
        "What is watched.", [{"name": "aawsat", "url": "https://aawsat.com/feed"}]
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of sources.yaml, for editors and other programs."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **FileKeys.model_json_schema(by_alias=True)}


if __name__ == "__main__":
    json.dump(json_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
