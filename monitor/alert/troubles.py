"""What ails a source, in the reader's language: a name for each state, a sentence, advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_timedelta

from monitor.alert.words import base


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """One catalogue. `states` by name; `reasons` and `advice` by failure, rule or state.

    Reasons may hold the figures of an episode: `{count}`, `{usual}`, `{broken}`, `{watched}`.
    """

    language: str
    notice: str
    states: Mapping[str, str]
    reasons: Mapping[str, str]
    advice: Mapping[str, str]
    pause: str
    since: str
    until: str
    detail: str
    well: str
    monitor: str
    in_trouble: str
    well_again: str
    given_up: str
    all_well: str
    some_broken: str
    flood: str
    held: str
    none_held: str
    more: str
    clause: str


ENGLISH = Troubles(
    language="en",
    notice="NOTICE",
    states={
        "ok": "ok",
        "quiet": "quiet",
        "failing": "failing",
        "blocked": "blocked",
        "gone": "gone",
        "misread": "misread",
        "offline": "offline",
        "new": "new",
        "off": "off",
        "silent": "silent",
        "broken": "most sources broken",
        "asleep": "nothing polled",
        "unpolled": "visits no source",
        "undelivered": "channel does not deliver",
        "former": "follows its former configuration",
    },
    reasons={
        "ok": "it is read as it should be",
        "new": "it has not been polled yet",
        "off": "switched off in sources.yaml",
        "quiet": "it answers, but has shown nothing new for long",
        "silent": "nothing on the story has been found for longer than is usual",
        "broken": "{broken} of {watched} sources cannot be read",
        "offline": "our own network gave no connection",
        "asleep": "the monitor or its machine stood still",
        "unpolled": "its sources are due, and none has been visited for over an hour",
        "links-fell": "it shows {count} entries where {usual} are usual",
        "unreachable": "its server cannot be reached",
        "timeout": "its server does not answer in time",
        "tls": "its certificate cannot be trusted, or no secure connection comes about",
        "forbidden-address": "its address lies in a private network",
        "redirects": "its address leads in a circle, or nowhere",
        "blocked": "the site refuses this client",
        "not-found": "there is nothing at its address",
        "gone": "the outlet has taken it away for good",
        "rate-limited": "the site wants fewer visits",
        "unavailable": "the site says that it is out of service for now",
        "server-error": "the site has a fault of its own",
        "client-error": "the site does not accept the request",
        "too-large": "its answer is larger than allowed",
        "bad-encoding": "its answer is packed in a way that cannot be undone",
        "protocol": "its server does not speak proper HTTP",
        "robots": "its robots.txt forbids the visit",
        "misread": "it answers, but not with what it is declared to be",
        "stalled": "its answer could not be read in reasonable time",
        "empty": "it shows no entries any more",
        "defect": "a fault of this program; the log has the details",
        "undelivered": "its receiver does not take the messages",
        "former": "it was started while sources.yaml was wrong, and goes on by what was in force before",
        "together": "articles that were told lost their text or vanished together: {count}",
    },
    advice={
        "blocked": "try its feed or news sitemap, or ask the outlet",
        "robots": "take an address that robots.txt allows, or ask the outlet",
        "misread": "open the address in a browser: it may need another address or `kind`",
        "empty": "open the address in a browser: its layout may have changed, or the feed moved",
        "links-fell": "open the address in a browser: its layout may have changed; see `selectors`",
        "not-found": "the address is wrong or has moved",
        "gone": "the outlet has taken it away: remove the source",
        "forbidden-address": "for a source in your own network set `private: true`",
        "unreachable": "check the spelling of the host, and your own network",
        "rate-limited": "set a longer `every` for this source",
        "too-large": "see `settings.poll.max_body`",
        "quiet": "look whether the outlet publishes elsewhere now: `monitor add` finds its feed",
        "offline": "check this machine's network, and whether a provider blocks these sites",
        "defect": "please report it",
        "together": "open them in a browser: its layout may have changed; no alert is sent of them",
        "unpolled": "`monitor status` and `monitor doctor` say why; on a full disk make room",
        "undelivered": "see `monitor alerts`; once it is mended, what waits goes out, and what was given up by `monitor alerts resend --given-up`",
        "former": "`monitor check` names every mistake; mend them, then `monitor reload`",
    },
    pause="its longest pause so far: {pause}",
    since="since",
    until="until",
    detail="Detail",
    well="well again",
    monitor="the monitor",
    in_trouble="in trouble",
    well_again="well again",
    given_up="given up: {count}; `monitor alerts resend --given-up` sends them, `dismiss` lets them go",
    all_well="All {watched} sources are well.",
    some_broken="{broken} of {watched} sources are broken",
    flood="old entries came back as new",
    held="Articles on the story that came with it, told here and in no alerts of their own",
    none_held="Nothing on a story came with it.",
    more="More",
    clause="; ",
)

ARABIC = Troubles(
    language="ar",
    notice="إشعار خدمة",
    states={
        "ok": "سليم",
        "quiet": "ساكن",
        "failing": "متعثر",
        "blocked": "محجوب",
        "gone": "أزيل",
        "misread": "غير مقروء",
        "offline": "بلا شبكة",
        "new": "جديد",
        "off": "موقوف",
        "silent": "صامتة",
        "broken": "معظم المصادر معطلة",
        "asleep": "توقف الرصد",
        "unpolled": "لا يزور أي مصدر",
        "undelivered": "قناة لا تُسلِّم",
        "former": "يعمل بإعداداته السابقة",
    },
    reasons={
        "ok": "يُقرأ كما ينبغي",
        "new": "لم يُزَر بعد",
        "off": "موقوف في sources.yaml",
        "quiet": "يستجيب، لكنه لم يعرض جديدا منذ مدة طويلة",
        "silent": "لم يُعثر على خبر من القصة منذ مدة أطول من المعتاد",
        "broken": "تعذرت قراءة {broken} من أصل {watched} من المصادر",
        "offline": "انقطعت شبكتنا نحن",
        "asleep": "كان برنامج الرصد أو جهازه متوقفا",
        "unpolled": "حان موعد زيارة المصادر ولم يُزَر أي منها منذ أكثر من ساعة",
        "links-fell": "عدد مواده {count} والمعتاد {usual}",
        "unreachable": "يتعذر الوصول إلى خادمه",
        "timeout": "لا يستجيب خادمه في الوقت المحدد",
        "tls": "شهادته غير موثوقة أو تعذر الاتصال الآمن به",
        "forbidden-address": "عنوانه في شبكة خاصة",
        "redirects": "عنوانه يدور في حلقة أو لا يقود إلى شيء",
        "blocked": "الموقع يرفض هذا البرنامج",
        "not-found": "لا شيء في عنوانه",
        "gone": "أزالته الجهة الناشرة نهائيا",
        "rate-limited": "الموقع يطلب زيارات أقل",
        "unavailable": "الموقع يعلن أنه خارج الخدمة مؤقتا",
        "server-error": "في الموقع عطل",
        "client-error": "الموقع لا يقبل الطلب",
        "too-large": "جوابه أكبر من المسموح",
        "bad-encoding": "جوابه مضغوط بطريقة لا يمكن فكها",
        "protocol": "خادمه لا يلتزم ببروتوكول HTTP",
        "robots": "ملف robots.txt فيه يمنع الزيارة",
        "misread": "يستجيب، لكن بغير ما أُعلن عنه",
        "stalled": "تعذرت قراءة جوابه في وقت معقول",
        "empty": "لم يعد يعرض أي مادة",
        "defect": "خلل في هذا البرنامج، وتفاصيله في السجل",
        "undelivered": "لا يقبل مستلمها الرسائل",
        "former": "شُغِّل وملف sources.yaml فيه خطأ، وهو يواصل العمل بما كان ساريا قبله",
        "together": "مواد سبق الإبلاغ بها فقدت نصها أو اختفت معا: {count}",
    },
    advice={
        "blocked": "جرب خلاصته أو خريطة أخباره، أو اتصل بالجهة الناشرة",
        "robots": "اختر عنوانا يسمح به robots.txt، أو اتصل بالجهة الناشرة",
        "misread": "افتح العنوان في متصفح: قد يحتاج إلى عنوان آخر أو إلى `kind` آخر",
        "empty": "افتح العنوان في متصفح: ربما تغير تصميمه أو انتقلت خلاصته",
        "links-fell": "افتح العنوان في متصفح: ربما تغير تصميمه؛ انظر `selectors`",
        "not-found": "العنوان خطأ أو انتقل",
        "gone": "احذف هذا المصدر",
        "forbidden-address": "لمصدر في شبكتك اكتب `private: true`",
        "unreachable": "تحقق من كتابة اسم الخادم ومن شبكتك",
        "rate-limited": "اجعل `every` أطول لهذا المصدر",
        "too-large": "انظر `settings.poll.max_body`",
        "quiet": "تحقق هل انتقل النشر إلى مكان آخر: الأمر `monitor add` يجد خلاصته",
        "offline": "تحقق من شبكة هذا الجهاز، ومن أن مزود الخدمة لا يحجب هذه المواقع",
        "defect": "نرجو الإبلاغ عنه",
        "together": "افتحها في متصفح: ربما تغير تصميم الموقع؛ لا تُرسل إشعارات عنها",
        "unpolled": "الأمران `monitor status` و`monitor doctor` يذكران السبب؛ إن كان القرص ممتلئا فأفرغ فيه مكانا",
        "undelivered": "انظر `monitor alerts`؛ بعد إصلاح السبب يُرسل ما ينتظر، أما ما توقفت محاولة تسليمه فيرسله الأمر `monitor alerts resend --given-up`",
        "former": "الأمر `monitor check` يعدّد الأخطاء: أصلحها ثم `monitor reload`",
    },
    pause="أطول توقف سابق: {pause}",
    since="منذ",
    until="حتى",
    detail="التفصيل",
    well="عاد سليما",
    monitor="برنامج الرصد",
    in_trouble="متعثرة",
    well_again="عادت سليمة",
    given_up="رسائل توقفت محاولة تسليمها: {count}؛ يرسلها الأمر `monitor alerts resend --given-up`، ويتركها `dismiss`",
    all_well="كل المصادر سليمة، وعددها {watched}.",
    some_broken="معطل {broken} من أصل {watched} من المصادر",
    flood="مواد قديمة عادت كأنها جديدة",
    held="مواد من القصة جاءت معها، تُذكر هنا من دون إشعارات مستقلة",
    none_held="لم يأت معها شيء من أي قصة.",
    more="للمزيد",
    clause="؛ ",
)

_CATALOGUES = {"en": ENGLISH, "ar": ARABIC}


def troubles(language: str) -> Troubles:
    """The catalogue of a language; English where there is none."""
    return _CATALOGUES.get(base(language), ENGLISH)


def sentence(said: Troubles, reason: str, facts: Mapping[str, str]) -> str:
    """What is the matter, in a clause without a capital or a full stop.

    A reason that the catalogue does not know is named as it is.
    """
    clause = said.reasons.get(reason, reason).format_map(facts)
    if "pause" not in facts:
        return clause
    pause = format_timedelta(
        timedelta(hours=float(facts["pause"])), threshold=1.5, locale=said.language
    )
    return f"{clause}{said.clause}{said.pause.format(pause=pause)}"
