"""An entry's headline before every story: whether its page is worth a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import is_

from monitor.model import Entry, Match
from monitor.story.items import TELLING, says_many
from monitor.story.look import MANY, UNNAMED, Glance, by_groups, by_share, by_words
from monitor.story.openings import Openings, numbers
from monitor.story.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Glanced:
    """`wanted` unless every story is clearly ruled out, which is then what `matches` say."""

    matches: tuple[Match, ...]
    score: float
    wanted: bool


class Glancer:
    """Looks at entries for a set of stories, with work of their own only for those in question."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        """Take the profiles by story; those that are learnt anew in their place are seen."""
        self._profiles = profiles
        self._index = _Index(profiles)

    def glance(self, entry: Entry, language: str | None) -> Glanced:
        """Look at headline and summary; `language` is the source's, for entries that name none."""
        return next(self.glances((entry,), language))

    def glances(self, entries: Sequence[Entry], language: str | None) -> Iterator[Glanced]:
        """`glance` at each of some entries, whose words are looked at together."""
        known = self._index.known
        if len(known) != len(self._profiles) or not all(map(is_, known, self._profiles.values())):
            self._index = _Index(self._profiles)
        return self._index.glances(entries, language)


class _Index:
    """Profiles by number, as they were when it was made."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._names = tuple(profiles)
        self.known = tuple(profiles.values())
        # A story of one group or none is told by its words, which every text has.
        by_words = {at: each for at, each in enumerate(self.known) if len(each.required) < 2}
        self._by_words = sum(1 << at for at in by_words)
        self._groups = sum(
            1 << at
            for at, each in enumerate(self.known)
            if at not in by_words and not each.combined
        )
        openers = {at: each.openers for at, each in enumerate(self.known) if at not in by_words}
        # Beside the stories what may say that a page has many items, which is asked for each of groups.
        self._telling = 1 << len(self.known) if self._groups else 0
        if self._telling:
            openers[len(self.known)] = TELLING
        self._openings = Openings(openers, {at: each.names for at, each in by_words.items()})
        pairs = zip(self._names, self.known, strict=True)
        unnamed = tuple(_match(name, profile, UNNAMED) for name, profile in pairs)
        self._nothing = Glanced(matches=unnamed, score=0.0, wanted=False)

    def glances(self, entries: Sequence[Entry], language: str | None) -> Iterator[Glanced]:
        texts = [f"{entry.title or ''}\n{entry.summary or ''}" for entry in entries]
        for entry, text, opened in zip(entries, texts, self._openings.of_each(texts), strict=True):
            many = 0
            if opened & self._telling:
                opened ^= self._telling  # noqa: PLW2901 - it is no story's
                many = self._groups if says_many(entry.title or "") else 0
            if opened | self._by_words | many:
                yield self._glanced(entry, text, opened, entry.language or language, many)
            else:
                yield self._nothing

    def _glanced(
        self, entry: Entry, text: str, opened: int, language: str | None, many: int
    ) -> Glanced:
        """`many` are the stories for which its title alone is worth a look."""
        matches = list(self._nothing.matches)
        score, wanted = 0.0, False
        for at in numbers(opened | self._by_words | many):
            profile = self.known[at]
            if profile.combined:
                title, summary = entry.title or "", entry.summary or ""
                look = by_share(profile.combined, title, summary, language)
            elif self._by_words >> at & 1:
                named = bool(opened >> at & 1 and profile.names.find(text))
                look = by_words(profile, text, language, named=named, known=bool(entry.summary))
            else:
                look = by_groups(profile, text) if opened >> at & 1 else UNNAMED
                look = MANY if look.off and many else look
            if look is not UNNAMED:
                matches[at] = _match(self._names[at], profile, look)
                score = max(score, look.score)
                wanted = wanted or not look.off
        return Glanced(matches=tuple(matches), score=score, wanted=wanted)


def _match(name: str, profile: Profile, look: Glance) -> Match:
    return Match(
        story=name,
        score=look.score,
        threshold=profile.story.threshold,
        band="off",
        reasons=(),
        rule=look.rule,
        profile=profile.version,
    )
