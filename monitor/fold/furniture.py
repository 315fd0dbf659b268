"""Lines of an outlet around an article: credits, rights, datelines, links to follow."""

from __future__ import annotations

import re
from typing import Final

from monitor.fold.lexicon import kinds
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
    r"|^\w+(?:[ ,،]+\w+){0,2}\s[-–—]\s"
)
# How such a line begins, and for how many words it may then run.
_BEGINS: Final = re.compile(
    r"^\W*(?:(?P<credit>المصدر|مصدر الخبر|المصادر|source|sources|источник|фото|كتب|كتبت|إعداد|اعداد|"
    r"تحرير|ترجمة|بقلم|محرر|المحرر|مراسل|by|reporting by|editing by|writing by|كتابة)\b"
    r"|(?P<line>صورة|الصورة|photo|file photo|كلمات دلالية|كلمات مفتاحية|الكلمات المفتاحية|وسوم|الوسوم|"
    r"tags|شارك|شاركها|مشاركة|تابعنا|تابعونا|تابع|اشترك|للاشتراك|حمل تطبيق|اقرأ|إقرأ|اقرا|شاهد أيضا|"
    r"جميع الحقوق|حقوق|الحقوق|copyright|all rights|©|share|follow|subscribe|read|sign up|انتهى|"
    r"للمزيد|لمزيد|تم النشر|نشر في|آخر تحديث|اخر تحديث|читайте|подписывайтесь|поделиться))",
    re.IGNORECASE,
)
_CREDIT: Final = 9
_LINE: Final = 16
_WITHIN: Final = re.compile(
    r"حقوق (?:النشر )?محفوظة|الحقوق محفوظة|all rights reserved|شبكة \w+ الإخبارية|بوابة \w+|"
    r"صحيفة \w+$|وكالة \w+ للأنباء$|موقع \w+$",
    re.IGNORECASE,
)
_SHORT: Final = 9
_ONLY_AGENCY: Final = re.compile(rf"^\W*(?:{_AGENCY})\W*$")
# Weekdays, months, years and days of a month do not make a line news; other kinds do.
_DATED: Final = frozenset((6, 7, 8, 9))


def without_dateline(text: str) -> str:
    """A text without place, day and agency before its first word."""
    return _DATELINE.sub("", text, count=1)


def is_furniture(sentence: str) -> bool:
    """Whether a sentence that the other text lacks belongs to the outlet and not to the news."""
    if _ONLY_AGENCY.match(sentence):
        return True
    length = len(sentence.split())
    begins = _BEGINS.match(sentence)
    if begins is not None:
        if length > (_CREDIT if begins["credit"] else _LINE):
            return False
    elif length > _SHORT + _CREDIT or not _WITHIN.search(sentence):
        return False
    return all(begins is not None or kind in _DATED for kind in kinds(folded(sentence)))
