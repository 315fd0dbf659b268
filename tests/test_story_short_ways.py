"""The short ways by which a story is judged: each gives what the plain way gives (`plain_story.py`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Corrections, Entry, Seed, Story
from monitor.story import background, look, main_text, match, passages, reading, reasons, vector
from monitor.story.background import marks
from monitor.story.concepts import shipped
from monitor.story.glance import Glanced, Glancer
from monitor.story.lexicon import Lexicon
from monitor.story.news_words import shipped as news_words
from monitor.story.openers import Openers
from monitor.story.openings import Openings
from monitor.story.profile import Profile, learn
from monitor.story.tokens import tokens
from monitor.story.vector import Likeness
from monitor.story.vocabulary import Vocabulary, common
from monitor.text.arabic import fold
from monitor.text.memory import LETTERS, Memory, Sentences
from monitor.text.words import sentences, words
from tests import labelled, plain_story

DATA = Path(__file__).parent / "data"
STREAMS = ("story-stream/dev", "story-stream/second", "story-stream/third", "story/variants", "story/variants-2", "story/variants-4", "story/floods-cases", "story/words-cases", "story/traps", "story/second-story/stream")  # fmt: skip


def rows(name: str) -> list[labelled.Row]:
    return labelled.rows(DATA / f"{name}.jsonl")


@cache
def all_rows() -> list[dict]:
    return [row for name in STREAMS for row in rows(name) if row.get("title")]


@cache
def stories() -> dict[str, Profile]:
    story = Story(name="story", title="Story", seeds=DATA)
    own = Corrections(
        aliases={"who": ("Choson", "جوسون", "朝鲜军", "손"), "what": ("museum*", "كورسك", "~men")},
        any=("kursk", "روسيا*"),
        exclude=("كرة القدم",),
    )
    told = {
        "floods": "story/floods-seeds",
        "cheese": "story/words-seeds",
        "mine": "story/second-story/seeds",
    }
    return {
        "soldiers": learn(story, labelled.shipped()),
        "own words": learn(replace(story, corrections=own), labelled.shipped()),
        **{name: learn(story, [Seed(**row) for row in rows(path)]) for name, path in told.items()},
    }


@cache
def many() -> dict[str, Profile]:
    """Those, and others beside them: with words, groups and requirements of their own, one without any."""
    own = {
        "required": Corrections(require=("who", "كورسك")),
        "any": Corrections(require=("who", "near"), any=("موسكو", "moscow*")),
        "not": Corrections(require=("what", "with"), exclude=("museum*", "朝鲜军")),
        "group": Corrections(require=("place", "what"), aliases={"place": ("Pyongyang", "손", "平壤", "ال*")}),
        "glued": Corrections(aliases={"who": ("북한군", "朝", "鲜军", "~men", "KN 정은")}, require=("who",)),
        "phrases": Corrections(aliases={"who": ("United Nations", "مجلس الأمن", "صنعاء")}),
    }  # fmt: skip
    story = Story(name="story", title="Story", seeds=DATA)
    return {
        **stories(),
        **{
            name: learn(replace(story, corrections=each), labelled.shipped())
            for name, each in own.items()
        },
        "nothing": learn(story, []),
    }


def spellings() -> st.SearchStrategy[str]:
    own = ("Choson", "朝鲜军", "손")
    return st.sampled_from(
        sorted(each.strip("~*") for written in (*shipped()[1].values(), own) for each in written)
    )


PIECES = (
    *(" ", " ", "\n", ". ", "، ", ":", "'s", "’s ", "و", "ال", "بال", "لل", "ה", "ב", "에서", "军", "-", "US ", "us ", "U.S. "),
    *(" from ", " of ", " من ", "1953", "١٩٥٠", "①⑨⑥①", "12,000 ", "ـ", "ً", "\u0301", "\u200f", "　", "\xa0", "¨", "कि", "troops ", "soldats "),
    *("。", "！」", "No. ", "J. ", "e.g. ", '."', "3. ", "?", "…", "\r\n", "14:05 "),
    *("北", " 北 ", "美", "南", "에서는", " 的", "は", ' ארה"ב ', "ארה״ב", '"ב', " seul ", " kirim ", " yang ", " el ", " la "),
)  # fmt: skip
# Texts of known spellings in pieces and whole, and of whatever parts them.
MADE = st.lists(
    st.one_of(st.sampled_from(PIECES), st.deferred(spellings), st.text(max_size=4)), max_size=14
).map("".join)
TEXTS = st.one_of(MADE, st.text(max_size=60))
EVERY = settings(max_examples=150, deadline=None)


class TestWords:
    @EVERY
    @given(TEXTS)
    def test_a_text_is_cut_as_its_pieces_are(self, text: str) -> None:
        assert words(text) == plain_story.words(text)
        assert tokens(text) == plain_story.tokens(text)
        assert tokens(text) == [token for piece in text.split() for token in tokens(piece)]

    @EVERY
    @given(TEXTS)
    def test_sentences(self, text: str) -> None:
        assert sentences(text) == plain_story.sentences(text)

    def test_every_letter_stands_for_itself(self) -> None:
        """No letter is folded otherwise for standing beside a space, in a text of others."""
        for start in (*range(0, 0x3100, 64), *range(0xF900, 0x10000, 64)):
            letters = " ".join(map(chr, range(start, start + 64)))
            assert words(letters) == plain_story.words(letters)

    def test_numerals_beyond_digits_are_known(self) -> None:
        for letter in map(chr, range(0x20000)):
            if unicodedata.category(letter)[0] in "NSP" and not {"1", "9"}.isdisjoint(fold(letter)):
                assert reading._NUMERAL.match(letter), letter

    @EVERY
    @given(st.text("01923 .,aé", max_size=14))
    def test_figures_and_years(self, text: str) -> None:
        for name in ("_FIGURE", "_LAST_CENTURY"):
            found = getattr(reading, name).search(text)
            assert (found is None) == (getattr(plain_story, name).search(text) is None), name


class TestMemory:
    def test_it_gives_what_the_work_gives_and_is_bounded(self) -> None:
        asked: list[str] = []

        def work(word: str) -> int:
            asked.append(word)
            return len(word)

        memory = Memory(work, most=4)
        for number in range(40):
            assert memory[f"{'a' * (number % 11)}"] == number % 11
            assert memory["kept"] == 4
            assert len(memory) + len(memory._before) <= 8
        assert asked.count("kept") == 1

    def test_what_does_not_come_back_is_not_kept(self) -> None:
        memory = Memory(len, most=4)
        assert memory["一" * 100] == 100
        assert not memory


class TestSentences:
    def test_it_is_worked_out_once_and_bounded_by_letters(self) -> None:
        worked: list[str] = []

        def work(text: str) -> int:
            worked.append(text)
            return len(text)

        remembered = Sentences(work, letters=100)
        for text in ("a" * 40, "b" * 40, "a" * 40):
            assert remembered[text] == 40
        assert worked == ["a" * 40, "b" * 40]
        for number in range(50):
            assert remembered[f"{number:030}"] == 30
            assert sum(map(len, remembered)) <= 100
        assert remembered["c" * 500] == 500
        assert len(remembered) == 1, "one that is too long is there for the next story"

    def test_articles_without_full_stops_do_not_pile_up(self) -> None:
        """A thousand of them were remembered: two gigabytes."""
        vocabulary = Vocabulary(*shipped())
        for number in range(8):
            vocabulary.read(f"{number} " + "kursk seoul " * 5_000)
        assert sum(map(len, vocabulary._read)) <= LETTERS
        assert sum(map(len, vocabulary.lexicon._found)) <= LETTERS

    def test_nor_do_they_where_a_sentence_is_asked_for_by_itself(self) -> None:
        for number in range(4):
            text = f"{number} in 1950 " + "12,000 Kursk men " * 9_000
            assert background.marks(text)
            assert reasons._lowered(text) == text.lower()
            assert len(reasons._spelt(text)[0]) == 18_001
        for held in (reasons._lowered, reasons._spelt):
            assert 0 < sum(map(len, held.__self__)) <= LETTERS
        assert 0 < sum(map(len, background._MARKS)) <= LETTERS


OWN = {"own": ("Choson", "~men", "朝鲜军", "손", "North Korea Choson", "كوريا الشمالية و", "troops*", "kim")}  # fmt: skip


@cache
def lexicon(name: str) -> Lexicon:
    """Of the shipped words, of those and our own, and of our own upon the shipped."""
    if name == "upon":
        return Lexicon(OWN, lexicon("base"))
    return Lexicon({**shipped()[1], **(OWN if name == "all" else {})})


@cache
def openers() -> Openers:
    return Openers({**shipped()[1], **OWN})


class TestLexicon:
    def same(self, lexicon: Lexicon, text: str) -> None:
        assert lexicon.find(text) == plain_story.find(lexicon, text)
        assert lexicon.begins(text) == plain_story.begins(lexicon, text)

    @EVERY
    @given(TEXTS)
    def test_made_texts(self, text: str) -> None:
        self.same(lexicon("whole"), text)
        self.same(news_words()[1], text)
        self.same(stories()["soldiers"].openers, text)

    @EVERY
    @given(TEXTS)
    def test_words_of_a_storys_own(self, text: str) -> None:
        """What is shared is what the story's own lexicon would have found, and who owns it."""
        for profile in stories().values():
            mentions = plain_story.find(profile.lexicon, text)
            found = profile.vocabulary.read(text)
            plain = plain_story.read(profile.concepts, mentions)
            assert (found.mentions, found.owned) == (plain.mentions, plain.owned)
            for at in range(len(mentions)):
                assert found.owners.get(at, frozenset()) == plain.owners[at]
                assert found.whose.get(at, frozenset()) == plain.whose[at]

    @EVERY
    @given(st.one_of(TEXTS, st.lists(st.sampled_from(OWN["own"])).map(" ".join)))
    def test_a_lexicon_upon_another(self, text: str) -> None:
        """It finds what one of all spellings does, and the one below finds what it did."""
        assert lexicon("upon").find(text) == lexicon("all").find(text)
        assert lexicon("upon").begins(text) == lexicon("all").begins(text)
        assert lexicon("base").find(text) == lexicon("whole").find(text)

    @EVERY
    @given(st.one_of(TEXTS, st.lists(st.sampled_from(OWN["own"])).map(" ".join)))
    def test_first_words_alone(self, text: str) -> None:
        """They begin what whole spellings do."""
        assert openers().begins(text) == lexicon("all").begins(text)

    def test_what_is_upon_another_holds_its_own_alone(self) -> None:
        below, upon = lexicon("base").tree(), lexicon("upon").tree()
        assert len(below.root.below) > 10_000
        assert len(upon.root.below) <= len(OWN["own"])
        assert len(upon.exact | upon.stars | upon.solid) <= 2 * len(OWN["own"])

    def test_the_shipped_words_are_compiled_once(self) -> None:
        assert stories()["soldiers"].vocabulary is common()
        assert stories()["own words"].vocabulary is not common()


