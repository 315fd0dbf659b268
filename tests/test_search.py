"""Search over the stored articles: spellings, phrases, small steps, hostile questions."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.searching import fill, search, snippet
from monitor.store import schema
from monitor.store.rows import inflate
from monitor.store.search import arrived, changed
from monitor.store.store import Store
from monitor.story.profile import Profile
from monitor.text.terms import FOLDING, asked, indexed, to_fts
from tests import blank
from tests.labelled import learnt
from tests.stored import Desk

DATA = Path(__file__).parent / "data/search"
CASES = json.loads((DATA / "cases.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


@pytest.fixture
def desk(profile: Profile) -> Desk:
    return Desk(profile=profile)


def filled(store: Store) -> int:
    steps = 0
    while fill(store):
        steps += 1
    return steps


def found(desk: Desk, words: str, **more: object) -> list[int]:
    values: dict = {"story": None, "since": None, "limit": 99, "stories": ["troops"], **more}
    return [row["id"] for row in search(desk.store, words, **values)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_spellings(desk: Desk, case: dict) -> None:
    """Asked of the real FTS5, the text once as a headline and once as a body."""
    headline = desk.tell(case["text"]).article_id
    body = desk.tell("Title", case["text"]).article_id
    desk.tell("Nothing of it", "Something else altogether.")
    filled(desk.store)
    for words in case["found"]:
        assert found(desk, words) == [body, headline], words
    for words in case["not"]:
        assert found(desk, words) == [], words


def test_the_newest_comes_first_with_band_development_and_snippet(desk: Desk) -> None:
    first = desk.tell(
        "سيول: جنود كوريون شماليون يقاتلون في كورسك",
        "قال مسؤول شيئا. وقال جهاز الاستخبارات في سيول إن جنودا من كوريا الشمالية يقاتلون في كورسك. وانتهى.",
    ).article_id
    other = desk.tell("سجل في كورسك المجاني", "كورسك في البرمجة.").article_id
    filled(desk.store)
    rows = search(desk.store, "كورسك", story=None, since=None, limit=9, stories=["troops"])
    assert [row["id"] for row in rows] == [other, first]
    assert rows[1]["stories"][0]["band"] == "on"
    assert rows[1]["stories"][0]["development"] == first
    assert rows[1]["snippet"].startswith("وقال جهاز")
    assert "text" not in rows[0]
    assert found(desk, "كورسك", story="troops") == [first]
    assert found(desk, "كورسك", limit=1) == [other]
    assert found(desk, "كورسك", since=desk.now) == [other]
    assert found(desk, "كورسك", since=desk.now + timedelta(seconds=1)) == []


def test_the_newest_is_the_newest_by_its_own_date(desk: Desk) -> None:
    """A first reading brings a page's articles in any order."""
    days = {3: "third", 1: "first", 2: "second"}
    for day, word in days.items():
        published = desk.now - timedelta(days=10 - day)
        desk.tell(f"Kursk {word}", f"A report of Kursk, the {word}.", published=published)
    while fill(desk.store):
        pass
    found = search(desk.store, "report Kursk", story=None, since=None, limit=2, stories=["troops"])
    assert [row["title"] for row in found] == ["Kursk third", "Kursk second"]


def test_what_waits_is_filled_in_by_small_steps_newest_first(desk: Desk) -> None:
    told = [desk.tell(f"خبر رقم {n}", "نص قصير.").article_id for n in range(60)]
    assert desk.store.search.waiting() == 60
    assert fill(desk.store) == 25
    assert found(desk, "خبر") == told[:-26:-1]
    assert filled(desk.store) == 2
    assert desk.store.search.complete()
    assert found(desk, "خبر") == told[::-1]
    assert fill(desk.store) == 0


def test_one_long_text_is_a_step_of_its_own(desk: Desk) -> None:
    desk.tell("short", "short")
    desk.tell("long", "word " * 20_000)
    assert fill(desk.store) == 1
    assert fill(desk.store) == 1


