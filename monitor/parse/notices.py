"""Paragraphs in which an outlet reserves its rights, folded: what follows them is other stories."""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.marks import any_of, phrases

# Each way begins with a letter of its own: so the search skips what begins with no other.
_RIGHTS: Final = re.compile(
    any_of(
        phrases(
            "جميع الحقوق محفوظة|تمتلك جميع حقوق نشر|تمتلك جميع حقوق النشر|مما يبث للمشتركين|تعرض للمشتركين عبر|all rights reserved"
            "|may not be published, broadcast|reproduction without permission|reproduction interdite|tous droits réservés"
            "|все права защищены|при использовании материалов|при цитировании|усі права захищені|무단 전재|무단전재"
            "|tüm hakları saklıdır|izinsiz kullanılamaz|todos los derechos reservados|alle rechte vorbehalten"
            "|حقوق النشر محفوظة|حقوق الطبع محفوظة|حقوق الطبع والنشر محفوظة|كافة الحقوق محفوظة|كل الحقوق محفوظة|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzeżone|všechna práva vyhrazena|toate drepturile rezervate|minden jog fenntartva|alla rättigheter förbehållna|כל הזכויות שמורות|جملہ حقوق محفوظ|جملہ حقوق بحق|सर्वाधिकार सुरक्षित"
            "|تمام حقوق|کلیه حقوق|禁止转载|版权所有|無断転載|不得转载|不得轉載|转载请注明"
        )
    )
    + r"|حقوق.{1,120}(?:لا يجوز|يمنع|يحظر)"
    + "".join(
        rf"|{word}.{{1,80}}(?:دون اذن|عقد خطي|موافقه خطيه|اذن خطي|ذكر المصدر)"
        for word in ("لا يجوز", "يمنع", "يحظر")
    )
    + "".join(rf"|{word}\S{{0,6}}授[权權]\S{{0,12}}(?:转载|轉載)" for word in ("未经", "非經"))
    + r"|저작권은 .{1,30}에 있으며"
)
# One that forbids to copy and says who may allow it, in words of its own: of a row, all is found.
_FORBIDDEN: Final = (
    (
        "يجوز|يسمح|يحق|مسموح|يحظر|محظور|يمنع|ممنوع",
        r"(?:لا |غير |يحظر|محظور|يمنع|ممنوع)",
        r"(?:نشر|نقل|نسخ|اقتباس|استخدام|استنساخ|توزيع|بث)\S{0,3}(?:\s|$)",
        "دون|الا ب|الا بعد|الا من خلال|شرط",
        "اذن|موافقه|تصريح|ترخيص|اشتراك|مراسله|ذكر المصدر|الاشاره الي المصدر|اتفاق",
        "مواد|اخبار|صور|محتوي|ماده|رخصه|ملكيه|ملك ل|حقوق|الموقع",
        "وكاله|موقع|صحيفه|جريده|شبكه|التحرير|الناشر|كل ما|جميع",
    ),
    (
        "copied|copying|reproduc|republish|reprint|redistribut|rewritten|reuse",
        r"\b(?:this|all|our|any|no part)\s(?:\S+\s){0,2}(?:article|material|content|story|site|website|work|publication)|©|\bcopyright",
        r"\b(?:may not|must not|cannot|prohibited|forbidden|not permitted|not allowed|without)",
        r"\b(?:permission|consent|licen[cs]e|authori[sz]ation|agreement)",
    ),
    (
        "перепечатк|копировани|воспроизведени|использовани|передрук|використанн",
        r"(?:перепечатк|передрук)|(?:копировани|воспроизведени|использовани)\w* материал|використанн\w* матеріал",
        "разрешени|согласи|ссылк|запрещен|дозвол|згод|посиланн|заборонен",
    ),
    (
        "reproduction|reprise|rediffusion",
        "interdite|sans autorisation|sans l'accord|soumise",
        "articles?|contenus?|site|droits",
    ),
    (
        "reproduccion|reproducao|riproduzione",
        "prohibid|proibid|vietat|sin autorizacion|sem autorizacao|senza",
    ),
    ("nachdruck|vervielfaltigung|weiterverbreitung", "genehmigung|zustimmung|untersagt|verboten"),
    ("بازنشر|باز نشر|نقل مطالب|استفاده از مطالب|كپي برداري", "ممنوع|مجاز|بدون|با ذكر منبع"),
    (
        "izin alinmadan|izinsiz|kaynak gosterilmeden",
        "kullanilamaz|yayinlanamaz|kopyalanamaz|alintilanamaz",
    ),
    ("sao chep|trich dan|dang lai|phat hanh lai", "nghiem cam|khong duoc|bang van ban"),
    ("להעתיק|העתקה|לשכפל|שימוש בתכנים", "אין|אסור|ללא אישור|ללא רשות"),
    ("無断|無斷|无断", "転載|転用|複製|禁じ|禁止"),
    ("전재|재배포", "금지|허락|동의 없이"),
    ("dilarang|tanpa izin", "mengutip|menyalin|memperbanyak|menyebarluaskan"),
)
_ROWS: Final = tuple(tuple(map(re.compile, row)) for row in _FORBIDDEN)
# Its ways begin with letters: one search skips what no row can be in.
_HINT: Final = re.compile("|".join(row[0] for row in _FORBIDDEN))
# Someone who says it of others.
_SAID: Final = re.compile(
    r"(?:و?قالت?|و?اضافت?|و?اكدت?|و?اعلنت?|و?ذكرت?|و?اوضحت?|و?[يت]قول)\s|.{0,80}\b(?:said|says|told|сказал|заявил|a declare|dijo|sagte)\b"
)


