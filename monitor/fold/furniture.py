"""Lines of an outlet around an article: credits, rights, datelines, links to follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.kinds import GRAVE, kinds
<<<<<<< HEAD
from monitor.fold.stamp import DAYS_AND_HOURS, has_day, is_stamp
=======
from monitor.fold.outlet import DAYS_AND_HOURS, has_day, is_byline, is_stamp, speaks_of_itself
>>>>>>> 88931f2 (Fourteen small rooms of the fold are joined to those that do the same)
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded
from monitor.text.outlet import speaks_of_itself

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
    r"|^[(\[][^()\[\]\n]{2,25}=[^()\[\]\n]{2,25}[)\]]\s*(?:[^\W\d_]{2,4} (?:기자|특파원)\s*=\s*)?"
    r"|^به گزارش [^،.\n]{2,40}،\s*"
    r"|^[^\W\d_]+(?: [^\W\d_]+){0,2}\s*/\s+(?:[^\W\d_]+(?: [^\W\d_]+){0,2}\s*/\s+)?"
)
# The same with any name in brackets, where a place and perhaps a day stand before it.
_BRACKETED: Final = re.compile(
    r"([^.!?؟:«»\"\n(\[]{2,50}(?:[(\[][^()\[\]\n]{2,30}[)\]][^.!?؟:«»\"\n(\[]{0,30})?)"
    r"[(\[][^()\[\]\n]{2,30}[)\]]\s*[-–—ـ]{1,3}:?\s+"
)
_PLACE_AND_DAY: Final = 8
# How such a line begins. Words that also begin a sentence of news need a colon or a bracket.
_BEGINS: Final = re.compile(
    r"^\W*(?:(?P<credit>(?:المصدر|مصدر الخبر|المصادر|مصادر|source|sources|quelle|fuente|kaynak|источник|джерело|"
    r"منبع|출처|фото|видео|صور|الصور|صورة|الصورة|فيديو|الفيديو|مونتاج|تدقيق|مراجعة|إشراف|رسم|خريطة|رسوم|غرافيك|جرافيك|إنفوغراف|انفوغراف|مصور|المصور|الكاتب|المراسل|الناشر|رئيس التحرير|مدير التحرير|fotoğraf|foto|video|image|graphic|illustration|editor|writer|كتب|كتبت|كتابة|إعداد|اعداد|تحرير|ترجمة|محرر|المحرر|مراسل|متابعة|متابعات|تصوير|عدسة|خاص|"
    r"photo|text|автор|текст|글|사진)\s*[:/：=|–-]|فريق العمل\s*:|نقلا عن\b|بقلم\b|by [A-Zs]|"
    r"reporting by\b|editing by\b|writing by\b|additional reporting\b)"
    r"|(?P<line>صورة (?:أرشيفية|ارشيفية|توضيحية|متداولة)|الصورة (?:أرشيفية|ارشيفية)|file photo|كلمات (?:دلالية|مفتاحية|دالة)|"
    r"الكلمات (?:الدلالية|المفتاحية)|وسوم\b|الوسوم\b|tags?\b\s*:|tags\b|شارك (?:الخبر|المقال|هذا|عبر|على|برأيك)|شاركها|شاركنا|"
    r"مشاركة (?:الخبر|المقال|عبر)|تابعنا|تابعونا|تابعوا (?:آخر|اخر|كل|أخبار|أحدث|قناتنا|صفحتنا)|تابع (?:آخر|اخر|قناة|قناتنا|أيضا|المزيد|أحدث)|"
    r"لمتابعة (?:آخر|اخر|أحدث|احدث|أهم|كل|المزيد)|يمكنكم? متابعة|انضم(?:وا)? (?:إلى|الى|الآن|لقناة|لقناتنا)|"
    r"اشترك (?:في|الآن|بقناة|بقناتنا)|للاشتراك|حمل(?:وا)? تطبيق|اقرأ|إقرأ|اقرا|اقرؤوا|طالع (?:أيضا|المزيد)|شاهد (?:أيضا|ايضا|المزيد)|"
    r"قد يهمك|ذات صلة|الأكثر (?:قراءة|مشاهدة|تداولا|شيوعا)|أخبار أخرى|آخر الأخبار|المزيد من|مواضيع (?:ذات|متعلقة)|موضوعات (?:ذات|متعلقة)|أخبار (?:ذات|متعلقة)|مقالات (?:ذات|مشابهة)|جميع الحقوق|"
    r"حقوق (?:النشر|الطبع)|الرابط المختصر|رابط مختصر|عدد (?:القراءات|المشاهدات|الزيارات|التعليقات)|مدة القراءة|وقت القراءة|حجم الخط|"
    r"طباعة\b|أرسل لصديق|نسخ الرابط|النشرة البريدية|سجل (?:الآن|بريدك)|copyright|all rights|©|share (?:this|on)|follow (?:us|our)|"
    r"subscribe\b|read (?:more|also|next)|see also|related (?:stories|articles|topics)|sign up|download (?:our|the) app|join (?:us|our)|"
    r"advertisement\b|click here|log in\b|sign in\b|print this|more on this|leave a comment|comments\b\W*$|listen to this|report an error|"
    r"نشر بالتزامن|نشر بالاتفاق|ينشر بالاتفاق|ينشر بالتزامن|اطبع (?:الصفحة|الخبر|المقال|المادة)|طباعة (?:الصفحة|الخبر|المقال)|أرسل (?:إلى|هذا|الخبر|المقال|الصفحة)|"
    r"للتعليق|سجل(?:وا)? (?:الدخول|دخولك)|(?:اكتب|أضف|اترك|أضيفوا) (?:تعليق|رأيك)|علق على (?:الخبر|المقال|الموضوع)|لا توجد تعليقات|استمع (?:إلى|الى|ل) ?(?:المقال|الخبر|المادة|هذا)|"
    r"احفظ (?:الخبر|المقال|المادة|الصفحة)|اشترك(?:وا)? (?:ليصل|لتصل|مجانا|معنا)|فعل(?:وا)? (?:الإشعارات|التنبيهات|خدمة)|نزل(?:وا)? (?:ال)?تطبيق|حمل(?:وا)? (?:ال)?تطبيق|أبلغ عن (?:خطأ|خطا)|هل وجدت خطأ|"
    r"(?:هل )?لديك (?:معلومة|معلومات|خبر|قصة)|راسلنا|راسلونا|تواصل(?:وا)? معنا|اتصل بنا|زوروا|زر موقعنا|إعلان\W*$|يمنع (?:نسخ|نقل|إعادة)|يحظر (?:نسخ|نقل|نشر|إعادة)|لا يجوز (?:نسخ|نقل|إعادة)|يرجى ذكر|"
    r"كل الحقوق|أعيد نشر|تنويه\W+(?:المحتوى|المعلومات|الآراء|هذا|هذه|المقال|المادة|ما ينشر)|إخلاء مسؤولية|الآراء الواردة|"
    r"حدث (?:في|بتاريخ)|عدل (?:في|بتاريخ)|أضيف (?:في|بتاريخ)|آخر تعديل|تم التحديث|تم التعديل|تاريخ (?:التحديث|الإضافة)|زمن القراءة|الرئيسية\s*[»>/›-]|"
    r"yorum yap|yorumlar|опубликовано|обновлено|войдите|комментарии|версия для печати|скачайте|댓글|앱 다운|입력\b|수정\b|کد خبر|تاریخ انتشار|"
    r"ملاحظة (?:(?:لل|إلى ال|الى ال|من ال)?(?:قراء|محررين|محرر|ناشر|مشتركين|متابعين)|القراء|المحرر)|ملاحظة\s*:\s*(?:يخضع|تخضع|النص|الخبر|هذا (?:النص|الخبر|المقال)|هذه المادة)|"
    r"تنويه (?:للقراء|للمحررين|من المحرر)|تصويب لغوي|تمت (?:الترجمة|ترجمة (?:الخبر|المقال|المادة|النص))|(?:أعده|أعدها|أعدته|أعدتها) للنشر|"
    r"(?:شارك|شاركت|ساهم|ساهمت|أسهم|أسهمت) في (?:(?:التغطية|الإعداد|التحرير)\s*:|(?:إعداد|كتابة|تحرير) (?:هذا |هذه )?(?:التقرير|الخبر|المادة|التغطية))|"
    r"انتهى\s*/|تم النشر|نشر (?:في|بتاريخ)|تاريخ النشر|آخر تحديث|اخر تحديث|"
    r"читайте|читать (?:также|далее)|подписывайтесь|подпишитесь|поделиться|подробнее|все новости|"
    r"بیشتر بخوانید|انتهای پیام|کپی لینک|devamını oku|abone ol|takip edin|haberin devamı|lire aussi|à lire|abonnez-vous|partager|"
    r"leer más|lea también|suscríb|síguenos|mehr zum thema|lesen sie|무단|저작권|관련기사|네이버|구독|责任编辑|阅读更多|相关新闻))"
    r"|^\W*\((?P<bracket>إعداد|اعداد|تحرير|ترجمة|reporting by|editing by|конец|اے)\b",
    re.IGNORECASE,
)
# A caption of a picture, by its credit.
_CAPTION: Final = re.compile(
    rf"\((?:أرشيف\w*|ارشيف\w*|archive|file|getty[^)]*|غيتي|صورة|متداولة|مواقع التواصل|إنترنت|{_AGENCY})\)\W*$",
    re.IGNORECASE,
)
# Initials of a desk, an address, a hashtag, a time of day: no sentence at all.
_BARE: Final = re.compile(
    r"^\W*(?:[^\W\d]{1,15}(?:\s*/\s*[\w.]{1,9}){1,4}|(?:https?://|www\.)\S+|(?:#\w+\W*)+|\S+@\S+)\W*$"
)
# How a desk signs: that it ends, and who wrote and who passed it, by their first letters.
_SIGNED: Final = re.compile(
    r"^\W*(?:انتهى|انتهي|النهاية|تم|تمت)\W*$"
    r"|^\W*(?:(?:انتهى|انتهي)\W*(?:\d{1,3}\W+)?)?"
    r"(?:[\u0621-\u064aA-Za-z]ـ?(?![^\W\d_])\W*){2,8}"
    rf"(?:\((?:{_AGENCY})(?:\s*[+،,/|–-]\s*(?:{_AGENCY}))*\)\W*)?$"
)
# Who of the outlet wrote it, without a name: the desk, the team, a correspondent.
_DESK: Final = re.compile(
    r"^\W*(?P<label>(?:بقلم|كتب|كتبت|إعداد|by|автор|text)\W+)?(?:(?:فريق|قسم|هيئة|وحدة|دائرة|مكتب|غرفة|مركز)\s+(?:ال)?(?:تحرير|تحقق|أخبار|اخبار|بيانات|"
    r"تحقيقات|متابعة|متابعات|رصد|ترجمة|محررين|مراسلين|صحافة|شؤون|محليات|عمل)(?:\s+\w+){0,2}"
    r"|(?:(?:ال)?(?:محرر|مراسل)ة?|مراسل(?:نا|تنا|ونا)|موفد(?:نا|تنا)|محررنا)\s+(?:ال|لل|لشؤون|في\s)\w+(?:\s+\w+){0,2}|(?:مراسلنا|مراسلتنا|مراسلونا|موفدنا)"
    r"|(?:[^\W\d]+ ){0,4}(?:desk|newsroom|correspondents?|staff|staff writers?|bureau|wire|haber merkezi|muhabiri)"
    r"|(?:отдел|редакция|служба) (?:\w+ ?){0,3})\W*$",
    re.IGNORECASE,
)
_DESK_LINE: Final = 7
_STAMP: Final = 12
# Share it there, in a line that names a network; and a word alone that marks no text: an advertisement, the front page.
_SHARED: Final = re.compile(
    r"(?:compart|partag|condivid|teilen|share|udostępnij|bagikan|paylaş|поделит|поширит|שתפו|שיתוף|اشتراک|شارك|مشاركة|공유|分享|シェア)"
    r".*(?:whatsapp|telegram|facebook|twitter|instagram|viber|linkedin|e-?mail|واتساب|تلغرام|تليغرام|تيليغرام|فيسبوك|تويتر|إكس|"
    r"واتس‌?اپ|تلگرام|телеграм|вконтакте|וואטסאפ|טלגרם|פייסבוק|카카오톡|페이스북|微信|微博|LINE)\W*$",
    re.IGNORECASE,
)
_SHARED_LINE: Final = 6
_ALONE: Final = re.compile(
    r"^\W*(?:publicidad|publicité|pubblicità|publicidade|anzeige|werbung|reklama|reklam|iklan|реклама|広告|广告|廣告|광고|تبلیغات|آگهی|פרסומת|"
    r"الرئيسية|home|главная|inicio|accueil|startseite|ana ?sayfa|首页|首頁|ホーム|홈|إعلانات?|مساحة إعلانية|advertisements?|sponsored)\W*$",
    re.IGNORECASE,
)
# Read also, in languages beside those above: what follows is another article's headline.
_ELSEWHERE: Final = re.compile(
    r"^\W*(?:lee también|related\s*:|(?:story|article) continues|te (?:puede|podría) interesar|también te|ver también|ver más|leia (?:também|mais)|veja também|leggi anche|ti potrebbe interessare|"
    r"czytaj (?:także|też|również)|zobacz (?:także|też|również)|przeczytaj (?:także|też)|читайте (?:також|ще)|дивіться також|смотрите также|(?:материалы )?по теме\W|"
    r"קראו (?:גם|עוד)|עוד בנושא|כתבות נוספות|baca juga|simak juga|lihat juga|auch interessant|das könnte sie|voir aussi|sur le même sujet|"
    r"همچنین بخوانید|مطالب مرتبط|اخبار مرتبط|ilgili haber|bunu da oku|関連記事|あわせて読みたい|延伸阅读|延伸閱讀|相关阅读|相關閱讀|相關新聞|함께 읽|관련 기사|추천 기사)",
    re.IGNORECASE,
)
# Parts of a line between bars (menu | contact | about us), and how long each may be.
_BARS: Final = re.compile(r"\s*[|•·│｜]\s*")
_PART: Final = 4
_MENU: Final = 3
# A line of its own that ends in a dash: place, day and agency before a text.
_DASHED: Final = re.compile(r"^[^.!?؟:«»\"\n]{2,60}[\s)\]][-–—ـ]{1,3}\s*$")
# The same with an agency in brackets: PORTO, 18 nov (Agência Foz).
_IN_BRACKETS: Final = re.compile(
    r"^(?:[^.!?؟:«»\"\n(\[（]|(?<=\d)\.(?= )){2,50}\.?[ ,،]*[(\[（][^()\[\]\n]{2,30}[)\]）][\s.\-–—ـ:]*$"
)
# A place and the outlet's address or name: TANJUNG SELAYAR, KabarPesisir.test -
_AT_AN_ADDRESS: Final = re.compile(
    r"^[^.!?؟:«»\"\n]{2,40}[,،/(\s–—-]+[^\W_][\w-]*\.[a-z]{2,6}\)?\s*[-–—ـ]{1,3}\s*$", re.IGNORECASE
)
# What a picture or a film beside the text shows.
_SHOWN: Final = re.compile(
    r"^\W*(?:(?:شاهد|فيديو|بالفيديو|صور|بالصور|video|watch|видео)\s*[:|]\s*)?(?:لحظة|لحظات|مشاهد|لقطات|جانب من|the moment|moment)",
    re.IGNORECASE,
)
_SHOWN_LINE: Final = 7
_INITIALS: Final = re.compile(
    r"^\W*(?:[^\W\d]+ ){0,2}[^\W\d]+\s*[-–—/|]\s*(?:[^\W\d]\s?\.\s?){1,4}\W*$"
)
# How long it takes to read, how often it was: in few words.
_READ: Final = re.compile(
    r"\d+\W*(?:min\w*|دقيقة|دقائق|мин\w*|хв\w*|dakika\w*|دقیقه|분|分钟|minut\w*)\W+(?:to )?(?:read|قراءة|للقراءة|чтени\w|читан\w*|okun\w*|خواندن|読|阅读|lecture|lectura|lesezeit|czytania)"
    r"|منذ \d+ (?:ساع|دقيق|دقائق|يوم|أيام)|قبل \d+ (?:ساع|دقيق|دقائق)|\d+ (?:hours?|minutes?|mins?|days?) ago|\d+ (?:час|мин|дн|год|хв)\w* (?:назад|тому)"
    r"|\d+ (?:saat|dakika|gün) önce|\d+ (?:ساعت|دقیقه|روز) (?:پیش|قبل)|\d+(?:시간|분|일) 전|\d+(?:小时|分钟|天)前"
    r"|(?:read|قراءة|чтени\w|просмотр\w*|مشاهدات|مشاهدة|visits|views|조회|阅读|lettura|lecture)\W*:?\W*\d|\d\W*(?:مشاهد|views|просмотр|okunma|조회|次阅读)",
    re.IGNORECASE,
)
# What an outlet says of the article itself, as a sentence.
_OF_ITSELF: Final = re.compile(
    r"^\W*(?:теги|метки|ключевые слова|тегі|etiketler|برچسب\S*|کلیدواژه\S*|태그|키워드|标签|标签|关键词|關鍵詞|schlagwörter|mots-clés|etiquetas|"
    r"palabras clave|parole chiave|tagi|słowa kluczowe|topics?|keywords?|label)\s*[:：]|[声聲]明[:：]|仅代表|僅代表|免责|版权|原标题|责编|审核[:：]|"
    r"reflect the views|views expressed|мнение редакции|мнение автора|ne reflète|no refleja|حقوق الصور|ترجمة وتحرير|تحرير وترجمة|в нашей рассылке|у нашій розсилці|additional reporting by|developing story|"
    r"first (?:appeared|published) (?:in|on|by)|contributed to this report|has been (?:updated|amended|corrected)|all rights|"
    r"تنشر هذه المادة|ينشر هذا (?:المقال|التقرير)|نشر هذا (?:المقال|الخبر|التقرير)|قد نشرت الخبر|بموجب اتفاق مع (?:وكالة|صحيفة)|"
    r"با ذکر منبع|بازنشر|tarafından servis|kaynak gösterilmeden|перепечатк|при использовании материал|материал (?:обновл|дополн)|"
    r"следите за (?:нашими )?новост|читайте нас|riproduzione riservata|wszelkie prawa|tous droits|todos los derechos|alle rechte|転載|转载",
    re.IGNORECASE,
)
_READ_LINE: Final = 7
_LINE: Final = 16
_WITHIN: Final = re.compile(
    r"حقوق (?:النشر )?محفوظة|الحقوق محفوظة|all rights reserved|شبكة \w+ الإخبارية|بوابة \w+|"
    r"صحيفة \w+$|وكالة \w+ للأنباء$|موقع \w+$|(?:قناتنا|صفحتنا|حسابنا|تطبيقنا)|"
    r"(?:تلغرام|تليغرام|تيليجرام|واتساب|فيسبوك|تويتر|إنستغرام|telegram|whatsapp|facebook|instagram)\s*[|/]|재배포|배포 금지|"
    r"newsletter|in our app\b|\w@\w",
    re.IGNORECASE,
)
_ONLY_AGENCY: Final = re.compile(rf"^\W*(?:{_AGENCY})(?:\s*[+،,/|–-]\s*(?:{_AGENCY}))*\W*$")
_ALSO: Final = re.compile(
    r"^\W*(?:اقرأ|إقرأ|اقرا|اقرؤوا|طالع|شاهد|قد يهمك|الأكثر (?:قراءة|مشاهدة|تداولا)|أخبار أخرى|آخر الأخبار|المزيد من|most read|trending|ذات صلة|مواضيع|موضوعات|أخبار (?:ذات|متعلقة)|مقالات|read (?:more|also|next)|see also|related|"
    r"читайте|بیشتر|lire aussi|à lire|leer más|lea también|mehr zum|관련기사|相关新闻|جميع الحقوق|copyright|©)",
    re.IGNORECASE,
)
_MARKS: Final = re.compile("[\u064b-\u0652\u0640]")
# Of what excludes each other, a credit may have days, months and places.
_DATED: Final = frozenset(kinds(("الاحد", "يناير", "اليابان", "صباح")))
_MUTE: Final = _DATED | DAYS_AND_HOURS
_DESKED: Final = _DATED | frozenset(kinds(("التحرير", "فريق", "عسكري", "شمال")))
_DEATHS: Final = frozenset(kinds(("قتل",)))


def without_dateline(text: str) -> str:
    """A text without place, day and agency before its first word."""
    found = _BRACKETED.match(text)
    if found and len(found[1].split()) <= _PLACE_AND_DAY:
        before = folded(found[1])
        if not any(map(speaks, before)) and _DATED.issuperset(kinds(before)):
            return text[found.end() :]
    return _DATELINE.sub("", text, count=1)


def leads_elsewhere(sentence: str) -> bool:
    """Whether such a line has other articles behind it: read also, related, rights reserved."""
    return _ALSO.match(_MARKS.sub("", sentence)) is not None


def is_furniture(sentence: str) -> bool:
    """Whether a sentence that the other text lacks belongs to the outlet and not to the news."""
    sentence = _MARKS.sub("", sentence)
    if _ONLY_AGENCY.match(sentence) or _BARE.match(sentence) or _is_barred(sentence):
        return True
    if _is_dateline(sentence) or _ALONE.match(sentence):
        return True
    if is_byline(sentence):
        return True
    length = len(sentence.split())
    if length <= _LINE and _OF_ITSELF.search(sentence):
        return True
    if length <= _LINE and _ELSEWHERE.match(sentence):
        return True
    if length <= _SHARED_LINE and _SHARED.search(sentence):
        return not any(word[0].isdigit() or speaks(word) for word in folded(sentence))
    if length <= _READ_LINE and _READ.search(sentence):
        return True
    if (
        _SIGNED.match(sentence)
        or _INITIALS.match(sentence)
        or (length <= _STAMP and is_stamp(sentence))
    ):
        return True
    if length <= _DESK_LINE and (desk := _DESK.match(sentence)):
        words = folded(sentence[desk.end("label") if desk["label"] else 0 :])
        return not any(speaks(word) or word[0].isdigit() for word in words) and (
            _DESKED.issuperset(kinds(words))
        )
    if length <= _SHOWN_LINE and _SHOWN.match(sentence):
        words = folded(sentence)
        return _DEATHS.isdisjoint(kinds(words)) and not any(word[0].isdigit() for word in words)
    if length <= _LINE and _CAPTION.search(sentence) and "." not in sentence:
        return True
    begins = _BEGINS.match(sentence)
    if begins is not None and (begins["line"] or begins["bracket"]):
        return length <= _LINE
    if length <= _LINE and (begins or _WITHIN.search(sentence)):
        words = folded(sentence)
        if not any(map(speaks, words[1:])) and _DATED.issuperset(kinds(words[1:])):
            return True
    return _is_of_the_outlet(sentence)


def _is_of_the_outlet(line: str) -> bool:
    """Whether a line has the words of an outlet's own, and none of a deed or a speaker."""
    if not speaks_of_itself(line):
        return False
    words = folded(line)
    return not any(map(speaks, words[1:])) and GRAVE.isdisjoint(kinds(words))


