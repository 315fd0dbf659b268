"""How developments are grouped on the labelled stream; `pytest -s` shows the figures.

dev.jsonl was developed on and its words are in the lists, so these are floors against
going back and no promise for other texts. The halves are the developments of odd and of
even number, in order of opening; the weights were fitted on either half and hold on both.
"""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import md5

import pytest

from monitor.cli.stream import Stream
from monitor.story import acts, news_words
from monitor.story.developments import place
from monitor.story.facts import facts
from monitor.story.grouping import Development
from monitor.story.lexicon import Lexicon
from monitor.story.measures import alerts, b_cubed, b_cubed_across
from monitor.story.profile import Profile
from monitor.story.spelling import spelt
from tests import labelled

Answered = list[tuple[dict, dict]]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return labelled.learnt()


def answered(profile: Profile, name: str) -> Answered:
    stream = Stream(profile, timedelta(days=14))
    rows = labelled.stream(name)
    return [(row, stream.judge(row)) for row in rows]


@pytest.fixture(scope="module")
def stream(profile: Profile) -> Answered:
    return answered(profile, "dev.jsonl")


def group(row: dict, answer: dict) -> str:
    return answer["development"] or f"alone {row['id']}"


def half(stream: Answered, part: str) -> Answered:
    """The rows labelled *on* whose development has an odd or even number, or all."""
    on = [pair for pair in stream if pair[0]["band"] == "on"]
    order = {name: n for n, name in enumerate(dict.fromkeys(r["development"] for r, _ in on), 1)}
    wanted = {"all": {0, 1}, "odd": {1}, "even": {0}}[part]
    return [pair for pair in on if order[pair[0]["development"]] % 2 in wanted]


def figures(part: Answered) -> dict[str, float]:
    told, missed = alerts(
        [(row["development"], a["band"] == "on" and a["relation"] == "new") for row, a in part]
    )
    precision, recall, f1 = b_cubed([(row["development"], group(row, a)) for row, a in part])
    confused = Counter((row["relation"], a["relation"]) for row, a in part)
    return {
        "articles": len(part),
        "B-cubed precision": precision,
        "B-cubed recall": recall,
        "B-cubed F1": f1,
        "across languages": b_cubed_across(
            [(row["development"], group(row, a), row["lang"]) for row, a in part]
        ),
        "alerts a development": told,
        "missed": missed,
        "relation right": sum(n for (a, b), n in confused.items() if a == b) / len(part),
        "updates called repeat": confused["update", "repeat"],
        "repeats called update": confused["repeat", "update"],
    }


@pytest.mark.parametrize("part", ["all", "odd", "even"])
def test_figures(stream: Answered, part: str) -> None:
    found = figures(half(stream, part))
    print(f"\n{part}:", ", ".join(f"{name} {value:.3g}" for name, value in found.items()))
    assert found["B-cubed F1"] >= 0.94
    assert found["across languages"] >= 0.92
    assert found["alerts a development"] <= 1.15
    assert found["missed"] == 0
    assert found["relation right"] >= 0.875
    assert found["updates called repeat"] <= 3


def fewer_words(draw: int) -> tuple[Mapping[str, news_words.Word], Lexicon]:
    """The list of acts without two fifths of its spellings."""
    words, _ = news_words.shipped()
    chance = random.Random(draw)
    text = (labelled.ROOT / "monitor" / "story" / "acts.txt").read_text("utf-8")
    spellings: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line[1:].partition("]")[0]
            spellings[name] = []
        elif line and not line.startswith("#"):
            spellings[name] += [
                spelt(each.strip(), line.partition(":")[0])
                for each in line.partition(":")[2].split("|")
                if words[name].kind != "act" or chance.random() > 0.4
            ]
    return words, Lexicon(spellings)


