"""The concepts that a story knows, and a sentence read for them once, whoever asks.

Stories share the shipped list: what one has read of a sentence, the next finds read. Words of
a story's own (a country from CLDR, the user's spellings) change only the reading of sentences
in which one of them may stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from monitor.story.concepts import Concept, shipped
from monitor.story.forms import first_words
from monitor.story.lexicon import Lexicon
from monitor.story.reading import Part, Reading
from monitor.story.tokens import plain
from monitor.story.tree import Ending
from monitor.text.memory import LETTERS, Sentences


class Vocabulary:
    """Concepts with their spellings compiled."""

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        spellings: Mapping[str, Iterable[str]],
        shared: Vocabulary | None = None,
        *,
        most_read: bool = False,
    ) -> None:
        """Compile the spellings; those of `shared` are known besides. See `Lexicon` for `most_read`."""
        self.concepts = concepts
        base = shared.lexicon if shared else None
        self.lexicon: Lexicon = Lexicon(spellings, base, most_read=most_read)
        self._shared = shared
        self._own = first_words(spellings) if shared else ()
        self._parts = _Parts(concepts)
        self._read = Sentences(self._reading, LETTERS)

    def of(self, text: str) -> Vocabulary:
        """The vocabulary by which a text is read: the shared one, where no own word may stand."""
        if self._shared is None:
            return self
        folded = plain(text)
        # A loop: `any` over a generator costs as much again, for each story and sentence.
        for word in self._own:
            if word in folded:
                return self
        return self._shared

    def read(self, sentence: str) -> Reading:
        """What a sentence names, remembered for a while."""
        return self.of(sentence)._read[sentence]  # noqa: SLF001  another of these

    def _reading(self, sentence: str) -> Reading:
        hits = self.lexicon.hits(sentence)
        return Reading(sentence, hits, [self._parts[hit[0]] for hit in hits.found])


class _Parts(dict[Ending, Part]):
    """The part of what each spelling says, made when it is first met."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        super().__init__()
        self._concepts = concepts

    def __missing__(self, ending: Ending) -> Part:
        self[ending] = part = Part(ending, self._concepts)
        return part


@cache
def common() -> Vocabulary:
    """What is shipped, compiled once for all stories."""
    return Vocabulary(*shipped(), most_read=True)


def vocabulary(
    concepts: Mapping[str, Concept], spellings: Mapping[str, tuple[str, ...]]
) -> Vocabulary:
    """The vocabulary of a story; the common one where it has no words of its own."""
    shared = common()
    known, written = shipped()
    own = {name: spellings[name] for name in spellings if name not in known}
    if any(spellings[name] != written[name] or concepts[name] != known[name] for name in known):
        return Vocabulary(concepts, spellings)
    return Vocabulary(concepts, own, shared) if own else shared
