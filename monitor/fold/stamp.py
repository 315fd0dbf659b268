"""The line of a page that gives its day and hour, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.kinds import kinds
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded

# Day, date and hour of a page, with nothing else but what says that it is that.
_STAMPED: Final = frozenset(
    folded(
        "نشر نشرت النشر تاريخ التاريخ آخر تحديث التحديث حدث تعديل في يوم الساعة ساعة بتوقيت توقيت غرينتش جرينتش مكة المحلي"
        " القدس القاهرة ص م صباحا مساء هـ ه published posted updated last on at gmt utc est am pm time local"
        " опубликовано обновлено мск yayınlanma güncelleme tarihi saat ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
        " pazartesi salı çarşamba perşembe cuma cumartesi pazar oluşturulma giriş son aktualizacja opublikowano styczeń stycznia luty lutego"
        " marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia pubblicato aggiornato alle ore il gennaio"
        " febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre publicado actualizado enero febrero abril"
        " mayo junio julio septiembre octubre diciembre publié mis à jour le à h janvier février mars avril mai juin juillet août septembre"
        " octobre décembre veröffentlicht aktualisiert uhr januar februar märz juni juli oktober dezember опубліковано оновлено січня лютого"
        " березня квітня травня червня липня серпня вересня жовтня листопада грудня انتشار تاریخ فروردین اردیبهشت خرداد تیر مرداد شهریور مهر"
        " cập nhật lúc ngày atualizado publicado em às alterado الموافق de wib wita 年 月 日 号 號 時 时 分 maret mei juni juli agustus desember janeiro fevereiro março maio junho julho setembro outubro dezembro"
        " آبان آذر دی بهمن اسفند شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه 입력 수정 등록 오전 오후 년 월 일 发布 更新 时间 вчера сегодня вчора сьогодні heute gestern hier aujourd hui ayer hoy ieri oggi ontem hoje wczoraj dzis bugun dun kemarin אתמול היום امروز دیروز شائع اشاعت hs"
    )
)
_DATE: Final = re.compile(
    r"\b\d{1,2}\b[^\W\d]*\.?\W+(?:[^\W\d]+\.?\W+){0,2}20[2-4]\d\b|\b20[2-4]\d\W\d{1,2}\W\d{1,2}\b"
    r"|\b\d{1,2}[./]\d{1,2}\.?(?:20)?\d{0,2}\b\W+\d{1,2}[:.h]\d\d\b"
)
_AROUND_A_DATE: Final = 4
_HOUR: Final = re.compile(r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?=\D|$)(?:hs?\b)?")
# Months as they are shortened beside a day.
_SHORT_MONTHS: Final = frozenset(
    folded(
        "jan feb mar apr may jun jul aug sep sept oct nov dec янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек"
        " січ лют бер квіт трав черв лип серп вер жовт лист груд oca şub nis haz tem ağu eyl eki kas ara ene abr ago dic"
        " janv févr avr juil août déc jän mär mai okt dez sty kwi maj cze lip sie wrz paź lis gru gen mag giu lug set ott"
    )
)
_A_MONTH: Final = frozenset(kinds(("يناير",)))
_DAYS: Final = 31
_YEAR: Final = re.compile(r"20[2-4]\d")
DAYS_AND_HOURS: Final = frozenset(kinds(("الاحد", "يناير", "صباح", "ساعه", "الاولي")))


def has_day(words: Sequence[str]) -> bool:
    """Whether the figures among folded words are a day beside its month, and perhaps the year; none if none."""
    counted = [at for at, word in enumerate(words) if word[0].isdigit()]
    days = [at for at in counted if words[at].isdigit() and 1 <= int(words[at]) <= _DAYS]
    years = [at for at in counted if _YEAR.fullmatch(words[at])]
    return (
        len(days) == 1
        and len(counted) == len(days) + len(years)
        and any(map(_is_month, words[max(days[0] - 1, 0) : days[0] + 3]))
    )


def _is_month(word: str) -> bool:
    return word in _SHORT_MONTHS or word in _STAMPED or not _A_MONTH.isdisjoint(kinds((word,)))


def is_stamp(line: str) -> bool:
    """Whether a line is a date or an hour and nothing else."""
    words = folded(line)
    counted = [word for word in words if word[0].isdigit()]
    rest = [
        word
        for word in words
        if not (word[0].isdigit() or word in _STAMPED or word in _SHORT_MONTHS)
    ]
    if not DAYS_AND_HOURS.issuperset(kinds(rest)):
        return False
    if counted and all(kinds((word,)) for word in rest):
        return True
    # A day and a year, or an hour, and hardly a word more, in whatever language.
    undated = _HOUR.sub("", _DATE.sub("", line))
    return (
        len(undated) < len(line)
        and len(rest) <= _AROUND_A_DATE
        and not any(letter.isdigit() for letter in undated)
        and not any(map(speaks, rest))
    )
