"""An edited copy in which one fact is changed by code is news: each edited copy, each change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.fold.fold import fold
from tests.changes import changed
from tests.test_fold import LATER, make, store

DATA = Path(__file__).parent / "data"
# Folded still: a word that has the root of a listed one.
OPEN = {
    ("3", "arabic"): {"3 ar127: العميد→تزوج"},
    # One strange word of sixty, before what stood there before it: found since two ways meet.
    ("7", "arabic"): {"7 p7-a093: الهيئة→المنجم"},
}
# Sets, and how many changes are tried in each at least; the others have no edited copy that is folded.
TRIED = [
    ("2", "arabic", 400), ("2", "others", 25), ("3", "arabic", 150), ("4", "arabic", 130), ("6", "arabic", 70),
    ("7", "arabic", 390), ("7", "others", 25), ("own", "arabic", 40),
]  # fmt: skip


@pytest.mark.parametrize(("number", "name", "least"), TRIED)
def test_one_fact_changed_in_an_edited_copy_is_news(number: str, name: str, least: int) -> None:
    folded, tried = [], 0
    lines = (DATA / f"pairs-{number}" / f"{name}.jsonl").read_text("utf-8").splitlines()
    for pair in map(json.loads, lines):
        if pair["kind"] != "edited":
            continue
        language = pair["lang"]
        stood = pair["earlier"]
        earlier = store(make(stood["title"], stood["text"], language=language))
        title, text = pair["later"]["title"], pair["later"]["text"]
        copy = make(title, text, language=language, url="https://two.example/1", when=LATER)
        if fold(copy, [earlier]).relation == "new":
            continue  # with or without a change it is told
        for what, new in changed(text, stood["text"], language, pair["id"]):
            tried += 1
            later = make(title, new, language=language, url="https://two.example/1", when=LATER)
            if fold(later, [earlier]).relation != "new":
                folded.append(f"{number} {pair['id']}: {what}")
    print(f"\n{tried} changes, folded {folded}")
    assert tried >= least
    assert set(folded) == OPEN.get((number, name), set())
