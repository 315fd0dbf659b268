"""The words of the page in the reader's language: English and Arabic, as the alerts have.

Counts stand beside their labels, so that no language has to decline them. What verdicts say of
themselves (rules, what would have changed them) is English, as the ledger has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.alert.words import base


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """One catalogue. `nav` by path; `relations`, `states`, `bands`, `kinds`, `held` by their names."""

    language: str
    other: str  # the other language, in its own words
    nav: Mapping[str, str]
    skip: str
    as_of: str
    reload: str
    older: str
    newest: str
    see_all: str
    # how it fares
    fares: str
    well: str
    look: str
    sources_well: str  # "{ok}" of "{all}"
    last_poll: str
    never_polled: str
    overdue: str
    still: str
    no_network: str
    held_back: str
    full: str
    pending: str
    queued: str
    given_up: str
    on_hold: str
    refused: str  # "{channel}" since "{when}"
    stranded: str
    gaps: str
    no_sources: str
    what_to_do: str
    # developments
    developments: str
    last_news: str
    no_news: str
    no_news_next: str
    first: str
    latest: str
    reports: str
    outlets: str
    independent: str
    copies: str
    updates: str
    languages: str
    told: str
    not_told: str
    baseline: str
    muted: str
    note: str
    feed: str
    maybe: str
    maybe_why: str
    no_maybe: str
    score: str
    edge: str
    # one development
    of: str
    joined: str
    published: str
    undated: str
    credits: str
    aggregator: str
    at_outlet: str
    who_was_told: str
    nobody: str
    answer: str
    tries: str
    next_try: str
    mend: str
    mute: str
    unmute: str
    rename: str
    part: str
    merge: str
    # one article
    article: str
    source: str
    seen: str
    text: str
    no_text: str
    cut: str
    verdict: str
    why: str
    rule: str
    came_of_it: str
    named: str
    nearest: str
    terms: str
    lacks: str
    excluded: str
    label: str
    meaning: str
    other_reason: str
    would_change: str
    pieces: str  # what belongs to no story
    place: str
    lineage: str
    first_at: str
    then_at: str
    labels: str
    labelled: Mapping[str, str]
    evidence: str
    no_evidence: str
    fetched: str
    since_told: str
    went: str
    came: str
    teach: str
    yes: str
    no: str
    undo: str
    explain: str
    # sources
    state: str
    since: str
    last_read: str
    next_poll: str
    due: str
    address: str
    no_source_next: str
    # search
    words: str
    find: str
    how: str
    nothing_found: str
    nothing_found_next: str
    filling: str
    story: str
    every: str
    # alerts
    when: str
    what: str
    channel: str
    recipient: str
    no_alerts: str
    no_alerts_next: str
    all: str
    hold: Mapping[str, str]
    until: str
    # articles
    articles: str
    no_articles: str
    bands: Mapping[str, str]
    relations: Mapping[str, str]
    states: Mapping[str, str]
    # errors
    unknown: str
    unknown_next: str
    bad: str
    away: str
    foreign: str
    foreign_next: str
    separator: str
    beside: Mapping[str, str]  # groups of what only stands near the story, or hints at it


ENGLISH = PageWords(
    language="en",
    other="العربية",
    nav={"": "Stories", "sources": "Sources", "alerts": "Alerts", "search": "Search"},
    skip="Skip to the content",
    as_of="As of",
    reload="Reload",
    older="Older",
    newest="Newest",
    see_all="All of them",
    fares="How the monitor fares",
    well="All is well.",
    look="Something needs a look.",
    sources_well="{ok} of {all} sources are well",
    last_poll="Last poll",
    never_polled="Nothing has been polled yet.",
    overdue="Sources overdue by more than ten minutes",
    still="The daemon's jobs stand still: nothing is polled.",
    no_network="Our own network is down: nothing can be read.",
    held_back="Nothing is sent:",
    full="The disk is full:",
    pending="Waiting to be read",
    queued="Waiting to be sent",
    given_up="Given up",
    on_hold="Held for a summary or digest",
    refused="{channel} has not taken what waits since",
    stranded="Waiting for a channel that is not in sources.yaml",
    gaps="Gaps of the last day, in which something may have been missed",
    no_sources="No source is polled: nothing can be found.",
    what_to_do="What to do",
    developments="Developments",
    last_news="Latest news",
    no_news="Nothing on this story so far.",
    no_news_next="Whether its sources are read stands under Sources; what came near stands below, "
    "under Perhaps on the story. What it was taught, and whether its seeds say enough:",
    first="First report",
    latest="Latest news",
    reports="Reports",
    outlets="Outlets",
    independent="Independent voices",
    copies="Copies",
    updates="Updates",
    languages="Languages",
    told="Alert to",
    not_told="no alert of its own",
    baseline="known from the first reading",
    muted="muted",
    note="Note",
    feed="Feed of this story (Atom)",
    maybe="Perhaps on the story",
    maybe_why="Not alerted, because something is lacking. Your yes or no teaches the story.",
    no_maybe="Nothing of the last seven days is in doubt.",
    score="Score",
    edge="edge",
    of="of",
    joined="Joined",
    published="Published",
    undated="no date given",
    credits="credits",
    aggregator="seen through an aggregator",
    at_outlet="Read it at the outlet",
    who_was_told="Who was told",
    nobody="Nobody so far.",
    answer="Answer",
    tries="Attempts",
    next_try="Next attempt",
    mend="Mend it, in a terminal",
    mute="Send no further alerts of it",
    unmute="Alert again what is new",
    rename="Give it a name of your own",
    part="Part a report that is of another event",
    merge="Put the reports of another development into it",
    article="Article",
    source="Source",
    seen="First seen",
    text="Text",
    no_text="No text is kept of it: what matches no story is let go after a time, or its page was not read.",
    cut="Cut here; the whole of it stands at the outlet.",
    verdict="Verdict",
    why="Why",
    rule="Rule",
    came_of_it="What became of it",
    named="Named in it",
    nearest="Most like the seed",
    terms="Words of the seeds",
    lacks="What it lacks",
    excluded="Excluded words",
    label="Your labels",
    meaning="Meaning",
    other_reason="Also",
    would_change="What would have changed it",
    pieces="It was not judged for any story that is followed now.",
    place="Its development",
    lineage="Where the text comes from",
    first_at="First at",
    then_at="then",
    labels="Your labels",
    labelled={"yes": "labelled yes", "no": "labelled no", "none": "label taken back"},
    evidence="Evidence",
    no_evidence="No bytes are kept: they are of what is on a story, or maybe.",
    fetched="fetched",
    since_told="Changed since it was told",
    went="went",
    came="came",
    teach="Teach the story, in a terminal",
    yes="It belongs",
    no="It does not",
    undo="Take a label back",
    explain="All of this in the terminal",
    state="State",
    since="Since",
    last_read="Last read",
    next_poll="Next poll",
    due="due",
    address="Address",
    no_source_next="Find a site's feed and add it:",
    words="Words",
    find="Search",
    how="All the words, in any spelling: hamza, ya, ta marbuta, vowel signs, case and accents do not matter. "
    "Words in quotes stand side by side.",
    nothing_found="Nothing that is stored holds all these words.",
    nothing_found_next="Try fewer words, or one of them alone; English and other endings count.",
    filling="Stored articles that are not searched yet",
    story="Story",
    every="every story",
    when="When",
    what="What",
    channel="Channel",
    recipient="To",
    no_alerts="Nothing was sent so far.",
    no_alerts_next="A first reading of a source alerts nobody. Whether your channels work is tried by:",
    all="all",
    hold={
        "quiet": "quiet hours",
        "ceiling": "more than the ceiling allows",
        "away": "came while the monitor was away",
        "digest": "for the digest",
        "flood": "came in a flood",
    },
    until="until",
    articles="Articles",
    no_articles="No stored article is in this band.",
    bands={"on": "on the story", "maybe": "perhaps on it", "off": "off"},
    relations={
        "new": "new report",
        "copy": "copy",
        "repeat": "repeat",
        "update": "update",
        "revision": "revision",
        "uncompared": "ruled out by its headline",
    },
    states={
        "held": "held",
        "queued": "waiting",
        "delivered": "delivered",
        "given-up": "given up",
        "dismissed": "dismissed",
    },
    unknown="There is no such page",
    unknown_next="What was merged, or let go, has another number or none. Begin at the stories, or search.",
    bad="This address is not understood",
    away="The store does not answer",
    foreign="This monitor is not known under that name",
    foreign_next="Name the address that you use in sources.yaml, and reload:",
    separator=", ",
    beside={"near": "beside it", "hint": "hints at it"},
)

ARABIC = PageWords(
    language="ar",
    other="English",
    nav={"": "القصص", "sources": "المصادر", "alerts": "الإشعارات", "search": "البحث"},
    skip="انتقل إلى المحتوى",
    as_of="حتى",
    reload="تحديث الصفحة",
    older="الأقدم",
    newest="الأحدث",
    see_all="عرض الكل",
    fares="حال الرصد",
    well="كل شيء على ما يرام.",
    look="ثمة ما يحتاج إلى نظر.",
    sources_well="المصادر السليمة: {ok} من {all}",
    last_poll="آخر زيارة للمصادر",
    never_polled="لم يُزَر أي مصدر بعد.",
    overdue="مصادر تأخرت زيارتها أكثر من عشر دقائق",
    still="توقفت مهام البرنامج: لا يُزار أي مصدر.",
    no_network="شبكتنا نحن مقطوعة: لا يمكن قراءة شيء.",
    held_back="لا يُرسل شيء:",
    full="القرص ممتلئ:",
    pending="بانتظار القراءة",
    queued="بانتظار الإرسال",
    given_up="تعذر تسليمها",
    on_hold="مؤجلة إلى ملخص أو موجز",
    refused="لم تتسلم القناة {channel} ما ينتظر منذ",
    stranded="تنتظر قناة ليست في sources.yaml",
    gaps="فجوات اليوم الأخير التي ربما فات فيها شيء",
    no_sources="لا يُزار أي مصدر: لا يمكن العثور على شيء.",
    what_to_do="ما العمل",
    developments="التطورات",
    last_news="آخر جديد",
    no_news="لا شيء عن هذه القصة حتى الآن.",
    no_news_next="تجد في صفحة المصادر هل تُقرأ مصادرها، وتجد أدناه ما اقترب منها. "
    "ولمعرفة ما تعلمته القصة وهل تكفي أمثلتها:",
    first="أول تقرير",
    latest="آخر جديد",
    reports="التقارير",
    outlets="جهات النشر",
    independent="أصوات مستقلة",
    copies="النسخ",
    updates="المستجدات",
    languages="اللغات",
    told="إشعار إلى",
    not_told="بلا إشعار مستقل",
    baseline="معروف من القراءة الأولى",
    muted="مكتوم",
    note="ملاحظة",
    feed="خلاصة هذه القصة (Atom)",
    maybe="ربما تخص القصة",
    maybe_why="لم يُرسل إشعار بها لأن شيئا ينقصها. جوابك بنعم أو لا يعلّم القصة.",
    no_maybe="لا شيء موضع شك في الأيام السبعة الأخيرة.",
    score="الدرجة",
    edge="الحد",
    of="عن",
    joined="أُضيف",
    published="نُشر",
    undated="بلا تاريخ",
    credits="نقلا عن",
    aggregator="وصل عبر مجمِّع أخبار",
    at_outlet="اقرأه عند ناشره",
    who_was_told="من أُبلغ به",
    nobody="لا أحد حتى الآن.",
    answer="الجواب",
    tries="المحاولات",
    next_try="المحاولة التالية",
    mend="إصلاحه من سطر الأوامر",
    mute="كتم إشعاراته",
    unmute="إعادة إشعاراته",
    rename="تسميته باسم من عندك",
    part="فصل تقرير يخص حدثا آخر",
    merge="ضم تقارير تطور آخر إليه",
    article="الخبر",
    source="المصدر",
    seen="أول رصد",
    text="النص",
    no_text="لا نص محفوظ له: ما لا يخص أي قصة يُحذف نصه بعد مدة، أو لم تُقرأ صفحته.",
    cut="اختُصر هنا، والنص كاملا عند ناشره.",
    verdict="الحكم",
    why="السبب",
    rule="القاعدة",
    came_of_it="ما آل إليه",
    named="ورد فيه",
    nearest="أقرب الأمثلة إليه",
    terms="كلمات من الأمثلة",
    lacks="ما ينقصه",
    excluded="كلمات مستبعدة",
    label="إجاباتك",
    meaning="المعنى",
    other_reason="كذلك",
    would_change="ما كان سيغير الحكم",
    pieces="لم يُحكم فيه لأي قصة متابَعة الآن.",
    place="التطور الذي يخصه",
    lineage="أصل النص",
    first_at="أول من نشره",
    then_at="ثم",
    labels="إجاباتك",
    labelled={"yes": "أجبت بنعم", "no": "أجبت بلا", "none": "سُحبت الإجابة"},
    evidence="الأدلة",
    no_evidence="لم يُحفظ أصله: لا يُحفظ إلا أصل ما يخص قصة أو ربما يخصها.",
    fetched="جُلب",
    since_told="تغيّر بعد الإبلاغ به",
    went="حُذف",
    came="أُضيف",
    teach="تعليم القصة من سطر الأوامر",
    yes="الخبر منها",
    no="ليس منها",
    undo="التراجع عن إجابة",
    explain="كل هذا في سطر الأوامر",
    state="الحال",
    since="منذ",
    last_read="آخر قراءة",
    next_poll="الزيارة التالية",
    due="حان وقتها",
    address="العنوان",
    no_source_next="للعثور على خلاصة موقع وإضافته:",
    words="الكلمات",
    find="ابحث",
    how="كل الكلمات بأي رسم: لا فرق في الهمزة والياء والتاء المربوطة والتشكيل وحالة الأحرف. "
    "وما بين علامتي تنصيص يُبحث عنه متجاورا.",
    nothing_found="لا خبر محفوظ فيه كل هذه الكلمات.",
    nothing_found_next="جرّب كلمات أقل، أو واحدة منها وحدها.",
    filling="أخبار محفوظة لم تدخل البحث بعد",
    story="القصة",
    every="كل القصص",
    when="متى",
    what="ماذا",
    channel="القناة",
    recipient="إلى",
    no_alerts="لم يُرسل شيء حتى الآن.",
    no_alerts_next="القراءة الأولى لأي مصدر لا تُرسل إشعارا. ولتجربة قنواتك:",
    all="الكل",
    hold={
        "quiet": "ساعات الهدوء",
        "ceiling": "أكثر مما يسمح به السقف",
        "away": "جاء في أثناء توقف الرصد",
        "digest": "للموجز",
        "flood": "جاء ضمن دفعة كبيرة",
    },
    until="حتى",
    articles="الأخبار",
    no_articles="لا خبر محفوظا من هذا الصنف.",
    bands={"on": "من القصة", "maybe": "ربما منها", "off": "ليس منها"},
    relations={
        "new": "تقرير جديد",
        "copy": "نسخة",
        "repeat": "تكرار",
        "update": "تحديث",
        "revision": "تعديل",
        "uncompared": "استبعده عنوانه",
    },
    states={
        "held": "مؤجل",
        "queued": "في الانتظار",
        "delivered": "سُلّم",
        "given-up": "تعذر تسليمه",
        "dismissed": "صُرف النظر عنه",
    },
    unknown="لا توجد صفحة بهذا العنوان",
    unknown_next="ما ضُمّ إلى غيره أو حُذف صار له رقم آخر أو لم يعد له رقم. ابدأ من القصص أو ابحث.",
    bad="هذا العنوان غير مفهوم",
    away="قاعدة البيانات لا تستجيب",
    foreign="هذا البرنامج غير معروف بهذا الاسم",
    foreign_next="اكتب العنوان الذي تستخدمه في sources.yaml ثم أعد تحميله:",
    separator="، ",
    beside={"near": "بجواره", "hint": "تلميح إليه"},
)

_CATALOGUES = {"en": ENGLISH, "ar": ARABIC}


def page_words(language: str) -> PageWords:
    """The catalogue of a language; English where there is none."""
    return _CATALOGUES.get(base(language), ENGLISH)
