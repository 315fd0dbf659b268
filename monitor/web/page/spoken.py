"""What the ledger says of a verdict, in the reader's language: it is kept in English.

Rules, what became of an article, what it lacks, what would have changed it: closed sets of
sentences with names and figures in them. One that is not known here stays English, and is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from monitor.alert.lines import Line, line
from monitor.alert.words import words

_LONGEST: Final = 1_000  # letters

_RULES: Final[Mapping[str, str]] = {
    "in the headline": "في العنوان",
    "in the lead": "في المقدمة",
    "in the body": "في المتن",
    "in the body, which dwells on it": "في المتن، وهو يفصّل فيه",
    "in the body, under a headline about something else": "في المتن، تحت عنوان عن أمر آخر",
    "in passing: headline and lead do not name the actor": "عرضا: لا يذكر العنوان ولا المقدمة الفاعل",
    "in one paragraph of many": "في فقرة واحدة من فقرات كثيرة",
    "in a line aside only": "في سطر جانبي فقط",
    "in a sentence that stands under everything": "في جملة ترد تحت كل الأخبار",
    "in the last paragraph only": "في الفقرة الأخيرة فقط",
    "no two of its groups stand together": "لا يجتمع فيه عنصران من عناصر القصة",
    "nothing of the story is named": "لم يرد فيه شيء من القصة",
    "the seeds' words": "كلمات الأمثلة",
    "the story's own names": "أسماء القصة",
    "countries, kinds of event, names and words together": "البلدان وأنواع الأحداث والأسماء والكلمات معا",
    "an opinion": "رأي",
    "an opinion, for it reports nothing": "رأي، فهو لا ينقل خبرا",
    "a word that the story excludes": "فيه كلمة تستبعدها القصة",
    "none of the words that the story asks for": "لا كلمة فيه مما تطلبه القصة",
}
_TOLD: Final[Mapping[str, str]] = {
    "alerted": "أُرسل إشعار",
    "muted by hand": "مكتوم باليد",
    "band off": "خارج القصة",
    "band maybe": "ربما من القصة",
    "no channel wants it": "لا قناة تطلبه",
    "baseline": "من القراءة الأولى",
    "told already": "أُبلغ به من قبل",
    "known from the first reading": "معروف من القراءة الأولى",
    "a copy": "نسخة",
    "a repeat": "تكرار",
    "an update": "تحديث",
    "held for a summary": "مؤجل إلى ملخص",
    "quiet hours": "ساعات الهدوء",
    "the ceiling": "السقف",
    "the digest": "الموجز",
    "while we were away": "توقف الرصد",
    "its source was not read": "مصدره لم يكن يُقرأ",
    "a flood": "دفعة كبيرة",
    "ruled out by its headline; not compared for copies": "استبعده عنوانه، ولم يُبحث عن نسخه",
}
_LACKS: Final[Mapping[str, str]] = {
    "not named": "لم يرد",
    "named elsewhere only": "ورد في موضع آخر فقط",
    "only faintly": "ورد تلميحا فقط",
    "hardly what the seeds tell of": "لا يكاد يشبه ما ترويه الأمثلة",
    "another country in the headline": "بلد آخر في العنوان",
    "a page of many posts": "صفحة منشورات كثيرة",
}
# Whole sentences; what stands in a group is put in its place.
_PATTERNS: Final = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (r"([-\d.]+) less, and it would have been maybe", "لو نقصت درجته {0} لصار مما هو موضع شك"),
        (
            r"([-\d.]+) more, and it would have been on; ([-\d.]+) less, and it would have been off",
            "لو زادت درجته {0} لصار من القصة، ولو نقصت {1} لصار خارجها",
        ),
        (r"([-\d.]+) more, and it would have been maybe", "لو زادت درجته {0} لصار مما هو موضع شك"),
        (
            r"it names too little of what the story asks for to be weighed",
            "لا يذكر مما تطلبه القصة ما يكفي لوزنه",
        ),
        (
            r"without the excluded word (.+) it would have scored five times as much",
            "لولا الكلمة المستبعدة {0} لبلغت درجته خمسة أضعاف",
        ),
        (
            r"without your label it would have scored ([-\d.]+) \((.+)\)",
            "لولا إجابتك لكانت درجته {0} ({1})",
        ),
        (
            r"without the sentence encoder it would have scored ([-\d.]+)",
            "لولا مرمّز الجمل لكانت درجته {0}",
        ),
        (r"older than (\d+)h by its own date", "أقدم من الحد ({0} h) بحسب تاريخه"),
        (r"older than (\d+)h by the date in its address", "أقدم من الحد ({0} h) بحسب التاريخ في رابطه"),
    )
)  # fmt: skip


def spoken(text: str, reader: str) -> Line:
    """A sentence of the ledger for a reader; English where it is not known in the other language."""
    said = _arabic(text) if reader == "ar" and len(text) <= _LONGEST else None
    return line(text, "en") if said is None else line(said, reader)


def _arabic(text: str) -> str | None:
    for known in (_RULES, _TOLD, _LACKS):
        if text in known:
            return known[text]
    for pattern, arabic in _PATTERNS:
        if found := pattern.fullmatch(text):
            return arabic.format(*found.groups())
    return _composed(text)


def _composed(text: str) -> str | None:
    """Sentences that are made of others: each part must be known."""
    groups = words("ar").groups
    if found := re.fullmatch(r"one post of (\d+): (.+)", text):
        rest = _arabic(found[2])
        return rest and f"منشور واحد من {found[1]}: {rest}"
    if found := re.fullmatch(r"named: ([\w, ]+)", text):
        return "ورد فيه: " + "، ".join(groups.get(one, one) for one in found[1].split(", "))
    if found := re.fullmatch(r"only (\w+) is named", text):
        return f"لم يرد سوى: {groups.get(found[1], found[1])}"
    if text.startswith("what it lacks beside the rest in one passage: "):
        lacks = [_arabic(one) for one in text.partition(": ")[2].split("; ")]
        return None if None in lacks else "ما ينقصه بجوار الباقي في فقرة واحدة: " + "؛ ".join(filter(None, lacks))  # fmt: skip
    if found := re.fullmatch(r"(\w+): (?:only compared \((.+)\)|(.+))", text):
        about = groups.get(found[1]) or _TOLD.get(found[1])
        what = f"للمقارنة فقط ({found[2]})" if found[2] else _LACKS.get(found[3])
        if about and what:
            return f"{about}: {what}"
    if found := re.fullmatch(r"(told already|known from the first reading): (.+)", text):
        rest = _TOLD.get(found[2])
        return rest and f"{_TOLD[found[1]]}: {rest}"
    if found := re.fullmatch(r"(?:(.+); )?held(?: on (.+))?: (.+)", text):
        why = [_TOLD.get(one) for one in found[3].split(", ")]
        if None in why:
            return None
        held = (
            "مؤجل" + (f" على {found[2]}" if found[2] else "") + ": " + "، ".join(filter(None, why))
        )
        return f"{_arabic(found[1])}؛ {held}" if found[1] else held
    first, both, second = text.partition(", and ")
    if both and (one := _arabic(first)) and (other := _arabic(second)):
        return f"{one}، مع {other}"
    return None
