"""What the classes and ids of elements call them: furniture, or the article's own box."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.memory import of_names

POST: Final = -1  # of a network: no furniture where it is set into a text
MAYBE: Final = 1  # a word calls it furniture that has other senses
SURE: Final = 2
UNSEEN: Final = 4  # hidden by its style
ENDS: Final = 3  # and what follows it in the article's box is other stories'

_SKIPPED_ROLES: Final = frozenset(
    str.split("""
        navigation complementary banner contentinfo search dialog alert menu toolbar
    """)
)
# Whole words of class and id that name furniture; "post-text" and "article-body" have none.
_SURE: Final = re.compile(
    r"(?:^|[-_ ])(?:related\w*|rel|recs?|similar|recommend\w*|comments?|comment(?:list|form|area)|respond|disqus|talkbacks?"
    r"|sharedaddy|addtoany|sidebar|newsletter|subscri(?:be(?!r)|bing|ption)\w*|(?:bread)?crumbs?|cookies?|consent|gdpr|didomi|marquee"
    r"|advert\w*|ads?|adsense|adsbygoogle|publicit\w+|publicidade?|werbung|reklam\w*|iklan|taboola|outbrain|trending|mostread|donat\w*|(?:audio|video|media|podcast|jw)[-_]?player"
    r"|most[-_](?:read|viewed|popular)|tagcloud|author[-_]?(?:box|bio|info)|about[-_]author|disclaimer"
    r"|(?:go|back|scroll)[-_]?(?:to[-_]?)?top|nav|navbar|navigation|menu|pagination|footer|foot(?![-_]?notes?)|ftr"
    r"|carousel\w*|swiper|slick[-_]slider|slide[-_]?(?:show|desc\w*|caption|info)|read[-_]?(?:more|also|next|too)|also[-_]?read|more[-_](?:news|stories|posts|articles)|see[-_]?also"
    r"|post[-_]?(?:meta|tags|nav|share|footer|cats?)|entry[-_](?:meta|footer|header)|skip[-_]link"
    r"|screen[-_]reader(?:[-_]text)?|visually[-_]hidden|sr[-_]only|signup|inread"
    r"|app[-_]?(?:dl|download|promo|banner|install)|(?:download|get)[-_]?(?:the[-_]?)?app"
    r"|(?:img|image|photo|pic|video|fig|v)[-_]?(?:desc\w*|captions?|cap|credits?)|(?<!drop[-_])cap"
    r"|(?:img|image|photo|pic)[-_]?(?:text|title|info)"
    r")(?:$|[-_ ])"
)
_MAYBE: Final = re.compile(
    r"(?:^|[-_ ])(?:promo\w*|shar(?:e|es|ing)|social\w*|side|(?<!elementor-)widget|banner|sponsor\w*|popular|tags?"
    r"|keywords|pager|toolbar|modal|popup|byline|caption|credits?|login|teasers?|embed|paywall|ticker|player|polls?|quiz|survey|voting)(?:$|[-_ ])"
)
_POST: Final = re.compile(
    r"(?:^|[-_ ])(?:twitter[-_](?:tweet|video)|instagram[-_]media|tiktok(?:[-_]embed)?|fb[-_](?:post|xfbml[-\w]*)|telegram[-_]post|(?:bluesky|mastodon|threads?|reddit)[-_]embed)(?:$|[-_ ])"
)
_ENDS: Final = re.compile(
    r"(?:^|[-_ ])(?:copyrights?|rights|legal[-_]?(?:notes?|notice)|(?:article|post|story)[-_]?end|end[-_]?of[-_]?(?:article|post|story))(?:$|[-_ ])"
)
_ADVERT: Final = re.compile(
    r"(?:^|[-_ ])(?:ads?|advert\w*|adsense|adsbygoogle|sponsor\w*|inread|publicit\w+|publicidade?|werbung|reklam\w*|iklan)(?:$|[-_ ])"
)
_DESCRIPTION: Final = re.compile(r"(?:^|[-_ ])(?:\w*video|v|pic|photo)[-_]?desc\w*(?:$|[-_ ])")
_PICTURE: Final = re.compile(
    r"(?:^|[-_ ])(?:img|image|photo|pic|picture|figure)s?(?:[-_]?(?:box|wrap|area|block|frame))?(?:$|[-_ ])"
)
_HEAD: Final = re.compile(r"(?:^|[-_ ])(?:header|head|headline|title|hero)(?:$|[-_ ])")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARTICLE: Final = re.compile(
    r"(?:^|\s)(?:entry-content|article-body|article__body|article-content|article-text|articleBody"
    r"|post-content|post-text|post-body|story-body|story-content|news-content|news-text|content-body|body-content"
    r"|text-content|wysiwyg|article-container|single-content|td-post-content|elementor-widget-theme-post-content)(?:$|\s)"
)
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMING: Final = ("class", "id", "data-component", "data-testid", "data-e2e")


def furniture_of(attributes: dict[str, str | None]) -> int:
    """MAYBE, SURE or ENDS where class, id or role call an element furniture, POST, UNSEEN where it is hidden; else 0."""
    if len(attributes) == 1 and "class" in attributes:  # as most have
        named = attributes["class"]
        return _of(named) if named else 0
    if attributes.get("role") in _SKIPPED_ROLES or attributes.get("aria-hidden") == "true":
        return SURE
    if attributes.get("itemprop") == "comment":
        return SURE
    if "hidden" in attributes or (
        "style" in attributes and _UNSEEN.search(attributes["style"] or "") is not None
    ):
        return UNSEEN
    named = " ".join([said for name in _NAMING if (said := attributes.get(name))])
    return _of(named) if named else 0


@of_names
def _of(named: str) -> int:
    words = _CAMEL.sub("-", named).lower()
    if _ENDS.search(words):
        return ENDS
    if _POST.search(words):
        return POST
    return SURE if _SURE.search(words) else MAYBE if _MAYBE.search(words) else 0


@of_names
def names_advert(named: str) -> bool:
    """Whether a class calls an element an advertisement."""
    return _ADVERT.search(_CAMEL.sub("-", named).lower()) is not None


@of_names
def names_description(named: str) -> bool:
    """Whether a class calls a box what is said of a picture or a video."""
    return _DESCRIPTION.search(_CAMEL.sub("-", named).lower()) is not None


@of_names
def names_head(named: str) -> bool:
    """Whether a class calls a box the head of an article."""
    return _HEAD.search(_CAMEL.sub("-", named).lower()) is not None


@of_names
def names_picture(named: str) -> bool:
    """Whether a class calls an element a picture with what belongs to it."""
    return _PICTURE.search(_CAMEL.sub("-", named).lower()) is not None


@of_names
def names_article(named: str) -> bool:
    """Whether a class or id is one that themes give to the article's text."""
    return _ARTICLE.search(named) is not None
