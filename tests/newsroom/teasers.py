"""Leads of other stories that stand on every page, in our own words; nothing here is news.

Each teaser holds a name that stands nowhere else (`MARKS`), so that a test can
see it wherever it should not be.
"""

from __future__ import annotations

from typing import NamedTuple


class Teaser(NamedTuple):
    """A headline and its cut lead, as a box on another page shows them."""

    title: str
    lead: str


MARKS = ("زمردستان", "قرنفلية", "بلاغونوفا", "ياقوتاباد", "Quillhaven", "Tarrowmere")

# The third tempts: it is about the story that is followed, on pages that are not.
ARABIC = (
    Teaser(
        "مجلس زمردستان يؤجل التصويت على الموازنة",
        "أرجأ مجلس زمردستان جلسته إلى الأسبوع المقبل بعد خلاف على بنود الإنفاق، وقال رئيسه إن",
    ),
    Teaser(
        "أمطار غزيرة تغلق طرق قرنفلية الساحلية",
        "أغلقت السلطات في قرنفلية ثلاث طرق رئيسية بعد ليلة من الأمطار، ودعت السكان إلى البقاء في",
    ),
    Teaser(
        "صحيفة بلاغونوفا: جنود من كوريا الشمالية يغادرون كورسك",
        "ذكرت صحيفة بلاغونوفا أن دفعة من جنود كوريا الشمالية الذين قاتلوا مع روسيا غادرت كورسك، فيما",
    ),
    Teaser(
        "معرض ياقوتاباد للكتاب يفتح أبوابه غدا",
        "يفتح معرض ياقوتاباد للكتاب أبوابه غدا أمام الزوار بمشاركة مئتي دار نشر، ويستمر حتى",
    ),
)
ENGLISH = (
    Teaser(
        "Quillhaven council puts off its budget vote",
        "The council of Quillhaven postponed its sitting by a week after a quarrel over spending, and its",
    ),
    Teaser(
        "Tarrowmere: North Korean soldiers seen leaving Kursk",
        "The Tarrowmere Gazette says a group of North Korean troops who fought beside Russia has left Kursk, while",
    ),
)


def teasers(language: str) -> tuple[Teaser, ...]:
    """The boxes of a page in this language."""
    return ARABIC if language == "ar" else ENGLISH