def test_a_changed_article_is_found_by_what_it_says_now(desk: Desk) -> None:
    article = desk.tell("خبر أول", "النص القديم عن السفينة.", url="https://g.example/1").article_id
    filled(desk.store)
    again = desk.tell("خبر أول", "النص الجديد عن القطار.", url="https://g.example/1")
    assert (again.fold.relation, again.article_id) == ("revision", article)
    filled(desk.store)
    assert found(desk, "القطار") == [article]
    assert found(desk, "السفينة") == []


def _without_index(store: Store) -> None:
    """As before the migrations that made it."""
    for kind, name in (
        ("trigger", "articles_changed"), ("trigger", "articles_gone"), ("trigger", "texts_changed"),
        ("view", "printed"), ("table", "found"), ("table", "unsearched"), ("table", "searched"),
    ):  # fmt: skip
        store.db.execute(f"drop {kind} {name}")
    store.db.execute(
        "delete from _sqlite_migrations where name in ('search', 'searched', 'refilled')"
    )


def test_articles_of_an_older_database_wait_to_be_filled_in(tmp_path: Path) -> None:
    """What the migration does to a store that has articles already."""
    path = tmp_path / "monitor.db"
    desk = Desk(Store.open(path))
    article = desk.tell("خبر أول", "نص.").article_id
    filled(desk.store)
    with desk.store.transaction():
        _without_index(desk.store)
    desk.store.close()
    desk.store = Store.open(path)
    assert desk.store.search.waiting() == 1
    filled(desk.store)
    assert found(desk, "خبر") == [article]
    desk.store.close()


