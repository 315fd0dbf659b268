"""An article cut into passages, each read for a story's concept groups.

A passage is worth what it shows together times where it stands. What names
another article (links, "read also" blocks) is cut first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import compress
from operator import or_
from typing import NamedTuple

from monitor.story.lexicon import Mention
from monitor.story.main_text import Line, lines
from monitor.story.profile import Profile
from monitor.story.reading import Kept, Reading
from monitor.story.vocabulary import Vocabulary


class Sentence(NamedTuple):
    """One sentence, where it stands and what it shows (`signs`) by what is kept of it.

    `place`, `standing`, `aside` and `paragraph` are as `main_text.lines` has them; `background` says that it
    was learnt to be some, or stands aside: then it is joined with no neighbour.
    """

    text: str
    place: int
    standing: bool
    signs: int
    kept: Kept
    reading: Reading
    background: bool = False
    aside: bool = False
    paragraph: int = -1

    @property
    def mentions(self) -> Sequence[Mention]:
        """The mentions that count for something."""
        counts = [naming.names for naming in self.kept.namings]
        return list(compress(self.reading.mentions, counts))


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or two neighbours, and what they show together."""

    sentences: tuple[Sentence, ...]
    signs: int


def together(article: Iterable[Sentence]) -> int:
    """What all sentences of an article show, but for those that stand aside."""
    return reduce(or_, [sentence.signs for sentence in article if not sentence.aside], 0)


def read(profile: Profile, title: str, text: str) -> list[Sentence]:
    """The headline and the sentences of an article in order, each with its signs."""
    code, actors = profile.code, profile.actors
    found: list[Sentence] = []
    for line, reading in _read(profile.vocabulary.of(f"{title}\n{text}"), title, text):
        kept = reading.kept(actors)
        shown = code.of(reading, kept)
        found.append(
            Sentence(
                line.text,
                line.place,
                line.standing,
                shown,
                kept,
                reading,
                line.aside,
                line.aside,
                line.paragraph,
            )
        )
    return found


def signs(profile: Profile, text: str) -> int:
    """What one passage shows of the profile's groups."""
    reading = profile.vocabulary.read(text)
    return profile.code.of(reading, reading.kept(profile.actors))


@lru_cache(maxsize=8)
def _read(vocabulary: Vocabulary, title: str, text: str) -> Sequence[tuple[Line, Reading]]:
    """The headline and the sentences in order, each read."""
    return [(line, vocabulary.read(line.text)) for line in lines(title, text)]
