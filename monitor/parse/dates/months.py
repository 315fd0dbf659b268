"""Names of months, zones and times of day, folded: the tables behind `dates`."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.arabic import fold

# Arabic in three systems and their spellings, then the languages of the sources.
# Each line is one month; forms that a sentence really shows (Russian genitive).
_GREGORIAN: Final = """
january ianuarie जनवरी জানুয়ারি jan يناير جانفي ينایر كانون_الثاني كانون_2 كانون2 janvier janv januar jänner enero
    ene gennaio janeiro января январь янв января січня січень ocak ژانویه جنوری 1월 1月
    január ιανουαρίου ιαν
    stycznia januari tháng_1 tháng_01 ינואר בינואר oca січ
february februarie फरवरी ফেব্রুয়ারি feb فبراير فيفري شباط février févr février februar febrero febbraio fevereiro
    февраля февраль фев февр лютого лютий şubat فوریه فبروری 2월 2月
    február febr φεβρουαρίου φεβ
    lutego februari tháng_2 tháng_02 פברואר בפברואר şub лют
march martie मार्च মার্চ mar مارس آذار اذار mars märz mrz marzo março марта март мар березня березень mart مارچ
    3월 3月
    március márc μαρτίου μαρ
    marca maart maret tháng_3 tháng_03 מרץ במרץ מרס במרס бер
april aprilie अप्रैल এপ্রিল apr أبريل إبريل أفريل نيسان avril avr abril abr aprile апреля апрель апр квітня
    квітень nisan آوریل آپریل اپریل 4월 4月
    április ápr απριλίου απρ
    kwietnia tháng_4 tháng_04 אפריל באפריל nis кві
may मई মে مايو ماي أيار ايار نوار mai mayo maggio maio мая май травня травень mayıs مه مئ مه_می 5월
    5月
    május máj μαΐου μάι
    maja mei maj tháng_5 tháng_05 מאי במאי
june iunie जून জুন jun يونيو يونيه جوان حزيران juin juni junio giugno junho июня июнь июн червня червень
    haziran ژوئن جون 6월 6月
    június jún ιουνίου ιουν
    czerwca tháng_6 tháng_06 יוני ביוני haz чер
july iulie जुलाई জুলাই jul يوليو يوليه جويلية يوليوز تموز juillet juil juli julio luglio julho июля июль июл
    липня липень temmuz ژوئیه جولای 7월 7月
    július júl ιουλίου ιουλ
    lipca tháng_7 tháng_07 יולי ביולי tem лип
august अगस्त আগস্ট aug أغسطس اغسطس أوت غشت آب août agosto ago августа август авг серпня серпень ağustos
    اوت اگست 8월 8月
    augusztus αυγούστου αυγ
    sierpnia augustus agustus tháng_8 tháng_08 אוגוסט באוגוסט ağu сер
september septembrie सितंबर सितम्बर সেপ্টেম্বর sep sept سبتمبر شتنبر أيلول septembre septiembre setiembre settembre setembro
    сентября сентябрь сен сент вересня вересень eylül سپتامبر سپتمبر 9월 9月
    szeptember szept σεπτεμβρίου σεπ
    września tháng_9 tháng_09 ספטמבר בספטמבר eyl вер ستمبر
october octombrie अक्टूबर अक्तूबर অক্টোবর oct أكتوبر اكتوبر تشرين_الأول تشرين_1 تشرين1 octobre oktober okt octubre ottobre
    outubro октября октябрь окт жовтня жовтень ekim اکتبر 10월 10月
    október οκτωβρίου οκτ
    października tháng_10 אוקטובר באוקטובר eki жов
november noiembrie नवंबर नवम्बर নভেম্বর лист nov نوفمبر نونبر تشرين_الثاني تشرين_2 تشرين2 novembre noviembre novembro ноября
    ноябрь ноя нояб листопада листопад kasım نوامبر نومبر 11월 11月
    νοεμβρίου νοε
    listopada tháng_11 נובמבר בנובמבר kas лис
