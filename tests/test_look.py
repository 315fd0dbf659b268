"""`look`: rows of the store, in pieces that follow each other without a gap."""

from __future__ import annotations

from monitor.look.deliveries import log
from monitor.look.developments import listing
from monitor.store.store import Store
from tests.labelled import stream
from tests.stored import Desk


def filled() -> Desk:
    desk = Desk()
    desk.tell_all(stream()[:40])
    return desk


def test_developments_in_pieces_are_the_developments_in_one() -> None:
    store = filled().store
    whole = listing(store, ["troops"], 999)
    assert len(whole) > 5
    pieces, before = [], None
    while piece := listing(store, ["troops"], 2, before):
        pieces += piece
        before = piece[-1]["last_new"], piece[-1]["id"]
    assert pieces == whole
    assert [row["last_new"] for row in whole] == sorted(
        (row["last_new"] for row in whole), reverse=True
    )


def test_of_two_stories_the_latest_stand_first() -> None:
    store = filled().store
    alone = listing(store, ["troops"], 3)
    assert listing(store, ["another", "troops", "third"], 3) == alone
    assert listing(store, [], 3) == []


def test_the_delivery_log_in_pieces_is_the_log_in_one() -> None:
    store: Store = filled().store
    whole = log(store, 999)
    assert len(whole) > 4
    pieces, before = [], None
    while piece := log(store, 2, before=before):
        pieces += piece
        before = piece[-1]["delivery"]
    assert pieces == whole
