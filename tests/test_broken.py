"""Paragraphs with furniture in the middle of them: read whole, and without it; what is the sentence's own stays."""

import pytest

from monitor.parse import read_page

LEAD = "<p>The council met on Monday and heard forty speakers, most of them against the plan.</p>"
END = "<p>A vote is due in the first week of June, the clerk said after the meeting.</p>"
WHOLE = "The ferry will stop for the winter while its engine is repaired, the harbour office said."
BEFORE, AFTER = (
    "The ferry will stop for the winter",
    "while its engine is repaired, the harbour office said.",
)
OTHER = "Old mill burns to the ground"

# What breaks the sentence between BEFORE and AFTER.
BREAKS = [
    f"<a href='/n/1'>Read also: {OTHER}</a>",
    f"<strong>Read also: <a href='/n/1'>{OTHER}</a></strong>",
    f"<b>READ NEXT</b> <a href='/n/1'>{OTHER}</a>",
    f"<em>(See also: <a href='/n/1'>{OTHER}</a>)</em>",
    f"[Read more: <a href='/n/1'>{OTHER}</a>]",
    f"<a href='/n/1'>(more on this: {OTHER})</a>",
    f"<br><strong>Related: <a href='/n/1'>{OTHER}</a></strong><br>",
    f"<br><br>Read also: {OTHER}<br><br>",
    f"<div class='x'><span>Read also</span> <a href='/n/1'>{OTHER}</a></div>",
    f"<div class='x'><p>Read also:</p><h4><a href='/n/1'>{OTHER}</a></h4></div>",
    f"<ul><li>Read also: <a href='/n/1'>{OTHER}</a></li></ul>",
    "<span class='ad-text'>Advertisement: Stair lifts from a local fitter</span>",
    "<span class='ad'>Advertisement</span>",
    "<i>Advertisement: Stair lifts from a local fitter</i>",
    "<b>[Advertisement]</b> <a href='/x'>Stair lifts from a local fitter</a>",
    "<span hidden>copied from the Herald</span>",
    "<br><small>Story continues below advertisement</small><br>",
    "<div><small>Article continues after this ad</small><a href='/x'>Stair lifts from a local fitter</a></div>",
    "<p class='ads'>Advertisement</p>",
    "<strong><a href='/x'>Follow us on WhatsApp</a></strong>",
]
# What is the sentence's own, however like a label.
OWN = [
    "<b>Related</b> parties were not told, and",
    "<a href='/x'>advertisement</a> by",
    "(<a href='/x'>NASA</a>)",
    "(<a href='/x'>more than three hundred days</a>)",
    "on <a href='/x'>Telegram</a>",
    "<span class='comment'>according to the owner</span>",
    "<a href='/x'>read: the whole of it</a>",
]
ARABIC = "قالت إدارة الميناء إن العبارة ستتوقف طوال الشتاء <b>إعلان</b> مشترك مع البلدية، ثم تعود في الربيع."


def read(inside: str) -> list[str]:
    html = f"<h1>Ferry stops for the winter</h1><div>{LEAD}<p>{inside}</p>{END}</div>"
    return read_page(html.encode(), url="https://s.example/a").text.split("\n\n")


@pytest.mark.parametrize("inside", BREAKS)
def test_a_broken_paragraph_is_read_whole(inside):
    assert read(f"{BEFORE} {inside} {AFTER}")[1:-1] == [WHOLE]


@pytest.mark.parametrize("inside", BREAKS)
def test_nor_do_words_run_together(inside):
    assert read(f"{BEFORE}{inside}{AFTER}")[1:-1] == [WHOLE]


@pytest.mark.parametrize("inside", BREAKS)
def test_a_text_in_one_element_alike(inside):
    lines = f"{LEAD}{BEFORE} {inside} {AFTER}{END}".replace("<p>", "", 1).replace(
        "</p>", "<br><br>", 1
    )
    html = f"<h1>Ferry stops for the winter</h1><div>{lines.replace('<p>A vote', '<br><br>A vote')}</div>"
    assert read_page(html.encode(), url="https://s.example/a").text.split("\n\n")[1] == WHOLE


@pytest.mark.parametrize("inside", OWN)
def test_the_sentence_keeps_its_own_words(inside):
    said = inside
    for tag in ("b", "a", "span"):
        said = said.replace(f"</{tag}>", "")
        while (at := said.find(f"<{tag}")) >= 0:
            said = said[:at] + said[said.find(">", at) + 1 :]
    assert read(f"{BEFORE} {inside} {AFTER}")[1:-1] == [f"{BEFORE} {said} {AFTER}"]


def test_an_announcement_in_arabic_is_no_advertisement():
    assert read(ARABIC)[1:-1] == [ARABIC.replace("<b>", "").replace("</b>", "")]


def test_a_text_without_stops_keeps_its_lines():
    lines = [
        "The harbour office says nothing yet",
        "The ferry stays where it is today",
        "Nobody knows what will come next",
    ]
    body = "<br>Advertisement<br>".join(lines)
    html = f"<h1>Ferry stops for the winter</h1><div>{body}</div>"
    assert read_page(html.encode(), url="https://s.example/a").text.split("\n\n") == lines
