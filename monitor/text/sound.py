"""Names compared by sound across scripts: كالومو, Калумо and Kalumo are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

# Letters by what a name's foreign spelling keeps of them: consonants in classes that
# alphabets tell apart, vowels as a, i or u. What is not here is left out.
_LETTERS: Final = {
    letter: sound
    for sound, letters in (
        ("b", "bp بپ бп βπ בפ पफबभ"), ("f", "fv فڤ фв φ व"), ("d", "dt دتطضظذث дт δτθ דטת टठडढतथदध"),
        ("k", "kcqgxh كقغخجحهعگ кгхґ κγχ קכגחה कखगघह"), ("s", "szj سصزشچژ сзшжчцщ σςζξ סזצש चछजझशषस"),
        ("m", "m م м μ מם म"), ("n", "n ن н ν נן ङञणनं"), ("l", "l ل л λ ל लळ"), ("r", "r ر р ρ ר र"),
        ("a", "a ا ая α א अआाऑॉ"), ("i", "iye ي иіїйеєэы ιηε י इईएऐिीेैय"), ("u", "ouw و оуёю οωυ ו उऊओऔुूोौ"),
    )
    for letter in letters.replace(" ", "")
}  # fmt: skip
# Jamo, into which Unicode cuts a Korean syllable, by the standard romanisation; a silent first
# ㅇ is left out. Where Korean writes s at the end of a syllable, it says t.
_JAMO: Final = {
    chr(first + at): {"-": "", "g": "nk"}.get(sound, sound)
    for first, sounds in (
        (0x1100, "kknddlmbbss-ssskdbk"),
        (0x1161, "aaaauiiiuaiiuuuiiuuii"),
        (0x11A8, "kkknnndllllllllmbbdsgsskdbk"),
    )
    for at, sound in enumerate(sounds)
}
_AS_HEARD: Final = {"TI": "SI", "TU": "SU", "HU": "FU"}
# Katakana, in which Japanese writes foreign names, by the names that Unicode gives its letters.
_KANA: Final = {
    chr(code): "".join(_LETTERS.get(letter, "") for letter in _AS_HEARD.get(name, name).lower())
    for code in range(0x30A1, 0x30F5)
    if (name := unicodedata.name(chr(code)).removeprefix("KATAKANA LETTER ").split(" ")[-1])
    and chr(code) != "ッ"
}
_SOUNDS: Final = {**_LETTERS, **_JAMO}
_PAIRS: Final = (
    ("tsch", "s"), ("tch", "s"), ("تش", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"),
    ("th", "d"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip
_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_VOWELS: Final = re.compile("[aiu]")
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The sounds of a folded word; its consonants alone compare by `consonants`."""
    word = "".join(_KANA.get(letter, letter) for letter in word)
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", word) if not unicodedata.combining(part)
    ).translate(_FINALS)
    for written, spoken in _PAIRS:
        plain = plain.replace(written, spoken)
    return _TWICE.sub(r"\1", "".join(_SOUNDS.get(letter, "") for letter in plain))


def consonants(word: str) -> str:
    """The consonants of a folded word by sound, which short-vowel scripts write as well."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", sound(word)))


def vowels(word: str) -> str:
    """The vowels of a folded word that it writes, by sound."""
    return "".join(_VOWELS.findall(sound(word)))


def transcribed(text: str) -> list[tuple[str, list[str]]]:
    """The runs of three and more Chinese signs that may write foreign names.

    Each with the consonants of its signs, as `loose` writes them.
    """
    signs, runs = _transcribing()
    return [(run, [signs[sign] for sign in run]) for run in runs.findall(text)]


@cache
def _transcribing() -> tuple[dict[str, str], re.Pattern[str]]:
    written = files("monitor.text").joinpath("transcribed.txt").read_text(encoding="utf-8")
    signs: dict[str, str] = {}
    for line in written.splitlines():
        if line and not line.startswith("#"):
            consonants, _, listed = line.partition(": ")
            for sign in listed:
                signs.setdefault(sign, consonants.strip("-"))
    return signs, re.compile(f"[{''.join(signs)}]{{3,}}")


def loose(word: str) -> str:
    """The consonants by sound as Korean and Japanese keep them: without f beside b, l beside r."""
    return _TWICE.sub(r"\1", consonants(word).replace("f", "b").replace("l", "r"))
