"""Whether two words are one name: by its sounds, or an office and who holds it.

Foreign names are written by their sounds, and each outlet hears others. Who was named with his
office is called by either afterwards.
"""

from __future__ import annotations

from typing import Final

from monitor.fold.features import Features
from monitor.fold.lexicon import substance
from monitor.fold.spelt import skeleton
from monitor.fold.synonyms import is_common
from monitor.fold.verbs import decides

# Letters that outlets choose differently for one foreign sound.
_SOUNDS: Final = str.maketrans("شصزطضذثقحخجغ", "سسستددسكههكك")
_FOREIGN: Final = 6
# The same in Latin letters.
_LATIN_SOUNDS: Final = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("dh", "d"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("sch", "s"), ("tch", "c"), ("sh", "s"), ("zh", "z"), ("ck", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_SHORT_NAME: Final = 5


def same_sound(one: str, other: str) -> bool:
    """Whether two long folded words are one foreign name by its sounds (غوتيريش, جوتيريس)."""
    least = min(len(one), len(other))
    if least < _SHORT_NAME or one[0] < "\u0620":
        return False
    # A shorter one may be two words of all news: تقرير, تكرير.
    if least < _FOREIGN and any(is_common(word) or decides(word) for word in (one, other)):
        return False
    return any(
        form(one).translate(_SOUNDS) == form(other).translate(_SOUNDS)
        for form in (substance, skeleton)
    )


def is_one_name(mine: str, its: str, own: Features, other: Features) -> bool:
    """Whether two words are one foreign name in Latin letters by its sounds: Nouadhibou, Nuadibú."""
    if min(len(mine), len(its)) < _FOREIGN or not "a" <= mine[0] <= "z" or mine[-1] != its[-1]:
        return False
    return _sounds(mine) == _sounds(its) and all(
        any(word in sentence.capitals for sentence in text.sentences)
        for word, text in ((mine, own), (its, other))
    )


def _sounds(name: str) -> str:
    for letters, sound in _LATIN_SOUNDS:
        name = name.replace(letters, sound)
    return skeleton(name)


def is_who(office: str, name: str, other: Features) -> bool:
    """Whether one word is the office that a text gives before a name, to one alone: Prezes Bogdan Rysz."""
    if office not in other.words or name not in other.words:
        return False
    named: set[str] = set()
    for sentence in other.sentences:
        capitals = sentence.capitals
        if other.folded[office] in capitals:
            return False  # a country is no office of its president
        for at, word in enumerate(sentence.words[:-1]):
            if word != office:
                continue
            run = at + 1
            while run < len(sentence.words) and sentence.plain[run] in capitals:
                run += 1
            if run > at + 1:
                named.add(sentence.words[run - 1])
    return named == {name}
