"""The few words of an alert in the reader's language: English and Arabic so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, get_timezone_location


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One catalogue, in the order of a letter.

    `states` by state word, `caveats` by code, `groups` by concept group, `answers` by what a
    link or command does. `{…}` stands for a value.
    """

    language: str
    states: Mapping[str, str]
    outlets: str  # "{count}", where there are several
    out: str  # published, in the first line
    seen: str  # first seen, there
    found: str  # before a gloss
    new: str
    earlier: str
    before: str
    has: str
    only: str  # "{outlet}": nobody else has it
    reports: str  # "{reports}" so far
    independent: str  # "{count}" voices among them
    own: str
    copies: str
    first: str  # "{outlet}" had this text first
    credited: str  # "{agency}": what the text names as its source
    agencies: str  # where it names none of them
    published: str
    no_date: str
    first_seen: str
    why: str
    names: str
    groups: Mapping[str, str]
    nearest: str  # "{seed}", "{likeness}"
    labelled: Mapping[str, str]  # by yes and no: "{title}"
    scored: str  # "{score}", "{edge}"
    score: str
    note: str
    answer: str
    answers: Mapping[str, str]
    story: str
    development: str
    alert: str
    evidence: str
    explain: str
    separator: str
    clause: str
    quoted: str
    caveats: Mapping[str, str]


ENGLISH = Words(
    language="en",
    states={
        "new": "NEW",
        "update": "UPDATE",
        "denied": "DENIED",
        "confirmed": "CONFIRMED",
        "corrected": "CORRECTED",
        "withdrawn": "WITHDRAWN",
        "late": "LATE",
        "test": "TEST",
    },
    outlets="{count} outlets",
    out="published",
    seen="seen",
    found="Found in it",
    new="What is new",
    earlier="Earlier figure",
    before="Before",
    has="Who has it",
    only="Nobody but {outlet} so far",
    reports="Reports so far: {reports}",
    independent="independent voices: {count}",
    own="Own reports",
    copies="Copies of this text",
    first="First with this text: {outlet}",
    credited="The text credits {agency}",
    agencies="news agencies",
    published="Published",
    no_date="no date given",
    first_seen="First seen",
    why="Why it matched",
    names="it names {names}",
    groups={
        "who": "who",
        "with": "with",
        "what": "what",
        "where": "where",
        "name": "the story's own names",
        "kind": "kind of event",
    },
    nearest="most like the seed {seed} ({likeness})",
    labelled={
        "yes": "like one that you labelled yes: {title}",
        "no": "like one that you labelled no: {title}",
    },
    scored="score {score}, edge {edge}",
    score="Score",
    note="Note",
    answer="Your answer",
    answers={
        "yes": "It belongs to the story",
        "no": "Not this story",
        "mute": "Mute this development",
        "timeline": "Timeline of this development",
    },
    story="Story",
    development="Development",
    alert="Alert",
    evidence="Evidence",
    explain="More about this verdict",
    separator=", ",
    clause="; ",
    quoted="“{}”",
    caveats={
        "headline-only": "Judged from the headline alone; the article itself has not been read.",
        "summary-only": "Judged from a short text: the source's summary, or a page that holds no more.",
        "page-unread": "Its page could not be read in time.",
        "no-date": "No date given; it may be older than it looks.",
        "perhaps-told": "It may be another report of something that you were told before.",
        "aggregator": "Found through an aggregator; the link may lead through it.",
        "embedded": "Found as a second article inside another page; the link leads to that page.",
        "contradicts": "It contradicts an earlier report.",
        "late": "It was published more than a day before it was seen.",
        "away": "It came out while the monitor was not running, or had no network, and is told late.",
        "urgent": "Told at once, for a primary source or three independent outlets report it.",
    },
)