def test_a_database_whose_index_kept_a_copy_is_filled_in_anew(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    desk = Desk(Store.open(path))
    article = desk.tell("خبر أول", "نص.").article_id
    filled(desk.store)
    with desk.store.transaction():
        _without_index(desk.store)
        schema.migrations.apply(desk.store.db, stop_before="searched")
        desk.store.db.execute(
            "insert into found (rowid, title, text) values (?, ?, ?)",
            [article, indexed("خبر أول"), indexed("نص.")],
        )
        desk.store.db.execute("delete from unsearched")
    desk.store.close()
    desk.store = Store.open(path)
    assert desk.store.search.waiting() == 1
    filled(desk.store)
    assert found(desk, "خبر") == [article]
    desk.store.close()


def test_what_is_taken_out_of_the_index_leaves_nothing_in_it(desk: Desk) -> None:
    """Filled in again and again, as headlines and retention have it."""
    for text in ("النص القديم عن السفينة.", "", "النص الجديد عن القطار.", "Ships, 1,000 of them"):
        desk.tell("خبر أول", text, url="https://g.example/1")
        filled(desk.store)
    with desk.store.transaction():
        desk.store.db.execute("delete from articles")
    filled(desk.store)
    db = desk.store.db
    db.execute("insert into found (found) values ('integrity-check')")
    db.execute("create virtual table temp.terms using fts5vocab(main, found, row)")
    assert list(db.execute("select term from terms")) == []


def _put(store: Store, number: int, title: str, text: str) -> None:
    store.db.execute(
        """insert into articles (id, url, link, source, title, kind, first_seen, exact, title_print,
             sketch, words, relation)
           values (?1, ?1, ?1, 's', ?2, 'full', ?1, '', '', x'', 0, 'new')""",
        [number, title],
    )
    arrived(store.db, [(number, text)])


def _places(connection: sqlite3.Connection) -> list[tuple]:
    """Every word of an index with its places."""
    connection.execute("insert into found (found) values ('integrity-check')")
    connection.execute("create virtual table temp.places using fts5vocab(main, found, instance)")
    places = connection.execute("select term, doc, offset from temp.places order by 1, 2, 3")
    try:
        return places.fetchall()
    finally:
        connection.rollback()


@pytest.fixture(scope="module")
def used():
    store = blank.in_memory()
    yield store
    store.close()


_SAID = st.lists(st.sampled_from(("السفينة", "والسفينة", "ship", "1,000", "京都市", "x")), max_size=5).map(" ".join)  # fmt: skip
_DONE = st.lists(
    st.one_of(
        st.tuples(st.just("new"), _SAID, _SAID),
        st.tuples(st.just("title"), st.integers(1, 4), _SAID),
        st.tuples(st.just("text"), st.integers(1, 4), _SAID),
        st.tuples(st.just("gone"), st.integers(1, 4), st.none()),
        st.tuples(st.just("fill"), st.integers(1, 3), st.none()),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(done=_DONE)
def test_whatever_is_done_to_articles_the_index_is_as_if_filled_at_once(
    used: Store, done: list
) -> None:
    numbers = count(1)
    with used.transaction():
        used.db.execute("delete from articles")
        while used.search.fill(9, 99):
            pass
        for verb, first, second in done:
            if verb == "new":
                _put(used, next(numbers), first, second)
            elif verb == "title":
                used.db.execute("update articles set title = ? where id = ?", [second, first])
            elif verb == "text" and used.articles.find(str(first)):
                changed(used.db, [(first, second)])
            elif verb == "gone":
                used.db.execute("delete from articles where id = ?", [first])
            elif verb == "fill":
                used.search.fill(first, 99)
    filled(used)
    fresh = sqlite3.connect(":memory:")
    (made,) = used.db.execute("select sql from sqlite_schema where name = 'found'").fetchone()
    fresh.execute(made)
    told = used.db.execute("select id, title, text from printed").fetchall()
    fresh.executemany(
        "insert into found (rowid, words) values (?, ?)",
        [(number, f"{indexed(title)} \ue000 {indexed(text)}") for number, title, text in told],
    )
    assert _places(used.db.conn) == _places(fresh)
    kept = [(number, inflate(packed)) for number, packed in used.db.execute("select * from texts")]
    assert kept == [(number, text) for number, _, text in told]


def test_a_step_that_is_cut_off_is_done_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        desk.tell(f"خبر رقم {number}", "نص قصير.", url=f"https://g.example/{number}")
    filled(desk.store)
    for number in range(4):
        desk.tell(f"خبر رقم {number}", "نص جديد عن القطار.", url=f"https://g.example/{number}")
    before = list(desk.store.db.conn.iterdump())
    asked = count()

    def torn(text: str) -> str:
        if next(asked) == 9:
            raise sqlite3.OperationalError("database or disk is full")
        return indexed(text)

    monkeypatch.setattr("monitor.store.search.indexed", torn)
    with pytest.raises(StoreError, match="disk is full"):
        fill(desk.store)
    assert list(desk.store.db.conn.iterdump()) == before
    assert filled(desk.store) == 1
    assert (len(found(desk, "القطار")), found(desk, "قصير")) == (4, [])


def test_an_index_of_another_folding_is_filled_in_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Store.open(tmp_path / "monitor.db"))
    article = desk.tell("Ships at sea", "Sixty ships.").article_id
    filled(desk.store)
    waits = desk.tell("Ships at sea", "Seventy boats.", url="https://g.example/2").article_id
    desk.tell("Ships at sea", "Sixty barges.", url="https://gazette.example/1")
    former = desk.store
    monkeypatch.setattr("monitor.store.search.indexed", lambda text: indexed(text)[::-1])
    monkeypatch.setattr("monitor.store.search.FOLDING", "another")
    desk.store = Store.open(tmp_path / "monitor.db")
    assert desk.store.search.waiting() == 2
    with monkeypatch.context() as patch:
        patch.setattr("monitor.store.search.FOLDING", FOLDING)
        assert fill(former) == 0, "a daemon of the version before leaves it alone"
    filled(desk.store)
    assert desk.store.search.complete()
    assert found(desk, "ships") == []
    assert found(desk, "spihs") == [waits, article]
    assert found(desk, "segrab") == [article]
    desk.store.db.execute("insert into found (found) values ('integrity-check')")
    desk.store.close()
    former.close()


def test_a_change_of_the_folding_raises_its_number() -> None:
    """Letters that Unicode has had for twenty years, each alone and after an Arabic one; and words."""
    letters = [
        chr(code)
        for code in (*range(0x4E80), *range(0x4E80, 0xABFF, 64), *range(0xABFF, 0x10000))
        if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Co", "Cs")
    ]
    texts = (" ".join(letters), " ".join(f"قال{each}ها" for each in letters), *_texts())
    made = hashlib.sha256("\n".join(map(indexed, texts)).encode()).hexdigest()
    kept = json.loads((DATA / "folding.json").read_text("utf-8"))
    number = FOLDING.partition(",")[0]
    assert {number: made} == kept, "raise FOLDING in text/terms.py, and keep its digest here"


def _texts() -> list[str]:
    lines = (DATA.parent / "story-stream/dev.jsonl").read_text("utf-8").splitlines()
    return [part for row in map(json.loads, lines) for part in (row["title"], row["text"])]


def test_the_same_is_found_as_in_two_columns() -> None:
    """Words and phrases of three hundred articles, also such as go from a headline into the text."""
    store, said = blank.in_memory(), _texts()
    plain = sqlite3.connect(":memory:")
    plain.execute(
        "create virtual table found using fts5(title, text, tokenize = 'unicode61 remove_diacritics 0')"
    )
    with store.transaction():
        for number, (title, text) in enumerate(zip(said[::2], said[1::2], strict=True), 1):
            _put(store, number, title, text)
            plain.execute(
                "insert into found (rowid, title, text) values (?, ?, ?)",
                [number, indexed(title), indexed(text)],
            )
    filled(store)
    phrases = 0
    for number in range(0, len(said), 6):
        words = [said[number].split(), said[number + 1].split() or ["…"]]
        crossing = f'"{words[0][-1]} {words[1][0]}"'
        for query in (words[0][0], f'"{" ".join(words[0][:2])}"', f'"{" ".join(words[1][3:6])}"', f"{words[0][-1]} {words[1][-1]}", crossing, words[1][0][:1]):  # fmt: skip
            if not (terms := asked(query)):
                continue
            rows = plain.execute("select rowid from found where found match ?", [to_fts(terms)])
            there = sorted(each for (each,) in rows)
            rows = search(store, query, story=None, since=None, limit=999, stories=[])
            assert sorted(row["id"] for row in rows) == there, query
            phrases += len(terms) == 1 and len(terms[0]) > 1
    assert phrases > 100
    store.close()


@pytest.fixture(scope="module")
def empty():
    store = blank.in_memory()
    yield store
    store.close()


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40)
    | st.sampled_from(
        ['"', "'", "*", 'a" OR "b', "NEAR(", "-", "title:x", "^a", "()", "AND", "\x00"]
    )
)
def test_any_question_is_answered(empty: Store, words: str) -> None:
    assert search(empty, words, story=None, since=None, limit=5, stories=[]) == []


@given(st.text(max_size=60))
def test_what_is_written_is_found_by_its_own_words(text: str) -> None:
    phrases = asked(text.replace('"', " "))
    words = f" {indexed(text)} "
    for terms in phrases:
        assert all(f" {term} " in words for term in terms)


def test_nothing_to_look_for_finds_nothing(desk: Desk) -> None:
    desk.tell("خبر أول", "نص.")
    filled(desk.store)
    assert found(desk, " … ") == []
    assert to_fts(asked('"a b" c')) == '"a b" AND "c"'
    assert snippet("Title", "", [["title"]]) == "Title"
    assert snippet("Title", "x" * 999, [["y"]]).endswith("…")
