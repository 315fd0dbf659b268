"""Which language a text is written in, and in which direction it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from monitor.text.arabic import fold

_SAMPLE: Final = 1000
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
)

# Scripts that settle the language, or the family of it.
_SCRIPTS = (
    ("arabic", re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")),
    ("cyrillic", re.compile("[\u0400-\u04ff]+")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")),
    ("ko", re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")),
    ("ja", re.compile("[\u3041-\u30ff]+")),
    ("zh", re.compile("[\u3400-\u9fff]+")),
    ("he", re.compile("[\u05d0-\u05ea]+")),
    ("el", re.compile("[\u0386-\u03ce\u1f00-\u1fff]+")),
    ("hi", re.compile("[\u0904-\u0939]+")),
    ("bn", re.compile("[\u0985-\u09b9]+")),
    ("ta", re.compile("[\u0b85-\u0bb9]+")),
    ("th", re.compile("[\u0e01-\u0e30]+")),
    ("ka", re.compile("[\u10d0-\u10ff]+")),
    ("hy", re.compile("[\u0531-\u0587]+")),
    ("am", re.compile("[\u1200-\u137f]+")),
)
_SINGLE: Final = frozenset(name for name, _ in _SCRIPTS)  # and names of families, no languages
_DENSE: Final = 3  # what a Korean or Han letter says, in Latin ones
_FAMILIES: Final = ("arabic", "cyrillic", "latin")
_WORD = re.compile(r"[^\W\d_]+")
# Kaf and ya say which keyboard wrote a text rather than which language it is in.
_KEYBOARD: Final = 0.1
# Letters that one language of the family has and most of its neighbours lack, with their weight.
_LETTERS = (
    ("vi", 1.0, re.compile("[ơưđăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]+")),
    ("tr", 1.5, re.compile("[ğşıİ]+")),
    ("pl", 1.0, re.compile("[ąęłśźż]+")),
    ("cs", 1.0, re.compile("[ěůřĚŮŘ]+")),
    ("sk", 1.0, re.compile("[ľĺŕĽĹŔ]+")),
    ("fi", 0.4, re.compile("[äöÄÖ]+")),
    ("hu", 1.0, re.compile("[őűŐŰ]+")),
    ("da", 0.3, re.compile("[æøÆØ]+")),
    ("no", 0.3, re.compile("[æøÆØ]+")),
    ("sv", 0.2, re.compile("[äåÄÅ]+")),
    ("de", 0.4, re.compile("[äöüß]+")),
    ("es", 1.0, re.compile("[ñ¿¡]+")),
    ("uk", 0.5, re.compile("[іїєґІЇЄҐ]+")),
    ("ru", 0.5, re.compile("[ыэёЫЭЁ]+")),
    ("bg", 0.5, re.compile("[ъЪ]+")),
    ("be", 0.5, re.compile("[ўЎ]+")),
    ("sr", 0.5, re.compile("[ђћјљњџЂЋЈЉЊЏ]+")),
    ("fa", 0.5, re.compile("[پچژگ]+")),
    ("fa", _KEYBOARD, re.compile("[کی]+")),
    ("ur", 0.8, re.compile("[ٹڈڑںےہھ]+")),
    ("ar", 0.5, re.compile("[ةإأؤئ]+")),
    ("ar", _KEYBOARD, re.compile("[ىيك]+")),
    # The article is the one thing that no keyboard and no spelling changes.
    ("ar", 0.5, re.compile(r"\b[وفبك]?(?:ال|لل)(?=\w{3})")),
    ("ps", 0.8, re.compile("[ټډړږښځڅۍې]+")),
    ("ckb", 1.2, re.compile("[ەێۆڕڵ]+")),
)
_FUNCTION_WORDS: Final = {
    "arabic": {
        "ar": "في من على إلى الى أن ان التي الذي عن مع بعد هذا هذه قال بين ما لا لم لن كما وقال خلال منذ بأن أو أنه كان قد إن وفق",
        "fa": "در به از که این را با است برای های شد می و بر آن خود تا یک کرد شده اند گفت نیز هم ها",
        "ur": "کے میں ہے کی کا سے نے کو پر اور ہیں کہ یہ بھی تھا گیا کر لیے ان اس ایک",
        "ps": "د په چې ته کې او له یې دی شوي سره هم خو دا",
        "ckb": "لە بە کە و بۆ ئەو لەگەڵ ئەم یان",
    },
    "cyrillic": {
        "ru": "в и на не что с по из за о к как это от для при был его был после также или о они он а до",
        "uk": "в у і та на не що з до за про як це від для при його після також або вони він а є й із",
        "bg": "в и на не че с по от за как това е са се да ще които след също или във със при до има бе",
        "sr": "у и на не да с са по из за о као је су се од који након такође или",
        "be": "у і на не што з па за як гэта ад для яго пасля таксама",
    },
    "latin": {
        "en": "the of and to in a is s that for on was with as by at from has have its are were said after who will an be not their this over",
        "fr": "le la les de des du et en un une est que dans pour sur par au aux qui avec ont a son ses selon plus été l d après se",
        "de": "der die das und in den von zu mit ist im des auf für ein eine nicht dem sich hat als auch wie nach bei aus an am seine haben",
        "es": "el la los las de del y en un una que es por con para se su al lo ha han como sus más según tras a",
        "pt": "o a os as de do da dos das e em um uma que é por com para se no na ao foi não mais à pela pelo nas nos após",
        "it": "il la i le di del della e in un una che è per con si al gli da dei nel non sono ha lo dopo alla delle",
        "nl": "de het een van en in op te dat is voor met zijn door aan niet als ook bij naar uit heeft",
        "tr": "ve bir bu en az bin için ile da de olarak daha olan sonra kadar göre gibi çok ise olduğunu ancak",
        "vi": "của và là các có trong được cho với một không đã những này người về từ đến khi tại",
        "id": "yang dan di ke dari untuk dengan ini itu pada dalam tidak akan telah oleh juga adalah",
        "pl": "w i na z że do nie się o jest przez po od za jak dla są oraz ich",
        "ro": "și în de la a cu pe din care pentru că este au un o nu",
        "sv": "och i att det som en på är av för med till har den inte de",
        "cs": "a se na v je že z s do o ve k to za pro jsou byl by po od podle ale jak který která které jako také",
        "sk": "a sa na v je že z s do o vo ku to za pre sú bol by po od podľa už ale ako ktorý ktorá ktoré tiež",
        "hu": "a az és hogy egy nem is meg ez volt már csak mint után szerint van még de",
        "da": "og i at det en er til på af for med som den de der har ikke et fra var blev efter",
        "no": "og i å det en er til på av for med som den de at har ikke et fra var ble etter",
        "fi": "ja on ei että se oli hän mukaan myös ovat kun joka kuin sen jo",
        "hr": "i je u na se da su za od s a iz o kao koji koja što bi nakon će te",
        "so": "iyo oo ka ku la u waxay waxaa in ay si uu",
        "sw": "ya na wa kwa za katika ni la kuwa hiyo cha",
        "ku": "û di de li bi ku ji ev ya ye jî ser",
    },
}
# In Arabic script they are compared folded, whatever keyboard wrote them.
_SMALL_WORDS: Final = {
    family: {
        language: frozenset((fold(small) if family == "arabic" else small).split())
        for language, small in languages.items()
    }
    for family, languages in _FUNCTION_WORDS.items()
}
_ANY_SMALL_WORDS: Final = {
    family: frozenset().union(*languages.values()) for family, languages in _SMALL_WORDS.items()
}


_PARTICLES: Final = {
    language: frozenset(fold(" ".join(small)).split())
    for languages in _SMALL_WORDS.values()
    for language, small in languages.items()
}


def is_small(word: str, language: str | None) -> bool:
    """Whether a folded word is one of its language's common small words."""
    return word in _PARTICLES.get((language or "").split("-")[0], ())


