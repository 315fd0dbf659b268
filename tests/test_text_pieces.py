"""Pieces of texts, and what their readers make of them."""

from monitor.text import pieces as room
from monitor.text.memory import LETTERS
from monitor.text.pieces import Piece, Reader, pieces


def test_what_a_reader_makes_is_made_once_and_lies_with_the_piece() -> None:
    asked: list[str] = []

    def work(written: str) -> tuple[str, ...]:
        asked.append(written)
        return tuple(written) if written.isalpha() else ()

    reader = Reader("stems", work)
    read = [Piece("ab"), Piece("1")]
    read.append(read[0])
    for _ in range(2):
        assert reader.of(read) == [("a", "b"), (), ("a", "b")]
    assert asked == ["ab", "1"]


def test_one_reader_knows_nothing_of_another() -> None:
    read = [Piece("word")]
    assert Reader("told", len).of(read) == [4]
    assert Reader("spelt", str.upper).of(read) == ["WORD"]
    assert Reader("told", len).of(read) == [4]


def test_a_text_is_its_pieces_and_what_is_held_is_bounded() -> None:
    assert [each.written for each in pieces("one two\none")] == ["one", "two", "one"]
    for number in range(4):
        assert len(pieces(f"{number} " + "kursk seoul " * 9_000)) == 18_001
    assert sum(map(len, room._PIECES)) <= LETTERS
