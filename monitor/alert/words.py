"""The few words of an alert in the reader's language: English and Arabic so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One catalogue. `states` by kind of alert, `caveats` by code, `groups` by concept group."""

    language: str
    states: Mapping[str, str]
    began: str
    reports: str
    published: str
    no_date: str
    first_seen: str
    copies: str
    why: str
    groups: Mapping[str, str]
    nearest: str
    score: str
    edge: str
    note: str
    story: str
    alert: str
    explain: str
    separator: str
    caveats: Mapping[str, str]


ENGLISH = Words(
    language="en",
    states={"new": "NEW", "update": "UPDATE", "test": "TEST"},
    began="An update of",
    reports="Reports so far",
    published="Published",
    no_date="no date given",
    first_seen="First seen",
    copies="Copies so far",
    why="Why it matched",
    groups={"who": "who", "with": "with", "what": "what"},
    nearest="Nearest seed",
    score="Score",
    edge="edge",
    note="Note",
    story="Story",
    alert="Alert",
    explain="More about this verdict",
    separator=", ",
    caveats={
        "headline-only": "Judged from the headline alone; the article itself has not been read.",
        "summary-only": "Judged from the source's summary; the full article has not been read.",
        "page-unread": "Its page could not be read in time.",
        "no-date": "No date given; it may be older than it looks.",
        "perhaps-told": "It may be another report of something that you were told before.",
        "aggregator": "Found through an aggregator; the link may lead through it.",
        "embedded": "Found as a second article inside another page; the link leads to that page.",
    },
)

ARABIC = Words(
    language="ar",
    states={"new": "جديد", "update": "تحديث", "test": "تجربة"},
    began="تحديث لخبر",
    reports="التقارير حتى الآن",
    published="تاريخ النشر",
    no_date="بلا تاريخ",
    first_seen="أول رصد",
    copies="النسخ حتى الآن",
    why="سبب المطابقة",
    groups={"who": "مَن", "with": "مع مَن أو أين", "what": "ماذا"},
    nearest="أقرب مثال",
    score="الدرجة",
    edge="الحد",
    note="تنبيه",
    story="القصة",
    alert="رقم الإشعار",
    explain="للمزيد عن هذا الحكم",
    separator="، ",
    caveats={
        "headline-only": "استند الحكم إلى العنوان وحده، ولم يُقرأ نص الخبر.",
        "summary-only": "استند الحكم إلى ملخص المصدر، ولم يُقرأ النص الكامل.",
        "page-unread": "تعذرت قراءة صفحة الخبر في الوقت المحدد.",
        "no-date": "لا تاريخ للنشر، وقد يكون الخبر أقدم مما يبدو.",
        "perhaps-told": "قد يكون تقريرا آخر عن خبر سبق أن أُبلغت به.",
        "aggregator": "وصل عبر مجمِّع أخبار، وقد يمر الرابط به.",
        "embedded": "ورد الخبر مادةً ثانية داخل صفحة أخرى، والرابط يقود إلى تلك الصفحة.",
    },
)

_CATALOGUES = {"en": ENGLISH, "ar": ARABIC}


def words(language: str) -> Words:
    """The catalogue of a language (`ar-SA` is Arabic); English where there is none."""
    return _CATALOGUES.get(base(language), ENGLISH)


def base(language: str | None) -> str:
    """`ar` of `ar-SA`; empty for None."""
    return (language or "").replace("_", "-").split("-")[0].lower()


def moment(when: datetime, language: str) -> str:
    """`Fri 20 Nov 2026, 14:05 UTC` in a catalogue's language, with its zone said."""
    pattern = "EEE d MMM y, HH:mm" if language == "en" else "EEEE d MMMM y، HH:mm"
    return f"{format_datetime(when.astimezone(UTC), pattern, locale=language)} UTC"


def language_name(language: str, reader: str) -> str | None:
    """What a language is called in the reader's; None where nobody has said."""
    return Locale.parse(reader).languages.get(base(language))
