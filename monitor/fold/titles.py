"""Arabic titles and offices: what a name stands behind, and what has the name of another behind it."""

from __future__ import annotations

from typing import Final

from monitor.identify.wording import folded
from monitor.text.words import stem

# Behind these a name of two words stands.
TITLES: Final = frozenset(
    folded(
        "الجنرال العميد العقيد المقدم الرائد النقيب اللواء الفريق المشير الأدميرال الوزير وزير النائب القاضي القاضية المحامي"
        " المحامية الدكتور الدكتورة المهندس المهندسة الرئيس السفير المتحدث الناطق المبعوث السيد السيدة الشيخ الأمير الملك الزعيم"
        " الشرطي الطبيب الخبير المحلل الباحث الأستاذ الكاتب المخرج المدرب اللاعب المرشح القائد"
    )
)
# What has the name of another behind it is another: offices and houses, without an article.
OFFICES: Final = frozenset(
    map(
        stem,
        folded(
            "رئيس رئيسة وزير وزيرة مدير مديرة نائب نائبة قائد سفير سفيرة حاكم محافظ أمين متحدث ناطق مندوب مبعوث عضو نقيب خبير محلل"
        ),
    )
)
_HEADS: Final = OFFICES.union(
    map(
        stem,
        folded(
            "وزارة هيئة مؤسسة شركة مصرف بنك محكمة جامعة مستشفى مديرية نقابة حزب نادي جمعية لجنة مجلس مكتب وكالة صحيفة"
        ),
    )
)


def is_head(word: str) -> bool:
    """Whether a folded word is an office or a house that has the name of another behind it."""
    bare = word.removeprefix("و")
    return not bare.startswith(("ال", "لل")) and stem(bare) in _HEADS
