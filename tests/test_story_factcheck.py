"""A page that checks what others claim is never on a story."""

import pytest

from monitor.story.factcheck import is_fact_check
from monitor.story.match import judge
from tests.labelled import learnt

CLAIMED = "Eleven North Korean soldiers were captured in Kursk on Tuesday, Ukraine's army said."
CHECKS = [
    ("Fact check: Video of North Korean soldiers captured in Kursk", CLAIMED),
    ("This photo does not show North Korean soldiers captured in Kursk", CLAIMED),
    (
        "North Korean soldiers captured in Kursk?",
        f"Claim: {CLAIMED}\n\nVerdict: Taken from a game.",
    ),
    ("North Korean soldiers captured in Kursk?", f"{CLAIMED}\n\nOur rating: False."),
    ("North Korean soldiers captured in Kursk?", f"{CLAIMED} Verdict \u00a0： fake."),
    ("أسر جنود كوريين شماليين في كورسك", "أُسر جنود كوريون شماليون في كورسك. التصنيف – مضلل."),
    ("هل يظهر هذا المقطع أسر جنود كوريين شماليين في كورسك؟", "أُسر جنود كوريون شماليون في كورسك."),
    (
        "أسر جنود كوريين شماليين في كورسك",
        "الادعاء: أُسر جنود كوريون شماليون في كورسك.\n\nالحقيقة: المقطع قديم.",
    ),
    (
        "Faktencheck: Nordkoreanische Soldaten in Kursk gefangen",
        "Nordkoreanische Soldaten wurden in Kursk gefangen.",
    ),
    (
        "Фейк: солдаты КНДР сдались в плен в Курске",
        "Утверждение: солдаты КНДР взяты в плен в Курске.\n\nВердикт: ложь.",
    ),
    ("[팩트체크] 쿠르스크서 북한군 포로", "북한군 병사들이 쿠르스크에서 포로로 잡혔다."),
    (
        "Cek fakta: tentara Korea Utara ditangkap di Kursk",
        "Tentara Korea Utara ditangkap di Kursk.",
    ),
]
REPORTS = [
    ("Kremlin calls reports of North Korean soldiers in Kursk fake", CLAIMED),
    ("Video shows North Korean soldiers captured in Kursk", CLAIMED),
    (
        "North Korean soldiers captured in Kursk",
        f"{CLAIMED}\n\nConclusion: the army needs more men.",
    ),
    (
        "كييف تنشر فيديو يظهر أسر جنود كوريين شماليين في كورسك",
        "أُسر جنود كوريون شماليون في كورسك، بحسب كييف.",
    ),
]


@pytest.mark.parametrize(("title", "text"), CHECKS)
def test_a_check_is_maybe_at_most(title: str, text: str) -> None:
    match = judge(learnt(), title=title, text=text)
    assert is_fact_check(title, text)
    assert (match.band, match.rule) == ("maybe", "a check of what others claim")


@pytest.mark.parametrize(("title", "text"), REPORTS)
def test_a_report_is_no_check(title: str, text: str) -> None:
    assert not is_fact_check(title, text)
    assert judge(learnt(), title=title, text=text).band == "on"
