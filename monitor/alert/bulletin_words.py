"""The words of summaries and digests in the reader's language: English and Arabic so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.alert.words import base


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinWords:
    """One catalogue of bulletins. `states` by kind of bulletin, `why` by reason of a hold.

    `away` is the reason of that name where it is known from when to when. Counts stand beside their labels, so that no language has to decline them.
    """

    language: str
    states: Mapping[str, str]
    why: Mapping[str, str]
    away: str
    nothing: str
    more: str
    update: str
    urgent: str
    outlets: str
    reports: str
    held: str
    told: str
    alerted: str
    silent: str
    maybe: str
    missed: str
    none_missed: str
    fares: str
    healthy: str
    entries: str
    judged: str
    gaps: str
    no_gaps: str
    given_up: str
    evidence: str
    since: str
    of: str
    bulletin: str


ENGLISH_BULLETINS = BulletinWords(
    language="en",
    states={"summary": "SUMMARY", "late": "LATE", "digest": "DIGEST"},
    why={
        "quiet": "Held during quiet hours, and told here instead of by alerts of their own.",
        "ceiling": "More came than this channel's ceiling allows: told here instead of by alerts of their own.",
        "away": "Came out while the monitor was not running, or had no network.",
        "unread": "Came out while its source was switched off, or could not be read.",
        "digest": "Held for the digest.",
        "flood": "Came with old entries under new addresses.",
    },
    away="The monitor was not running, or had no network, from {since} to {until}. What came out meanwhile, in order of time.",
    nothing="nothing new",
    more="and more",
    update="UPDATE",
    urgent="URGENT",
    outlets="independent outlets",
    reports="reports",
    held="Not told before",
    told="Developments since the last digest",
    alerted="alerted",
    silent="no alert of its own",
    maybe="Perhaps on the story",
    missed="Nearest of what was left out",
    none_missed="Nothing came near.",
    fares="How the monitor fares",
    healthy="Sources healthy",
    entries="New entries read",
    judged="Articles judged",
    gaps="Gaps in which something may have been missed",
    no_gaps="No gaps.",
    given_up="Deliveries given up",
    evidence="Head of the chain of evidence",
    since="Since",
    of="of",
    bulletin="Message",
)

ARABIC_BULLETINS = BulletinWords(
    language="ar",
    states={"summary": "ملخص", "late": "متأخر", "digest": "موجز"},
    why={
        "quiet": "أُجّلت في ساعات الهدوء، وتُذكر هنا بدلا من إشعارات مستقلة.",
        "ceiling": "وصل أكثر مما يسمح به سقف هذه القناة: تُذكر هنا بدلا من إشعارات مستقلة.",
        "away": "صدرت حين كان برنامج الرصد متوقفا أو بلا شبكة.",
        "unread": "صدرت حين كان مصدرها موقوفا أو تعذرت قراءته.",
        "digest": "أُجّلت إلى الموجز.",
        "flood": "جاءت مع مواد قديمة تحت عناوين جديدة.",
    },
    away="كان برنامج الرصد متوقفا أو بلا شبكة من {since} إلى {until}. هذا ما صدر في أثناء ذلك، بحسب الوقت.",
    nothing="لا جديد",
    more="وغيرها",
    update="تحديث",
    urgent="عاجل",
    outlets="جهات نشر مستقلة",
    reports="تقارير",
    held="لم يُبلَّغ بها من قبل",
    told="التطورات منذ الموجز السابق",
    alerted="أُرسل إشعار بها",
    silent="بلا إشعار مستقل",
    maybe="ربما تخص القصة",
    missed="أقرب ما استُبعد",
    none_missed="لم يقترب شيء من القصة.",
    fares="حال الرصد",
    healthy="المصادر السليمة",
    entries="المواد الجديدة المقروءة",
    judged="الأخبار التي حُكم فيها",
    gaps="فجوات ربما فات فيها شيء",
    no_gaps="بلا فجوات.",
    given_up="رسائل تعذر تسليمها",
    evidence="رأس سلسلة الأدلة",
    since="منذ",
    of="من",
    bulletin="رقم الرسالة",
)

_BULLETINS = {"en": ENGLISH_BULLETINS, "ar": ARABIC_BULLETINS}


def bulletin_words(language: str) -> BulletinWords:
    """The catalogue of bulletins in a language; English where there is none."""
    return _BULLETINS.get(base(language), ENGLISH_BULLETINS)
