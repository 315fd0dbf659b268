"""What became of an article's text: cases from tests/data/changed (synthetic), and properties."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Telling
from monitor.story.changed import changed
from tests.labelled import learnt

FOLDER = Path(__file__).parent / "data" / "changed"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", CASES)
def test_a_case(name: str) -> None:
    case = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    found = changed(learnt(), Telling(**case["before"]), Telling(**case["after"]))
    got = {
        key: list(value) if isinstance(value := getattr(found, key), tuple) else value
        for key in case["want"]
    }
    assert got == case["want"], found


def test_what_weighs_nothing_is_not_weighty() -> None:
    for name in CASES:
        case = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        found = changed(learnt(), Telling(**case["before"]), Telling(**case["after"]))
        assert found.weighty == bool(found.weights)
        if found.kind in {"unchanged", "unreadable"}:
            assert (found.weights, found.went, found.came, found.headline) == ((), (), (), False)


SENTENCES = [
    sentence
    for name in CASES[::4]
    for sentence in json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["before"][
        "text"
    ].split("\n\n")
]


@given(
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=60)), max_size=8),
    st.text(max_size=80),
)
@settings(max_examples=60, deadline=None)
def test_a_text_is_never_changed_beside_itself(sentences: list[str], title: str) -> None:
    told = Telling(title=title, text="\n\n".join(sentences))
    assert changed(learnt(), told, told).kind == "unchanged"


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6),
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=60)), max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_what_went_stood_there_and_what_came_stands_there(old: list[str], new: list[str]) -> None:
    before, after = (Telling(title="A headline", text="\n\n".join(each)) for each in (old, new))
    found = changed(learnt(), before, after)
    assert all(one in before.text for one in found.went)
    assert all(one in after.text for one in found.came)
    assert not set(found.went) & set(found.came)
