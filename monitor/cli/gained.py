"""Stored articles that a story has come to want since they were judged: counted, never told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from monitor.cli.output import counted
from monitor.store.store import Store
from monitor.story.profile import Profile

_LATELY: Final = timedelta(days=14)
# As many as are judged in a second or two: what a label or an edit moves came near the edge.
_LOOKED_AT: Final = 300


def gained(store: Store, profile: Profile, now: datetime) -> dict[str, Any]:
    """How many articles of the last fortnight were not on, and would be by this profile.

    Of those whose text was weighed and that have no label, by what the store has of them;
    `at_least` where more than 300 were not on, and only those that came nearest are judged.
    """
    from monitor.story.match import judge

    since = now - _LATELY
    near = store.history.below(profile.story.name, since, _LOOKED_AT + 1)
    background = store.background.known(profile.story.name)
    rows = [store.articles.find(str(each)) for each in near[:_LOOKED_AT]]
    count = sum(
        judge(
            profile,
            title=row["title"],
            text=row["text"],
            language=row["language"],
            background=background,
        ).band
        == "on"
        for row in rows
        if row and row["dropped"] is None
    )
    return {
        "count": count,
        "at_least": len(near) > _LOOKED_AT,
        "since": since.strftime("%Y-%m-%d"),
    }


def shown(found: dict[str, Any], story: str) -> str:
    """The sentence that says so, and where to see which."""
    least = "at least " if found["at_least"] else ""
    return (
        f"{least}{counted(found['count'], 'article')} of the last {_LATELY.days} days would be on"
        f" now that {'was' if found['count'] == 1 else 'were'} not; nobody is told of old ones:"
        f" `monitor story backtest {story} --since {found['since']}` names them"
    )
