"""Outlets' words before a date, folded: what was published or updated then, and what was not."""

from __future__ import annotations

import re
from typing import Final, Literal

from monitor.parse.dates.months import (
    AFTERNOON,
    CITIES,
    FORENOON,
    GREGORIAN,
    HIJRI,
    JALALI,
    NIGHT,
    NOON,
    ZONES,
)
from monitor.text.arabic import fold

Kind = Literal["published", "updated", "as of", "other"]

# "Date" alone is a publication's; `as of` is the update's where a page has another, else the
# only one that it has; `other` is the page's clock, a print, an event, a right.
_LABELS: Final[dict[Kind, str]] = {
    "published": (
        "بدأت التغطية|بدء التغطية|بداية التغطية|نشر|نشرت|تم النشر|نشر في|نشر بتاريخ|تاريخ النشر|النشر|أضيف|أضيفت|تمت الإضافة|تاريخ الإضافة|تاريخ|التاريخ|بتاريخ|حرر في"
        "|حرر|كتب في|صدر في|أذيع|وقت النشر|تاريخ الخبر|تاريخ المقال"
        "|published|first published|originally published|publish date|published on|published at|posted|posted on|date"
        "|publication date|date published|created|issued|released|filed|uploaded|release date"
        "|опубликовано|опубликована|опубликован|публикация|дата публикации|дата|добавлено|создано|размещено"
        "|опубліковано|дата публікації|додано"
        "|yayınlanma|yayımlanma|yayınlandı|yayın tarihi|giriş|giriş tarihi|oluşturulma|oluşturulma tarihi|eklenme|tarih|tarihi|haber giriş"
        "|publié|publié le|publiée|paru le|mis en ligne|mis en ligne le|publication|date de publication|créé le"
        "|veröffentlicht|veröffentlicht am|erschienen|erschienen am|erstellt|erstellt am|datum|vom"
        "|publicado|publicada|publicado el|fecha|creado|publicado em|pubblicato|pubblicato il|data"
        "|opublikowano|data publikacji|gepubliceerd|gepubliceerd op|publicerad|diterbitkan|dipublikasikan"
        "|đăng|đăng lúc|ngày đăng|xuất bản"
        "|פורסם|פורסם ב|פורסם בתאריך|תאריך|תאריך פרסום|הועלה"
        "|انتشار|تاریخ انتشار|منتشر شده|منتشر شد|زمان انتشار|تاریخ|شائع|شائع شدہ|اشاعت|تاریخ اشاعت"
        "|입력|입력시간|입력일시|등록시간|등록일시|작성시간|업로드|기사승인|뉴스입력|게재|기사입력|최초입력|등록|등록일|승인|작성|작성일|송고|송고시간|게시|발행|발행일"
        "|发布|发布时间|发表|发表时间|时间|日期|發布|發佈|發布時間|發表|時間|刊登|公開|公開日|投稿|投稿日|配信|掲載|掲載日"
        "|प्रकाशित|प्रकाशन तिथि|प्रकाशन|পোস্ট|প্রকাশিত|প্রকাশ|প্রকাশের তারিখ|δημοσιεύθηκε|δημοσίευση|közzétéve|megjelent|publicat|publikováno|zveřejněno"
        "|نشر يوم|أنشئ في|أضيف بتاريخ|تاريخ ووقت النشر|منشور في|منشور بتاريخ|صدر بتاريخ|تاريخ الصدور|تاريخ نشر الخبر|تاريخ نشر المقال|تاريخ درج|ساعت انتشار|شائع ہوا"
        "|pubblicata|data di pubblicazione|geplaatst|geplaatst op|publicatiedatum|dodano|data dodania|utworzono|opublikowane|vydáno|vloženo|datum vydání|publicat la|data publicării|postat|létrehozva|megjelenés|δημοσιεύτηκε|ημερομηνία δημοσίευσης"
        "|publicerat|publicerades|skapad|publisert|udgivet|julkaistu|criado em|postado em|ngày xuất bản|đăng ngày|tayang|terbit|dirilis|diterbitkan pada|प्रकाशित किया गया|पब्लिश्ड|створено|yayınlanma tarihi|yayımlanma tarihi|yayına giriş"
        "|최초 입력|발행시각|公開日時|发稿时间|发布日期|發布日期|發布於|發佈於"
    ),
    "updated": (
        "آخر تحديث|اخر تحديث|تحديث|التحديث|تم التحديث|حدث:|تاريخ التحديث|محدث|حدث في|حدثت|عدل|عدلت|تعديل|آخر تعديل|تم التعديل"
        "|updated|last updated|last update|update|modified|last modified|edited|revised|updated on|updated at"
        "|обновлено|обновлена|обновление|последнее обновление|изменено|отредактировано|дата обновления|оновлено|змінено"
        "|güncelleme|güncellenme|güncellendi|son güncelleme|güncelleme tarihi|güncellenme tarihi"
        "|mis à jour|mis à jour le|mise à jour|modifié|modifié le|actualisé|actualisé le"
        "|aktualisiert|aktualisiert am|zuletzt aktualisiert|geändert|letzte änderung"
        "|actualizado|actualizada|última actualización|modificado|atualizado|aggiornato|ultimo aggiornamento"
        "|zaktualizowano|aktualizacja|bijgewerkt|uppdaterad|diperbarui"
        "|cập nhật|cập nhật lúc|עודכן|עודכן ב|עדכון|עדכון אחרון"
        "|به روز رسانی|بروزرسانی|به‌روزرسانی|به روز شده|آخرین به روز رسانی|ویرایش|آخری تازہ کاری|اپ ڈیٹ|اپڈیٹ"
        "|수정|수정시간|수정일시|최종수정일|최종업데이트|최종수정|최종 수정|수정일|업데이트|갱신"
        "|更新|更新时间|更新時間|最后更新|最終更新|修改"
        "|अपडेटेड|अपडेट|अद्यतन|अंतिम अपडेट|আপডেট|সর্বশেষ আপডেট|হালনাগাদ|ενημερώθηκε|τελευταία ενημέρωση|frissítve|actualizat|aktualizováno"
        "|آخر تحديث في|حدث بتاريخ|محدث في|تاريخ آخر تحديث|تم تعديله|آخر تعديل في|عدل في|عدل بتاريخ|تم التعديل في|آخرین ویرایش|تاریخ به روز رسانی|آخری اپ ڈیٹ"
        "|aggiornato il|aggiornata|ultima modifica|laatst bijgewerkt|bijgewerkt op|laatste update|ostatnia aktualizacja|data aktualizacji|zmodyfikowano|poslední aktualizace|upraveno|actualizat la|ultima actualizare|utoljára frissítve|módosítva|ανανεώθηκε|ενημέρωση"
        "|uppdaterat|uppdaterades|senast uppdaterad|oppdatert|sist oppdatert|opdateret|sidst opdateret|päivitetty|última atualização|atualizado em|modificado em|actualizado el|última modificación|đã cập nhật|cập nhật lần cuối|pembaruan|terakhir diperbarui|अपडेट किया गया"
        "|עודכן לאחרונה|עודכן בתאריך|останнє оновлення|редаговано|son düzenleme|güncellenme zamanı|최종 수정일|최종 업데이트|最終更新日|更新日|更新日時|更新日期|最后更新时间|最後更新|更新於"
    ),
    "as of": "stand|stand vom|estado al|stan na",
    "other": (
        "آخر تحديث للموقع|آخر تحديث للصفحة|تحديث الموقع|تحديث الصفحة|page last updated|page updated|site last updated|site updated|обновление сайта|اليوم|الآن|تاريخ الطباعة|طبع|طباعة|طبعت|تاريخ اليوم|تاريخ الزيارة|حقوق النشر|الحقوق محفوظة|تاريخ الميلاد|ولد|توفي"
        "|ينتهي|يبدأ|تاريخ الانتهاء|الموعد|مواقيت|انضم|عضو منذ|آخر زيارة"
        "|today|today is|now|printed|print date|printed on|accessed|retrieved|copyright|©|born|died|expires|ends|starts|deadline"
        "|valid|joined|member since|last visit|established|since|as of|archived"
        "|сегодня|сейчас|распечатано|дата печати|напечатано|сьогодні|зараз|bugün|şimdi|yazdırma|yazdırılma|basım tarihi"
        "|aujourd'hui|imprimé|imprimé le|heute|gedruckt|gedruckt am|hoy|impreso|oggi|hôm nay|היום|הודפס|امروز|چاپ|آج|오늘|인쇄"
        "|今天|今日|打印|印刷"
    ),
}
_KINDS: Final[dict[str, Kind]] = {
    fold(label): kind for kind, labels in _LABELS.items() for label in labels.split("|")
}
# Words that belong to a date.
OF_DATES: Final = frozenset(
    word for names in (GREGORIAN, JALALI, HIJRI) for name in names for word in name.split()
) | frozenset(
    map(
        fold,
        str.split("""
            الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت احد اثنين ثلاثاء اربعاء خميس جمعة سبت
            monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
            понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер
            п ятниця субота неділя pazartesi salı çarşamba perşembe cuma cumartesi pazar
            lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag
            sonntag lunes martes miércoles jueves viernes sábado domingo شنبه یکشنبه دوشنبه سه چهارشنبه پنجشنبه
            پنج چهار اتوار پیر منگل بدھ جمعرات ہفتہ thứ hai ba tư năm sáu bảy chủ nhật ngày lúc giờ יום ראשון שני
            שלישי רביעי חמישי שישי שבת
            في يوم الساعة على م ه ص ت غ صباحا مساء الموافق هجري بتوقيت توقيت غرينتش غرينيتش مكة المكرمة المحتلة ظهرا عصرا ليلا فجرا الظهر الفجر
            at on the of am pm a p m et est edt pt gmt utc bst kst msk h ist ago hours hour minutes days day
            منذ ساعة ساعات دقيقة دقائق يوم أيام г года в о по московскому времени мск le à um uhr den am de el del las
            saat ساعت ماه 오전 오후 에 年 月 日 时 分 時 早上 下午 上午 周 星期
        """),
    )
)
OF_CLOCKS: Final = (
    OF_DATES
    | frozenset(
        word
        for names in (ZONES, CITIES, AFTERNOON, FORENOON, NOON, NIGHT)
        for name in names
        for word in name.split()
    )
    | frozenset(str.split("بعد قبل منتصف الليل الظهر از ظهر ق ب ظ π μ دقيقه"))
)
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _any(labels: list[str]) -> str:
    return "|".join(sorted(map(re.escape, labels), key=len, reverse=True))


