"""How an article reads beside the seeds, for a story that no name of its own tells.

The lists never have all the words for a kind of event. So where the story asks for the sentence
encoder, the article's lead is compared with the leads of the seeds, and what that comes to is a
second reading of the kind beside that of the lists. It tells the kind of matter and not whose it
is (the same elsewhere reads the same): it stands where the kind does, beside countries, names and
words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.model import Reason, Seed
from monitor.story import encoder
from monitor.story.combined import logit, scored

# The cosine of two leads that have no more in common than being news: over eleven stories the
# mean to the middle of the seeds of another was 0.13 to 0.20.
_UNRELATED: Final = 0.17
# How far seeds lie above it, mostly; five say that roughly, and are taken half at their word.
_SPREAD: Final = 0.4
# How far it stands in for what the lists say of the kind, where they read the language: with a
# third to two thirds the figures of `python -m bench.likeness` are much the same.
_BESIDE: Final = 0.5
# From here on the way from unrelated to what a seed is, an article reads like the seeds.
_EVEN: Final = 0.5
# What the lists find is never let go: at the most it goes down to the least that is *maybe*.
_KEPT: Final = 0.3
# What shows so little (on the logit) that likeness would have to carry it alone is not read.
_HOPELESS: Final = -4.6
# Features that are a product with that of the kind.
_OF_KIND: Final = {"place and kind": "place", "names and kind": "names"}


def likened(
    features: Mapping[str, float],
    article: Sequence[str],
    language: str,
    seeds: tuple[Seed, ...],
    *,
    listed: bool,
) -> tuple[Mapping[str, float], float, tuple[Reason, ...]]:
    """The features and the score after how an article reads, and the reason.

    `features` are those of `Combined.features`; `article` its headline and sentences; `listed`
    says that the lists read its language.
    """
    shown = logit(features)
    before = scored(shown)
    lead = encoder.lead("", article)
    near = encoder.near(lead, language, seeds) if shown >= _HOPELESS else None
    if near is None:
        return features, before, ()
    share = (near.middle - _UNRELATED) / ((near.usual - _UNRELATED + _SPREAD) / 2)
    read = _mixed(features, max(0.0, min(1.0, share)), _BESIDE if listed else 1.0)
    after = max(scored(logit(read)), min(before, _KEPT))
    said = (
        f"reads like seed {near.seed}: {near.nearest:.2f}"
        if share >= _EVEN
        else f"reads little like the seeds: {near.middle:.2f}, one like the others {near.usual:.2f}"
    )
    reason = Reason(kind="meaning", text=said, sentence=lead, weight=round(after - before, 4))
    return read, after, (reason,)


def _mixed(features: Mapping[str, float], kind: float, share: float) -> dict[str, float]:
    """The features, a share of what they tell of the kind replaced by another reading of it."""
    whole = features["kind"] + share * (kind - features["kind"])
    return {
        **features,
        "kind": whole,
        "kind in text": features["kind in text"] + share * (kind - features["kind in text"]),
        **{name: features[other] * whole for name, other in _OF_KIND.items()},
    }
