"""A farm of feeds on loopback: the same bytes every time, for every poller.

    python bench/farm.py DIR --feeds 2000        writes DIR
    python bench/farm.py DIR --serve             serves it until its input ends

All of it is synthetic. Half of the feeds are RSS, a third Atom, a twelfth RDF, a
twelfth JSON Feed; five in six are Arabic, the others English; one RSS feed in eight is
in windows-1256, one in eight has a byte order mark. A feed has 20 items and some 40 kB.
Words are made up and drawn by Zipf's law, as in news: were they drawn evenly from a few
hundred, every article would share its rarest words with a hundred others, and folding
would be measured on what never happens. One item in ten is a wire story that several
feeds carry, one in a hundred has a headline about the shipped story.
"""

from __future__ import annotations

import argparse
import asyncio
import email.utils
import gzip
import hashlib
import itertools
import json
import os
import random
import sys
import time
import zlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Another one where two runs share a machine.
PORT = int(os.environ.get("BENCH_PORT", "8700"))
DEAD = PORT + 1  # nothing listens there
HOSTS = 200
ITEMS = 20
NEWEST = 100
# The farm's own clock: a date in the past of every run, so that the bytes stay the same.
BEGAN = 1_790_000_000
SHARES = {"slow": 0.03, "hang": 0.01, "dead": 0.02}

STORY = (
    "كوريا الشمالية ترسل جنودا إلى كورسك الروسية",
    "مقتل جنود كوريين شماليين في كورسك",
    "بيونغ يانغ ترسل خبراء ألغام إلى روسيا",
    "North Korean soldiers killed fighting for Russia in Kursk",
)
_SMALL = {
    "ar": "من إلى في على عن مع بعد قبل خلال حول منذ حتى بين ضد أن إن التي الذي هذا هذه كما قال أكد أعلن أوضح أضاف".split(),  # noqa: SIM905
    "en": "the of and to in a is for on was with as by at from has have its are were said after who will be".split(),  # noqa: SIM905
}
_LETTERS = {"ar": "بتثجحخدذرزسشصضطظعغفقكلمنهوي", "en": "bcdfghklmnprstvwz"}
_TYPES = 50_000


def dice(*key: object) -> random.Random:
    """Chance that falls the same way every time."""
    digest = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
    return random.Random(int.from_bytes(digest))


class Words:
    """A language's words and how often each is met."""

    def __init__(self, language: str) -> None:
        chance = dice("words", language)
        letters = _LETTERS[language]
        made: dict[str, None] = dict.fromkeys(_SMALL[language])
        while len(made) < _TYPES:
            if language == "ar":
                word = "".join(chance.choices(letters, k=3))
                form = chance.choice(("ال{}{}ا{}", "{}{}{}", "{}ا{}{}", "م{}{}و{}", "ال{}{}ي{}ة", "ت{}{}ي{}", "است{}{}{}", "{}{}{}ات", "ي{}{}{}ون"))  # fmt: skip
                made[form.format(*word)] = None
            else:
                parts = chance.randint(2, 4)
                made["".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(parts))] = None  # fmt: skip
        self._words = list(made)
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(_TYPES)))

    def draw(self, chance: random.Random, count: int) -> str:
        return " ".join(chance.choices(self._words, cum_weights=self._weights, k=count))


_VOCABULARY: dict[str, Words] = {}


def words(chance: random.Random, count: int, language: str) -> str:
    if language not in _VOCABULARY:
        _VOCABULARY[language] = Words(language)
    return _VOCABULARY[language].draw(chance, count)


def kind(feed: int) -> str:
    place = feed % 12
    return "rss" if place < 6 else "atom" if place < 10 else "rdf" if place == 10 else "json"


