"""Names by sound across scripts."""

import pytest

from monitor.story.called import called, shared
from monitor.text.arabic import fold
from monitor.text.sound import loose, sound


@pytest.mark.parametrize(
    "spellings",
    [
        ("Vovchansk", "فوفتشانسك", "Вовчанськ", "보우찬스크", "ヴォフチャンシク"),
        ("Zelensky", "زيلينسكي", "Зеленский", "젤렌스키", "ゼレンスキー"),
        ("Budanov", "بودانوف", "Буданов", "부다노프", "ブダノフ"),
        ("Kartapolov", "كارتابولوف", "Картаполов", "카르타폴로프", "カルタポロフ"),
        ("Dimitrovka", "ديميتروفكا", "Димитровка"),
    ],
)
def test_one_name_has_the_same_consonants_in_every_script(spellings: tuple[str, ...]) -> None:
    assert len({loose(fold(name)) for name in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Kursk", "Kupiansk"), ("سومي", "Сочи")])
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert loose(fold(one)) != loose(fold(other))


def test_a_script_without_sounds_has_none() -> None:
    assert sound("库尔斯克") == ""


class TestCalled:
    ARABIC = "قال كارتابولوف إن الجنود وصلوا إلى القرية"
    RUSSIAN = "Депутат Картаполов рассказал о солдатах"

    def test_a_name_is_shared_across_scripts(self) -> None:
        assert list(shared(called(self.ARABIC), called(self.RUSSIAN))) == ["krdbrb"]

    def test_no_name_of_what_the_lists_know(self) -> None:
        known = {fold("كارتابولوف")}
        assert list(shared(called(self.ARABIC, known), called(self.RUSSIAN))) == []

    def test_two_texts_without_capitals_share_no_name(self) -> None:
        assert list(shared(called(self.ARABIC), called(self.ARABIC))) == []

    def test_the_vowels_that_both_write_agree(self) -> None:
        assert list(shared({"krdbrb": "^kirdibirib"}, {"krdbrb": "kardabarab"})) == []
