"""What an opening tells of an event in the lists of general news, for a story without a name of its own.

The kinds of event, in any language, and the towns of the story's countries: two of them apart are
two events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from monitor.story.combined import Combined
from monitor.story.everywhere import Everywhere
from monitor.story.sharing import often
from monitor.story.survey import survey
from monitor.text.sound import loose

# A kind of the lead counts for this share of one in the headline.
_IN_LEAD: Final = 0.6
# A kind is marked apart from the acts of the list of news words, and a town by its sound.
_MARK: Final = "~"


class General(NamedTuple):
    """Kinds with their weights, those of the headline, and the towns, by names of no other list.

    `words` are those by which kinds, countries and towns were known: they call nobody.
    """

    acts: Mapping[str, float]
    headline: tuple[str, ...]
    places: tuple[str, ...]
    words: frozenset[str]


NOTHING: Final = General({}, (), (), frozenset())


def general(combined: Combined, usual: Everywhere, opening: Sequence[str], tongue: str) -> General:
    """What the first sentence, mostly the headline, and those behind it tell.

    `usual` is what every report of the story says, `tongue` the language that they are read in.
    """
    weights: dict[str, float] = {}
    places: dict[str, None] = {}
    words: set[str] = set()
    shown = [survey(sentence, tongue) for sentence in opening]
    for number, (sentence, named) in enumerate(zip(opening, shown, strict=True)):
        for said in (*named.kinds.values(), *named.lands.values()):
            words.update(said.split(" "))
        for kind in named.kinds:
            counts = usual.of_kind(kind, often(kind)) * (_IN_LEAD if number else 1.0)
            weights[_MARK + kind] = max(weights.get(_MARK + kind, 0.0), round(counts, 3))
        for each in combined.read.find(sentence):
            if each.name in combined.towns and not each.doubtful:
                places[f"town {loose(each.name)}"] = None
                words.update(each.text.split(" "))
    headline = tuple(_MARK + kind for kind in shown[0].kinds) if shown else ()
    return General(weights, headline, tuple(places), frozenset(words))
