"""Fingerprints, figures, plain text, and entries with their pages made articles."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.identify.address import canonical
from monitor.identify.article import embedded, identify
from monitor.identify.fingerprint import fingerprint
from monitor.identify.plain import plain
from monitor.identify.wording import wording
from monitor.model import Article, Entry, Page, Piece, Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source(name="one", url="https://www.one.example/feed", outlet="One")
TEXT = " ".join(["The council met on Monday and agreed to plant trees along the river."] * 6)


def make(entry: Entry, page: Page | None = None, source: Source = SOURCE) -> Article:
    return identify(source, entry, page, NOW)


# ---- wording ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("عشرة آلاف جندي", "10000"),
        ("١٠٬٠٠٠ جندي", "10000"),
        ("10,000 soldiers", "10000"),
        ("10 thousand soldiers", "10000"),
        ("10 000 soldats", "10000"),
        ("1만명", "10000"),
        ("1만 5000여명", "15000"),
        ("ألفان وسبعمائة جريح", "2700"),
        ("ثلاثة آلاف وخمسمئة", "3500"),
        ("خمسة وعشرون ألفاً", "25000"),
        ("اثني عشر ألفا", "12000"),
        ("وستة آلاف", "6000"),
        ("two thousand seven hundred and five", "2705"),
        ("three hundred thousand", "300000"),
        ("a million", "1000000"),
        ("twenty five", "25"),
        ("مليوني دينار", "2000000"),
    ],
)
def test_figures(text: str, figure: str) -> None:
    assert figure in wording(text)


def test_words_that_are_no_figures() -> None:
    assert wording("one of the men") == ["one", "of", "the", "men"]
    assert wording("mil y una") == ["mil", "y", "una"]
    assert wording("three to four") == ["3", "to", "4"]
    assert wording("hundred and") == ["hundred", "and"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بوتين", "بوتن"),
        ("كيم جونغ أون", "كيم جونج اون"),
        ("بيونغ يانغ", "بيونج يانج"),
        ("حزيران", "يونيو"),
        ("إرسالُ القوّات", "ارسال القـــوات"),
        ("قوى", "قوي"),
        ("um 07:15 Uhr", "um 7.15 Uhr"),
        ("à 14h30", "à 14:30"),
        ("1 400 m²", "1.400 mètres carrés"),
        ("400 mc", "400 metri cubi"),
        ("6 tys. m2", "sześć tysięcy metrów kwadratowych"),
        ("約400㎡を", "約400平方メートルを"),
        ("5 por cento", "5%"),
        ("12,5 процентов", "12,5 %"),
        ("через полчаса", "через 30 минут"),
        ("dua belas hari", "12 hari"),
        ("20 لاکھ", "2000000"),
        ("1,5 Mio. Euro", "1,5 Millionen Euro"),
        ("長沙發生火災", "长沙发生火灾"),
    ],
)
def test_one_wording(one: str, other: str) -> None:
    assert wording(one) == wording(other)
    assert fingerprint(one, one) == fingerprint(other, other)


# ---- fingerprint --------------------------------------------------------------

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", min_size=1, max_size=200)
MARKS = st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652\u0640\u200f\u200c")


@given(ARABIC, st.lists(st.tuples(st.integers(1, 200), MARKS), max_size=30))
def test_marks_and_tatweel_change_nothing(text: str, marks: list[tuple[int, str]]) -> None:
    marked = text
    for at, mark in marks:
        if at < len(marked) and marked[at - 1] != " ":
            marked = marked[:at] + mark + marked[at:]
    assert fingerprint(marked, marked) == fingerprint(text, text)


@given(st.text(max_size=300))
def test_spelling_of_unicode_changes_nothing(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC"):
        same = unicodedata.normalize(form, text)
        assert fingerprint(same, same).exact == fingerprint(text, text).exact


@given(st.text(max_size=300))
def test_the_form_of_a_fingerprint(text: str) -> None:
    print_ = fingerprint("", text)
    assert len(print_.exact) == len(print_.title) == 32
    assert len(print_.sketch) == (64 if print_.words else 0)
    assert all(0 <= value < 2**32 for value in print_.sketch)


def test_the_sketch_estimates_resemblance() -> None:
    """Against the true share of common word pairs, over texts cut by a known amount."""
    body = [f"w{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300)]
    whole = fingerprint("", " ".join(body)).sketch
    for kept in (300, 240, 150, 75, 0):
        other = body[:kept] + [f"z{word}" for word in body[kept:]]
        sketch = fingerprint("", " ".join(other)).sketch
        agreed = sum(a == b for a, b in zip(whole, sketch, strict=True)) / 64
        shared = max(kept - 1, 0)
        truth = shared / (2 * 299 - shared)
        assert abs(agreed - truth) < 0.16, kept


def test_punctuation_case_and_nothing() -> None:
    assert fingerprint("A b", "C, d!") == fingerprint("a  B", "c d")
    assert fingerprint("a", "b").exact != fingerprint("a", "c").exact
    assert fingerprint("", "").sketch == ()
    assert fingerprint("title", "").words == 0


# ---- plain --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &amp; two</p><p>three<br>four</p>", "One & two\n\nthree\n\nfour"),
        ("no markup,  2 < 3", "no markup, 2 < 3"),
        ("<div><style>p{}</style>a <b>b</b>c<script>x</script></div>", "a bc"),
        ("<ul><li>خبر</li><li>آخر</li></ul>", "خبر\n\nآخر"),
        ("<p>open <i>ended", "open ended"),
        ("<hr/>x", "x"),
        ("", ""),
    ],
)
def test_plain(html: str, text: str) -> None:
    assert plain(html) == text


@given(st.text())
def test_plain_reads_anything(html: str) -> None:
    plain(html)


# ---- article: where it stands -------------------------------------------------


def test_the_page_names_its_own_address() -> None:
    article = make(
        Entry(url="https://www.one.example/?p=7&utm_source=rss", title="T", guid="g7"),
        Page(
            url="https://www.one.example/2026/trees",
            canonical_url="https://one.example/2026/trees/",
            text=TEXT,
        ),
    )
    assert article.url == "https://one.example/2026/trees"
    assert article.link == "https://www.one.example/2026/trees"
    assert article.addresses == (
        "https://one.example/2026/trees",
        "https://one.example/?p=7",
        "guid:one:g7",
    )
    assert canonical(article.url) == article.url


@pytest.mark.parametrize(
    "stated",
    [
        "https://one.example/",  # the front page, on every page
        "https://one.example/world",  # the section
        "https://other.example/world/trees-1",  # the agency, or a lie
        "not an address",
        None,
    ],
)
def test_a_stated_address_that_is_not_believed(stated: str | None) -> None:
    url = "https://www.one.example/world/trees-1"
    article = make(Entry(url=url), Page(url=url, canonical_url=stated, text=TEXT))
    assert article.url == "https://one.example/world/trees-1"
    assert article.addresses == ("https://one.example/world/trees-1",)


def test_a_shorter_address_with_the_number_is_believed() -> None:
    url = "https://one.example/482627/a-long-slug"
    stated = "https://one.example/482627"
    assert make(Entry(url=url), Page(url=url, canonical_url=stated)).url == stated


def test_an_entry_behind_a_redirector() -> None:
    article = make(
        Entry(url="https://feeds.example/~r/one/7", title="T"),
        Page(url="https://one.example/trees", canonical_url="https://one.example/trees"),
    )
    assert article.url == "https://one.example/trees"
    assert "https://feeds.example/~r/one/7" in article.addresses


def test_entries_that_all_link_to_the_front_page() -> None:
    one, other = (make(Entry(url="https://one.example/", title="T", guid=g)) for g in "ab")
    assert one.url != other.url
    assert set(one.addresses).isdisjoint(other.addresses)
    assert one.link == "https://one.example/"


def test_an_entry_without_an_address() -> None:
    entry = Entry(url=None, title="T", summary="Something was said.", guid="g")
    article = make(entry)
    assert article == make(entry)
    assert article.url.startswith("https://one.example/~/")
    assert canonical(article.url) == article.url
    assert article.link == SOURCE.url
    assert make(entry._replace(guid="h")).url != article.url
    assert make(entry._replace(guid=None)).url != make(Entry(url=None, title="U")).url


def test_the_number_of_an_article_is_its_address() -> None:
    source = replace(SOURCE, article_id=r"/(\d{6})/")
    article = make(Entry(url="https://www.one.example/world/482627/junk slug"), None, source)
    assert article.url == "https://one.example/~/482627"
    assert article.link == "https://www.one.example/world/482627/junk%20slug"


# ---- article: what it says ----------------------------------------------------


def test_a_search_result_says_no_more_than_its_headline() -> None:
    source = Source(name="search", url="https://news.example/rss", kind="search", aggregator=True)
    entry = Entry(
        url="https://news.google.com/rss/articles/CBMiAA",
        title="Council plants trees - River Post",
        outlet="River Post",
        summary='<a href="x">Council plants trees</a>&nbsp;<font>River Post</font>',
    )
    article = make(entry, None, source)
    assert (article.title, article.text, article.kind) == ("Council plants trees", "", "headline")
    assert article.outlet == "River Post"
    assert article.aggregator


@pytest.mark.parametrize(
    ("title", "host", "rest"),
    [
        ("Troops die in Kursk - The Moscow Times", "www.themoscowtimes.com", "Troops die in Kursk"),
        ("Troops die in Kursk | NK News", "nknews.org", "Troops die in Kursk"),
        ("Soldaten in Kursk | tagesschau.de", "www.tagesschau.de", "Soldaten in Kursk"),
        ("Troops in Kursk today - Example", "news.example.co.uk", "Troops in Kursk today"),
        ("Three killed in new strikes – Eastern Ukraine", "ukraine.un.org", None),
        ("Dozens are killed in Kursk - North Korean troops", "korea.example.org", None),
        ("Two men held over the fire - police", "police.gov.lb", None),
        ("EU opens antitrust probe - Google denies", "blog.google.com", None),
        ("Troops die in Kursk — Kyodo News", "paper.example", None),
    ],
)
def test_the_name_of_its_own_site_is_cut(title: str, host: str, rest: str | None) -> None:
    assert make(Entry(url=f"https://{host}/1", title=title)).title == (rest or title)


def test_an_outlet_is_not_cut_from_a_feed_of_its_own() -> None:
    entry = Entry(url="https://one.example/1", title="A talk with River Post", outlet="River Post")
    assert make(entry).title == "A talk with River Post"


@pytest.mark.parametrize(
    ("given", "stated", "title"),
    [
        ("The council plants…", "The council plants trees", "The council plants trees"),
        ("The council plants trees", "Trees! | One", "The council plants trees"),
        (None, "Stated", "Stated"),
        ("Cut...", None, "Cut..."),
        (None, None, "The council met on Monday and agreed to plant trees along the river."),
        ("  two\n lines ", None, "two lines"),
    ],
)
def test_title(given: str | None, stated: str | None, title: str) -> None:
    page = Page(url="https://one.example/1", title=stated, text=TEXT)
    assert make(Entry(url="https://one.example/1", title=given), page).title == title


def test_a_long_opening_is_cut_between_words() -> None:
    title = make(Entry(url=None, summary="word " * 100)).title
    assert title.endswith("word…")
    assert len(title) <= 121


def test_the_longer_text_of_feed_and_page() -> None:
    url = "https://one.example/1"
    teaser = Page(url=url, text="Log in to read on.")
    article = make(Entry(url=url, title="T", content=f"<p>{TEXT}</p>"), teaser)
    assert (article.text, article.kind) == (TEXT, "full")
    article = make(Entry(url=url, title="T", summary="Short of it."), Page(url=url, text=TEXT))
    assert article.text == TEXT
    article = make(Entry(url=url, title="T", summary="Trees were planted."))
    assert (article.text, article.kind) == ("Trees were planted.", "summary")
    assert make(Entry(url=url, title="T")).kind == "headline"


def test_dates() -> None:
    early, late = NOW - timedelta(days=1), NOW + timedelta(days=14)
    url = "https://one.example/1"
    assert make(Entry(url=url, published=early)).published == early
    assert make(Entry(url=url, published=late)).published == NOW
    soon = NOW + timedelta(minutes=5)
    assert make(Entry(url=url, published=soon)).published == soon
    assert make(Entry(url=url), Page(url=url, published=early, updated=late)).published == early
    assert make(Entry(url=url), Page(url=url, updated=late)).updated == NOW
    assert make(Entry(url=url)).published is None


def test_language() -> None:
    url = "https://one.example/1"
    arabic = "قال المجلس البلدي إنه سيزرع الأشجار على ضفتي النهر في الربيع المقبل. " * 4
    assert make(Entry(url=url, title="T", language="en-GB")).language == "en"
    assert make(Entry(url=url, title="خبر", language="ar")).language == "ar"
    assert make(Entry(url=url, summary=arabic, language="en")).language == "ar"
    assert make(Entry(url=url, title="قال المجلس إن"), None).language == "ar"
    page = Page(url=url, language="fr")
    assert make(Entry(url=url, title="Koursk", language="en"), page).language == "fr"
    source = replace(SOURCE, language="ar")
    assert make(Entry(url=url, title="123"), None, source).language == "ar"


def test_a_piece_is_an_article_of_its_own() -> None:
    url = "https://one.example/1"
    whole = make(
        Entry(url=url, title="T", guid="g", author="A", published=NOW), Page(url=url, text=TEXT)
    )
    piece = embedded(whole, Piece(title=None, text="Another matter. It rained."), 2)
    assert piece.url == "https://one.example/1#piece-2"
    assert piece.addresses == (piece.url,)
    assert canonical(piece.url) == piece.url
    assert piece.link == "https://one.example/1#piece-2"
    assert (piece.title, piece.kind) == ("Another matter.", "summary")
    assert (piece.published, piece.author) == (None, None)
    assert piece.fingerprint != whole.fingerprint
    assert piece.source == whole.source


@given(
    st.builds(
        Entry,
        url=st.none() | st.text(),
        title=st.none() | st.text(),
        guid=st.none() | st.text(),
        summary=st.none() | st.text(),
        content=st.none() | st.text(),
        published=st.none() | st.datetimes(timezones=st.just(UTC)),
        updated=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    st.none() | st.builds(Page, url=st.none() | st.text(), canonical_url=st.text(), text=st.text()),
)
def test_any_entry_makes_an_article(entry: Entry, page: Page | None) -> None:
    article = make(entry, page)
    assert article.addresses[0] == article.url
    assert canonical(article.url) == article.url
    assert len(set(article.addresses)) == len(article.addresses)


@pytest.mark.parametrize(
    ("given_", "final", "stated", "identity"),
    [
        # What the page says of itself, on its own site.
        ("https://one.example/a/7?x=1", None, "https://one.example/a/7", "https://one.example/a/7"),
        ("https://m.one.example/a/7", None, "https://www.one.example/a/7-b", "https://one.example/a/7-b"),
        # Another site's address is not believed, nor the front page, nor the section.
        ("https://one.example/a/7", None, "https://two.example/a/7", "https://one.example/a/7"),
        ("https://one.example/a/7", None, "https://one.example/", "https://one.example/a/7"),
        ("https://one.example/news/a-7", None, "https://one.example/news/", "https://one.example/news/a-7"),
        # Another host of the same outlet, the same path: one article.
        ("https://edition.one.example/a/7", None, "https://one.example/a/7", "https://one.example/a/7"),
        ("https://edition.one.example/a/7", None, "https://one.example/b/8", "https://edition.one.example/a/7"),
        ("https://aone.example/a/7", None, "https://one.example/a/7", "https://aone.example/a/7"),
        # A wrapper that says nothing: what the page says, if it was reached.
        ("https://t.co/abc", "https://one.example/a/7", "https://one.example/a/7", "https://one.example/a/7"),
        ("https://feedproxy.google.com/~r/x/~3/y/", "https://one.example/a/7?utm_source=f", "https://one.example/a/7", "https://one.example/a/7"),
        ("https://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fone.example%2fa%2f7", None, None, "https://one.example/a/7"),
    ],
)  # fmt: skip
def test_which_address_is_the_article(
    given_: str, final: str | None, stated: str | None, identity: str
) -> None:
    page = Page(url=final or given_, canonical_url=stated, title="A", text=TEXT)
    article = make(Entry(url=given_, title="A headline", guid="7"), page)
    assert article.url == identity
    assert canonical(given_) in article.addresses
    assert "guid:one:7" in article.addresses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("في الثامن عشر من مايو/أيار", "في 18 من أيار"),
        ("الدول السبع والعشرين", "الدول 27"),
        ("بتسع سنوات", "ب 9 سنوات"),
        ("9,5%", "٩٫٥ في المئة"),
        ("1,8 тыс. человек", "1800 человек"),
        ("двадцать пять человек", "25 человек"),
        ("1억 5천만 원", "1억5000만 원"),
        ("بعد سبعة أيام من الشهر", "بعد 7 أيام من الشهر"),
        ("1.5 million people", "1,500,000 people"),
        ("مئة واثنتا عشرة شاحنة", "112 شاحنة"),
        ("مئتين وواحداً وثلاثين مهاجراً", "231 مهاجراً"),
        ("أحد عشر شهراً", "11 شهراً"),
        ("ثلاثاً وستين إصابة", "63 إصابة"),
        ("نصف مليون شخص", "500 ألف شخص"),
        ("مليون ونصف المليون شخص", "1.5 مليون شخص"),
        ("منذ عام 2024 آلاف الجنود", "منذ عام 2024 آلاف الجنود"),
        ("two and a half million people", "2.5 million people"),
        ("полтора миллиона человек", "1,5 млн человек"),
        ("on beş bin kişi", "15.000 kişi"),
        ("بیست و پنج نفر", "۲۵ نفر"),
        ("گیارہ زخمی", "11 زخمی"),
        ("스물세 명", "23명"),
        ("십오층 아파트", "15층 아파트"),
        ("fünfundzwanzig Menschen", "25 Menschen"),
        ("quatre-vingt-dix-sept morts", "97 morts"),
        ("treinta y dos heridos", "32 heridos"),
        ("sześciu tysięcy metrów", "6 tys. metrów"),
    ],
)
def test_two_ways_to_write_a_number(one: str, other: str) -> None:
    assert wording(one)[:3] == wording(other)[:3]


def test_ranks_and_weekdays_are_no_numbers() -> None:
    assert not any(word.isdigit() for word in wording("الوزير الأول واللواء الثاني"))
    assert not any(word.isdigit() for word in wording("سه شنبه"))


def test_number_words_that_are_as_often_something_else() -> None:
    for text in (
        "on Monday",
        "due to rain",
        "bir gün",
        "نه نفر",
        "한국 이상",
        "neuf mois",
        "mil y una",
    ):
        assert not any(word.isdigit() for word in wording(text)), text
    assert "2024" in wording("منذ عام 2024 آلاف الجنود")