def encoding(feed: int) -> str:
    odd = {1: "windows-1256", 2: "utf-8-sig"}.get(feed // 12 % 8, "utf-8")
    return odd if kind(feed) == "rss" else "utf-8"


def host(feed: int) -> str:
    return f"127.0.0.{2 + feed % HOSTS}"


def address(feed: int) -> str:
    return f"http://{host(feed)}:{PORT}/f{feed}.{kind(feed)}"


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    lead: str
    body: str
    link: str
    guid: str
    when: int
    author: str


def item(feed: int, number: int) -> Item:
    chance = dice("item", feed, number)
    language = "en" if feed % 6 == 5 else "ar"
    luck = chance.random()
    if luck < 0.10:
        wire = dice("wire", chance.randrange(500) + number // 4)
        title, lead = words(wire, 9, "ar"), words(wire, 40, "ar")
    else:
        title = words(chance, chance.randint(6, 12), language)
        lead = words(chance, chance.randint(25, 60), language)
        if luck > 0.99:
            title = f"{STORY[-1] if language == 'en' else chance.choice(STORY[:-1])} {words(chance, 3, language)}"
    link = f"http://{host(feed)}:{PORT}/a/{feed}/{number}.html"
    guid = f"{feed}-{number}" if feed % 3 else link
    if chance.random() < 0.3:
        link += f"?utm_source=rss&utm_medium=feed&utm_campaign={feed % 7}"
    paragraphs = chance.randint(0, 3) + feed % 4
    body = "".join(f"<p>{words(chance, chance.randint(20, 40), language)}</p>" for _ in range(paragraphs))  # fmt: skip
    when = BEGAN + number * 1200 + feed % 600
    return Item(title, lead, body, link, guid, when, words(chance, 2, language))


def render(feed: int, newest: int) -> bytes:
    """The feed's bytes with its 20 newest items."""
    items = [item(feed, number) for number in range(newest, newest - ITEMS, -1)]
    site, name = f"http://{host(feed)}:{PORT}", f"{words(dice('name', feed), 2, 'ar')} {feed}"
    shape = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[kind(feed)]
    text = shape(feed, site, name, items)
    if kind(feed) != "json":
        declared = "windows-1256" if encoding(feed) == "windows-1256" else "UTF-8"
        text = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'
    return text.encode(encoding(feed), "replace")


def _iso(when: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))


def _rss(feed: int, site: str, name: str, items: list[Item]) -> str:
    permanent = "false" if feed % 3 else "true"
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f"<title>{name}</title><link>{site}/</link><description>{name}</description>"
        f"<language>ar</language><ttl>10</ttl>\n"
        f"<lastBuildDate>{email.utils.formatdate(items[0].when, usegmt=True)}</lastBuildDate>\n"
        + "".join(
            f"<item>\n<title>{escape(one.title)}</title>\n<link>{escape(one.link)}</link>\n"
            f'<guid isPermaLink="{permanent}">{escape(one.guid)}</guid>\n'
            f"<pubDate>{email.utils.formatdate(one.when, usegmt=True)}</pubDate>\n"
            f"<dc:creator><![CDATA[{one.author}]]></dc:creator><category><![CDATA[{one.author}]]></category>\n"
            f"<description><![CDATA[<p>{one.lead}</p>]]></description>\n"
            + (f"<content:encoded><![CDATA[{one.body}]]></content:encoded>\n" if one.body else "")
            + f'<media:content url="{site}/img/{feed}.jpg" medium="image" width="800" height="450"/>\n</item>\n'
            for one in items
        )
        + "</channel></rss>\n"
    )


def _atom(feed: int, site: str, name: str, items: list[Item]) -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">\n<title>{name}</title><id>{site}/f{feed}</id>'
        f'<link rel="self" href="{address(feed)}"/><updated>{_iso(items[0].when)}</updated>\n'
        + "".join(
            f"<entry><title>{escape(one.title)}</title>"
            f"<id>{escape(one.guid if feed % 3 == 0 else 'tag:127.0.0.1,2026:' + one.guid)}</id>\n"
            f'<link rel="alternate" href="{escape(one.link)}"/>'
            f"<published>{_iso(one.when)}</published><updated>{_iso(one.when)}</updated>\n"
            f'<author><name>{one.author}</name></author><category term="{one.author}"/>'
            f'<summary type="html">{escape(f"<p>{one.lead}</p>")}</summary>\n'
            + (f'<content type="html">{escape(one.body)}</content>' if one.body else "")
            + "</entry>\n"
            for one in items
        )
        + "</feed>\n"
    )


def _rdf(_feed: int, site: str, name: str, items: list[Item]) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{site}/"><title>{name}</title><link>{site}/</link><description>{name}</description></channel>\n'
        + "".join(
            f'<item rdf:about="{escape(one.link)}"><title>{escape(one.title)}</title><link>{escape(one.link)}</link>\n'
            f"<description>{escape(f'<p>{one.lead}</p>{one.body}')}</description>"
            f"<dc:date>{_iso(one.when)}</dc:date><dc:creator>{one.author}</dc:creator></item>\n"
            for one in items
        )
        + "</rdf:RDF>\n"
    )


def _json(_feed: int, site: str, name: str, items: list[Item]) -> str:
    entries = [
        {"id": one.guid, "url": one.link, "title": one.title, "summary": one.lead,
         "content_html": one.body or "<p></p>", "date_published": _iso(one.when),
         "authors": [{"name": one.author}], "tags": [one.author]}
        for one in items
    ]  # fmt: skip
    shape = {"version": "https://jsonfeed.org/version/1.1", "title": name, "home_page_url": site, "items": entries}  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, indent=1)


