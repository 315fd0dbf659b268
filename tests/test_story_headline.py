"""What of a headline is judged."""

import pytest

from monitor.story.headline import headline

HEAD = "Kim honours his soldiers in Kursk"


@pytest.mark.parametrize(
    "behind",
    [
        " | NK News - North Korea News", " - The Moscow Times", " | Kyiv Post",
        " – DW", " :: Radio Free Asia", " - BBC News عربي", " - 연합뉴스 | 조선일보",
    ],
)  # fmt: skip
def test_an_outlet_is_not(behind: str) -> None:
    assert headline(HEAD + behind) == HEAD


@pytest.mark.parametrize(
    "whole",
    [
        HEAD,
        "На Курщині вже 11 тисяч військових КНДР — Зеленський",
        "Live: war in Ukraine - North Korean troops in Kursk",
        "Troops hit in Kursk - state news agency",
        "قطار موسكو - بيونغ يانغ ينقل ألف راكب في أول موسم له",
        "عاجل | كيم يصل إلى موسكو",
        "Kim in Moscow | North Korean soldiers are to march on Red Square",
        "« L'armée de Kim n'est plus celle de 2024 » : ce que la guerre a changé",
        "الجنود قتلوا في كورسك — KCNA",
        "مقتل العشرات في كورسك - استهداف موقع للجنود الكوريين الشماليين",
        "Captured in Kursk and shown on camera | North Korean soldiers",
        "First pictures of captured men in Kursk – North Korea TV Silent",
        "Prices rise in all of Asia – Japan Warns Of Hard Times",
        "توقف الملاحة في البحر الأحمر - قناة السويس مغلقة",
        "Fighting goes on in the south | Hezbollah blamed",
    ],
)
def test_what_is_said_stays(whole: str) -> None:
    assert headline(whole) == whole


def test_a_headline_without_spaces() -> None:
    assert headline("朝鲜士兵抵达库尔斯克 - 新华网") == "朝鲜士兵抵达库尔斯克"
