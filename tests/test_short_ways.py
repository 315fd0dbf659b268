"""Short ways for what is common: each gives what the long way gives."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit
from zlib import crc32

import ada_url
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import farm
from monitor.config import addresses as config_addresses
from monitor.config import rules
from monitor.config.rules import guess_kind
from monitor.daemon import rig
from monitor.fold import lineage
from monitor.identify import (
    address,
    article,
    figures,
    fingerprint,
    href,
    numerals,
    plain,
    wrappers,
)
from monitor.model import Rhythm
from monitor.parse import charset, markup
from monitor.parse.dates import dates
from monitor.schedule import rhythm
from monitor.text import blanks, language
from monitor.text.arabic import fold, fold_each
from tests.test_mutations import mutated, samples
from tests.test_parse_wellformed import texts

PIECES = (
    *("<p>", "</p>", "<br>", "<b>", "</b>", "<em>", "</em>", "<i>", "</i>", "<strong>", "</strong>", "<div>", "</div>"),
    *("<ul>", "<li>", "</li>", "</ul>", '<a href="https://a.example/?x=1&amp;y=2">', "</a>", '<img src="/a.png" alt="x">', "<h2>", "</h2>"),
    *("<script>", "</script>", "<!-- c -->", "<", ">", "&amp;", "&lt;", "&nbsp;", "&#8217;", "&", '"', "\n", " ", "\t", "\r", "\u00a0"),
    *("<P>", "<p class='x'>", "<br/>", "</p", "خبر عاجل", "one & two", "café", "2 < 3", "\x0b", "\x7f", "<table>", "<td>", "<svg>"),
)  # fmt: skip
fragments = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
_NO_TAGS = dict.fromkeys(map(ord, "<>&\xa0\x7f\r"))
common = st.lists(
    st.sampled_from(
        ("<p>نص أول</p>", "<p>two</p>\n", "<p>a <b>b</b> c<br>d</p>", " ", "\n\n", "<p></p>", "<p><em></em></p>", "x", "<p>a\tb</p>")
    ),
    max_size=5,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(fragments, common))
def test_sanitising(value: str) -> None:
    short = markup.sanitise(value, "https://a.example/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_CLEAN", re.compile(r"(?!)"))
        assert short == markup.sanitise(value, "https://a.example/")


@settings(max_examples=300, deadline=None)
@given(st.one_of(fragments, common, st.tuples(common, common).map("<p>a</p>\n".join)))
def test_paragraphs(value: str) -> None:
    """What an XML parser lets through; other control characters it does not."""
    legal = value.replace("\x0b", "\x85")
    if markup._is_paragraphs(legal):
        assert markup._CLEAN.fullmatch(legal)
    assert markup._is_paragraphs(f"<p>{legal.translate(_NO_TAGS)}</p>")


words = st.lists(
    st.sampled_from(
        ("نصّ", "نص", "ــ", "ــأول", "اول", "Café", "cafe", "cafe\u0301", "\u00a8x", "\u0308", "`a", "'A", "½", "x\u00a0y", "a\n\nb", "ΣΑΣ", "σας")
    ),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(words, words, st.one_of(st.none(), words))
def test_a_text_that_is_its_headline_again(text: str, title: str, outlet: str | None) -> None:
    whole = f"{title} {outlet}"
    for one in (text, title, title.swapcase(), whole, whole.replace(" ", "\n\n")):
        long = fold(one).split() in (fold(title).split(), fold(whole).split())
        assert article._repeats(one, title, outlet) == long


@pytest.mark.parametrize("base", [None, "https://base.example/a/", "nonsense"])
@pytest.mark.parametrize(
    "link",
    [
        "https://a.example/1?x=1", "HTTP://A.example:80/1 ", "/rel", "https://www.google.com/url?q=https://b.example/2",
        "https://www.google.com/url?q=https%3A%2F%2Ft.me%2Fiv%3Furl%3Dhttps%253A%252F%252Fc.example%252F3", "https://пример.example/",
        "https://www.bing.com/news/apiclick.aspx?url=ftp%3a%2f%2fx", "mailto:a@b.example", "", "https://",
    ],
)  # fmt: skip
def test_a_link_opened(link: str, base: str | None) -> None:
    def long() -> str:
        return wrappers.unwrapped(address.absolute(link, base))

    try:
        expected = long()
    except ValueError:
        with pytest.raises(ValueError):
            wrappers.linked(link, base)
    else:
        assert wrappers.linked(link, base) == expected


def test_text_by_its_opening() -> None:
    texts = [farm.render(number, 100).decode() for number in (0, 6, 10, 11)]
    wrong = [text.encode(name, "replace") for text in texts for name in ("utf-16", "cp1256", "utf-8-sig")]  # fmt: skip
    wrong += [text.encode().decode(name, "replace").encode() for text in texts for name in ("latin-1", "cp1256")]  # fmt: skip
    assert not any(map(charset.opening, wrong))
    found = 0
    for body in (*samples(), *map(mutated, range(300)), *(text.encode() for text in texts)):
        opening = charset.opening(body)
        if opening is None:
            continue
        try:
            text = body.decode()
        except UnicodeDecodeError:
            continue
        found += 1
        assert charset.decode(body) == text
        assert text.startswith(opening)
    assert found > 20


@settings(max_examples=300, deadline=None)
@given(st.one_of(fragments, common))
def test_text_of_a_fragment(value: str) -> None:
    for html in (value, markup.sanitise(value) or ""):
        reader = plain._Reader()
        reader.feed(html)
        reader.close()
        assert plain.plain(html) == reader.text()


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=12), st.text("ab \n\u00a0\u200f\u2028\x1c", max_size=12)))
def test_blanks(text: str) -> None:
    assert blanks.single(text) == " ".join(text.split())


said = st.one_of(st.text(max_size=8), st.text("abUS أإaا\u0301`٣\n\u00a0\x1e\u00a8", max_size=12))


@settings(max_examples=300, deadline=None)
@given(st.lists(said, max_size=6))
def test_folding_of_many(many: list[str]) -> None:
    assert fold_each(many) == [fold(each) for each in many]


moments = st.datetimes(datetime(1969, 12, 30), datetime(2101, 1, 2))  # noqa: DTZ001 - the form says the zone
written = st.sampled_from(
    ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+03:00", "%Y-%m-%dT%H:%M:%S-11:30", "%a, %d %b %Y %H:%M:%S GMT",
     "%a, %d %b %Y %H:%M:%S +0300", "%d %b %Y %H:%M:%S -0930", "%a, %d %b %Y %H:%M:%S EST", "%Y-%m-%d %H:%M:%S")
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(moments, written, st.sampled_from((None, "en", "fa")), st.integers(0, 99))
def test_dates(at: datetime, form: str, tongue: str | None, day: int) -> None:
    text = at.strftime(form)
    for one in (text, re.sub(r"\d\d(?=T| [A-Z])", f"{day:02}", text, count=1)):
        short = dates.read_date(one, language=tongue, timezone="Asia/Riyadh")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dates, "machine_made", lambda _: None)
            assert short == dates.read_date(one, language=tongue, timezone="Asia/Riyadh")


def test_dates_are_in_utc() -> None:
    found = dates.read_date("2025-04-28T10:00:00+03:00")
    assert found == datetime(2025, 4, 28, 7, tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)


counted = st.lists(
    st.sampled_from(
        (*figures._UNITS, *figures.MULTIPLIERS, "one", "a", "and", "و", "الف", "والف", "وعشره", "10", "2025", "3만", "000", "جندي", "soldiers")
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(counted)
def test_figures(found: list[str]) -> None:
    """Each word looked at closely, whether or not a figure can begin with it."""
    expected, at, last, scale = [], 0, 0, 0
    while at < len(found):
        value, after = figures._figure(found, at)
        in_words = after > at and found[at][0] not in figures._DIGITS
        counted = after - at > 1 or in_words
        if found[at] != figures._AND:
            and_before = bool(expected) and expected[-1] == figures._AND
            if scale and figures._goes_on(value, scale, counted=counted, joined=and_before):
                value += int(expected[last])
                del expected[last:]
            last, scale = len(expected), figures._scale(value, found[after - 1]) if counted else 0
        expected.append(found[at] if after == at else str(value))
        at = max(after, at + 1)
    assert figures.figures(found) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["سيول", "تعلن", "عن", "a", "b", "c", "북한", "10"]), max_size=30))
def test_sketches(found: list[str]) -> None:
    pairs = [f"{one} {other}" for one, other in pairwise(found)] or found[:1]
    least: dict[int, int] = {}
    for pair in pairs:
        value = crc32(pair.encode()) * fingerprint._SPREAD & fingerprint._MASK
        slot = value >> 26
        least[slot] = min(value, least.get(slot, value))
    slots = [least.get(at) for at in range(fingerprint.SLOTS)]
    expected = tuple(fingerprint._filled(slots, at) for at in range(len(slots))) if found else ()
    assert fingerprint._sketch(found) == expected


def _script_by_counting_all(sample: str) -> str | None:
    counts = {name: sum(map(len, pattern.findall(sample))) for name, pattern in language._SCRIPTS}
    if counts["ja"]:
        counts["ja"] += counts["zh"]
    for dense in ("ko", "ja", "zh"):
        counts[dense] *= language._DENSE
    script, count = max(counts.items(), key=lambda item: item[1])
    return script if count else None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(("سيول", "Seoul", "Сеул", "서울", "首尔", "ソウル", "Σεούλ", " ", "1", "…")), max_size=20).map("".join))  # fmt: skip
def test_scripts(sample: str) -> None:
    assert language._script(sample) == _script_by_counting_all(sample)


def test_scripts_of_real_documents() -> None:
    for text in texts():
        assert language._script(text[:1_000]) == _script_by_counting_all(text[:1_000])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(("https://www.google.com/url?q=", "https://www.google.com/amp/s/", "https://www.bing.com/news/apiclick.aspx?url=", "https://l.facebook.com/l.php?u=", "https://l.%66acebook.com/l.php?u=", "https://a-example.cdn.ampproject.org/c/s/", "https://a.example/")),
    st.sampled_from(("https%3A%2F%2Fb.example%2F1", "b.example/2", "http://b.example/3?x=1", "")),
)  # fmt: skip
def test_carried_addresses(carrier: str, inner: str) -> None:
    url = carrier + inner
    short = address.canonical(url), wrappers.unwrapped(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrappers, "_may_carry", lambda _: True)
        assert short == (address.canonical.__wrapped__(url), wrappers.unwrapped(url))


class _Everything(frozenset):
    def __contains__(self, _: object) -> bool:
        return True

    def isdisjoint(self, _: object) -> bool:
        return False


hosts = st.sampled_from(
    ("a.example", "b-c.d.example", "A.example", "xn--a.example", "xn--mgba3a4f.example", "a.xn--p1ai", "a--b.example", "-a.example", "a-.example",
     "a_b.example", "a.example.", "1.2.3.4", "1.2.3.04", "1.2.3.256", "1.2.3", "1.0x2", "0x1.example", "9.example", "a.e1", "[::1]", "example", "عربي.example", "u@a.example", "")
)  # fmt: skip
ports = st.sampled_from(
    ("", "", ":80", ":443", ":8080", ":4430", ":08080", ":65536", ":0", ":", ":x")
)
steps = st.lists(
    st.sampled_from(
        ("/", "/.", "/..", "/.a", "/a.", "/%2e", "/%2E%2e", "/.%2e", "/a%2e", "/%zz", "/%", "/%d8%a3", "/أ", "/a b", "/'", "/{", "/^", "/|", "/;,:@&=+$!*()~_-", "\\a", "/\t", "?a=1&b=2", "?", "?'", "?/..", "?x?y", "?a b", "?%d8", "#", "#a", " ", "1", "a")
    ),
    max_size=5,
).map("".join)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(("http://", "https://", "https:/", "HTTP://", "//")), hosts, ports, steps, st.sampled_from((None, "https://b.example/x/", "http://b.example?", "nothing")))  # fmt: skip
def test_addresses_in_their_normal_form(scheme: str, host: str, port: str, rest: str, base: str | None) -> None:  # fmt: skip
    url = f"{scheme}{host}{port}{rest}"

    def parsed() -> object:
        try:
            return href.parse(url, base)
        except ValueError as error:
            return str(error)

    short = parsed()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(href, "normal", lambda _: None)
        assert short == parsed()


def test_most_addresses_need_no_parser() -> None:
    for url in ("https://www.site.example/a/2025/04/28/b-c_1.html?id=7&x=%D8%A3", "http://127.0.0.2:8700/a/%d8%a3/"):  # fmt: skip
        assert href.normal(url) == href._cut(url)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from((*numerals._ORDINALS, *(f"ال{one}" for one in numerals._ORDINALS), *numerals._TENS, "عشر", "من", "الشهر", "два", "сорок", "zwei", "سه", "شنبه", "9,50", "10", "million", "مليون", "الرئيس")), max_size=8))  # fmt: skip
def test_numerals(found: list[str]) -> None:
    short = numerals.numerals(found, frozenset(("مايو",)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numerals, "_TELLING", _Everything())
        assert short == numerals.numerals(found, frozenset(("مايو",)))


AGENCIES = sorted(lineage._agencies().names)
PLACES = ("سيول", "MOSCOW", "北京", "Киев", "", "سيول -", "(", ")", " - ", ": ", ". ", "المصدر: ", "نقلا عن ", "according to ", "و", "ل")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(AGENCIES), st.sampled_from(PLACES), st.just("نص طويل عن أمر آخر.\n")), max_size=7).map("".join), st.sampled_from((*AGENCIES, "", "سمير")))  # fmt: skip
def test_credits(text: str, author: str) -> None:
    short = lineage.credited("عنوان", text, author=author), lineage.credited(text, "x")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "_may_name", lambda _: True)
        assert short == (
            lineage.credited("عنوان", text, author=author),
            lineage.credited(text, "x"),
        )


addresses = st.lists(
    st.sampled_from(
        ("http://", "https://", "user:p@ss@", "a.example", "[::1]", "خبر.example", ":8080", ":443", "/", "//", "?", "??", "#", "#!/", "x", "%D8%A8", "@", ":", "&a=b", "ب", " ", "\\", "..")
    ),
    max_size=9,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(addresses)
def test_the_parts_of_an_address(written: str) -> None:
    try:
        long = ada_url.URL(f"https://{written}")
    except ValueError:
        return
    short = href._cut(long.href)
    assert short == (long.href, long.hostname, long.port, long.pathname, long.search, long.hash)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 40 * 24), min_size=3, max_size=40))
def test_the_pace_of_a_first_reading(ages: list[float]) -> None:
    """Day by day, as if each had been a poll of its own."""
    end = 500_000.25
    found = sorted(end - age for age in ages)
    seeded = rhythm._seeded(Rhythm(), found, end)
    start = max(found[0], end - 2 * rhythm._MEMORY)
    found = found[bisect_right(found, start) :]
    long = Rhythm()
    while start < end:
        stop = min(start + 24, end)
        here = found[bisect_right(found, start) : bisect_right(found, stop)]
        long = rhythm._added(long, here, start, stop, len(here))
        start = stop
    assert seeded.arrivals == pytest.approx(long.arrivals)
    assert seeded.watched == pytest.approx(long.watched)


HOSTS = ("a.example", "a", "A.example", ".a.example", "a..example", "a.example.", "-", "[::1]", "[", "x@a.example", "a.example:80", "a.example:99999", "بي.example", "")  # fmt: skip
RESTS = ("", "/", "/feed?x=1#y", "?q", "#f", "/a b", "/[", "/é", "//", "/\t", "/\x7f", ":1")
SCHEMES = ("https://", "http://", "HTTPS://", "ftp://", "//", "https:/", "")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_configured_addresses(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(url: str) -> str:
        try:
            return config_addresses.url(url)
        except ValueError as error:
            return f"refused: {error}"

    written = [f"{scheme}{host}{rest}" for host in HOSTS for rest in RESTS]
    short = list(map(checked, written))
    kinds = [guess_kind(url, links=False) for url in written]
    for url in short:
        if not url.startswith("refused"):
            assert rig._host(url) == urlsplit(url).hostname
    monkeypatch.setattr(config_addresses, "_PLAIN", re.compile("(?!)"))
    monkeypatch.setattr(rules, "_TELLING", re.compile(""))
    assert short == list(map(checked, written))
    assert kinds == [guess_kind(url, links=False) for url in written]