class Farm:
    """The farm's folder: a compressed body a feed, and how far each has come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "state.json"

    @property
    def feeds(self) -> int:
        return len(self._newest) if self._state.exists() else 0

    @property
    def _newest(self) -> list[int]:
        newest: list[int] = json.loads(self._state.read_text())
        return newest

    def sow(self, feeds: int) -> None:
        """Write the farm as it is in the beginning; what is there already stays."""
        self._folder.mkdir(parents=True, exist_ok=True)
        before = self._newest if self._state.exists() else []
        for feed in range(feeds):
            if feed >= len(before) or before[feed] != NEWEST:
                self._write(feed, NEWEST)
        self._state.write_text(json.dumps([NEWEST] * feeds))

    def advance(self, share: float, items: int = 2) -> int:
        """Put new items on top of a share of the feeds; how many feeds changed."""
        newest = self._newest
        chosen = dice("advance", sum(newest)).sample(range(len(newest)), round(len(newest) * share))
        for feed in chosen:
            newest[feed] += items
            self._write(feed, newest[feed])
        self._state.write_text(json.dumps(newest))
        return len(chosen)

    def _write(self, feed: int, newest: int) -> None:
        packed = gzip.compress(render(feed, newest), 6, mtime=0)
        (self._folder / f"f{feed}.{kind(feed)}").write_bytes(packed)


def addresses(feeds: int, *, bad: bool = False) -> list[str]:
    """The feeds' addresses; with `bad`, some on hosts that are slow, hang or are dead."""
    found = []
    for feed in range(feeds):
        luck, at = dice("bad", feed).random() if bad else 1.0, address(feed)
        alone = f"http://127.0.{1 + feed // 250}.{2 + feed % 250}"
        for way, share in SHARES.items():
            if luck < share:
                port, path = (DEAD, "") if way == "dead" else (PORT, f"/{way}")
                at = f"{alone}:{port}{path}/f{feed}.{kind(feed)}"
                break
            luck -= share
        found.append(at)
    return found


_TYPE = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml", "json": "application/feed+json"}  # fmt: skip


class _Server(asyncio.Protocol):
    """As little HTTP as a poller needs: its cost is not counted, but shares the machine."""

    counts: dict[str, int]
    folder: Path

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
            self._answer(head.decode("latin-1"))

    def _answer(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        path = first.split(" ")[1]
        if path == "/counts":
            body = json.dumps(self.counts).encode()
            self.counts.clear()
            self._send("200 OK", {"Content-Type": "application/json"}, body)
            return
        asked = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}  # fmt: skip
        way, _, name = path.strip("/").rpartition("/")
        if way == "hang":
            return
        if way == "slow":
            wait = 5 + zlib.crc32(name.encode()) % 2_000 / 100
            asyncio.get_running_loop().call_later(wait, self._serve, name, asked)
        else:
            self._serve(name, asked)

    def _serve(self, name: str, asked: dict[str, str]) -> None:
        if self._transport.is_closing():
            return
        file = self.folder / name
        if not file.is_file():
            self._count("404")
            self._send("404 Not Found", {}, b"")
            return
        body = file.read_bytes()
        tag = f'"{zlib.crc32(body):08x}"'
        dated = email.utils.formatdate(BEGAN + zlib.crc32(body) % 100_000, usegmt=True)
        validators = {"ETag": tag, "Last-Modified": dated}
        if {"if-none-match", "if-modified-since"} & asked.keys():
            self._count("conditional")
        if asked.get("if-none-match") == tag and asked.get("if-modified-since", dated) == dated:
            self._count("304")
            self._send("304 Not Modified", validators, None)
            return
        self._count("200")
        kind_of = _TYPE[name.rpartition(".")[2]]
        coding = {"Content-Encoding": "gzip"}
        if "gzip" not in asked.get("accept-encoding", ""):
            body, coding = gzip.decompress(body), {}
        self._send("200 OK", {"Content-Type": kind_of, **coding, **validators}, body)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _send(self, status: str, lines: dict[str, str], body: bytes | None) -> None:
        if body is not None:
            lines = {**lines, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._transport.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (body or b""))


async def serve(folder: Path) -> None:
    """Serve until the standard input ends: whoever started this is gone then."""
    served = type("Served", (_Server,), {"counts": {}, "folder": folder})
    loop = asyncio.get_running_loop()
    hosts = [f"127.0.0.{2 + number}" for number in range(HOSTS)]
    await loop.create_server(served, hosts, PORT, backlog=512)
    # A bad one has a host of its own: on another's, that one's feeds would wait for it.
    named = {urlsplit(one).hostname or "" for one in addresses(Farm(folder).feeds, bad=True)}
    if alone := sorted(named.difference(hosts)):
        await loop.create_server(served, alone, PORT, backlog=64)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    parser = argparse.ArgumentParser(description="A farm of feeds on loopback.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.folder))
    else:
        Farm(asked.folder).sow(asked.feeds)


if __name__ == "__main__":
    main()