december decembrie दिसंबर दिसम्बर ডিসেম্বর dec ديسمبر دجنبر كانون_الأول كانون_1 كانون1 décembre déc dezember dez diciembre dic
    dicembre dezembro декабря декабрь дек грудня грудень aralık دسامبر دسمبر 12월 12月
    δεκεμβρίου δεκ
    grudnia desember tháng_12 דצמבר בדצמבר ara гру
"""
# Iranian months with the Afghan names beside them.
_JALALI: Final = """
فروردین حمل
اردیبهشت ثور
خرداد جوزا
تیر سرطان
مرداد اسد
شهریور سنبله
مهر میزان
آبان عقرب
آذر قوس
دی جدی
بهمن دلو
اسفند حوت
"""
_HIJRI: Final = """
محرم
صفر
ربيع_الأول ربيع_أول
ربيع_الآخر ربيع_الثاني
جمادى_الأولى جمادى_الاول
جمادى_الآخرة جمادى_الثانية جمادى_الاخر
رجب
شعبان
رمضان
شوال
ذو_القعدة ذي_القعدة
ذو_الحجة ذي_الحجة
"""


def _rows(table: str) -> list[list[str]]:
    """The names of each row; an indented line goes on with the row before it, `_` is a blank."""
    rows = re.split(r"\n(?=\S)", table.strip())
    return [[fold(name.replace("_", " ")) for name in row.split()] for row in rows]


def _numbered(table: str) -> dict[str, int]:
    return {name: number for number, row in enumerate(_rows(table), 1) for name in row}


GREGORIAN: Final = _numbered(_GREGORIAN)
JALALI: Final = _numbered(_JALALI)
HIJRI: Final = _numbered(_HIJRI)

# Minutes east of Greenwich. RFC 822's names, and those that outlets write;
# what means several zones (IST, AST, BST outside Britain) is left out.
ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420,
    "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "мск": 180,
    "trt": 180, "ksa": 180, "gst": 240, "kst": 540, "jst": 540, "wib": 420, "wita": 480, "hkt": 480, "sgt": 480, "pkt": 300,
    "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0, "مكه": 180, "الرياض": 180, "السعوديه": 180,
    "موسكو": 180, "ابوظبي": 240, "دبي": 240, "الامارات": 240,
}  # fmt: skip

# Clocks that change with the season; a name of two letters is read in American texts only.
CITIES: Final = {
    fold(name): zone
    for zone, names in (
        ("America/New_York", "et نيويورك واشنطن"),
        ("America/Los_Angeles", "pt"),
        ("Asia/Jerusalem", "القدس"),
        ("Asia/Beirut", "بيروت"),
        ("Asia/Damascus", "دمشق"),
        ("Asia/Baghdad", "بغداد"),
        ("Asia/Tehran", "طهران تهران"),
        ("Asia/Kuwait", "الكويت"),
        ("Asia/Qatar", "الدوحة قطر"),
        ("Asia/Seoul", "سيول سيئول 서울"),
        ("Asia/Pyongyang", "بيونغ pyongyang"),
        ("Asia/Shanghai", "بكين 北京时间 北京"),
        ("Africa/Cairo", "القاهرة"),
        ("Africa/Tunis", "تونس"),
        ("Africa/Algiers", "الجزائر"),
        ("Europe/Moscow", "московскому москве"),
        ("Europe/Kyiv", "киевскому київським كييف"),
        ("Europe/Istanbul", "tsi̇ إسطنبول"),
        ("Europe/Berlin", "برلين"),
        ("Europe/Paris", "باريس"),
        ("Europe/London", "لندن"),
    )
    for name in names.split()
}

# Where English writes the day first, and where the month; elsewhere it may be either.
DAY_BEFORE: Final = ("Europe/", "Africa/", "Asia/", "Australia/", "Indian/", "Pacific/Auckland")
EITHER: Final = frozenset(("Asia/Manila",))
MONTH_BEFORE: Final = frozenset(
    str.split("""
        America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix
        America/Detroit America/Anchorage America/Boise Pacific/Honolulu
    """)
)

# Halves and hours of the day beside a 12-hour clock, without dots and blanks.
AFTERNOON: Final = frozenset(
    map(
        fold,
        str.split("""
            pm م مساء مساءا عصر عصرا بعدالظهر بظ بعدازظهر μμ ch 오후 저녁 下午 午後 傍晚 晚上 晚间 晚間 शाम
        """),
    )
)
FORENOON: Final = frozenset(
    map(
        fold,
        str.split("""
            am ص صباح صباحا فجر فجرا قبلالظهر بعدمنتصفالليل منتصفالليل قظ صبح بامداد πμ sa 오전 새벽 아침
            上午 午前 凌晨 早上 早晨 清晨 सुबह
        """),
    )
)
NOON: Final = frozenset(map(fold, str.split("ظهر ظهرا 中午 낮 दोपहर")))  # from ten to four
NIGHT: Final = frozenset(
    map(fold, str.split("ليل ليلا شب نیمهشب 밤 深夜 夜里 夜間 रात"))
)  # from seven to four

# Words of "44 minutes ago": seconds of one. An Arabic dual is two.
_UNITS: Final = """
1 second seconds sec secs ثانية ثواني ثوان seconde secondes sekunde sekunden segundo
    segundos секунд секунды секунду saniye ثانیه 초 秒