# Whose opinion it is: no part of the text, which may go on behind it.
_OPINION: Final = re.compile(
    r"عن (?:راي|اراء|وجهه نظر|وجهات نظر|موقف) (?:كاتب|صاحب|اصحاب|كتاب|اصحابها).{0,60}(?:ولا|لا عن|وليس|دون)"
    r"|لا [يت]عبر(?:ون)? بالضروره عن|لا [يت]مثل بالضروره|not necessarily (?:reflect|represent)|мнение (?:редакции|автора) может не совпадать"
    r"|n'engagent? que|no (?:refleja|representa)n? necesariamente|geben nicht (?:unbedingt|notwendig)|yazarin kendi gorus|作者个人观点|不代表本"
)
# Where the rest of the text is for those who pay or sign in: one of each, the line beginning with one.
_JOIN: Final = phrases(
    "subscribe|subscribers|subscriber|subscription|sign in|log in|register|become a member|members|اشترك|اشتركوا|اشترك الآن|للمشتركين"
    "|المشتركين|اشتراك|سجل|سجل الدخول|تسجيل الدخول|abonnez-vous|abonnés|abonné|connectez-vous|identifiez-vous|подпишитесь|оформите подписку"
    "|подписчиков|войдите|abone olun|abone ol|aboneler|üye olun|giriş yapın|abonnieren|abonnenten|abo|anmelden|suscríbete|suscriptores"
    "|regístrate|inicia sesión|구독|로그인|订阅|登录|登入|会員|登録|اشتراک|مشترکان"
)
_READ: Final = phrases(
    "continue reading|keep reading|to read|read the full|read the rest|this article is|this story is|this content is|already a|لمتابعة القراءة"
    "|لإكمال القراءة|لاستكمال القراءة|لمواصلة القراءة|لقراءة المقال|لقراءة بقية|لقراءة باقي|لقراءة النص|هذا المقال|هذا المحتوى|هذه المادة"
    "|لمتابعة قراءة|lire la suite|pour lire|cet article est|la suite est|déjà|weiterlesen|um weiterzulesen|dieser artikel|diesen artikel|bereits"
    "|чтобы читать|чтобы прочитать|чтобы дочитать|материал доступен|статья доступна|devamını okumak|tamamını okumak|bu içerik|bu haber"
    "|seguir leyendo|para leer|este artículo es|계속 읽|전문을|기사 전문|阅读全文|继续阅读|続きを読む|この記事は|ادامه مطلب|برای خواندن"
)
_END: Final = r"(?![a-z\u0400-\u04ff\u0600-\u06ff])"  # of a word, where words are parted
_OFFER: Final = re.compile(
    rf"(?:{any_of(_JOIN)}){_END}.{{0,40}}(?:{any_of(_READ)}){_END}"
    rf"|(?:{any_of(_READ)}){_END}.{{0,40}}(?<!\w)(?:{any_of(_JOIN)}){_END}"
)
# What is left to read for nothing, and what the rest costs.
_COUNTED: Final = re.compile(
    r"(?:تبقي|بقي|متبقي|لديك)\s(?:لك\s)?\d+ (?:مقال|مقالات|ماده|مواد) مجاني|you(?: have|'ve) .{0,24}free (?:articles?|stories)|il vous reste .{0,16}(?:article|a lire)|la suite est reservee"
    r"|(?:اشترك|اشتراك|subscribe|subscription|abonnez-vous|abonnement|подписка|abone ol|suscribete|jetzt abonnieren)(?!\w).{0,24}(?:ابتداء من|بدءا من|مقابل|from|for only|for just|a partir|от|desde|ab|sadece)\s.{0,24}(?:دولار|ريال|درهم|جنيه|£|\$|€|euro|руб|tl|شهريا|week|month|mois|monat|mes)"
)
_COUNTS: Final = frozenset(str.split("تب بق مت لد yo il la اش su ab по je"))
_OFFERS: Final = frozenset(phrase[:2] for phrase in _JOIN | _READ)  # how one begins
_CORRECTION: Final = re.compile(
    any_of(
        phrases(
            "this article was amended|this article was corrected|this article was updated|this article has been amended|this article has been corrected"
            "|this article has been updated|this story was corrected|this story was updated|this story has been corrected|this story has been updated"
            "|this piece was amended|an earlier version|a previous version|correction:|corrections:|clarification:|editor's note:|editors' note:"
            "|تصحيح:|تصويب:|استدراك:|تنويه:|توضيح:|ملاحظة المحرر:|ملاحظة من المحرر:|ملاحظة التحرير:|صححت هذه المادة|جرى تصحيح|تم تصحيح"
            "|исправление:|уточнение:|поправка:|от редакции:|виправлення:|düzeltme:|rectificatif|erratum|correctif|une version précédente"
            "|korrektur:|berichtigung:|anmerkung der redaktion:|in einer früheren version|corrección:|fe de errores|정정:|바로잡습니다|更正:|更正：|訂正:|訂正："
            "|اصلاحیه:|تصحیح:|תיקון:"
        )
    )
)


def is_offer(bare: str) -> bool:
    """Whether a short folded line says that the rest is for those who subscribe or sign in."""
    start = bare[:2]
    return (start in _OFFERS and _OFFER.match(bare) is not None) or (
        start in _COUNTS and _COUNTED.match(bare) is not None
    )


def is_correction(bare: str) -> bool:
    """Whether a folded paragraph begins as the outlet's correction of its own article."""
    return _CORRECTION.match(bare) is not None


def is_disclaimer(bare: str) -> bool:
    """Whether a short folded paragraph says whose opinion the article is."""
    return _OPINION.search(bare) is not None


def is_notice(bare: str) -> bool:
    """Whether a short folded paragraph reserves the outlet's rights."""
    if _RIGHTS.search(bare):
        return True
    if not _HINT.search(bare) or _SAID.match(bare):
        return False
    return any(all(part.search(bare) for part in row) for row in _ROWS)
