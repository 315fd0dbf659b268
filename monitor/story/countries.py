"""Countries that the alias file lacks, with their names from CLDR (through Babel).

Looked up only while a story is learnt: the seeds' own languages are searched for
countries, and those found get their names in every language that matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from babel import Locale, UnknownLocaleError

from monitor.model import Seed
from monitor.story.concepts import Concept
from monitor.story.lands import AMBIGUOUS
from monitor.story.lexicon import Lexicon
from monitor.text.arabic import fold
from monitor.text.language import guess

_LANGUAGES: Final = ("ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh")  # fmt: skip
# Written by hand in the alias file, with their peoples and capitals.
_SHIPPED: Final = frozenset(("KP", "KR", "RU", "UA", "US", "CN", "JP"))
_VOWELS: Final = "aeiouاهаяеіоэ"
_STEM: Final = 4
# A country is the story's own when this share of the pieces name it.
_SHARE: Final = 0.4


def countries(seeds: Sequence[Seed]) -> Mapping[Concept, tuple[str, ...]]:
    """Countries that two fifths of the pieces name, each with its names in many languages."""
    languages = {seed.language or guess(seed.title + " " + seed.text) or "en" for seed in seeds}
    lexicon = Lexicon(_names([language.split("-")[0] for language in languages]))
    named: Counter[str] = Counter()
    for seed in seeds:
        mentions = lexicon.find(fold(f"{seed.title} {seed.text}"))
        named.update({code for mention in mentions for code in mention.concepts})
    chosen = [code for code, count in named.items() if count >= _SHARE * len(seeds)]
    if not chosen:
        return {}
    names = _names(_LANGUAGES, chosen)
    return {Concept(_english(code), "entity"): tuple(names[code]) for code in chosen}


def _names(languages: Collection[str], codes: Collection[str] = ()) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language in languages:
        try:
            territories = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in territories.items():
            wanted = code in codes if codes else code.isalpha() and code not in _SHIPPED
            if wanted and len(code) == 2 and (language, fold(name)) not in AMBIGUOUS:
                found.setdefault(code, []).append(_inflected(name))
    return found


def _inflected(name: str) -> str:
    """A country's name as a spelling that its adjective matches too, where one word gives it.

    ليبيا gives ليبي*, which ليبية and الليبيون match; Libya stays libya*.
    """
    plain = fold(name)
    if " " in plain or len(plain) < _STEM or not plain.isalpha():
        return plain
    plain = plain.removeprefix("ال")
    bare = plain[:-1] if plain[-1] in _VOWELS and len(plain) > _STEM else plain
    return f"{bare}*"


def _english(code: str) -> str:
    return fold(Locale("en").territories[code]).replace(" ", "-")