# Chinese and Japanese part no words; elsewhere a label is whole words.
_LABEL: Final = re.compile(
    rf"(?<![^\W\d_])(?:{_any([one for one in _KINDS if not _UNSPACED.match(one)])})(?![^\W\d_])"
    rf"|(?:{_any([one for one in _KINDS if _UNSPACED.match(one)])})"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# What begins with no letter, and what parts no words.
_ODD: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff©]")
_BY_WORD: Final[dict[str, list[str]]] = {}
for _phrase in sorted(_KINDS, key=len, reverse=True):
    if _first := _WORD.match(_phrase):
        _BY_WORD.setdefault(_first[0], []).append(_phrase)


def labels(folded: str) -> list[tuple[int, int, Kind]]:
    """Where in a folded line a label stands, and of which kind it is."""
    if _ODD.search(folded):
        return [(one.start(), one.end(), _KINDS[one[0]]) for one in _LABEL.finditer(folded)]
    # Word by word: one search for so many phrases looks at each of them at each letter.
    found: list[tuple[int, int, Kind]] = []
    done = 0
    for word in _WORD.finditer(folded):
        start = word.start()
        if start < done:
            continue
        for phrase in _BY_WORD.get(word[0], ()):
            end = start + len(phrase)
            if folded.startswith(phrase, start) and not folded[end : end + 1].isalpha():
                found.append((start, end, _KINDS[phrase]))
                done = end
                break
    return found
