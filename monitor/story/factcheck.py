"""Whether a page checks what others claim: it reports no act, whatever the claim tells of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.text.arabic import fold

# How such pages name themselves, folded, anywhere in a headline.
_NAMED: Final = (
    "fact ?check(?:ed|ing)?|fact checks|factcheck|verificat(?:ion|eur) des faits|desintox|vrai ou faux|infox|faktencheck|faktenfuchs|"
    "fact ?checking|verificacion de datos|maldito bulo|checamos|fato ou fake|проверка фактов|фактчек\\w*|перевірка фактів|"
    "teyit hatti|dogruluk kontrolu|كشف (?:ال)?(?:زيف|تضليل)|تدقيق (?:ال)?(?:معلومات|حقايق)|فحص (?:ال)?(?:حقايق|ادعاء)|راستي ازمايي|"
    "cek fakta|kiem chung|sprawdzamy fakty|fakenews czy prawda|faktatarkistus|faktasjekk|faktatjek"
)
_NAMED_UNSPACED: Final = "팩트 ?체크|ファクトチェック|事实查核|事實查核|辟谣|查核|फैक्ट ?चेक|ফ্যাক্ট ?চেক"
# A picture that does not show, or is asked whether it shows.
_PICTURE: Final = (
    "(?:videos?|photos?|images?|pictures?|footage|clips?)\\b.{0,60}\\b(?:does not|doesn t|do not|don t|did not) (?:show|depict|prove)|"
    "(?:هل|لا|لم) (?:يظهر|تظهر|يوثق|توثق|يبين) (?:هذا |هذه )?(?:ال)?(?:فيديو|مقطع|صوره|لقطات)|"
    "(?:فيديو|مقطع|صوره|لقطات)\\b.{0,40}\\b(?:لا (?:يظهر|تظهر|يوثق|توثق)|ليست? ل)|حقيقه (?:ال)?(?:فيديو|مقطع|صوره)|"
    "(?:видео|фото|снимок|снимк\\w+|ролик|кадры)\\b.{0,60}\\bне показыва|(?:відео|фото|ролик|кадри)\\b.{0,60}\\bне показу|"
    "(?:video|foto|bild|bilder)\\b.{0,60}\\bzeig(?:t|en) (?:nicht|kein)|(?:video|photo|image)s?\\b.{0,60}\\bne (?:montre|montrent) (?:pas|aucun)|"
    "(?:video|foto|imagen)\\b.{0,60}\\bno muestra|(?:video|foto|immagine)\\b.{0,60}\\bnon mostra|(?:video|foto|imagem)\\b.{0,60}\\bnao mostra|"
    "(?:video|fotograf|goruntu)\\w*\\b.{0,60}\\bgostermiyor"
)
_HEADLINE: Final = re.compile(rf"\b(?:{_NAMED})\b|{_NAMED_UNSPACED}|\b(?:{_PICTURE})")
# What stands before the parts of such a page, at the beginning of a line.
_CLAIM: Final = (
    "(?:ال)?ادعاء|(?:ال)?زعم|the claim|claim|affirmation|l affirmation|allegation|behauptung|afirmacion|afirmacao|affermazione|"
    "утверждение|заявление|твердження|iddia|ادعا|دعوي|klaim|tuyen bo|twierdzenie|주장|主張|主张|दावा|দাবি"
)
_VERDICT: Final = (
    "(?:ال)?حقيقه|(?:ال)?خلاصه|(?:ال)?نتيجه|(?:ال)?حكم|(?:ال)?تصنيف|(?:ال)?تقييم|verdict|our verdict|rating|our rating|ruling|the facts|fact|conclusion|truth|the truth|category|"
    "fazit|bewertung|urteil|fakt|fakten|verite|la verite|veredicto|conclusion|calificacion|realidad|hechos|conclusao|verdetto|conclusione|"
    "вердикт|вывод|оценка|факт|правда|вирок|висновок|оцінка|karar|sonuc|gercek|حكم|نتيجه|kesimpulan|fakta|ket luan|su that|wniosek|ocena|werdykt|"
    "판정|사실|결론|判定|結論|结论|事实|निष्कर्ष|सच|তথ্য"
)
_FALSE: Final = (
    "مضلل\\w*|خاطي\\w*|زايف\\w*|كاذب\\w*|مفبرك\\w*|غير صحيح\\w*|misleading|false|fake|altered|miscaptioned|unproven|missing context|satire|"
    "irrefuhrend|falsch|faux|fausse|trompeu\\w+|falso|falsa|enganos[oa]|bulo|fuorviante|enganador|ложь|феик|манипуляция|неправда|ложн\\w+|"
    "неправдив\\w+|маніпуляція|yanlis|yaniltici|نادرست|گمراه كننده|جعلي|salah|menyesatkan|hoaks|sai su that|falsz|거짓|사실 아님|誤り|ミスリード|虚假|误导|不实|भ्रामक|गलत|ভুয়া"
)
_CLAIMED: Final = re.compile(rf"^\W*(?:{_CLAIM})\s*[:：—–-]", re.MULTILINE)
_JUDGED: Final = re.compile(rf"^\W*(?:{_VERDICT})\s*[:：—–-]", re.MULTILINE)
_CALLED: Final = re.compile(
    rf"(?:^|[.!?]\s)\W*(?:{_VERDICT})\s*[:：—–-]\W*(?:{_FALSE})\b", re.MULTILINE
)
# What stands behind each label, and how the labels end: nearly all texts have none before a mark.
_MARK: Final = re.compile("[:：—–-]")
_LABELS: Final = tuple(
    {label.removeprefix("(?:ال)?") for label in f"{_CLAIM}|{_VERDICT}".split("|")}
)
# The most that one is worth, as a share of the edge of *on*.
MOST: Final = 0.9


@lru_cache(maxsize=8)
def is_fact_check(title: str, text: str) -> bool:
    """Whether the headline says so, or the text has a claim and a verdict under labels of theirs."""
    if _HEADLINE.search(fold(title).replace("'", " ").replace("’", " ")):
        return True
    plain = fold(text)
    if not any(before.rstrip().endswith(_LABELS) for before in _MARK.split(plain)[:-1]):
        return False
    if _CALLED.search(plain):
        return True
    return _CLAIMED.search(plain) is not None and _JUDGED.search(plain) is not None