def guess(text: str) -> str | None:
    """The ISO 639 code of a text's language, None where there is no letter to tell by.

    By script first, then by letters of its own and common small words. A bare
    Latin headline without any of them is None as well.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script is None or script not in _SMALL_WORDS:
        return script
    return _among(_SMALL_WORDS[script], sample, script)


def foreign(text: str, language: str) -> bool:
    """Whether a text is plainly in another language, by its words or by its script alone."""
    base = language.split("-", maxsplit=1)[0]
    spoken = guess(text)
    if spoken is not None:
        return spoken != base
    script = _script(text[:_SAMPLE])
    own = next((name for name, known in _SMALL_WORDS.items() if base in known), base)
    return script is not None and script != own


def spoken(text: str, stated: str | None) -> str | None:
    """The language of a text: the one that it is stated to be in, unless the text speaks for another.

    A language that `guess` cannot tell by its words is believed where its script may be the text's.
    """
    base = (stated or "").partition("-")[0]
    script, scores = _fit(text[:_SAMPLE])
    if not base:
        return guess(text)
    if script is None:
        return base
    if scores:
        elsewhere = base in _SINGLE or any(
            base in known for family, known in _SMALL_WORDS.items() if family != script
        )
        if elsewhere or (base in scores and scores[base] < max(scores.values())):
            return guess(text)
        return base
    return (
        script if base in _SINGLE or any(base in known for known in _SMALL_WORDS.values()) else base
    )


def may_be(text: str, language: str) -> bool:
    """Whether a text may be of a language: nothing in it speaks more for another.

    So may a bare Latin headline be of any that `guess` can tell; by script, as Korean, none
    that is of another.
    """
    script, scores = _fit(text[:_SAMPLE])
    if not scores:
        return script in (None, language)
    return scores.get(language, -1.0) == max(scores.values())


@lru_cache(maxsize=100)
def _fit(sample: str) -> tuple[str | None, Mapping[str, float]]:
    """The script, and where it has several languages what speaks for each."""
    script = _script(sample)
    if script is None or script not in _SMALL_WORDS:
        return script, {}
    return script, _scores(_SMALL_WORDS[script], sample, script)


def _script(sample: str) -> str | None:
    """The script of most letters, under its language's code where it has only one."""
    counts: dict[str, int] = {}
    left = len(sample) - sample.count(" ")
    for name, pattern in _SCRIPTS:
        count = sum(map(len, pattern.findall(sample)))
        left -= count
        # No other script has or can have as many letters, however dense it is.
        if name in _FAMILIES and count > max(_DENSE * left, *counts.values(), 0):
            return name
        counts[name] = count
    # A Japanese text has more Han than kana, a Korean or Han letter says more than a Latin one.
    if counts["ja"]:
        counts["ja"] += counts["zh"]
    for dense in ("ko", "ja", "zh"):
        counts[dense] *= _DENSE
    script, count = max(counts.items(), key=lambda item: item[1])
    return script if count else None


def _among(languages: dict[str, frozenset[str]], sample: str, script: str) -> str | None:
    scores = _scores(languages, sample, script)
    best = max(scores, key=lambda name: scores[name])
    if scores[best]:
        return best
    return {"arabic": "ar", "cyrillic": "ru"}.get(script)


def _scores(languages: Mapping[str, frozenset[str]], sample: str, script: str) -> dict[str, float]:
    """What speaks for each language of a script: common small words, and letters of its own."""
    known_words = _ANY_SMALL_WORDS[script]
    plain = fold(sample) if script == "arabic" else sample.replace("İ", "i").lower()
    words = _WORD.findall(plain)
    found = [word for word in words if word in known_words]
    scores = {
        name: float(sum(word in known for word in found)) for name, known in languages.items()
    }
    for name, weight, letters in _LETTERS:
        if name in scores:
            scores[name] += weight * sum(map(len, letters.findall(sample)))
    return scores


def direction(language: str | None) -> Literal["rtl", "ltr"]:
    """How lines of a language run; `language` may carry a region (`ar-SA`)."""
    return "rtl" if (language or "").split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
