"""Blocks that stand under a site's other articles: the judge by cases, and the whole line over a fake site."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Trace
from monitor.parse.standing import traces, without_standing
from tests import blank
from tests.inline import Inline
from tests.test_poll import MEDALS, Desk, Site

DATA = Path(__file__).parent / "data" / "standing"
CASES = [json.loads(line) for line in (DATA / "cases.jsonl").read_text("utf-8").splitlines()]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_stands_elsewhere_goes_and_nothing_else(case: dict[str, Any]) -> None:
    others = [traces("\n\n".join(one)) for one in case["others"]]
    text = without_standing("\n\n".join(case["text"]), others)
    assert text.split("\n\n") == case["want"], case["why"]


_WORDS = st.sampled_from(
    [
        "the",
        "council",
        "of",
        "town",
        "says",
        "bridge",
        "river",
        "and",
        "سيول",
        "قالت",
        "الوزارة",
        "江",
        "1",
    ]
)
_BLOCK = st.lists(_WORDS, min_size=1, max_size=14).map(" ".join)
_PAGE = st.lists(_BLOCK, min_size=1, max_size=8)


@given(_PAGE, st.lists(_PAGE, max_size=8))
def test_a_text_keeps_its_lead_its_order_and_what_nobody_else_has(
    page: list[str], others: list[list[str]]
) -> None:
    text = "\n\n".join(page)
    found = without_standing(text, [traces("\n\n".join(one)) for one in others]).split("\n\n")
    left = iter(page)
    assert all(one in left for one in found), "a part of the text, in its order"
    prose = [one for one in page if len(one.split()) >= 8]
    assert not prose or prose[0] in found
    elsewhere = {trace.digest for one in others for trace in traces("\n\n".join(one))}
    own = [one for one in page if traces(one)[0].digest not in elsewhere]
    assert [one for one in found if one in own] == own


def test_a_page_of_a_million_lines_is_looked_at_from_its_ends() -> None:
    text = "\n\n".join(
        f"Line {n} of a page that never ends and says nothing." for n in range(5_000)
    )
    assert len(traces(text)) == 150
    assert without_standing(text, [traces(text)] * 120) == text


def test_the_store_keeps_the_newest_of_each_site_and_lets_them_expire() -> None:
    store = blank.in_memory()
    with store.transaction():
        for n in range(150):
            one = (Trace(n, 9), Trace(-n, 70_000 % 65_536))
            store.traces.keep(
                "a.example", f"https://a.example/{n}", one, NOW + timedelta(minutes=n)
            )
        store.traces.keep("b.example", "https://b.example/1", (Trace(7, 9),), NOW)
    known = store.traces.load("a.example", "https://a.example/149")
    assert len(known) == 119
    assert known[0] == (Trace(148, 9), Trace(-148, 4_464))
    assert store.traces.load("b.example", "https://b.example/1") == [], (
        "its own address is no other"
    )
    with store.transaction():
        store.traces.keep("c.example", "https://c.example/1", (), NOW + timedelta(days=91))
    assert store.traces.load("a.example", "") == []
    assert store.db["traces"].count == 1
    store.close()


# ---- the whole line -----------------------------------------------------------------

TEASER = "تقرير أممي عن سفن كوريا الشمالية وقطاراتها إلى روسيا"
TEASER_LEAD = (
    "كشف تقرير أممي أن سفنا من كوريا الشمالية نقلت إلى روسيا آلاف الجنود وشحنات القذائف على مدى عام كامل"
    " عبر ميناء راجين."
)
# Three events, each with paragraphs of its own.
ARTICLES = [
    (
        "سيول: جنود كوريون شماليون يقاتلون في كورسك إلى جانب القوات الروسية",
        "قال جهاز الاستخبارات في سيول إن جنودا من كوريا الشمالية يقاتلون إلى جانب القوات الروسية في كورسك.",
        "وأضاف الجهاز أمام لجنة برلمانية أن الوحدات الكورية الشمالية تعمل قرب خط الجبهة منذ أسابيع.",
    ),
    (
        "كييف تعرض أسيرين من جنود كوريا الشمالية أسرا في كورسك",
        "عرض الرئيس الأوكراني صورا لجنديين من كوريا الشمالية أسرتهما قواته في منطقة كورسك الروسية يوم السبت.",
        "وقال طبيب فحص الأسيرين إن أحدهما مصاب في فكه والآخر في ساقه، وإنهما يتعافيان في كييف.",
    ),
    (
        MEDALS,
        "قلد كيم جونغ أون في بيونغ يانغ جنودا عادوا من القتال إلى جانب القوات الروسية أوسمة الدولة في احتفال كبير.",
        "وبث التلفزيون الرسمي مشاهد من الحفل الذي حضرته عائلات من سقطوا في الحرب على أوكرانيا.",
    ),
]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workers = Inline()
    made = Desk(Site(), workers)
    yield made
    await workers.aclose()
    made.store.close()


def _publish(desk: Desk, number: int, path: str) -> None:
    title, lead, more = ARTICLES[number]
    desk.site.publish(title, path)
    desk.site.pages[path] = (
        f"<html lang=ar><body><article><h1>{title}</h1><p>{lead}</p><p>{TEASER}</p><p>{TEASER_LEAD}</p>"
        f"<p>{more}</p></article></body></html>"
    )


def _text(desk: Desk, path: str) -> list[str]:
    [row] = desk.store.db.query(
        "select text from printed where url = ?", [f"https://gazette.example{path}"]
    )
    return str(row["text"]).split("\n\n")


async def test_from_the_third_article_of_a_site_on_its_teaser_is_gone(desk: Desk) -> None:
    await desk.baseline()
    for number in range(3):
        _publish(desk, number, f"/{number + 1}")
        assert await desk.poll() == "new"
        assert [row[::2] for row in await desk.read()] == [("on", "alerted")]
    for number in range(2):
        assert TEASER_LEAD in _text(desk, f"/{number + 1}"), "one other article is no proof"
    assert _text(desk, "/3") == list(ARTICLES[2][1:]), "its own text is whole"
    alerts = [row["body"] for row in desk.store.db.query("select body from messages order by id")]
    assert len(alerts) == 3
    assert "أممي" in json.dumps(json.loads(alerts[0]), ensure_ascii=False)
    shown = json.dumps(json.loads(alerts[-1]), ensure_ascii=False)
    assert ARTICLES[2][0] in shown
    assert "راجين" not in shown
    assert "أممي" not in shown


async def test_the_same_article_under_further_addresses_stays_whole(desk: Desk) -> None:
    await desk.baseline()
    for path in ("/1", "/again", "/and-again"):
        _publish(desk, 0, path)
        assert await desk.poll() == "new"
        await desk.read()
    # One article or three, as it is identified: what is stored of it is whole.
    rows = list(desk.store.db.query("select text from printed where title = ?", [ARTICLES[0][0]]))
    assert rows
    for row in rows:
        text = str(row["text"]).split("\n\n")
        assert (text[0], text[-1]) == ARTICLES[0][1:]