class TestParts:
    @EVERY
    @given(TEXTS, st.sampled_from(("ar", "fa", "en", "tr", "ko", "xx", None)))
    def test_words_weighed(self, text: str, language: str | None) -> None:
        short, plain = vector.vector(text, language), plain_story.weighed(text, language)
        assert short == pytest.approx(plain)
        examples = [(each.words, each.concepts) for each in stories()["soldiers"].exemplars]
        own = {**short, **dict(list(examples[0][0].items())[:9])}, examples[1][1]
        assert Likeness(examples).of(*own) == pytest.approx(plain_story.likeness(examples, own))

    @EVERY
    @given(TEXTS)
    def test_the_words_of_a_quotation(self, text: str) -> None:
        tokens, spans = reasons._words(text)
        assert tokens[: len(spans)] == [fold(text[first:end]) for first, end in spans]
        assert [text[first:end] for first, end in spans] == reasons._WORD.findall(text)

    @EVERY
    @given(TEXTS)
    def test_marks(self, text: str) -> None:
        assert background.marks(text) == plain_story.marks(text)

    @EVERY
    @given(TEXTS)
    def test_what_a_sentence_shows(self, text: str) -> None:
        """One story after the other, so that what the first left behind serves the next."""
        for profile in many().values():
            plain = plain_story.sentence(profile, text)
            assert passages.signs(profile, text) == plain.signs
            (*found,) = passages.read(profile, text.replace("\n", " "), "")
            plain = plain_story.article(profile, text.replace("\n", " "), "")
            for short, each in zip(found, plain, strict=True):
                assert short.mentions == each.mentions
                assert (short.kept.sure, short.kept.named) == (each.kept.sure, each.kept.named)

    @EVERY
    @given(MADE, st.lists(MADE, max_size=5).map("\n".join))
    def test_an_article_for_all_stories(self, title: str, text: str) -> None:
        for profile in many().values():
            found = passages.read(profile, title, text)
            plain = plain_story.article(profile, title, text)
            assert [each[:4] for each in found] == [each[:4] for each in plain]


