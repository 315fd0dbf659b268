"""Lines of one width, and lines that are paragraphs."""

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.wrapped import unwrapped

WORDS = st.lists(st.text("abcdefghابتثج", min_size=5, max_size=12), min_size=60, max_size=90)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(50, 110))
def test_a_wrapped_text_is_whole_again(paragraphs: list[list[str]], width: int) -> None:
    whole = [" ".join(words) + "." for words in paragraphs]
    wrapped = "\n\n".join("\n".join(wrap(each, width)) for each in whole)
    assert unwrapped(wrapped) == "\n\n".join(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line.",
        "A headline of some length about soldiers\nAnother, shorter\nA third one that is much longer than these\nEnd\nOne more of them here\nAnd the last of all",
        "\n".join("Officials say that the talks on the northern bridge go on" + end for end in ("", " now", "", " too", " on")),
        "外国代表团访问北京签署经贸协议\n" + "\n".join("外国代表团周一访问北京并签署多项经贸合作协议双方表示将继续扩大合作。" * 2 for _ in range(5)),
        "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you\nSo it goes\nOn and on",
        "\n".join("A paragraph of a text that is no line of a mail, for it is far too long to be one of these, as anybody can see." * 2 for _ in range(6)),
    ],
)  # fmt: skip
def test_other_lines_stay(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text("ab \n", max_size=600))
def test_no_letter_is_lost(text: str) -> None:
    assert unwrapped(text).split() == text.split()
