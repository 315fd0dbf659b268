"""The order in which articles come: where all pairs of a set are clear, it changes no group."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations, permutations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fold.fold import fold, keys
from monitor.model import Article, Known
from tests.test_fold import make, store

DATA = Path(__file__).parent / "data" / "pairs-2"
LARGEST = 5


@cache
def _folds(later: Article, earlier: Article) -> bool:
    """Whether one is folded into the other, if a key proposes it."""
    if set(keys(later)).isdisjoint(keys(earlier)):
        return False
    return fold(later, [store(earlier)]).relation == "copy"


@cache
def families() -> list[list[Article]]:
    """Sets of three to five texts about one event, from the second pairs, all pairs of them clear.

    A pair is clear where either order gives the same answer, and a set where copies of
    one text are copies of each other (a cut text is no original of the whole one).
    """
    texts: dict[str, dict[tuple[str, str], Article]] = defaultdict(dict)
    for path in sorted(DATA.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            pair = json.loads(line)
            for side in ("earlier", "later"):
                given_ = pair[side]["title"], pair[side]["text"]
                number = len(texts[pair["family"]])
                url = f"https://outlet{number}.example/{pair['family']}"
                if given_ not in texts[pair["family"]]:
                    texts[pair["family"]][given_] = make(*given_, url=url)
    return [
        list(chosen)
        for family in texts.values()
        for chosen in combinations(family.values(), min(len(family), LARGEST))
        if len(chosen) > 2 and _is_clear(chosen)
    ]


def _is_clear(chosen: Sequence[Article]) -> bool:
    if any(_folds(one, other) != _folds(other, one) for one, other in combinations(chosen, 2)):
        return False
    return all(
        _folds(one, three)
        for one, two, three in permutations(chosen, 3)
        if _folds(one, two) and _folds(two, three)
    )


def groups(articles: Sequence[Article]) -> set[frozenset[str]]:
    """The groups, by their articles' addresses, that storing the articles one by one makes."""
    known: list[Known] = []
    members: dict[int, set[str]] = defaultdict(set)
    for number, article in enumerate(articles, 1):
        proposed = [
            each
            for each, earlier in zip(known, articles, strict=False)
            if not set(keys(article)).isdisjoint(keys(earlier))
        ]
        verdict = fold(article, proposed)
        members[verdict.original or number].add(article.url)
        stamped = store(article, number, verdict.original)
        known.append(stamped)
    return {frozenset(group) for group in members.values()}


def test_there_are_sets_with_and_without_copies() -> None:
    sizes = [len(groups(family)) for family in families()]
    assert len(sizes) >= 20
    assert sum(size < len(family) for size, family in zip(sizes, families(), strict=True)) >= 10
    assert sum(size > 1 for size in sizes) >= 10


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_another_order_gives_the_same_groups(data: st.DataObject) -> None:
    family = data.draw(st.sampled_from(families()))
    order = data.draw(st.permutations(family))
    assert groups(order) == groups(family)
