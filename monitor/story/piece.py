"""What of a page is a story's: one post of many, one paragraph of news below other news, or all of it."""

from __future__ import annotations

from monitor.story.items import items_beside
from monitor.story.passages import read, together
from monitor.story.place import frame
from monitor.story.posts import posts
from monitor.story.profile import Profile
from monitor.story.signs import WHO
from monitor.story.strength import strength

# Paragraphs of a text of which one may be the story's alone, where that is none of the first.
_MANY = 4
_OPENING = 2


def piece(profile: Profile, title: str, text: str, language: str | None) -> tuple[str, str]:
    """The headline and the text of that which is the story's; a post has no headline."""
    if own := posts(title, text):
        return "", max(own, key=lambda post: _shown(profile, post))
    if len(profile.required) < 2:
        return title, text
    if own := items_beside(profile, title, text, language):
        return "", max(own, key=lambda item: _shown(profile, item))
    article = read(profile, title, text)
    if max((each.paragraph for each in article), default=0) + 1 < _MANY:
        return title, text
    named = bool(together(article) & WHO)
    news = frame(profile, article, named=named, language=language).news
    among = {each.paragraph for each in article if each.place in news}
    if min(among, default=0) < _OPENING:
        return title, text
    return "", "\n".join(
        " ".join(each.text for each in article if each.paragraph == at) for at in sorted(among)
    )


def _shown(profile: Profile, post: str) -> float:
    """How much of the story a post or an item shows."""
    shown = [sentence.signs for sentence in read(profile, "", post)]
    named = any(each & WHO for each in shown)
    return max((strength(profile, each, named=named) for each in shown), default=0.0)
