"""What a headline speaks of, as names that other languages have words for."""

from __future__ import annotations

from monitor.story.news_words import shipped
from monitor.story.profile import Profile
from monitor.text.arabic import fold


def gist(profile: Profile, headline: str) -> tuple[str, ...]:
    """The names of parties, countries, places and acts in it, in the order of their mention.

    A spelling that alone proves nothing counts for nothing here: a gloss may leave out,
    and never invent.
    """
    folded = fold(headline)
    words, lexicon = shipped()
    at: dict[str, int] = {}
    acts: set[int] = set()
    for mention in lexicon.find(folded):
        for name in () if mention.weak else mention.concepts:
            if words[name].kind not in {"office", "say", "place"}:
                at.setdefault(name, mention.first)
                acts.add(mention.first)
    for mention in profile.lexicon.find(folded):
        for name in () if mention.weak else mention.concepts:
            # An act of the list says the same more closely than a kind of event.
            if profile.concepts[name].kind == "entity" or mention.first not in acts:
                at.setdefault(name, mention.first)
    spoken_for = {words[name].of for name in at if name in words} & at.keys()
    return tuple(
        name
        for name in sorted(at, key=at.__getitem__)
        if name not in words or words[name].of not in spoken_for
    )