def _is_dateline(line: str) -> bool:
    """Whether a line ends in a dash or brackets and names no more than where, when and who of the outlet."""
    if len(line.split()) > _PLACE_AND_DAY:
        return False
    words = folded(line)
    if _DASHED.match(line) or _AT_AN_ADDRESS.match(line):
        return not any(word[0].isdigit() for word in words) and _is_mute(words)
    if not _IN_BRACKETS.match(line):
        return False
    # Without a dash, a day and its month tell it from a name and its party.
    before = folded(re.split(r"[(\[（]", line)[0])
    return has_day(before) and not any(map(speaks, words)) and _is_mute(words)


def _is_barred(line: str) -> bool:
    """Whether a line of short parts between bars is a menu, or a credit or stamp beside names."""
    parts = [part for part in _BARS.split(line) if part.strip()]
    if len(parts) == 1 or any(len(part.split()) > _STAMP for part in parts):
        return False
    known = [is_furniture(part) for part in parts]
    rest = [part for part, told in zip(parts, known, strict=True) if not told]
    if not (any(known) or len(parts) >= _MENU):
        return False
    words = [folded(part) for part in rest]
    return all(
        len(each) <= _PART and not any(word[0].isdigit() for word in each) and _is_mute(each)
        for each in words
    )


def _is_mute(words: Sequence[str]) -> bool:
    """Whether folded words tell of nothing that excludes another thing, but for days and places."""
    return _MUTE.issuperset(kinds(words))
