"""Every key of sources.yaml: its type, what it means, its default and an example.

These models and those of `channel_keys` are the one list of keys: they validate, they
explain themselves in an editor through the JSON Schema (`python -m monitor.config.schema`),
and `docs/configuration.md` is held to them by a test. Rules that look at two keys at once
are in `rules`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import ConfigDict

from monitor.config import checked as is_
from monitor.config.channel_keys import ChannelKeys
from monitor.config.keys import Keys, key, must


class PollKeys(Keys):
    """How sources are visited."""

    every: is_.Duration | None = key(
        "Time between two polls of a source of which nothing is known yet, and the scale of "
        "every other's (docs/schedule.md).",
        *("15m", "15m"),
    )
    floor: is_.Duration | None = key("Shortest time between two polls of a source.", "2m", "2m")
    ceiling: is_.Duration | None = key("Longest time between two polls of a source.", "6h", "6h")
    host_gap: is_.Gap | None = key("Pause between two requests to one host.", "2s", "2s")
    deadline: is_.Duration | None = key("Limit of one whole exchange.", "30s", "30s")
    max_body: is_.Size | None = key("Largest answer read, once unpacked.", "10MB", "10MB")
    concurrency: is_.Count | None = key("Exchanges at the same time, over all hosts.", 40, 40)
    patience: is_.Duration | None = key(
        "An article whose page cannot be read is judged by what there is after this time.",
        *("10m", "10m"),
    )
    proxy: is_.Proxy | None = key(
        "HTTP proxy through which all sources are visited, http://user:password@host:port; "
        "the address guard then judges addresses by their text alone.",
        "http://proxy.example.org:3128",
    )


class FoldKeys(Keys):
    """How copies are folded into what is known."""

    window: is_.Duration | None = key("How far back copies are looked for.", "14d", "14d")


class KeepKeys(Keys):
    """What is let go after a time. What matched a story is always kept."""

    off: is_.Duration | None = key(
        "Texts of articles that matched no story are dropped after this time; their addresses, "
        "headlines, fingerprints and verdicts stay. Default: kept for ever.",
        "90d",
    )


class RecheckKeys(Keys):
    """Alerted articles are looked at again: they change, shrink and vanish (docs/alerts.md)."""

    span: is_.AgeGate = key(
        "For how long after the alert, on a slowing rhythm; none turns it off.",
        *("30d", "30d"),
        alias="for",
    )


class WebSubKeys(Keys):
    """Push: hubs say when a source has news, and it is polled at once."""

    callback: is_.Url = must(
        "The public address under which hubs reach this monitor; your web server forwards it.",
        "https://monitor.example.org/websub",
    )
    listen: is_.Listen | None = key(
        "Where it is forwarded to: an address and port of this machine.",
        "127.0.0.1:8085",
        "127.0.0.1:8085",
    )


class InboxKeys(Keys):
    """Answers from the inbox: signed links in alerts say yes, no or mute (docs/alerts.md)."""

    url: is_.Url = must(
        "The public address under which readers reach this monitor; your web server forwards it.",
        "https://monitor.example.org/answer",
    )
    secret: is_.Secret = must(
        "Where the secret lies that signs the links; whoever has it can answer.",
        {"credential": "inbox-secret"},
    )
    listen: is_.Listen | None = key(
        "Where it is forwarded to: an address and port of this machine.",
        "127.0.0.1:8087",
        "127.0.0.1:8087",
    )


class WebKeys(Keys):
    """What a browser shows (docs/page.md), and what machines watch (docs/service.md)."""

    listen: is_.Listen = must(
        "An address and port of this machine, for the page and for /metrics, /healthz and /readyz. "
        "Keep it on loopback: the figures have no login, and the page none without `password`.",
        "127.0.0.1:8086",
    )
    page: is_.Flag | None = key(
        "Whether the page is there. Default: true where `listen` is a loopback address, else false.",
        False,
    )
    url: is_.Url | None = key(
        "The public address of the page, where your web server forwards it: a request must name its "
        "host, this machine or `listen`, and links in feeds lead to it.",
        "https://monitor.example.org/",
    )
    password: is_.Secret | None = key(
        "Where the password of the page lies. With one the page asks for it and has buttons; without "
        "one it only shows.",
        {"credential": "page-password"},
    )


class PingKeys(Keys):
    """An address that is asked for as long as polls and deliveries work."""

    url: is_.Url = must(
        "Address that is asked for (GET); a service behind it tells you when that stops.",
        "https://hc-ping.com/your-uuid",
    )
    every: is_.Duration | None = key("Time between two of them.", "5m", "5m")
    private: is_.Flag | None = key("The address may lie in a private network.", True, False)


class SettingsKeys(Keys):
    """What holds for everything. All optional."""

    contact: is_.Contact | None = key(
        "Address by which sites can reach you; it stands in the User-Agent.", "desk@example.org"
    )
    database: is_.Text | None = key(
        "The database file. Default: monitor.db in $STATE_DIRECTORY (set by systemd), "
        "else beside this file.",
        "monitor.db",
    )
    poll: PollKeys | None = key("How sources are visited.", {"every": "15m", "floor": "2m"})
    fold: FoldKeys | None = key("How copies are folded into what is known.", {"window": "14d"})
    keep: KeepKeys | None = key("What is let go after a time.", {"off": "90d"})
    encoder: is_.Flag | None = key(
        "Read articles by a sentence encoder as well (pip install 'story-monitor[encoder]').",
        True,
        False,
    )
    recheck: RecheckKeys | None = key(
        "Articles that were alerted are looked at again.", {"for": "30d"}
    )
    websub: WebSubKeys | None = key(
        "Push from hubs (WebSub) beside polling; off where left out.",
        {"callback": "https://monitor.example.org/websub"},
    )
    inbox: InboxKeys | None = key(
        "Answers from the inbox; without it alerts name commands.",
        {"url": "https://monitor.example.org/answer", "secret": {"credential": "inbox-secret"}},
    )
    web: WebKeys | None = key(
        "The page, metrics and health over HTTP; off where left out.", {"listen": "127.0.0.1:8086"}
    )
    ping: PingKeys | None = key(
        "A sign of life to an outside service (docs/rhythm.md); off where left out.",
        {"url": "https://hc-ping.com/your-uuid"},
    )


class DevelopmentKeys(Keys):
    """When a development, one event within the story, is over."""

    closes_after: is_.Duration | None = key(
        "A development closes after this time without new facts.",
        "72h",
        "72h",
    )


class ProfileKeys(Keys):
    """Corrections to what was learnt from the seeds."""

    aliases: dict[is_.Text, list[is_.Text]] | None = key(
        "More spellings of a concept: its name, then the spellings.", {"who": ["DPRK"]}
    )
    require: list[is_.Text] | None = key(
        "Concepts or words that an article must have, all of them.", ["who", "with"]
    )
    any: list[is_.Text] | None = key(
        "Concepts or words of which an article must have one.", ["Kursk"]
    )
    not_: list[is_.Text] | None = key(
        "Words that an article must not have.", ["football"], alias="not"
    )


class StoryKeys(Keys):
    """One story to follow; its key in the file is its name, of a-z, 0-9 and -."""

    title: is_.Text | None = key(
        "What alerts call the story. Default: its name.", "North Korea's soldiers in Russia's war"
    )
    seeds: is_.Text = must(
        "Folder of articles from which the story is learnt, relative to this file.",
        "seeds/north-korea-russia",
    )
    age_gate: is_.AgeGate = key(
        "An article older than this gives no instant alert, unless it came out while its source was not read; none turns the gate off.",
        *("48h", "48h"),
    )
    threshold: is_.Share | None = key(
        "Score from which an article is on the story; higher means fewer alerts. Where it is "
        "given, no label moves it.",
        *(0.5, 0.5),
    )
    development: DevelopmentKeys | None = key("When an event is over.", {"closes_after": "72h"})
    profile: ProfileKeys | None = key(
        "Corrections to what was learnt from the seeds.", {"require": ["who"]}
    )


class SelectorsKeys(Keys):
    """CSS selectors of one site."""

    links: is_.Selector | None = key("Links to articles on a listing.", "h3.title > a")
    title: is_.Selector | None = key("An article's headline.", "h1")
    text: is_.Selector | None = key("An article's text.", "div.post-text")
    date: is_.Selector | None = key("An article's date.", "time")
    cut: is_.Selector | None = key("What is cut out of the text first.", "div#relatedNews")


class SourceKeys(Keys):
    """One source."""

    name: is_.Text = must("What you call it; each name once.", "aawsat")
    url: is_.Url = must("Address of the feed, sitemap or page.", "https://aawsat.com/feed")
    kind: is_.SourceKind | None = key(
        "feed, sitemap, listing (a page of links), search or telegram. Guessed from url and selectors.",
        "listing",
    )
    outlet: is_.Text | None = key("Who publishes it, as alerts name it.", "Asharq Al-Awsat")
    language: is_.Language | None = key("Its language, where it does not say itself.", "ar")
    timezone: is_.Zone | None = key("Zone of dates that name none.", "Asia/Riyadh")
    every: is_.Duration | None = key(
        "Fixed time between polls. Default: as often as it publishes.", "10m"
    )
    enabled: is_.Flag | None = key("false: it is kept here but not polled.", False, True)
    aggregator: is_.Flag | None = key("It carries other outlets' articles.", True, False)
    private: is_.Flag | None = key("Its address may lie in a private network.", True, False)
    primary: is_.Flag | None = key(
        "A source that speaks for itself (a ministry, an army): what it says is urgent and breaks "
        "quiet hours and the ceiling.",
        *(True, False),
    )
    article_id: is_.ArticleId | None = key(
        "Pattern (Python's re) whose one group is the article's number in its address: "
        "two addresses with one number are one article.",
        r"/(\d{6})/",
    )
    selectors: SelectorsKeys | None = key(
        "Where things stand in its pages; without links, a listing's are found by their structure.",
        {"links": "h3.title > a"},
    )
    headers: dict[is_.HeaderName, is_.Text] | None = key(
        "HTTP headers sent to it.", {"Accept-Language": "ar"}
    )


class FileKeys(Keys):
    """sources.yaml of story-monitor: stories to follow, sources to watch, channels to tell."""

    model_config = ConfigDict(title="sources.yaml")

    settings: SettingsKeys | None = key(
        "What holds for everything.", {"contact": "desk@example.org"}
    )
    stories: dict[is_.StoryName, StoryKeys] = must(
        "The stories, by name.", {"north-korea-russia": {"seeds": "seeds/north-korea-russia"}}
    )
    channels: dict[is_.Text, ChannelKeys] | None = key(
        "Ways to readers, by name. Default: one channel `log`.", {"desk": {"kind": "log"}}
    )
    sources: list[SourceKeys] | None = key(
        "What is watched.", [{"name": "aawsat", "url": "https://aawsat.com/feed"}]
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of sources.yaml, for editors and other programs."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **FileKeys.model_json_schema(by_alias=True)}


if __name__ == "__main__":
    json.dump(json_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
