"""Which countries a sentence names, whichever they are: by name, people, capital or great town.

Names and towns are CLDR's (through Babel; towns are its cities of time zones), in the language of
the text; `peoples.txt` beside this file has what they do not tell. A people's word mostly begins
like the country's, so that the beginning counts for both: Tunisia, Tunisians.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from monitor.story.lands import AMBIGUOUS
from monitor.story.lexicon import Lexicon
from monitor.story.names import Names
from monitor.text.arabic import fold
from monitor.text.sound import consonants, loose
from monitor.text.words import split, stem

# "The land of", in the writing of many languages, behind a people's word.
_LAND: Final = re.compile(
    "(?<=...)(?:i?stan|i?stanas?|istani|истан|стан|ستان|स्तान|स्तान|িস্তান|স্তান|斯坦|스탄|スタン|סטן|σταν|ისტანი|ստան|สถาน)$"
)
_ENDING: Final = re.compile(
    "(?:ien|ija|iya|iyya|ia|ie|ya|ea|ия|ія|ија|ία|ya|um|a|e|i|o|u|y|ا|ه|я|а|и|е|й|ь|ы|о|α|η|ο|ος|ά)$"
)
_VOWEL: Final = re.compile("[aeiouyاهяаиеоыіїαηιο]$")
# The fewest letters of a beginning that tells a country.
_STEM: Final = 4
# Languages whose countries are kept.
_LANGUAGES: Final = 40
# Consonants from which on a town is known by its sound.
_HEARD: Final = 4
_TERRITORY: Final = re.compile("[A-Z]{2}")
# What time zones name and no article means a country by: seas, and words of every day.
_NO_TOWNS: Final = frozenset(
    (
        "unknown city",
        "center",
        "troll",
        "nome",
        "regina",
        "wake",
        "midway",
        "vostok",
        "восток",
        "العيون",
    )
)
# What CLDR lists beside countries: bodies, oceans, codes for tests.
_NO_LANDS: Final = frozenset(("UN", "EZ", "QO", "XA", "XB", "ZZ"))
# Islands and ice without news of their own.
_EMPTY: Final = frozenset(("AQ", "UM", "SJ", "TF", "GS", "IO", "CX", "CC", "NF"))
_SOLID: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff가-힣]"
)


@lru_cache(maxsize=_LANGUAGES)
def places(language: str) -> Lexicon:
    """The countries by the spellings of a language: codes of ISO 3166, of towns in small letters."""
    spellings: dict[str, dict[str, None]] = {}
    for code, written in _written(language):
        spellings.setdefault(code, {})[written] = None
    begun: dict[str, set[str]] = {}
    for code, own in spellings.items():
        for each in own:
            if each[-1] == "*":
                for size in range(_STEM - 1, len(each) - 1):
                    begun.setdefault(each[:size], set()).add(code.upper())
    return Lexicon(
        {code: [_apart(each, code, begun) for each in own] for code, own in spellings.items()}
    )


def _apart(written: str, code: str, begun: Mapping[str, Collection[str]]) -> str:
    """The spelling without its star where another country's begins so: Niger, Nigeria."""
    stem = written.removesuffix("*")
    longer = stem != written and begun.get(stem, ())
    return stem if longer and any(other != code.upper() for other in longer) else written


def _written(language: str) -> Iterator[tuple[str, str]]:
    own = dict(_peoples().get(language, ()))
    for code, listed in own.items():
        for each in listed:
            yield code, each
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    for code, name in locale.territories.items():
        folded = fold(name)
        if (
            _TERRITORY.fullmatch(code)
            and code not in _NO_LANDS
            and (language, folded) not in AMBIGUOUS
        ):
            yield code, folded
            if (begins := _begins(folded)) and code not in own:
                yield code, begins
    for zone, code in get_global("zone_territories").items():
        town = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2]
        folded = fold(town.replace("_", " "))
        if (
            "/" in zone
            and code not in _EMPTY
            and len(folded) >= _STEM - 1
            and folded not in _NO_TOWNS
        ):
            starred = len(folded) > _STEM and " " not in folded and not _SOLID.search(folded)
            yield code.lower(), f"{folded}*" if starred else folded


def _begins(folded: str) -> str | None:
    """The beginning that a country's name and its people's share, with a star; None for none."""
    if " " in folded or (not folded.replace("\u200c", "").isalpha() and not _SOLID.search(folded)):
        return None
    bare = folded.removeprefix("ال")
    stem = _LAND.sub("", bare)
    if _SOLID.search(bare):
        return stem if stem != bare and len(stem) > 1 else None
    if stem == bare or len(stem) < _STEM:
        stem = _ENDING.sub("", bare)
    if len(stem) < _STEM:
        stem = _VOWEL.sub("", bare)
    return f"{stem}*" if len(stem) >= _STEM else None


@cache
def _peoples() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = files("monitor.story").joinpath("peoples.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            language, _, written = line.partition(":")
            own = found.setdefault(language, {})
            for each in written.split("|"):
                code, _, spellings = each.strip().partition(" ")
                listed = tuple(spelling.strip() for spelling in spellings.split(","))
                own[code] = (*own.get(code, ()), *listed)
    return found


@cache
def _towns() -> Mapping[str, tuple[str, ...]]:
    """The folded names of the towns of each country (`towns.txt`)."""
    listed = files("monitor.story").joinpath("towns.txt").read_text(encoding="utf-8")
    lines = (line.partition(":") for line in listed.splitlines())
    return {
        code: tuple(" ".join(split(fold(town))) for town in own.split(","))
        for code, _, own in lines
        if _TERRITORY.fullmatch(code)
    }


def is_town(name: str) -> bool:
    """Whether a folded name is that of a town or province of any country."""
    return any(name in own for own in _towns().values())


def towns(codes: Collection[str]) -> tuple[Names, Mapping[str, str]]:
    """The towns of some countries (`towns.txt`), and the country of each.

    They are known by spelling, and by sound in other scripts.
    """
    written: dict[str, str] = {}
    for code, own in _towns().items():
        for town in own if code in codes else ():
            written.setdefault(town, code)
    stems: dict[str, tuple[str, ...]] = {}
    sounds: dict[str, tuple[tuple[str, str], ...]] = {}
    signs = set()
    for name in sorted(written):
        first = stem(name.split(" ")[0])
        stems[first] = (*stems.get(first, ()), name)
        if len(consonants(name)) >= _HEARD and " " not in name:
            for key in {consonants(name), loose(name)}:
                sounds[key] = (*sounds.get(key, ()), (name, name))
            signs.add((loose(name), name))
    solid = frozenset(name for name in written if _SOLID.search(name))
    names = Names(
        dict.fromkeys(sorted(written), 1.0),
        stems,
        sounds,
        tuple(sorted(signs)),
        told=frozenset(written),
        solid=solid,
    )
    return names, written
