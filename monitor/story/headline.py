"""What of a headline is judged: not the outlet behind it.

"… | NK News - North Korea News" names the story's actor and tells nothing of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.text.tails import without_tails
from monitor.text.words import words

# The longest name of an outlet, in words.
_NAME: Final = 3
# Written small in names.
_SMALL: Final = frozenset(
    str.split("and of the for de del la le les des du et y e a und der die das i v on in")
)
# Words of which names of outlets are made. What may be told stands in none of these lists (a channel,
# a network, the media), nor does KCNA, which stands there as who says it.
_MEDIA: Final = frozenset(
    str.split(
        "news times post herald daily journal tribune gazette observer telegraph guardian radio chronicle bulletin bbc cnn "
        "rt dw cbc nbc abc cbs npr rfi "
        "nachrichten zeitung tagesschau rundschau actualites noticias diario noticiero jornal notizie giornale corriere "
        "haberleri gazetesi wiadomosci gazeta dziennik nieuws dagblad nyheter nyheder avisen uutiset "
        "новости газета известия ведомости новини نيوز نت اونلاين חדשות समाचार न्यूज"
    )
)
# The same at the end of names without spaces, and of Korean ones.
_MEDIA_ENDS: Final = re.compile(
    r"(?:뉴스|일보|新聞|新闻|日报|日報|时报|時報|晚报|新华网|人民网|ニュース)$"
)


@lru_cache(maxsize=8)
def headline(title: str) -> str:
    """The headline without what its last marks set apart as an outlet's name."""
    return without_tails(title.strip(), _is_outlet)


def _is_outlet(name: str) -> bool:
    """Whether a name is an outlet's: of words that name one, each written as names are."""
    written = name.removeprefix("The ").split()
    if not written or len(written) > _NAME:
        return False
    if any(word[0].islower() and word not in _SMALL for word in written):
        return False
    return not _MEDIA.isdisjoint(words(name)) or _MEDIA_ENDS.search(name) is not None
