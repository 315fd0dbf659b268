"""What is to come, and what has come of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.fold.verbs import is_coming
from monitor.identify.wording import folded

# What is to come, in a word of its own.
PLANNED: Final = frozenset(
    folded(
        "المقرر مقرر المنتظر المتوقع المرتقب المزمع يعتزم تعتزم ينوي تنوي سوف will shall due scheduled planned plans expected"
        " going intends намерен намерена намерены планирует планируется будет будут собирается"
    )
)
# How Arabic begins a verb of the present.
_IMPERFECT: Final = frozenset("يت")
# Letters from which on a future form can be taken apart.
_FUTURE: Final = 3


# Particles of the future in other languages, in which it may be told that it has come.
_FUTURE_WORDS: Final = frozenset(
    folded("گا گے گی خواهد خواهند will would shall будет будут буде будуть будем")
)


def no_longer_comes(spoken: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what the earlier words put into the future by a particle is told without one."""
    return not _FUTURE_WORDS.isdisjoint(before) and (_FUTURE_WORDS | PLANNED).isdisjoint(spoken)


def is_planned(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether something is to come of which nothing was to come."""
    return any(map(is_coming, now)) and not (
        any(map(is_coming, before)) or not PLANNED.isdisjoint(before)
    )


def is_done(now: Sequence[str], before: Sequence[str]) -> bool:
    """Whether what was to come is told as done: سيوقع, وقع; من المقرر أن يوقع, وقع."""
    bare = [word.removeprefix("و") for word in before if word != "و"]
    coming = {word: word[2:] for word in bare if is_coming(word)}
    if not PLANNED.isdisjoint(now):
        coming = {}
    planned = not PLANNED.isdisjoint(before)
    if planned:
        coming |= {word: word[1:] for word in bare if word[0] in _IMPERFECT}
    still = {word.removeprefix("و") for word in now}
    if any(
        len(word) > _FUTURE and len(done) > 1 and word not in still and _perfects(done) & set(now)
        for word, done in coming.items()
    ):
        return True
    # Other languages plan with a word of its own.
    return planned and bool(now) and now[0][0] < "\u0620" and PLANNED.isdisjoint(now)


def _perfects(verb: str) -> set[str]:
    """Forms of the perfect of an Arabic verb, given without its person: صل, وصلت; قوم, قام."""
    verb = verb.removesuffix("ان").removesuffix("ون") if len(verb) > _FUTURE + 1 else verb
    hollow = verb[0] + verb[1:-1].replace("و", "ا").replace("ي", "ا") + verb[-1]
    return {
        f"{conjunction}{first}{stem}{person}"
        for conjunction in ("", "و", "ف")
        for first in ("", "و", "ا")
        for stem in (verb, hollow)
        for person in ("", "ت", "وا", "ا")
    }
