"""Seed documents: text, Markdown and saved pages; the real five by counts, where they are at hand."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from monitor.config.seeds import paths
from monitor.errors import ParseError
from monitor.model import Seed
from monitor.parse.seed import read_seed

DATA = Path(__file__).parent / "data" / "seeds"
CASES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))
REAL = os.environ.get("MONITOR_REAL_SEEDS")


def plain(seed: Seed) -> dict[str, object]:
    found: dict[str, object] = {"text": seed.text.split("\n\n")}
    for name in ("name", "title", "language", "published", "outlet", "url"):
        value = getattr(seed, name)
        if isinstance(value, datetime):
            value = value.strftime("%Y-%m-%dT%H:%M:%SZ")
        if value is not None:
            found[name] = value
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_seed_reads_as_expected(path):
    want = json.loads(path.with_name(f"{path.name}.expected.json").read_text())
    if "error" in want:
        with pytest.raises(ParseError) as raised:
            read_seed(path.name, path.read_bytes())
        assert raised.value.failure == want["error"]
        assert raised.value.detail == want.get("detail", raised.value.detail)
        return
    assert [plain(seed) for seed in read_seed(path.name, path.read_bytes())] == want["seeds"]


def test_a_headline_alone_is_a_seed():
    (seed,) = read_seed("one.txt", "الجسر القديم يفتح أبوابه للمشاة".encode())
    assert seed.title == "الجسر القديم يفتح أبوابه للمشاة"
    assert seed.text == ""


def test_what_an_editor_leaves_beside_a_seed_is_none(tmp_path):
    for name in ("a.md", "a.md~", "#a.md#", ".a.md.swp", "~$a.docx"):
        (tmp_path / name).write_text("الجسر القديم يفتح أبوابه للمشاة", "utf-8")
    assert [path.name for path in paths(tmp_path)] == ["a.md"]


def test_an_old_encoding_is_read():
    text = "عنوان قصير للخبر\n\nقالت البلدية إن الجسر سيفتح صباح الاثنين بعد عامين من الإغلاق."
    (seed,) = read_seed("old.txt", text.encode("cp1256"))
    assert seed.title == "عنوان قصير للخبر"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# Of each piece: paragraphs, words, and digests of the title and of the first and last three words.
EXPECTED = {
    "000": (10, 327, "eac56be3b78a", "634415296e7e", "bb612fd17de4", "ar"),
    "001": (14, 389, "65a17f07be6e", "c870f5cd3054", "098add540dbf", "ar"),
    "002": (2, 79, "dc5f3d91442c", "74a4b00adb09", "c83d2cdd5035", "ar"),
    "0022": (8, 236, "48b70cfb6c04", "db0e385a4323", "808a04e27fa7", "ar"),
    "003": (11, 228, "020e59305a98", "ef6fcbc301f9", "52efa317a815", "ar"),
    "004": (7, 200, "61f01a8129a1", "db0e385a4323", "3c853147ba57", "ar"),
}


@pytest.mark.skipif(not REAL, reason="MONITOR_REAL_SEEDS does not name the real documents")
def test_the_real_documents_come_out_clean():
    got = {}
    for path in sorted(Path(str(REAL)).glob("*.txt")):
        for seed in read_seed(path.name, path.read_bytes()):
            words = seed.text.split()
            got[seed.name[:3] + seed.name.partition("#")[2]] = (
                len(seed.text.split("\n\n")),
                len(words),
                digest(seed.title),
                digest(" ".join(words[:3])),
                digest(" ".join(words[-3:])),
                seed.language,
            )
    assert got == EXPECTED
