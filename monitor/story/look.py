"""A first look at headline and summary for one story: off only where no body could bring the article back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.model import Entry
from monitor.story.combined import Combined
from monitor.story.items import says_many
from monitor.story.passages import signs
from monitor.story.profile import Profile
from monitor.story.signs import OTHER
from monitor.story.vector import cosine, vector
from monitor.story.weighed import RULE, worth_a_look

# Of the edge of likeness: what nearly any two texts have in common.
_HARDLY: Final = 0.35


@dataclass(frozen=True, slots=True)
class Glance:
    """A first look at headline and summary; `off` says that the body need not be fetched."""

    score: float
    off: bool
    rule: str


# Of a page of many items any may be the story's.
MANY: Final = Glance(0.0, off=False, rule="the title says that many items stand there")
UNNAMED: Final = Glance(0.0, off=True, rule="nothing of the story is named")


def glance(profile: Profile, *, title: str, summary: str, language: str | None = None) -> Glance:
    """Look at headline and summary: off only where no body could bring the article back.

    That is where no group is named, or only one and that beside another kind of
    event, or only what happens everywhere (soldiers, losses, floods); and of a story of groups
    where the title does not say that many items stand there.
    """
    text = f"{title}\n{summary}"
    if profile.combined:
        return by_share(profile.combined, title, summary, language)
    if len(profile.required) < 2:
        named = bool(profile.names.find(text))
        return by_words(profile, text, language, named=named, known=bool(summary))
    seen = by_groups(profile, text) if profile.openers.begins(text) else UNNAMED
    return MANY if seen.off and says_many(title) else seen


def by_share(combined: Combined, title: str, summary: str, language: str | None) -> Glance:
    """A look for a story that is told by what its seeds share."""
    words = vector(f"{title}\n{summary}", language)
    found, wanted = worth_a_look(combined, title, summary, language, words)
    return Glance(round(found, 4), off=not wanted, rule=RULE)


def by_words(
    profile: Profile, text: str, language: str | None, *, named: bool, known: bool
) -> Glance:
    """A look for a story without groups; `named` as its names say, `known` more than a headline.

    Where the thing has a name, a text without one must be in the story's country, or in the
    seeds' words.
    """
    alike = cosine(vector(text, language), profile.centroid)
    nothing = alike <= (_HARDLY * profile.edge if profile.names.subject else 0.0)
    if nothing and profile.countries:
        nothing = all(map(profile.countries.isdisjoint, profile.vocabulary.read(text).concepts))
    off = nothing and not named and known
    return Glance(max(alike, float(named)), off=off, rule="the seeds' words")


def by_groups(profile: Profile, text: str) -> Glance:
    """A look for a story of groups at a text in which one of its spellings may begin."""
    if all(map(profile.beside.issuperset, profile.vocabulary.read(text).concepts)):
        return UNNAMED
    seen = signs(profile, text)
    needed = profile.code.named_at_all(seen) & profile.needed
    return _of_groups(profile.required, needed, other=bool(seen & OTHER))


@lru_cache(maxsize=256)
def _of_groups(required: tuple[str, ...], needed: frozenset[str], *, other: bool) -> Glance:
    """What it is worth that these of the required groups are named, and whether beside another event."""
    if not needed:
        return UNNAMED
    share = len(needed) / len(required)
    if len(needed) > 1 or needed == set(required):
        return Glance(share, off=False, rule="named: " + ", ".join(sorted(needed)))
    (name,) = needed
    return Glance(share, off=name not in {"who", "with"} or other, rule=f"only {name} is named")


def look_at(profile: Profile, entry: Entry, language: str | None) -> Glance:
    """`glance` at an entry; `language` is its source's, for one that states none."""
    return glance(
        profile,
        title=entry.title or "",
        summary=entry.summary or "",
        language=entry.language or language,
    )
