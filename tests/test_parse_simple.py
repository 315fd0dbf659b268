"""Feeds read where they are: as a worker would have read them, and never for long."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bench import farm
from monitor.errors import ParseError
from monitor.model import Fetched, Reading, Source
from monitor.parse import charset, read_entries, simple
from monitor.parse.simple import read_simple
from tests.bombs import BOMBS
from tests.inline import Inline
from tests.test_mutations import mutated, samples
from tests.test_parse_wellformed import grown, seeds
from tests.test_poll import OFF, Desk, Site

NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
URL = "https://feeds.example/feed"
SOURCE = Source(name="feed", url=URL)
# Seconds of CPU. The loop may stand still for 0.1; 0.02 were measured at most, on a busy machine.
LONGEST = 0.1


def fetched(body: bytes, content_type: str | None = None) -> Fetched:
    return Fetched(
        url=URL,
        final_url=URL,
        status=200,
        headers=(),
        body=body,
        content_type=content_type,
        fetched_at=NOW,
    )


def by_worker(answer: Fetched, source: Source = SOURCE) -> Reading | str:
    try:
        return read_entries(source, answer)
    except ParseError as error:
        return f"{error.failure}: {error.detail}"


def taken(bodies: list[bytes]) -> int:
    """How many of the bodies are read without a worker, each as it would have read it."""
    count = 0
    for body in bodies:
        answer = fetched(body)
        found = read_simple(SOURCE, answer)
        if found is not None:
            count += 1
            assert found == by_worker(answer)
    return count


def test_every_sample() -> None:
    assert taken(list(samples())) >= 10


def test_the_farm_and_its_encodings() -> None:
    assert taken([farm.render(number, 100) for number in range(48)]) == 48
    texts = [charset.decode(farm.render(number, 100)) for number in (0, 6, 10, 11)]
    odd = [text.encode(name, "replace") for text in texts for name in ("utf-16", "cp1256", "cp1251", "utf-32-le", "iso8859-6", "utf-8-sig")]  # fmt: skip
    twice = [text.encode().decode("latin-1").encode() for text in texts]
    assert taken([*odd, *twice]) >= 10


def test_mutated_samples() -> None:
    assert taken([mutated(number) for number in range(600)]) >= 5


def test_grown_feeds() -> None:
    beside = seeds()
    assert taken([grown(number, beside).encode() for number in range(300)]) >= 60


@pytest.mark.slow
def test_many_changed_feeds() -> None:
    assert taken([mutated(number) for number in range(600, 6_000)]) >= 50
    beside = seeds()
    assert taken([grown(number, beside).encode() for number in range(300, 6_000)]) >= 1_200


JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [%s]}'
ITEM = '{"id": "1", "url": "/1", "title": "a", "date_published": "2025-04-28T10:00:00Z", %s}'


@pytest.mark.parametrize(
    ("body", "is_simple"),
    [
        (JSON % (ITEM % '"content_html": "<p>one</p>"'), True),
        (JSON % (ITEM % '"content_text": "1 < 2"'), True),
        (JSON % (ITEM % '"content_html": "<a href=x>one</a>"'), False),
        (JSON % (ITEM % '"date_modified": "yesterday"'), False),
        (JSON % "", True),
        (JSON % "1, 2", True),
        ('[{"link": "https://a.example/", "title": {"rendered": "x"}}]', False),
        ("[" * 100_000, False),
        ('{"version": 1' + "9" * 5_000, False),
        ("{}", False),
        ("", False),
        ("<html><body>no feed</body></html>", False),
        ("<rss><channel><item><title>a</title><pubDate>yesterday</pubDate></item></channel></rss>", False),
        ("<rss><channel><item><title>a</title><description>a &amp;amp; b</description></item></channel></rss>", False),
        ("<rss><channel><item><title>a</title><description>a, b</description></item></channel></rss>", True),
        ("<rss><channel><item><title>a</title></item>", False),
        ("<urlset><url><loc>https://a.example/</loc></url></urlset>", False),
    ],
)  # fmt: skip
def test_what_is_simple(body: str, is_simple: bool) -> None:
    answer = fetched(body.encode())
    found = read_simple(SOURCE, answer)
    assert (found is not None) == is_simple
    assert found is None or found == by_worker(answer)


def test_what_is_another_kind_of_source() -> None:
    answer = fetched(farm.render(0, 100))
    assert read_simple(SOURCE, answer) is not None
    for kind in ("listing", "sitemap", "telegram"):
        assert read_simple(Source(name="x", url=URL, kind=kind), answer) is None
    search = Source(name="x", url=URL, kind="search")
    assert read_simple(search, answer) == by_worker(answer, search)


def _rss(inner: str, root: str = "") -> bytes:
    return f'<rss version="2.0" {root}><channel>{inner}</channel></rss>'.encode()


def _json(items: str) -> bytes:
    return (JSON % items).encode()


def _filled(piece: str, room: int = simple._LARGEST - 600) -> str:
    return piece * (room // len(piece.encode()))


def _numbered(piece: str, room: int = simple._LARGEST - 600) -> str:
    made, size = [], 0
    for number in range(room):
        made.append(piece.replace("#", f"{number:x}"))
        size += len(made[-1].encode())
        if size > room:
            return "".join(made[:-1])
    raise AssertionError


LONG, BRACKETS = "u" * 100_000, "&gt;>" * 20_000
QUOTED, PREFIXED, DECLARED = (' a#=""', ' p:a#=""', ' xmlns:a#="#"')
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nested": lambda: _rss(_filled("<a>")),
    "many elements": lambda: _rss(_filled("<a/>")),
    "many items": lambda: _rss(_filled("<item/>")),
    "as many items as are read": lambda: _rss("<item><title>a</title></item>" * 200),
    "items of many titles": lambda: _rss("<item>" + _filled("<title>a</title>") + "</item>"),
    "items of many links": lambda: _rss(f"<item>{_filled('<category>a</category>', 150_000)}</item>"),
    "attributes": lambda: _rss(f"<item {_numbered('a#=# ')}/>"),
    "quoted attributes": lambda: _rss(f"<item {_numbered(QUOTED)}/>"),
    "attributes of a long namespace": lambda: _rss(f"<item {_numbered(PREFIXED, 150_000)}/>", f'xmlns:p="{LONG}"'),
    "names of a long namespace": lambda: _rss(_filled("<p:a/>", 150_000), f'xmlns:p="{LONG}"'),
    "names of a late long namespace": lambda: _rss(f'<item xmlns:p="{LONG}">{_filled("<p:a/>", 100_000)}</item>'),
    "names of a namespace with brackets": lambda: _rss(_filled("<p:a/>", 150_000), f'xmlns:p="{BRACKETS}"'),
    "namespaces": lambda: _rss("", _numbered(DECLARED)),
    "a name": lambda: _rss(f"<{_filled('a')}/>"),
    "a comment of dashes": lambda: _rss(f"<!--{_filled('- ')}-->"),
    "entities": lambda: _rss(f"<item><title>{_filled('&amp;')}</title></item>"),
    "entities of entities": lambda: _rss(f"<item><description>{_filled('&amp;amp;lt;p ')}</description></item>"),
    "numeric entities": lambda: _rss(f"<item><title>{_filled('&#1740;')}</title></item>"),
    "open tags": lambda: _rss(f"<item><title>{_filled('&lt;p ')}</title></item>"),
    "open comments": lambda: _rss(f"<item><title>{_filled('&lt;!--')}</title></item>"),
    "open paragraphs": lambda: _rss(f"<item><description>{_filled('&lt;p>')}</description></item>"),
    "paragraphs": lambda: _rss(f"<item><description>{_filled('&lt;p>a&lt;/p>')}</description></item>"),
    "bold": lambda: _rss(f"<item><description>&lt;p>{_filled('&lt;b>a&lt;/b>')}</description></item>"),
    "blanks": lambda: _rss(f"<item><title>{_filled(' ')}a{_filled(chr(10), 1_000)}</title></item>"),
    "letters of every kind": lambda: _rss("<item><title>" + "".join(map(chr, range(0x3400, 0xA000))) * 3 + "</title></item>"),
    "marks": lambda: _rss(f"<item><title>ا{_filled(chr(0x0651) + chr(0x064E))}</title></item>"),
    "marks out of order": lambda: _rss(f"<item><title>ا{_filled(chr(0x0651) + chr(0x0316))}</title></item>"),
    "escapes in an address": lambda: _rss(f"<item><link>https://a.example/{_filled('%25', 60_000)}</link></item>"),
    "addresses": lambda: _rss(_numbered("<item><link>https://a.example/%25%25%25/../././#?a=b&amp;c=d</link></item>")[: 77 * 200]),
    "addresses on a long base": lambda: _rss(f"<link>https://a.example/{'b/' * 4_000}</link>" + "<item><link>c?</link></item>" * 200),
    "authors": lambda: _rss(f"<item>{_numbered('<author>#</author>', 150_000)}</item>"),
    "dates": lambda: _rss("<item><title>a</title><pubDate>Mon, 28 Apr 2025 10:00:00 +0300</pubDate></item>" * 200),
    "dates in words": lambda: _rss(f"<item><title>a</title><pubDate>{'1 ' * 149}</pubDate></item>" * 200),
    "languages": lambda: _rss(f"<language>{_filled('a-')}</language>"),
    "twice encoded": lambda: _rss(f"<item><title>{_filled('Ã©Ø£Ù', 200_000)}</title></item>"),
    "half encoded twice": lambda: _rss(f"<item><title>{_filled('Ã©Ø£Ù ÿÿÿÿÿ ', 200_000)}</title></item>"),
    "no UTF-8": lambda: _rss(f"<item><title>{_filled('a')}</title></item>")[:-30] + b"\xff" * 20,
    "bytes of nothing": lambda: b"<rss>" + random.Random(7).randbytes(250_000),
    "Latin": lambda: b'<?xml version="1.0" encoding="latin-1"?><rss>' + b"\xe9a " * 80_000,
    "processing instructions": lambda: _rss(_filled("<?a ?>")),
    "CDATA": lambda: _rss(f"<item><title>{_filled('<![CDATA[a]]>')}</title></item>"),
    "before the declaration": lambda: _filled("<!-- -->").encode() + _rss(""),
    "JSON of nothing": lambda: _json(_filled("{},")[:-1]),
    "JSON of numbers": lambda: _json(_filled("1,")[:-1]),
    "JSON in depth": lambda: _json("[" * 120_000 + "]" * 120_000),
    "JSON of long numbers": lambda: _json(_filled(f"{'9' * 4_000},")[:-1]),
    "JSON of backslashes": lambda: _json(_filled("\\x")),
    "JSON of keys": lambda: _json("{" + _numbered('"#":1,')[:-1] + "}"),
    "JSON of authors": lambda: _json(ITEM % f'"authors": [{_filled("null,")[:-1]}]'),
}  # fmt: skip


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_do_not_hold_up_the_loop(name: str) -> None:
    answer = fetched(HOSTILE[name]())
    began = time.process_time()
    found = read_simple(SOURCE, answer)
    assert time.process_time() - began < LONGEST
    assert found is None or found == by_worker(answer)


@pytest.mark.usefixtures("frozen")
def test_bombs_do_not_hold_up_the_loop() -> None:
    spent: dict[str, float] = {}
    for name, make in BOMBS.items():
        whole = make()
        for body in {whole, whole[: simple._LARGEST]}:
            answer = fetched(body)
            began = time.process_time()
            read_simple(SOURCE, answer)
            spent[name] = max(spent.get(name, 0), time.process_time() - began)
    assert max(spent.values()) < LONGEST, max(spent, key=spent.__getitem__)


async def test_a_poll_asks_a_worker_only_where_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Counted(Inline):
        async def run(
            self, function: Callable[..., object], *args: object, **kwargs: object
        ) -> object:
            asked.append(function)
            return await super().run(function, *args, **kwargs)

    workers = Counted()
    desk = Desk(Site(), workers)
    desk.site.publish(OFF, "/1")
    assert await desk.poll() == "new"
    assert asked == []
    desk.site.publish(OFF, "/2")
    desk.site.summaries["/2"] = "&lt;a href='/x'&gt;x&lt;/a&gt;"
    assert await desk.poll() == "new"
    assert asked == [read_entries]
    await workers.aclose()
    desk.store.close()
