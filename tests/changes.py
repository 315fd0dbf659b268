"""One fact changed, by code, in a text: what must never be folded into the text as it was.

What the pools hold is chosen so that it stands nowhere in the earlier text, in no form: a
word that stands there is not always news where an editor puts it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from monitor.fold.synonyms import roots, wanted
from monitor.identify.wording import folded

_DAYS = ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"]
_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_PLACES = [
    "القاهرة",
    "بغداد",
    "دمشق",
    "تونس",
    "الرياض",
    "عمان",
    "بيروت",
    "طوكيو",
    "برلين",
    "الجزائر",
    "الخرطوم",
    "صنعاء",
]
_PEOPLE = ["شوقي", "البرغوثي", "الهاشمي", "ستيبانوف", "لوكاس", "كوفاليف"]
_TITLES = (
    "الوزير الدكتور المهندس الرئيس القاضي المحامي المتحدث المدرب الخبير المدير النائب العميد العقيد"
)
_NAMED = re.compile(rf"\b({'|'.join(_TITLES.split())}) (\w+)")
_OPPOSITES = [
    tuple(line.split())
    for line in [
        "شمال جنوب",
        "شرق غرب",
        "ارتفع انخفض",
        "ارتفعت انخفضت",
        "بداية نهاية",
        "مطلع نهاية",
        "مساء صباح",
        "داخل خارج",
        "وافق رفض",
        "وافقت رفضت",
        "قتل أصيب",
        "مقتل إصابة",
        "أعلنت نفت",
        "أعلن نفى",
        "أكد نفى",
        "أكدت نفت",
        "افتتح أغلق",
        "تبدأ تنتهي",
        "جميع بعض",
        "المقبل الماضي",
        "المقبلة الماضية",
        "مليون مليار",
        "دولار يورو",
        "يوما شهرا",
        "أيام أسابيع",
        "ساعات دقائق",
        "وزير نائب",
        "رئيس نائب",
        "مدير نائب",
        "ضابط جندي",
    ]
]
_CLAUSES = [
    "وأصيب أحدهم بجروح",
    "وقد توفي اثنان منهم لاحقا",
    "وقدم المدير استقالته",
    "وأوقفت الشرطة مشتبها به",
    "وجرى تأجيل ذلك إلى أجل غير مسمى",
    "ورفضت النقابة القرار",
    "وطالب السكان بالتعويض",
    "بعدما انسحب شريك أجنبي",
    "وتعهدت قطر بتمويله",
    "وانضم إليهم رجل ثالث",
    "وتبين أن المبنى لم يكن مرخصا",
]
_VERBS = [
    "ألغى",
    "استقال",
    "انسحب",
    "اعتذر",
    "هدد",
    "باع",
    "اشترى",
    "هرب",
    "احترق",
    "غرق",
    "سرق",
    "أفلس",
    "تزوج",
    "اختفى",
    "انتحر",
    "أضرب",
    "تظاهر",
    "قاطع",
    "صادر",
    "شتم",
]
_THINGS = [
    "الجسر",
    "المصنع",
    "الباخرة",
    "المسجد",
    "السوق",
    "المتحف",
    "الخزان",
    "القطار",
    "البئر",
    "المخبز",
    "الملعب",
    "السجن",
    "الكنيسة",
    "الفندق",
    "المنجم",
    "السد",
    "الدواء",
    "القمح",
    "الذهب",
]
_DENIALS = ["لم", "لا", "لن", "ليس"]
_OTHERS = {
    "en": ("and one of them died later", "while police arrested a suspect"),
    "ru": ("а один из них скончался", "и директор ушёл в отставку"),
    "uk": ("а один із них помер",),
    "de": ("und einer von ihnen starb später", "und der Direktor trat zurück"),
    "fr": ("et l'un d'eux est mort ensuite", "et le directeur a démissionné"),
    "es": ("y uno de ellos murió después",),
    "it": ("e uno di loro è morto dopo",),
    "tr": ("ve müdür istifa etti",),
    "pt": ("e um deles morreu depois",),
    "pl": ("a dyrektor podał się do dymisji",),
    "nl": ("en de directeur trad af",),
    "fa": ("و مدیر استعفا کرد",),
    "id": ("dan direktur mengundurkan diri",),
}
_FIGURES = 6
_SOME = 8


def changed(text: str, earlier: str, language: str, seed: str) -> Iterator[tuple[str, str]]:
    """What was changed, and the text with that; lines without a full stop are the outlet's and stay."""
    lines = text.split("\n")
    told = [line for line in lines if line.rstrip(' »”"').endswith((".", "。", "।", "۔", "!", "؟"))]
    outlet = [line for line in lines if line not in told and line.strip()]
    stands = frozenset[str]().union(*map(roots, folded(earlier)))

    def is_new(word: str) -> bool:
        return all(wanted(mine).isdisjoint(stands) for mine in folded(word))

    rng = random.Random(seed)
    told_text = "\n\n".join(told)
    for what, new in _changes(told_text, language, rng, is_new):
        yield what, "\n\n".join([new, *outlet])


