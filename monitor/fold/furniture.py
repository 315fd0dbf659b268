"""Lines of an outlet around an article: credits, rights, datelines, links to follow."""

from __future__ import annotations

import re
from typing import Final

from monitor.fold.lexicon import kinds, speaks
from monitor.identify.wording import folded

_AGENCY: Final = (
    r"وكالات|وكالة \w+|رويترز|أ ?[.ـ]? ?ف ?[.ـ]? ?ب|ا ف ب|أ ب|د ب أ|فرانس برس|الأناضول|الاناضول|"
    r"أسوشيتد برس|اسوشيتد برس|سبوتنيك|تاس|نوفوستي|يونهاب|شينخوا|واس|وام|قنا|بترا|سانا|كونا|"
    r"الجزيرة نت|سكاي نيوز عربية|العربية|AP|AFP|Reuters|TASS|RIA|Xinhua|Yonhap|UPI|EFE|dpa|"
    r"ТАСС|РИА Новости|Интерфакс|Рейтер|Укринформ"
)
# A place and an agency before the first word: "SEOUL, May 2 (Reuters) - ".
_DATELINE: Final = re.compile(
    rf"^[^.!?؟\n«»\"]{{0,45}}?[\s(/\[–—-]*(?:{_AGENCY})(?:\s*\+?\s*وكالات)?\s*[)/\]]*\s*[-–—:|/]+\s*"
    rf"|^[^!?؟\n«»\"]{{0,45}}?[(/\[]\s*(?:{_AGENCY})\s*[)/\]]\s*[-–—:|.]*\s*"
    r"|^\w+(?:[ ,،]+\w+){0,2}\s*[-–—ـ]\s*[«\"][^»\"\n]{2,25}[»\"]\s*[-–—:]\s*"
    r"|^\w+(?:[ ,،]+\w+){0,2}\s[-–—ـ]\s"
)
# How such a line begins. Words that also begin a sentence of news need a colon or a bracket.
_BEGINS: Final = re.compile(
    r"^\W*(?:(?P<credit>(?:المصدر|مصدر الخبر|المصادر|source|sources|источник|фото|كتب|كتبت|كتابة|إعداد|"
    r"اعداد|تحرير|ترجمة|محرر|المحرر|مراسل|photo|text)\s*[:/]|نقلا عن\b|بقلم\b|by [A-Zs]|"
    r"reporting by\b|editing by\b|writing by\b)"
    r"|(?P<line>صورة (?:أرشيفية|ارشيفية|توضيحية|متداولة)|file photo|كلمات (?:دلالية|مفتاحية)|"
    r"الكلمات (?:الدلالية|المفتاحية)|وسوم\b|الوسوم\b|tags\b|شارك (?:الخبر|المقال|هذا|عبر|على)|شاركها|"
    r"مشاركة (?:الخبر|المقال)|تابعنا|تابعونا|تابعوا (?:آخر|اخر|كل|أخبار|أحدث)|تابع (?:آخر|اخر|قناة|أيضا)|"
    r"اشترك (?:في|الآن)|اشتركوا|للاشتراك|حمل تطبيق|اقرأ|إقرأ|اقرا|شاهد (?:أيضا|ايضا)|جميع الحقوق|"
    r"حقوق (?:النشر|الطبع)|copyright|all rights|©|share this|follow us|subscribe (?:to|now)|"
    r"read (?:more|also)|sign up for|انتهى\s*/|للمزيد|لمزيد من|تم النشر|آخر تحديث|اخر تحديث|"
    r"читайте|подписывайтесь|поделиться))"
    r"|^\W*\((?P<bracket>إعداد|اعداد|تحرير|ترجمة|reporting by|editing by)\b",
    re.IGNORECASE,
)
_LINE: Final = 16
_WITHIN: Final = re.compile(
    r"حقوق (?:النشر )?محفوظة|الحقوق محفوظة|all rights reserved|شبكة \w+ الإخبارية|بوابة \w+|"
    r"صحيفة \w+$|وكالة \w+ للأنباء$|موقع \w+$",
    re.IGNORECASE,
)
_ONLY_AGENCY: Final = re.compile(rf"^\W*(?:{_AGENCY})\W*$")
# Of what excludes each other, a credit may have days, months and places.
_DATED: Final = frozenset(kinds(("الاحد", "يناير", "اليابان", "صباح")))


def without_dateline(text: str) -> str:
    """A text without place, day and agency before its first word."""
    return _DATELINE.sub("", text, count=1)


def is_furniture(sentence: str) -> bool:
    """Whether a sentence that the other text lacks belongs to the outlet and not to the news."""
    if _ONLY_AGENCY.match(sentence):
        return True
    length = len(sentence.split())
    begins = _BEGINS.match(sentence)
    if begins is not None and begins["line"]:
        return length <= _LINE
    if length > _LINE or not (begins or _WITHIN.search(sentence)):
        return False
    words = folded(sentence)
    return not any(map(speaks, words[1:])) and _DATED.issuperset(kinds(words))