@cache
def glancer() -> Glancer:
    return Glancer(many())


@cache
def grouped() -> dict[str, Profile]:
    return {name: each for name, each in many().items() if len(each.required) > 1}


@cache
def by_groups() -> Glancer:
    """Where no story is told by its names, most words are let go by their first letters."""
    return Glancer(grouped())


class TestGlancer:
    def same(self, entry: Entry, language: str | None = None) -> None:
        assert glancer().glance(entry, language) == plain_story.glanced(many(), entry, language)
        assert by_groups().glance(entry, language) == plain_story.glanced(
            grouped(), entry, language
        )

    @EVERY
    @given(MADE, TEXTS, st.sampled_from(("ar", "en", "ko", None)))
    def test_made_texts(self, title: str, summary: str, language: str | None) -> None:
        self.same(Entry(url="https://example.org/", title=title, summary=summary), language)

    def test_entries_of_the_streams(self) -> None:
        opened = set[str]()
        for row in (*all_rows()[::11], *rows("story/floods-cases")[::6]):
            entry = Entry(
                url="https://example.org/",
                title=row["title"],
                summary=row["text"][: 200 if len(row["title"]) % 2 else 0],
                language=row.get("lang"),
            )
            self.same(entry)
            opened |= {each.story for each in glancer().glance(entry, None).matches if each.score}
        assert opened == set(many()) - {"nothing"}

    @EVERY
    @given(st.lists(st.tuples(MADE, TEXTS), max_size=30), st.sampled_from(("ar", "ko", None)))
    def test_many_at_once(self, said: list[tuple[str, str]], language: str | None) -> None:
        entries = [Entry(url="https://a.example/", title=one, summary=other) for one, other in said]
        for stories_, glancer_ in ((many(), glancer()), (grouped(), by_groups())):
            assert list(glancer_.glances(entries, language)) == [
                plain_story.glanced(stories_, entry, language) for entry in entries
            ]

    def test_many_words_that_open_a_spelling(self) -> None:
        words = sorted(stories()["soldiers"].openers.firsts)
        texts = [" ".join(word.strip("*") for word in words[at::40]) for at in range(40)]
        texts += ["nothing of it", "", *(f"({word})" for word in words[:3])]
        openings = Openings({0: stories()["soldiers"].openers}, {})
        for _ in range(2):
            assert openings.of_each(texts) == [Openings.of(openings, text) for text in texts]
            assert openings.of_each(texts) == [
                plain_story.begins(stories()["soldiers"].openers, text) for text in texts
            ]

    def test_a_word_with_particles_alone(self) -> None:
        lexicon = stories()["soldiers"].openers
        openings = Openings({0: lexicon}, {})
        attached = ("", "و", "ال", "وال", "بال", "ل", "فلل", "كال", "ולה", "ו", "ב", "x", "١")
        for word in sorted(lexicon.firsts)[::9]:
            for one in attached:
                for text in (f"{one}{word.strip('*')}", f"«{one}{word.strip('*')}s»"):
                    assert openings.of(text) == plain_story.begins(lexicon, text), text

    def test_an_entry_without_words(self) -> None:
        self.same(Entry(url="https://example.org/"))

    def test_without_stories(self) -> None:
        entry = Entry(url="https://example.org/", title="North Korea", summary="")
        assert Glancer({}).glance(entry, None) == Glanced(matches=(), score=0.0, wanted=False)

    def test_what_is_learnt_anew_is_seen(self) -> None:
        known = {"story": stories()["soldiers"]}
        glancer = Glancer(known)
        entry = Entry(url="https://example.org/", title="The museum of cheese", summary="")
        before = glancer.glance(entry, None)
        known["story"] = many()["cheese"]
        after = glancer.glance(entry, None)
        assert before != after == plain_story.glanced(known, entry, None)
        known["other"] = stories()["soldiers"]
        assert glancer.glance(entry, None) == plain_story.glanced(known, entry, None)


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever has a short way goes the plain one."""

    def read(self: Vocabulary, sentence: str) -> object:
        return plain_story.read(self.concepts, plain_story.find(self.lexicon, sentence))

    def find(self: Lexicon, sentence: str) -> object:
        return plain_story.find(self, sentence)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vocabulary, "read", read)
        patch.setattr(Lexicon, "find", find)
        patch.setattr(Lexicon, "begins", plain_story.begins)
        patch.setattr(main_text, "sentences", plain_story.sentences)
        patch.setattr(match, "read", plain_story.article)
        patch.setattr(look, "signs", lambda *asked: plain_story.sentence(*asked).signs)
        patch.setattr(background, "marks", plain_story.marks)
        patch.setattr(match, "bag", plain_story.bag)
        patch.setattr(look, "vector", plain_story.weighed)
        patch.setattr(match, "_best", plain_story.best)
        main_text.main_text.cache_clear()
        yield
        main_text.main_text.cache_clear()


def check(row: dict, *, background: frozenset[int] = frozenset()) -> frozenset[int]:
    """That a row is judged alike by every story; the marks that it leaves."""
    left: frozenset[int] = frozenset()
    for name, profile in stories().items():
        given = {"title": row["title"], "language": row.get("lang")}

        def ask(profile: Profile = profile, given: dict = given) -> tuple[object, object]:
            judged = match.judge(profile, text=row["text"], background=background, **given)
            return judged, look.glance(profile, summary=row["text"][:200], **given)

        short = ask()
        with plainly():
            plain = ask()
        assert rounded(short) == rounded(plain), (name, row["title"])
        left |= {mark for sentence in short[0].stood for mark in marks(sentence)}
    return left


def rounded(found: object) -> object:
    """Sums of the same weights in another order may differ in the last digit kept."""
    if isinstance(found, float):
        return pytest.approx(found, abs=1.1e-4)
    if isinstance(found, tuple):
        return tuple(map(rounded, found))
    if hasattr(found, "__dataclass_fields__"):
        return {name: rounded(getattr(found, name)) for name in found.__dataclass_fields__}
    return found


def test_verdicts_of_some_articles() -> None:
    known: frozenset[int] = frozenset()
    for row in all_rows()[::29]:
        known |= check(row, background=known)


@pytest.mark.slow
def test_verdicts_of_all_streams() -> None:
    for row in all_rows():
        check(row)


@settings(max_examples=40, deadline=None)
@given(MADE, st.lists(MADE, max_size=5).map("\n".join))
def test_verdicts_of_made_texts(title: str, text: str) -> None:
    check({"title": title, "text": text, "lang": "ar"})
