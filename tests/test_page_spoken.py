"""`web.page.spoken`: what the ledger says of a verdict has Arabic words."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alert import decide
from monitor.alert.hold import Hold
from monitor.story import place
from monitor.story.match import judge
from monitor.story.profile import learn
from monitor.story.turning import turning
from monitor.timing import outcome_of
from monitor.web.page.spoken import spoken
from tests.labelled import STORY, learnt, shipped, stream
from tests.stored import Desk

ARABIC = re.compile("[\u0600-\u06ff]")


def known(text: str) -> bool:
    """Whether it has Arabic words, and nothing of the English is left but names and figures."""
    said = spoken(text, "ar")
    assert spoken(text, "en").text == " ".join(text.split())
    return bool(ARABIC.match(said.text)) and said.lang == "ar"


def test_each_rule_of_places_is_known() -> None:
    """Every place that the matcher can name, from its source."""
    tree = ast.parse(Path(place.__file__).read_text())
    named = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rules = {text for text in named if re.match(r"in (the|a|one|passing)\b[^.]*$", text)}
    assert len(rules) >= 9
    assert [text for text in sorted(rules) if not known(text)] == []


@pytest.mark.parametrize("general", [False, True])
def test_all_that_verdicts_say_of_a_stream_is_known(general: bool) -> None:
    profile = learn(STORY, shipped()[:1]) if general else learnt()
    said = set()
    for row in stream()[:80]:
        match = judge(profile, title=row["title"], text=row["text"], language=row["lang"])
        reasons = [
            {"kind": each.kind, "text": each.text, "weight": each.weight} for each in match.reasons
        ]
        said |= {match.rule, *(each["text"] for each in reasons if each["kind"] == "missing")}
        said.update(turning(match.band, match.score, match.threshold, reasons))
    assert len(said) > 20
    assert [text for text in sorted(said) if not known(text)] == []


def test_all_that_became_of_a_stream_is_known() -> None:
    desk = Desk()
    desk.tell_all(stream()[:60])
    told = {text for (text,) in desk.store.db.conn.execute("select distinct told from rulings")}
    assert len(told) > 3
    assert [text for text in sorted(told) if not known(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        decide.MUTED,
        decide.OFF,
        "band maybe",
        f"{decide.KNOWN}: a copy",
        f"{decide.TOLD}: an update",
        "no channel wants it",
        "baseline",
        f"older than {decide._hours(timedelta(days=2))} by its own date",
        f"older than {decide._hours(timedelta(days=2))} by the date in its address",
        "ruled out by its headline; not compared for copies",
        "one post of 12: in the lead, and the story's own names, and the seeds' words",
        "named: who, with",
        "only what is named",
        "a word that the story excludes",
        "nothing of the story is named",
        *(
            outcome_of({"hook": Hold(reason=reason), "mail": Hold(reason="quiet")}, "alerted", channels)
            for reason in ("quiet", "ceiling", "away", "unread", "digest", "flood")
            for channels in (("hook", "mail"), ("hook", "mail", "chat"))
        ),
        outcome_of({"hook": Hold(reason="flood")}, "alerted", ("hook",)),
        *turning("off", 0.1, 0.5, [{"kind": "excluded", "text": "football", "weight": 0},
                                   {"kind": "label", "text": "like one that you labelled no: كرة", "weight": -0.2},
                                   {"kind": "meaning", "text": "near", "weight": 0.1}]),
        *turning("off", 0.0, 0.5, []),
    ],
)  # fmt: skip
def test_what_is_rare_is_known(text: str) -> None:
    assert known(text)


@pytest.mark.parametrize("text", ["", "something new", "held: for tea", "who: never heard of", "one post of 2: x", "x" * 5000, "in the lead, and x"])  # fmt: skip
def test_what_is_not_known_stays_english_and_says_so(text: str) -> None:
    said = spoken(text, "ar")
    assert (said.text, said.lang, said.dir) == (text, "en", "ltr")


def test_names_and_figures_stay() -> None:
    said = spoken("0.31 less, and it would have been maybe", "ar").text
    assert "0.31" in said
    turn = turning("off", 0.1, 0.5, [{"kind": "excluded", "text": "{0} كرة", "weight": 0}])[1]
    assert "{0} كرة" in spoken(turn, "ar").text