def _changes(
    text: str, language: str, rng: random.Random, is_new: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    yield from _figures(text)
    ends = [end.start() for end in re.finditer(r"\.(?=\s|$)", text)]
    if language != "ar":
        for clause in _OTHERS.get(language, ()):
            for end in ends:
                yield f"+{clause}", f"{text[:end]}, {clause}{text[end:]}"
        return
    for row in (_DAYS, _MONTHS):
        for one in row:
            for met in re.finditer(rf"\b{one}\b", text):
                two = rng.choice([each for each in row if each != one])
                yield f"{one}→{two}", _put(text, met, two)
    for one in _PLACES:
        if re.search(rf"\b{one}\b", text):
            two = rng.choice([each for each in _PLACES if each != one and is_new(each)])
            yield f"{one}→{two}", re.sub(rf"\b{one}\b", two, text)
    for pair in _OPPOSITES:
        for one, two in (pair, pair[::-1]):
            for met in re.finditer(rf"\b([وبلف]?){one}\b", text):
                yield f"{one}→{two}", _put(text, met, met.group(1) + two)
    for met in _NAMED.finditer(text):
        yield f"{met.group()}→", text[: met.start(2)] + rng.choice(_PEOPLE) + text[met.end() :]
    for end in ends:
        for clause in rng.sample(_CLAUSES, 3):
            yield f"+{clause}", f"{text[:end]}، {clause}{text[end:]}"
    words = list(re.finditer(r"(?<=\s)[\u0621-\u064a]{4,}(?=\s)", text))
    for pool, places in (
        (_VERBS, words),
        (_THINGS, [each for each in words if each.group().startswith("ال")]),
    ):
        for met in rng.sample(places, min(_SOME, len(places))):
            if put := [each for each in pool if is_new(each)]:
                new = rng.choice(put)
                yield f"{met.group()}→{new}", _put(text, met, new)
    for met in re.finditer(r"(?<=\s)ي[\u0621-\u064a]{3,}(?=\s)", text):
        yield f"لا {met.group()}", f"{text[: met.start()]}لا {text[met.start() :]}"
    for met in re.finditer(rf"(?<=\s)(?:{'|'.join(_DENIALS)})\s", text):
        yield f"-{met.group()}", text[: met.start()] + text[met.end() :]


def _put(text: str, met: re.Match[str], new: str) -> str:
    return text[: met.start()] + new + text[met.end() :]


def _figures(text: str) -> Iterator[tuple[str, str]]:
    found = list(re.finditer(r"\d+", text))
    for met in found[:_FIGURES]:
        more = 1 if len(met.group()) <= 2 else 10 ** (len(met.group()) - 2)
        yield f"{met.group()}+{more}", _put(text, met, str(int(met.group()) + more))
    if len(found) > 1 and found[0].group() != found[1].group():
        one, two = found[:2]
        between = text[one.end() : two.start()]
        exchanged = f"{text[: one.start()]}{two.group()}{between}{one.group()}{text[two.end() :]}"
        yield "two figures exchanged", exchanged