ARABIC = Words(
    language="ar",
    states={
        "new": "جديد",
        "update": "تحديث",
        "denied": "نفي",
        "confirmed": "تأكيد",
        "corrected": "تصحيح",
        "withdrawn": "سحب",
        "late": "متأخر",
        "test": "تجربة",
    },
    outlets="عدد المصادر: {count}",
    out="نُشر",
    seen="رُصد",
    found="مما ورد فيه",
    new="الجديد",
    earlier="الرقم السابق",
    before="ما سبقه",
    has="من نشر الخبر",
    only="لم ينشره حتى الآن غير {outlet}",
    reports="عدد التقارير حتى الآن: {reports}",
    independent="أصوات مستقلة: {count}",
    own="مصادر لها تقارير خاصة بها",
    copies="نسخ من هذا النص",
    first="أول من نشر هذا النص: {outlet}",
    credited="النص منقول عن {agency}",
    agencies="وكالات الأنباء",
    published="تاريخ النشر",
    no_date="بلا تاريخ",
    first_seen="أول رصد",
    why="سبب المطابقة",
    names="ورد فيه {names}",
    groups={
        "who": "مَن",
        "with": "مع مَن أو أين",
        "what": "ماذا",
        "where": "أين",
        "name": "من أسماء القصة",
        "kind": "نوع الحدث",
    },
    nearest="أقرب الأمثلة إليه {seed} ({likeness})",
    labelled={
        "yes": "يشبه خبرا أجبت عنه بنعم: {title}",
        "no": "يشبه خبرا أجبت عنه بلا: {title}",
    },
    scored="الدرجة {score} والحد {edge}",
    score="الدرجة",
    note="تنبيه",
    answer="رأيك",
    answers={
        "yes": "الخبر من هذه القصة",
        "no": "ليس من هذه القصة",
        "mute": "كتم إشعارات هذا التطور",
        "timeline": "التسلسل الزمني لهذا التطور",
    },
    story="القصة",
    development="التطور",
    alert="رقم الإشعار",
    evidence="بصمة الدليل",
    explain="للمزيد عن هذا الحكم",
    separator="، ",
    clause="؛ ",
    quoted="«{}»",
    caveats={
        "headline-only": "استند الحكم إلى العنوان وحده، ولم يُقرأ نص الخبر.",
        "summary-only": "استند الحكم إلى نص قصير: ملخص المصدر، أو صفحة لا تحوي أكثر منه.",
        "page-unread": "تعذرت قراءة صفحة الخبر في الوقت المحدد.",
        "no-date": "لا تاريخ للنشر، وقد يكون الخبر أقدم مما يبدو.",
        "perhaps-told": "قد يكون تقريرا آخر عن خبر سبق أن أُبلغت به.",
        "aggregator": "وصل عبر مجمِّع أخبار، وقد يمر الرابط به.",
        "embedded": "ورد الخبر مادةً ثانية داخل صفحة أخرى، والرابط يقود إلى تلك الصفحة.",
        "contradicts": "يناقض تقريرا سابقا.",
        "late": "نُشر قبل رصده بأكثر من يوم.",
        "away": "صدر الخبر حين كان برنامج الرصد متوقفا أو بلا شبكة، ويصل متأخرا.",
        "urgent": "أُرسل فورا، لأن مصدرا أوليا أو ثلاث جهات نشر مستقلة أوردته.",
    },
)

_CATALOGUES = {"en": ENGLISH, "ar": ARABIC}


def words(language: str) -> Words:
    """The catalogue of a language (`ar-SA` is Arabic); English where there is none."""
    return _CATALOGUES.get(base(language), ENGLISH)


def base(language: str | None) -> str:
    """`ar` of `ar-SA`; empty for None."""
    return (language or "").replace("_", "-").split("-")[0].lower()


def moment(when: datetime, language: str, timezone: str | None = None) -> str:
    """`Fri 20 Nov 2026, 14:05 UTC` in a catalogue's language, with its zone said.

    In another zone its distance from UTC and its city stand behind: `17:05 UTC+3 (Riyadh)`.
    """
    pattern = "EEE d MMM y, HH:mm" if language == "en" else "EEEE d MMMM y، HH:mm"
    local = _local(when, timezone)
    written = f"{format_datetime(local, pattern, locale=language)} {_zone(local)}"
    if timezone in {None, "UTC"}:
        return written
    return f"{written} ({get_timezone_location(timezone, locale=language, return_city=True)})"


def clock_time(when: datetime, language: str, timezone: str | None = None) -> str:
    """`14:05 UTC`: the time of day alone, with its zone."""
    local = _local(when, timezone)
    return f"{format_datetime(local, 'HH:mm', locale=language)} {_zone(local)}"


def day(when: datetime, language: str, timezone: str | None = None) -> str:
    """`20 Nov`, to stand before a time of day."""
    pattern = "d MMM" if language == "en" else "d MMMM"
    return format_datetime(_local(when, timezone), pattern, locale=language)


def _local(when: datetime, timezone: str | None) -> datetime:
    return when.astimezone(ZoneInfo(timezone) if timezone else UTC)


def _zone(local: datetime) -> str:
    """`UTC`, `UTC+3`, `UTC+5:30`."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def language_name(language: str, reader: str) -> str | None:
    """What a language is called in the reader's; None where nobody has said."""
    return Locale.parse(reader).languages.get(base(language))
