"""What every report of a story without a name of its own says, which tells none of its events.

Its country and its towns' country, what its seeds are all about, and their words: a report that
has these is of the story, and of which event is still to be told. Its seeds say what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from babel import Locale

from monitor.model import Seed
from monitor.story.combined import Combined
from monitor.story.main_text import main_text
from monitor.story.news_words import shipped
from monitor.story.survey import survey
from monitor.text.arabic import fold
from monitor.text.language import spoken

# What so many of the seeds say is said everywhere; what all say counts so much less.
_MOST: Final = 0.5
_USUAL: Final = 0.7
# Sentences of a seed that say with the headline what it is about.
_LEAD: Final = 2
# What an act of the list of news words counts beside a kind of general news: that list was made
# of the news of a war, and reads other news by fewer and by wrong words.
_LISTED: Final = 0.6
_KIND: Final = 0.8
# How often news speaks of a kind that counts in full; of a more frequent one so much less.
_RARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Everywhere:
    """`said` are codes and names of countries, those who speak for them, and stances.

    `acts` and `kinds` are the shares of the seeds whose headline or lead name each.
    """

    said: frozenset[str] = frozenset()
    acts: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, float] = field(default_factory=dict)

    def of_act(self, name: str) -> float:
        """What an act of the list tells of an event, as a share of what it tells elsewhere."""
        return _LISTED * (1 - _USUAL * self.acts.get(name, 0.0))

    def of_kind(self, name: str, often: float) -> float:
        """What a kind tells of an event; `often` is the share of all news that speaks of it."""
        return _KIND * (1 - _USUAL * self.kinds.get(name, 0.0)) * min(1.0, _RARE / often)


def everywhere(combined: Combined, seeds: tuple[Seed, ...]) -> Everywhere:
    """What the seeds of such a story all say."""
    words, (acts, kinds) = shipped()[0], _shares(seeds)
    own = [fold(Locale("en").territories[code]).replace(" ", "-") for code in combined.acting]
    # Of two states that talk one is not the other, and what either says is its own.
    alone = own if len(own) == 1 else []
    speakers = [name for name, word in words.items() if word.of in alone]
    stances = [n for n, share in acts.items() if words[n].kind == "polarity" and share >= _MOST]
    # Of forgeries "false" denies nothing.
    stances += ["deny"] if kinds.get("forgery", 0.0) >= _MOST else []
    return Everywhere(
        frozenset((*combined.lands, *alone, *speakers, *stances)),
        {name: share for name, share in acts.items() if words[name].kind == "act"},
        kinds,
    )


@lru_cache(maxsize=32)
def _shares(seeds: tuple[Seed, ...]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The share of the seeds of which headline or lead name each word of the list, and each kind."""
    acts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for seed in seeds:
        body = (sentence for paragraph in main_text(seed.text) for sentence in paragraph)
        opening = (seed.title, *islice(body, _LEAD))
        tongue = spoken(f"{seed.title} {seed.text}", seed.language) or ""
        found = (each for said in opening for each in shipped()[1].find(said))
        acts.update({name for each in found for name in each.concepts})
        kinds.update({kind for said in opening for kind in survey(said, tongue).kinds})
    return (
        {name: count / len(seeds) for name, count in acts.items()},
        {name: count / len(seeds) for name, count in kinds.items()},
    )
