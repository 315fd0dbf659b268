"""The words of stored articles: filled in by small steps, looked for, shown where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from monitor.store.rows import stamp
from monitor.store.store import Store
from monitor.text.terms import asked, indexed, to_fts
from monitor.text.words import sentences

# One step: short enough that nothing else waits for it.
_ARTICLES: Final = 25
_LETTERS: Final = 60_000
_SNIPPET: Final = 240


def fill(store: Store) -> int:
    """One step: fill in the newest articles that wait; how many. Raises StoreError."""
    if store.search.complete():
        return 0
    with store.transaction():
        return store.search.fill(_ARTICLES, _LETTERS)


def search(
    store: Store,
    words: str,
    *,
    story: str | None,
    since: datetime | None,
    limit: int,
    stories: Sequence[str],
    before: tuple[str, int] | None = None,
) -> list[dict[str, Any]]:
    """Articles that hold all the words, newest first, each with a snippet; [] for no words.

    `before` is the date and id of one: those that stand after it.
    """
    phrases = asked(words)
    if not phrases:
        return []
    rows = store.search.find(
        to_fts(phrases),
        story=story,
        since=stamp(since),
        limit=limit,
        stories=stories,
        before=before,
    )
    for row in rows:
        row["snippet"] = snippet(row["title"], row.pop("text"), phrases)
    return rows


def snippet(title: str, text: str, phrases: list[list[str]]) -> str:
    """The sentence that holds most of the phrases, as it is written; the first of equals.

    What the headline holds already is looked for in the text all the same.
    """
    wanted = [f" {' '.join(terms)} " for terms in phrases]
    best, most = "", -1
    for sentence in sentences(text) or [title]:
        words = f" {indexed(sentence)} "
        held = sum(phrase in words for phrase in wanted)
        if held > most:
            best, most = sentence, held
        if held == len(wanted):
            break
    return best if len(best) <= _SNIPPET else f"{best[: _SNIPPET - 1]}…"