def test_it_does_not_hang_on_single_words(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two fifths of the spellings of acts withheld, as other events would find it.

    The mean of three draws: which words a draw withholds changes with every new spelling.
    """
    draws = [fewer_words(draw) for draw in (1, 2, 3)]
    found: Counter[str] = Counter()
    for fewer in draws:
        monkeypatch.setattr(acts, "shipped", lambda fewer=fewer: fewer)
        part = figures(half(answered(profile, "dev.jsonl"), "all"))
        found.update({name: value / len(draws) for name, value in part.items()})
    print(f"\nfewer words: {dict(found)}")
    assert found["B-cubed F1"] >= 0.93
    assert found["across languages"] >= 0.9
    assert found["alerts a development"] <= 1.2
    assert found["missed"] <= 0.02


@pytest.mark.parametrize("name", ["second.jsonl", "../story/variants.jsonl"])
def test_figures_of_the_sets_learnt_from(profile: Profile, name: str) -> None:
    found = figures(half(answered(profile, name), "all"))
    print(f"\n{name}:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed F1"] >= 0.96
    assert found["across languages"] >= 0.94
    assert found["alerts a development"] <= 1.15
    assert found["missed"] <= 0.025


@pytest.mark.parametrize("name", ["third.jsonl", "../story/variants-4.jsonl"])
def test_figures_of_a_dense_stream_learnt_from(profile: Profile, name: str) -> None:
    found = figures(half(answered(profile, name), "all"))
    print(f"\n{name}:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed precision"] >= 0.98
    assert found["B-cubed F1"] >= 0.93
    assert found["across languages"] >= 0.9
    assert found["alerts a development"] <= 1.2
    assert found["missed"] <= 0.025


def test_figures_of_events_that_were_not_learnt_from(profile: Profile) -> None:
    """Ten events, written after the words for acts were."""
    found = figures(half(answered(profile, "../story/variants-3.jsonl"), "all"))
    print("\nnot learnt from:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed F1"] >= 0.94
    assert found["across languages"] >= 0.92
    assert found["alerts a development"] <= 1.1
    assert found["missed"] == 0


@pytest.mark.parametrize("minutes", [20, 120])
def test_events_of_a_busy_day_are_not_silenced(profile: Profile, minutes: int) -> None:
    """The first reports of forty events of half a year, as though all came within a day or three.

    An event that joins another is told as its update where it says something new; what is
    counted here are those called a repeat, which nobody would hear of.
    """
    rows = labelled.stream()
    firsts = [row for row in rows if row["band"] == "on" and row["relation"] == "new"][:40]
    known: dict[int, Development] = {}
    now, silenced = datetime(2026, 12, 1, tzinfo=UTC), 0
    for number, row in enumerate(firsts, 1):
        now += timedelta(minutes=minutes)
        own = facts(profile, title=row["title"], text=row["text"], language=row["lang"])
        placed = place(
            number, own, [*known.values()], now, closes_after=timedelta(hours=72), sure=True
        )
        known[placed.development.id] = placed.development
        silenced += placed.relation.relation == "repeat" and placed.relation.sure
    print(f"\n{minutes} minutes apart: {len(known)} developments, {silenced} silenced")
    assert len(firsts) == 40
    assert silenced <= 6


def test_figures_of_a_stream_of_which_half_was_learnt_from(profile: Profile) -> None:
    """The developments of the odd half were read when they had been scored, the even ones much later."""
    pairs = [pair for pair in answered(profile, "fifth.jsonl") if pair[0]["band"] == "on"]
    for part, missed in {"odd": 0.075, "even": 0}.items():
        found = figures([pair for pair in pairs if _half(pair[0]["development"]) == part])
        print(f"\nfifth.jsonl, {part}:", ", ".join(f"{k} {v:.3g}" for k, v in found.items()))
        assert found["B-cubed precision"] >= 0.97, part
        assert found["B-cubed F1"] >= 0.9, part
        assert found["across languages"] >= 0.85, part
        assert found["alerts a development"] <= 1.2, part
        assert found["missed"] <= missed, part


@pytest.mark.parametrize(
    ("name", "missed", "silent", "loud"), [("sixth.jsonl", 0, 1, 1), ("seventh.jsonl", 0.05, 0, 4)]
)
def test_figures_of_the_half_of_a_stream_that_was_learnt_from(
    profile: Profile, name: str, missed: float, silent: int, loud: int
) -> None:
    """Other hands' events, read after they had been scored; their other half is held out."""
    found = figures(half(answered(profile, name), "all"))
    print(f"\n{name}:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed precision"] >= 0.98
    assert found["B-cubed F1"] >= 0.935
    assert found["across languages"] >= 0.895
    assert found["alerts a development"] <= 1.3
    assert found["missed"] <= missed
    assert found["updates called repeat"] <= silent
    assert found["repeats called update"] <= loud


def test_figures_of_a_stream_of_long_articles_that_was_read(profile: Profile) -> None:
    """Near to real articles, whose hand wrote them without sight of the lists."""
    found = figures(half(answered(profile, "eleventh.jsonl"), "all"))
    print("\neleventh.jsonl:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed precision"] >= 0.98
    assert found["B-cubed F1"] >= 0.9
    assert found["across languages"] >= 0.8
    assert found["alerts a development"] <= 1.3
    assert found["missed"] <= 0.032


def test_figures_of_a_stream_of_many_genres_that_was_read(profile: Profile) -> None:
    """What is grouped of a page of many is its item."""
    found = figures(half(answered(profile, "twelfth.jsonl"), "all"))
    print("\ntwelfth.jsonl:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed precision"] >= 0.98
    assert found["B-cubed F1"] >= 0.86
    assert found["across languages"] >= 0.79
    assert found["alerts a development"] <= 1.35
    assert found["missed"] == 0


def _half(development: str) -> str:
    return "odd" if md5(development.encode(), usedforsecurity=False).digest()[-1] % 2 else "even"


@pytest.mark.parametrize(
    ("name", "pure", "least", "missed"),
    [
        ("fourth.jsonl", 0.97, 0.81, 0.06),
        ("held-out-sixth.jsonl", 0.97, 0.9, 0.07),
        ("held-out-seventh.jsonl", 0.97, 0.925, 0.03),
        ("held-out-ninth.jsonl", 0.96, 0.885, 0.03),
        ("held-out-twelfth.jsonl", 0.98, 0.84, 0.25),
        # Its errors were not read, but whose hand it is changed the grouping.
        ("tenth.jsonl", 0.94, 0.9, 0.06),
    ],
)
def test_figures_of_the_held_out_streams(
    profile: Profile, name: str, pure: float, least: float, missed: float
) -> None:
    """Scored, never read or tuned on; docs/story.md says how far this is from good enough."""
    found = figures(half(answered(profile, name), "all"))
    print(f"\n{name}:", ", ".join(f"{key} {value:.3g}" for key, value in found.items()))
    assert found["B-cubed precision"] >= pure
    assert found["B-cubed F1"] >= least
    assert found["missed"] <= missed


def test_a_maybe_opens_nothing(stream: Answered) -> None:
    opened = {answer["development"] for _, answer in stream} - {None}
    bands = {row["id"]: answer["band"] for row, answer in stream}
    assert {bands[name] for name in opened} == {"on"}


def test_what_is_off_has_no_development(stream: Answered) -> None:
    assert all(a["development"] is None for _, a in stream if a["band"] == "off")


def test_an_update_names_sentences_of_its_own(stream: Answered) -> None:
    updates = [(row, answer) for row, answer in stream if answer["relation"] == "update"]
    assert len(updates) >= 13
    for row, answer in updates:
        assert answer["new_facts"]
        assert all(fact in f"{row['title']}\n{row['text']}" for fact in answer["new_facts"])


def test_the_twelve_headlines(profile: Profile) -> None:
    wrong = {
        row["id"]: answer
        for row, answer in answered(profile, "twelve.jsonl")
        if (row["relation"] or "new", row["of"], row["development"], row["band"])
        != (answer["relation"], answer["original"], answer["development"], answer["band"])
    }
    assert wrong == {}


@pytest.mark.parametrize("name", ["second.jsonl", "third.jsonl"])
def test_grouping_spares_alerts_and_loses_no_event(profile: Profile, name: str) -> None:
    """On two streams learnt from: an event grouped wrongly still brings its news."""
    reports: dict[str, list[tuple[str, bool]]] = {}
    rows = labelled.stream(name)
    stream = Stream(profile, timedelta(days=14))
    for row in rows:
        answer = stream.judge(row)
        if row["band"] == answer["band"] == "on":
            doubtful = answer["relation"] == "repeat" and not stream.sure
            reports.setdefault(row["development"], []).append((answer["relation"], doubtful))
    every = [each for of in reports.values() for each in of]
    for wanted in ({"new"}, {"new", "update"}):
        told = sum(relation in wanted or doubtful for relation, doubtful in every)
        lost = sum(not any(r in wanted or d for r, d in of) for of in reports.values())
        print(f"\n{name}: {len(reports)} events, {sorted(wanted)}: {told} alerts, {lost} lost")
        assert told <= 2.2 * len(reports)
        assert lost <= (0 if "update" in wanted else 1)
    whole = sum(relation not in {"copy", "revision"} for relation, _ in every)
    print(f"{name}: {whole} alerts without grouping")
