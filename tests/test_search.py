"""Search over the stored articles: spellings, phrases, small steps, hostile questions."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.searching import fill, search, snippet
from monitor.store import schema
from monitor.store.store import Store
from monitor.story.profile import Profile
from monitor.text.terms import asked, indexed, to_fts
from tests.stored import Desk, learnt

CASES = json.loads((Path(__file__).parent / "data/search/cases.json").read_text("utf-8"))


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


def test_articles_of_an_older_database_wait_to_be_filled_in(tmp_path: Path) -> None:
    """What the migration does to a store that has articles already."""
    path = tmp_path / "monitor.db"
    desk = Desk(Store.open(path))
    article = desk.tell("خبر أول", "نص.").article_id
    with desk.store.transaction():
        desk.store.db.execute("drop table found")
        desk.store.db.execute("drop table unsearched")
        desk.store.db.execute("drop table searched")
        desk.store.db.execute("delete from _sqlite_migrations where name in ('search', 'searched')")
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
    with desk.store.transaction():
        for table in ("found", "unsearched", "searched"):
            desk.store.db.execute(f"drop table {table}")
        desk.store.db.execute("delete from _sqlite_migrations where name in ('search', 'searched')")
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
        desk.store.db.execute("insert into unsearched select article_id from searched")
    filled(desk.store)
    db = desk.store.db
    assert db["searched"].count == 0
    db.execute("insert into found (found) values ('integrity-check')")
    db.execute("create virtual table temp.terms using fts5vocab(main, found, row)")
    assert list(db.execute("select term from terms")) == []


@pytest.fixture(scope="module")
def empty():
    store = Store.memory()
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
