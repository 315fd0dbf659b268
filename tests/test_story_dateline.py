"""What stands before the first word of an article, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.story.dateline import dated

BEFORE = [
    "Pyongyang, November 18 (KCNA) -- ",
    "PYONGYANG, Nov. 18, 2026 (KCNA) — ",
    "MOSCOW, Nov 18 (Reuters) - ",
    "SEOUL, South Korea (AP) — ",
    "SEOUL — ",
    "KURSK, Russia — ",
    "Seoul (dpa) - ",
    "Pjöngjang/Seoul (dpa) - ",
    "Séoul, 18 nov 2026 (AFP) - ",
    "Lima, 17 feb (EFE) - ",
    "سيول (يونهاب) -- ",
    "موسكو (الأفق) - ",
    "بيونغ يانغ 18 نوفمبر/ تشرين الثاني (شينخوا) -- ",
    "МОСКВА, 18 ноя — ",
    "МОСКВА, 18 ноября. /ТАСС/. ",
    "ПХЕНЬЯН, 18 ноября. /Корр. ТАСС Иван Петров/. ",
    "(서울=연합뉴스) 홍길동 기자 = ",
    "【ソウル＝共同】",
    "新华社平壤11月18日电（记者李某）",
]
NONE = [
    "NORTH KOREAN SOLDIERS — hundreds of them — were killed in Kursk.",
    "HEZBOLLAH — the party said — fired rockets.",
    "BREAKING — soldiers were killed.",
    "UKRAINE, RUSSIA: talks go on.",
    "SEOUL: troops left.",
    "حزب الله (لبنان): أطلقنا صواريخ.",
    "Smith (Labour): we will not go.",
    "Hamas (Islamic Resistance Movement) - said so.",
    "Ali Hassan, 28 — a fisherman — saw it.",
    "[삼성=반도체] 실적이 올랐다.",
    "Kim: we won the battle.",
    "Kim (pictured) - who said it - left.",
    "Kim Jong Un (41) — said that he would come.",
    "NATO — said its chief — is ready.",
    "The 11 soldiers — all North Korean — were captured.",
    "11 North Korean soldiers - the first - died.",
    "UN chief Guterres — who came late — left.",
    "14:50 - Moscow says that it took two villages.",
    "ثلاثة جنود كوريين (من كتيبة العاصفة) - قتلوا في كورسك.",
    "كيم جونغ أون - 41 عاما - قال إنه سيأتي.",
    "북한군 1만명이 (국정원) — 파병됐다.",
    "Киев — столица Украины.",
]


@pytest.mark.parametrize("dateline", BEFORE)
def test_a_dateline_is_cut(dateline: str) -> None:
    assert dated(f"{dateline}Soldiers came home.") == dateline


@pytest.mark.parametrize("sentence", NONE)
def test_what_is_said_stays(sentence: str) -> None:
    assert dated(sentence) == ""


@given(st.text(max_size=200))
def test_of_any_text_an_end_is_left(text: str) -> None:
    found = dated(text)
    assert text.startswith(found)
    assert len(found) < len(text) or not text
