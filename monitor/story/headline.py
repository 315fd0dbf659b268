"""What of a headline is judged: not the outlet or the section behind it.

"… | NK News - North Korea News" names the story's actor and tells nothing of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.text.words import words

_MARKS: Final = re.compile(r"\s+(?:[|｜–—·•-]|::)\s+|(?<=\S)\s*[|｜]\s*")
# The longest name of an outlet and of a section, the shortest headline, in words.
_NAME: Final = 6
_SECTION: Final = 3
_HEADLINE: Final = 3
# As many letters in scripts without spaces.
_EASTERN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]{6}")
# Marks that are tried from the end.
_PARTS: Final = 3
# Written small in names.
_SMALL: Final = frozenset(
    str.split("and of the for de del la le les des du et y e a und der die das i v on in")
)
# Words of which names of outlets are made. KCNA is none: it stands there as who says it.
_MEDIA: Final = frozenset(
    str.split(
        "news newspaper times post herald daily press journal tribune gazette observer telegraph guardian magazine "
        "radio television tv wire online media channel network chronicle today weekly bulletin reporter insider bbc cnn "
        "rt dw cbc nbc abc cbs npr rfi "
        "nachrichten zeitung tagesschau rundschau anzeiger actualites actu infos journaux noticias diario periodico "
        "noticiero jornal noticia notizie giornale corriere haber haberler haberleri gazete gazetesi berita wiadomosci "
        "gazeta dziennik bao nieuws dagblad nyheter nyheder avisen uutiset "
        "новости газета известия ведомости вести телеканал новини вісті "
        "نيوز نت اونلاين تلفزيون قناه جريده صحيفه اذاعه موقع بوابه شبكه روزنامه خبرگزاري "
        "חדשות समाचार न्यूज"
    )
)
# The same at the end of names without spaces, and of Korean ones.
_MEDIA_ENDS: Final = re.compile(
    r"(?:뉴스|신문|일보|방송|타임스|통신|新聞|新闻|日报|日報|时报|時報|晚报|网|網|電視|电视|ニュース|テレビ|オンライン)$"
)


@lru_cache(maxsize=8)
def headline(title: str) -> str:
    """The headline without what its last marks set apart as an outlet or a section."""
    title = title.strip()
    for mark in reversed(list(_MARKS.finditer(title))[-_PARTS:]):
        rest, name = title[: mark.start()].rstrip(), title[mark.end() :].strip()
        if len(rest.split()) < _HEADLINE and not _EASTERN.search(rest):
            break
        in_bars = "|" in mark[0] or "｜" in mark[0]
        if _is_outlet(name) or (in_bars and len(name.split()) <= _SECTION < len(rest.split())):
            title = rest
    return title


def _is_outlet(name: str) -> bool:
    """Whether a name is an outlet's: of words that name one, each written as names are."""
    written = name.split()
    if not written or len(written) > _NAME:
        return False
    if any(word[0].islower() and word not in _SMALL for word in written):
        return False
    return not _MEDIA.isdisjoint(words(name)) or _MEDIA_ENDS.search(name) is not None