60 minute minutes min mins دقيقة دقائق minuten minuto minutos минут минуты минуту мин хвилин
    хвилини dakika دقیقه 분 分 分钟
3600 hour hours hr hrs h ساعة ساعات heure heures stunde stunden hora horas час часа часов
    годин години saat ساعت 시간 小时 時間
86400 day days يوم أيام jour jours tag tagen tage día días день дня дней днів дні gün روز 일
    天 日
604800 week weeks أسبوع أسابيع semaine semaines woche wochen semana semanas неделю недели
    недель hafta هفته 주 周
"""
UNITS: Final = {name: int(row[0]) for row in _rows(_UNITS) for name in row[1:]}
DUALS: Final = {
    fold(name): 2 * seconds
    for name, seconds in (
        ("ثانيتين", 1),
        ("دقيقتين", 60),
        ("ساعتين", 3_600),
        ("يومين", 86_400),
        ("أسبوعين", 604_800),
    )
}
# Monday is 0.
WEEKDAYS: Final[dict[str, int]] = {
    fold(name): number
    for number, names in enumerate(
        (
            "الاثنين|الإثنين|اثنين|monday|mon|понедельник|понеділок|lundi|montag|lunes|pazartesi|lunedì|segunda|دوشنبه|پیر",
            "الثلاثاء|ثلاثاء|tuesday|tue|tues|вторник|вівторок|mardi|dienstag|martes|salı|martedì|terça|سه‌شنبه|منگل",
            "الأربعاء|الاربعاء|أربعاء|wednesday|wed|среда|середа|mercredi|mittwoch|miércoles|çarşamba|mercoledì|quarta|چهارشنبه|بدھ",
            "الخميس|خميس|thursday|thu|thur|thurs|четверг|четвер|jeudi|donnerstag|jueves|perşembe|giovedì|quinta|پنجشنبه|پنج‌شنبه|جمعرات",
            "الجمعة|جمعة|friday|fri|пятница|vendredi|freitag|viernes|cuma|venerdì|sexta|جمعه",
            "السبت|سبت|saturday|sat|суббота|субота|samedi|samstag|sonnabend|sábado|cumartesi|sabato|شنبه|ہفتہ",
            "الأحد|أحد|sunday|sun|воскресенье|неділя|dimanche|sonntag|domingo|pazar|domenica|یکشنبه|یک‌شنبه|اتوار",
        )
    )
    for name in names.split("|")
}
