"""Lines in which an outlet speaks of itself or to its reader, and lines of the report."""

import pytest

from monitor.text import outlet
from monitor.text.outlet import speaks_of_itself


@pytest.mark.parametrize(
    "line",
    [
        "This article is part of our coverage of the war.",
        "Sign up for our newsletter on North Korea.",
        "WATCH: Captured soldiers tell their story.",
        "شاهد: أسرى يروون قصتهم.",
        "تابعوا تغطيتنا الخاصة حول الحرب.",
        "Читайте также: новости дня",
        "Do you think this will change the war? Vote now.",
        "이 기사는 업데이트됩니다",
    ],
)
def test_it_does(line: str) -> None:
    assert speaks_of_itself(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Kim watched the parade with his daughter.",
        'The minister said that "our channel of talks stays open".',
        "شاهد كيم العرض مع ابنته.",
        "Soldiers came home on Sunday, the ministry said, and " + "went on to their towns, " * 8,
    ],
)
def test_it_does_not(line: str) -> None:
    assert not speaks_of_itself(line)


def test_no_beginning_of_the_list_is_longer_than_is_looked_up() -> None:
    assert max(map(len, outlet._lists().begun)) <= outlet._LONGEST_BEGINNING
