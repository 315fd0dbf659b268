"""Words that decide whether a change of wording is a change of fact.

Three lists, matched by `substance` and not by spelling: words that exclude each
other (arrived, left; Monday, Tuesday; Moscow, Kyiv), words that may stand for
each other (said, stated), and words that carry no fact at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from monitor.identify.wording import folded, root

_Table = Mapping[str, frozenset[tuple[int, int]]]

# Letters of a word outside Arabic script that stand for all its endings.
_STEM: Final = 5
# A root of fewer consonants is shared by unlike words.
_ROOT: Final = 3


@lru_cache(maxsize=50_000)
def substance(word: str) -> str:
    """A folded word without its endings, equal for the forms of one word."""
    if word[0] > "\u0620":
        bare = root(word)
        return bare if len(bare) >= _ROOT else word
    return word[:_STEM] if word[0].isalpha() else word


def _substances(text: str) -> frozenset[str]:
    return frozenset(substance(word) for word in folded(text))


# Each line one kind; what a bar parts excludes each other. A word may be of several kinds.
_EXCLUSIVE: Final = """
قتل قتلت قتلوا قتيل قتلى يقتل تقتل مقتل مقتلهم مصرع مصرعهم وفاة توفي ماتوا استشهد استشهاد شهداء قضوا kill killed dead died dies deaths погиб погибли погибших убит убиты | أصيب أصيبوا أصاب إصابة إصابات مصاب مصابين مصابا جرح جريح جرحى جرحوا يصيب تصيب wounded injured hurt injuries пострадал пострадали ранен ранены раненых | أسر أسرت أسرى أسير أسروا يأسر captured prisoners пленных | فقد مفقود مفقودين missing пропал пропали | نجا نجوا ناجين إنقاذ أنقذ أنقذت rescued survived спасли спасены
وصل وصلت وصلوا يصل تصل وصول وصوله وصولها arrive arrived arrives arrival прибыл прибыла прибыли | غادر غادرت غادروا يغادر تغادر مغادرة مغادرته رحل departed leaves left departs покинул уехал отбыл | عاد عادت عادوا يعود تعود عودة عودته returned returns вернулся вернулись
رفع يرفع رفعت ترفع زاد زادت زيادة يزيد ارتفع ارتفعت يرتفع ارتفاع raised raises rose rises increase increased grew вырос выросли повысил увеличил | خفض يخفض خفضت تخفض تخفيض خفّض انخفض انخفضت ينخفض انخفاض تراجع تراجعت يتراجع هبط هبطت هبوط lowered lowers cut cuts fell falls decrease decreased снизил снизились упал | أبقى ثبت تثبيت unchanged
أعلى أكثر فوق above более выше | أدنى أقل دون تحت below less fewer ниже менее
شمال شمالي شمالية north northern северный севере | جنوب جنوبي جنوبية south southern южный юге | شرق شرقي شرقية east eastern восточный востоке | غرب غربي غربية west western западный западе
صباح صباحا فجر morning dawn утром | مساء مساءا ليل ليلة evening night вечером ночью | ظهر ظهرا noon днем
السبت saturday субботу суббота | الأحد sunday воскресенье | الاثنين الإثنين monday понедельник | الثلاثاء tuesday вторник | الأربعاء wednesday среду среда среды | الخميس thursday четверг четверга | الجمعة friday пятницу пятница пятницы
أمس yesterday вчера | غدا غد tomorrow завтра
يناير january января январе | فبراير february февраля феврале | مارس march марта марте | أبريل april апреля апреле | مايو мая мае | يونيو june июня июне | يوليو july июля июле | أغسطس august августа августе | سبتمبر september сентября сентябре | أكتوبر october октября октябре | نوفمبر november ноября ноябре | ديسمبر december декабря декабре
دقيقة دقائق minute minutes минут | ساعة ساعات hour hours час часов часа | أيام يوما يومين day days день дней дня | أسبوع أسابيع أسبوعين week weeks неделю недель недели | شهر أشهر شهور شهرين month months месяц месяцев месяца | عام أعوام عامين سنة سنوات سنتين year years год лет года
كيلومتر كيلومترا كيلومترات kilometre kilometres km километр километров | متر مترا أمتار metre metres meter meters метр метров | ميل ميلا أميال mile miles миля миль | قدم قدما feet | هكتار هكتارا hectares | فدان فدانا acres
دولار دولارا دولارات dollar dollars долларов | يورو euro euros евро | روبل rouble roubles ruble rubles рублей | جنيه جنيها pounds | دينار دينارا dinars | ريال ريالا riyals | درهم درهما | ليرة lira | وون won | يوان yuan
طن طنا أطنان ton tons tonnes тонн | كيلوغرام كيلوغراما kg | لتر لترا litres | برميل برميلا barrels
بالمية percent процентов
وافق وافقت يوافق توافق موافقة agreed approve approved accepts одобрил согласился | رفض رفضت يرفض ترفض رفضه refuse refused rejected отказался | أجل أرجأ أرجأت إرجاء تأجيل postponed delayed отложил | ألغى ألغت إلغاء cancelled canceled отменил
أكد أكدت يؤكد تؤكد تأكيد confirm confirmed confirms подтвердил | نفى نفت ينفي تنفي نفي deny denied denies отрицает опроверг
رحب رحبت يرحب ترحب ترحيب أشاد أشادت يشيد إشادة welcomed praised praises приветствовал похвалил | ندد نددت يندد تندد تنديد أدان أدانت يدين إدانة استنكر انتقد انتقدت ينتقد انتقاد condemned criticised criticized осудил раскритиковал
دعم يدعم تدعم تأييد أيد أيدت supports backed поддержал | عارض عارضت يعارض معارضة opposes opposed выступил
فاز فازت يفوز تفوز فوز won wins win victory победил | خسر خسرت يخسر تخسر خسارة هزيمة lost loses lose defeat проиграл | تعادل يتعادل draw
استعاد استعادت يستعيد تستعيد استعادة حرر حررت تحرير regained retook recaptured освободил | فقدان فقدت lost потерял
بدأ بدأت يبدأ تبدأ بداية بدء انطلق انطلقت انطلاق began begins start started начал начали | انتهى انتهت ينتهي إنهاء أنهى أنهت اختتم ended ends finished завершил закончил
فتح فتحت يفتح تفتح opened opens open открыл | أغلق أغلقت يغلق إغلاق closed closes shut закрыл закрыт
اعتقل اعتقلت يعتقل اعتقال أوقف أوقفت توقيف احتجز احتجزت احتجاز arrested arrests detained задержан арестован | أفرج أفرجت إفراج إطلاق أطلقت سراح freed released releases освобожден
هجوم هاجم هاجمت attack attacked атака атаковал | دفاع دافع صد صدت defended repelled | انسحب انسحبت ينسحب انسحاب withdrew withdrawal отступил | تقدم تقدمت يتقدم advanced продвинулся
داخل inside внутри | خارج outside снаружи
يمين يميني right | يسار يساري left
برا بري برية ground | بحرا بحري بحرية naval | جوا جوي جوية air
مدفعية artillery | طيران طائرات aircraft | مسيرة مسيرات مسيّرة drone drones | صاروخ صواريخ صاروخين missile missiles
رجل رجال man men | امرأة نساء سيدة woman women | طفل أطفال child children
عميد | عقيد colonel | لواء | فريق | جنرال general | نقيب captain | رائدا | ملازم lieutenant
خارجية | داخلية | مالية | صحة | تموين | تجارة | نقل
الأول الأولى first первый | الثاني الثانية second второй | الثالث الثالثة third третий | الرابع الرابعة fourth | الخامس الخامسة fifth
روسيا روسي روسية موسكو الكرملين russia russian moscow kremlin россия россии москва москве | أوكرانيا أوكراني أوكرانية كييف ukraine ukrainian kyiv kiev украина украины киев | كوريا كوري كورية بيونغ يانغ سيول بيونغيانغ korea korean pyongyang seoul | صين صيني صينية بكين china chinese beijing китай | يابان ياباني يابانية طوكيو japan japanese tokyo | أميركا أمريكا أميركي أميركية واشنطن البنتاغون أمريكا america american washington pentagon сша вашингтон | إيران إيراني إيرانية طهران iran iranian tehran | تركيا تركي تركية أنقرة turkey turkish ankara | قطر قطري قطرية الدوحة qatar qatari doha | عمان عماني عمانية مسقط oman muscat | سعودية سعودي الرياض saudi riyadh | إمارات إماراتي أبوظبي دبي emirates | كويت كويتي kuwait | بحرين بحريني bahrain | مصر مصري مصرية القاهرة egypt egyptian cairo | أردن أردني jordan amman | سوريا سوري سورية دمشق syria syrian damascus | لبنان لبناني لبنانية بيروت lebanon beirut | عراق عراقي عراقية بغداد iraq baghdad | إسرائيل إسرائيلي تل أبيب israel israeli | فلسطين فلسطيني غزة gaza palestinian | يمن يمني صنعاء yemen | ليبيا ليبي طرابلس libya tripoli | تونس تونسي tunisia | جزائر جزائري algeria | مغرب مغربي الرباط morocco | سودان سوداني الخرطوم sudan | يونان يوناني أثينا greece athens | فرنسا فرنسي فرنسية باريس france french paris | ألمانيا ألماني ألمانية برلين germany german berlin | بريطانيا بريطاني بريطانية لندن britain british london | إيطاليا إيطالي روما italy rome | إسبانيا إسباني مدريد spain madrid | بولندا بولندي وارسو poland warsaw | هند هندي نيودلهي india delhi | باكستان باكستاني إسلام آباد pakistan | بيلاروسيا مينسك belarus minsk | فيتنام فيتنامي هانوي vietnam hanoi | كورسك kursk курск курске | خاركيف kharkiv | دونيتسك donetsk | لوغانسك luhansk | بيلغورود belgorod | زابوريجيا zaporizhzhia | خيرسون kherson | سومي sumy | بروكسل brussels | جنيف geneva | نيويورك | فلاديفوستوك vladivostok | خاباروفسك khabarovsk
"""
_STANDS_FOR: Final = """
قال قالت قالوا يقول تقول قائلا قائلة ذكر ذكرت يذكر أعلن أعلنت يعلن تعلن إعلان أوضح أوضحت موضحا أضاف أضافت مضيفا أفاد أفادت صرح صرحت أشار أشارت مشيرا لفت لافتا كشف كشفت يكشف أكد أكدت يؤكد تؤكد مؤكدا تابع كتب أبلغ شدد said says say told stated announced added reported according сообщил сообщили сообщила заявил заявила сказал отметил
نحو حوالي قرابة زهاء تقريبا about around some nearly roughly около примерно
الشمالية الديمقراطية
قوات جنود جندي عسكريين عسكري عناصر troops soldiers
لأن بسبب نتيجة جراء because due
يزال زال زالت زالوا يزالون تزال still
عدة عدد several
إلى نحو باتجاه صوب toward towards
بيان تصريح statement
"""
_EMPTY: Final = """
في من إلى على عن مع بعد قبل خلال منذ حتى عند لدى بين ضمن عبر أن إن أنه أنها إنه إنها وأن بأن لأن كما قد لقد
هذا هذه ذلك تلك هؤلاء التي الذي الذين اللذين هو هي هم هما كان كانت كانوا يكون تكون وكان وكانت ليكون ثم أو أم بل لكن غير
كل بعض أي أيضا حيث بينما فيما حين عندما إذ إذا ما مما بما كما لما له لها لهم به بها فيه فيها منه منها منهم عليه عليها إليه إليها
وفق وفقا بحسب حسب إثر عقب أثناء جانبه جهته جهتها ناحيته بدوره بدورها نفسه نفسها ذاته يذكر جدير بالذكر اليوم الآن أمام تم تمت جرى وقد لا لم لن
من جهة أخرى في حين على صعيد آخر أسفر أدى مشيرة معربا معتبرا
عاجل فيديو صور خاص شاهد بالفيديو بالصور تفاصيل للمرة مرة
the a an of in on at to for from by with as and or but is are was were be been has have had its it that this these those which who whom
their his her they he she we you i after before during into over under than then there will would could can may also more most who while when
в и на не что с по из за о к как это от для при был была были его ее их также или он она они а до у во со об же бы уже еще
breaking exclusive video watch live update
"""


def _table(lines: str) -> _Table:
    """For each word the lines in which it stands and its place there between bars."""
    found: dict[str, set[tuple[int, int]]] = {}
    for line, words in enumerate(lines.strip().splitlines()):
        for at, forms in enumerate(words.split("|")):
            for word in _substances(forms):
                found.setdefault(word, set()).add((line, at))
    return {word: frozenset(places) for word, places in found.items()}


_KINDS: Final = _table(_EXCLUSIVE)
_ALIKE: Final = _table(_STANDS_FOR)
_NO_FACT: Final = frozenset(folded(_EMPTY))
_QUALIFYING: Final = frozenset(
    folded(
        "نائب نائبة مساعد سابق سابقة سابقا محاولة غير شبه دون بدون ربما يعتزم تعتزم وقف رفض مزاعم مزعوم شبهة"
        " deputy former attempted alleged failed almost without против бывший заместитель"
    )
)
# Names that differ by a long vowel only, which the comparable form leaves out.
_NAMED_APART: Final = frozenset(
    folded(
        "حسن حسين حسان محمد محمود سالم سليم سلام سلمان سليمان سلم عمر عامر عمار عمرو سعد سعيد"
        " صالح صلاح ناصر نصر ناصيف جابر جبر كمال كامل جمال جميل رشد رشيد راشد خالد خليد ماجد مجيد"
        " وليد ولد حامد حميد مازن طارق طريق فارس فرس سامي سمي نبيل نبل امين امن عادل عدل سمير سامر"
    )
)


def _listed(table: _Table, word: str) -> frozenset[tuple[int, int]]:
    """What is listed of a word, with or without an "and" before it."""
    found = table.get(substance(word))
    if found is None and word[0] == "و" and len(word) > _ROOT:
        found = table.get(substance(word[1:]))
    return found or frozenset()


def kinds(words: Iterable[str]) -> dict[int, set[int]]:
    """Of the folded words: each kind of exclusive words that is met, with what is said of it."""
    found: dict[int, set[int]] = {}
    for word in words:
        if says_nothing(word):
            continue
        for kind, at in _listed(_KINDS, word):
            found.setdefault(kind, set()).add(at)
    return found


def stand_for_each_other(one: str, other: str) -> bool:
    """Whether two folded words may replace each other without a change of fact."""
    return not _listed(_ALIKE, one).isdisjoint(_listed(_ALIKE, other))


def says_nothing(word: str) -> bool:
    """Whether a folded word carries no fact: it joins, points or announces."""
    return word in _NO_FACT or (word[0] == "و" and word[1:] in _NO_FACT)


def speaks(word: str) -> bool:
    """Whether a folded word says that somebody said something."""
    return (0, 0) in _listed(_ALIKE, word)


def named_apart(one: str, other: str) -> bool:
    """Whether two folded words with equal consonants are two names."""
    return one != other and one in _NAMED_APART and other in _NAMED_APART


def qualifies(word: str) -> bool:
    """Whether a folded word, put before or behind another, makes it another fact."""
    return word.removeprefix("ال").removeprefix("و") in _QUALIFYING


def is_coming(word: str) -> bool:
    """Whether a folded Arabic word is a verb of what is to come (سيصل, ستصل)."""
    return len(word) > _ROOT + 1 and word.removeprefix("و")[:2] in {"سي", "ست", "سن"}
