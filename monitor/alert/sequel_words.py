"""The words of what is told after an alert, in the reader's language: English and Arabic so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.alert.words import base


@dataclass(frozen=True, slots=True, kw_only=True)
class SequelWords:
    """One catalogue. `states` by state word, `kinds` by kind of change, `weights` by what it touches.

    `gone` holds `{since}`.
    """

    language: str
    states: Mapping[str, str]
    kinds: Mapping[str, str]
    weights: Mapping[str, str]
    touches: str
    gone: str
    withdrawn: str
    went: str
    came: str
    more: str
    seen: str
    kept: str
    section: str


ENGLISH_SEQUELS = SequelWords(
    language="en",
    states={
        "changed": "CHANGED",
        "corrected": "CORRECTED",
        "gone": "GONE",
        "withdrawn": "WITHDRAWN",
    },
    kinds={
        "headline": "Its headline was changed after you were told of it.",
        "grown": "Its text has grown since you were told of it.",
        "shrunk": "Part of its text was taken out after you were told of it.",
        "rewritten": "Its text was changed after you were told of it.",
        "gone": "It is no longer at its address.",
    },
    weights={
        "figure": "a figure",
        "negation": "a negation",
        "speaker": "who says it",
        "stance": "a denial, confirmation or correction",
    },
    touches="What this touches",
    gone="Not found in three looks or more since {since}.",
    withdrawn=(
        "It was marked as not on this story. You were told of it by mistake; please do not rely on"
        " that alert as news of the story."
    ),
    went="What went",
    came="What came",
    more="and more",
    seen="Seen",
    kept="The earlier text is kept",
    section="Changed after they were told",
)

ARABIC_SEQUELS = SequelWords(
    language="ar",
    states={"changed": "تغيّر", "corrected": "تصحيح", "gone": "حُذف", "withdrawn": "سحب"},
    kinds={
        "headline": "تغيّر عنوان الخبر بعد إبلاغكم به.",
        "grown": "أضيفت إلى نص الخبر فقرات بعد إبلاغكم به.",
        "shrunk": "حُذف جزء من نص الخبر بعد إبلاغكم به.",
        "rewritten": "تغيّر نص الخبر بعد إبلاغكم به.",
        "gone": "لم يعد الخبر موجودا في عنوانه.",
    },
    weights={
        "figure": "رقم",
        "negation": "نفي في الجملة",
        "speaker": "القائل",
        "stance": "نفي أو تأكيد أو تصحيح",
    },
    touches="ما يمسه التغيير",
    gone="لم يُعثر عليه في ثلاث زيارات أو أكثر منذ {since}.",
    withdrawn="وُسم بأنه ليس من هذه القصة. أُبلغتم به خطأ، فلا تعتمدوا على ذلك الإشعار خبرا من القصة.",
    went="ما حُذف",
    came="ما أضيف",
    more="وغير ذلك",
    seen="رُصد",
    kept="النص السابق محفوظ",
    section="مواد تغيّرت بعد الإبلاغ بها",
)

_CATALOGUES = {"en": ENGLISH_SEQUELS, "ar": ARABIC_SEQUELS}


def sequel_words(language: str) -> SequelWords:
    """The catalogue of a language; English where there is none."""
    return _CATALOGUES.get(base(language), ENGLISH_SEQUELS)
