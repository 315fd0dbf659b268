"""A small run of the bench: a poll that has come to cost twice as much fails.

Ratios to the bare httpx loop of the same run, so that a slower machine changes little. The bounds are
twice what was measured (docs/performance.md), and more for a run this small.
"""

from __future__ import annotations

import pytest

from bench import polls

FEEDS = 200
MOST = {"cold": 12.0, "warm": 1.9, "changed": 3.4}


@pytest.mark.slow
def test_polls_beside_the_bare_loop(tmp_path):
    spent, asked = {}, {}
    for poll, name, found, seen in polls.compare(tmp_path, FEEDS, reader=None):
        spent[poll, name], asked[poll, name] = found.cpu, seen
    assert asked["cold", "ours"] == {"200": FEEDS}
    assert asked["warm", "ours"] == {"conditional": FEEDS, "304": FEEDS}
    ratios = {poll: spent[poll, "ours"] / spent[poll, "httpx"] for poll in polls.POLLS}
    print({poll: round(ratio, 2) for poll, ratio in ratios.items()})
    assert all(ratios[poll] <= MOST[poll] for poll in polls.POLLS), ratios
