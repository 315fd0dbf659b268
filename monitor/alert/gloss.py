"""What a headline in another language speaks of, in the reader's: names and figures, no more.

Nobody translates: a gloss lists what was found, in the order in which it stands. Countries
have their names from CLDR; places and acts of the alias files have them here. What has no
name is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from monitor.model import Count
from monitor.text.arabic import fold

_MOST: Final = 8
# A smaller number without a thing counted is a day or an age as often.
_TELLING: Final = 32

_COUNTRIES: Final = {
    "north-korea": "KP", "south-korea": "KR", "russia": "RU", "ukraine": "UA",
    "united-states": "US", "china": "CN", "japan": "JP", "united-kingdom": "GB",
}  # fmt: skip

_ENGLISH: Final = {
    "seoul": "Seoul", "kyiv": "Kyiv", "washington": "Washington", "moscow": "Moscow",
    "pyongyang": "Pyongyang", "nato": "NATO", "brussels": "European Union",
    "united-nations": "United Nations", "london": "London", "tokyo": "Tokyo", "kursk": "Kursk",
    "confirm": "confirms", "deny": "denies", "doubt": "unconfirmed", "correct": "correction",
    "withdraw": "withdrawal", "unseen": "not seen", "demand": "demand", "summon": "summons",
    "condemn": "condemnation", "sanction": "sanctions", "thank": "thanks",
    "exchange": "exchange", "asylum": "asylum", "accept": "acceptance",
    "museum": "museum or memorial", "found": "foundation stone", "inspect": "inspection",
    "families": "families", "coffin": "coffins", "parade": "parade", "wounded": "wounded",
    "diary": "diary", "retake": "recapture", "more": "reinforcements", "build": "construction",
    "evacuate": "evacuation", "arrest": "arrest", "resign": "resignation", "bury": "burial",
    "suicide": "suicide", "video": "footage", "flee": "desertion", "rotate": "rotation",
    "court": "court", "resolution": "resolution", "hospital": "hospital", "pay": "pay",
    "drone": "drones", "promote": "promotion", "identity": "false papers", "warn": "warning",
    "troops": "soldiers", "deployment": "deployment", "sending": "sending", "combat": "combat",
    "war": "war", "training": "training", "casualties": "killed or wounded",
    "captivity": "prisoners", "demining": "mine clearing", "honours": "honours",
    "homecoming": "return home", "treaty": "treaty", "messages": "message",
    "visits": "visit or arrival", "support": "support", "arms": "arms",
    "missiles": "missiles", "navy": "navy", "cyber": "cyber attack", "flood": "floods",
    "politics": "politics", "travel": "travel", "labour": "workers", "economy": "economy",
    "border": "border",
}  # fmt: skip
_ARABIC: Final = {
    "seoul": "سيول", "kyiv": "كييف", "washington": "واشنطن", "moscow": "موسكو",
    "pyongyang": "بيونغ يانغ", "nato": "الناتو", "brussels": "الاتحاد الأوروبي",
    "united-nations": "الأمم المتحدة", "london": "لندن", "tokyo": "طوكيو", "kursk": "كورسك",
    "confirm": "تأكيد", "deny": "نفي", "doubt": "غير مؤكد", "correct": "تصحيح",
    "withdraw": "سحب أو انسحاب", "unseen": "اختفاء", "demand": "مطالبة", "summon": "استدعاء",
    "condemn": "إدانة", "sanction": "عقوبات", "thank": "شكر",
    "exchange": "تبادل", "asylum": "لجوء", "accept": "قبول",
    "museum": "متحف أو نصب تذكاري", "found": "حجر أساس", "inspect": "تفقُّد",
    "families": "عائلات", "coffin": "نعوش", "parade": "عرض عسكري", "wounded": "جرحى",
    "diary": "يوميات", "retake": "استعادة", "more": "تعزيزات", "build": "بناء",
    "evacuate": "إجلاء", "arrest": "توقيف", "resign": "استقالة", "bury": "دفن",
    "suicide": "انتحار", "video": "صور أو مقاطع مصورة", "flee": "فرار", "rotate": "تبديل القوات",
    "court": "محكمة", "resolution": "قرار", "hospital": "مستشفى", "pay": "رواتب",
    "drone": "مسيّرات", "promote": "ترقية", "identity": "وثائق مزورة", "warn": "تحذير",
    "troops": "جنود", "deployment": "نشر قوات", "sending": "إرسال", "combat": "قتال",
    "war": "حرب", "training": "تدريب", "casualties": "قتلى أو جرحى",
    "captivity": "أسرى", "demining": "إزالة ألغام", "honours": "تكريم",
    "homecoming": "عودة إلى الوطن", "treaty": "معاهدة", "messages": "رسالة",
    "visits": "زيارة أو وصول", "support": "دعم", "arms": "أسلحة",
    "missiles": "صواريخ", "navy": "بحرية", "cyber": "هجوم إلكتروني", "flood": "فيضانات",
    "politics": "سياسة", "travel": "سفر", "labour": "عمال", "economy": "اقتصاد",
    "border": "حدود",
}  # fmt: skip
# What a figure counts.
_COUNTED: Final = {
    "en": {
        "troops": "soldiers", "casualties": "killed or wounded", "captivity": "prisoners",
        "demining": "deminers",
    },
    "ar": {
        "troops": "جنود", "casualties": "قتلى أو جرحى", "captivity": "أسرى",
        "demining": "خبراء ألغام",
    },
}  # fmt: skip
NAMES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "ar": _ARABIC}


def gloss(gist: Sequence[str], counts: Sequence[Count], language: str) -> tuple[str, ...]:
    """The names and figures in a catalogue's language; at most eight."""
    named = [name for each in gist if (name := _name(each, language))]
    told = [
        counted(one, language) for one in counts if one[1] >= _TELLING or (one[0] and one[1] > 1)
    ]
    return tuple(dict.fromkeys((*named[: _MOST - len(told[:2])], *told[:2])))


def counted(count: Count, language: str) -> str:
    """`1,000 (soldiers)`, in a catalogue's language."""
    kind, value = count
    number = format_decimal(value, locale=language)
    thing = _COUNTED[language].get(kind)
    return f"{number} ({thing})" if thing else number


def _name(concept: str, language: str) -> str | None:
    known = NAMES[language].get(concept)
    if known is not None:
        return known
    code = _COUNTRIES.get(concept) or _codes().get(concept)
    return Locale.parse(language).territories.get(code) if code else None


@cache
def _codes() -> Mapping[str, str]:
    """CLDR's countries by the names that a story's profile gives them."""
    return {
        fold(name).replace(" ", "-"): code
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    }
