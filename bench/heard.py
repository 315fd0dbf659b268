"""How usual words are in news: counts them in the tests' texts and writes `story/heard.txt`.

    python bench/heard.py

The texts are synthetic and of all fields (pairs of news, pages, what is off the story in the
labelled streams); held-out sets are not read. A word that many of them have names no story.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from monitor.text.arabic import fold
from monitor.text.words import split, stem

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
STREAMS = ("dev", "second", "third", "fifth", "sixth", "seventh")
# A word of this share of the texts, and at least of three, is often heard; one of at least two,
# in one language, is heard.
OFTEN = 0.01
LEAST = 3
HEARD = 2


def texts() -> Iterator[tuple[str, str]]:
    """Each text once, with its language."""
    for name in STREAMS:
        for row in _rows(DATA / "story-stream" / f"{name}.jsonl"):
            if row["band"] == "off":
                yield row["lang"], f"{row['title']}\n{row['text']}"
    for path in sorted(DATA.glob("pairs*/*.jsonl")):
        if not path.name.startswith("held-out"):
            for row in _rows(path):
                yield (
                    row.get("lang", "ar"),
                    f"{row['earlier'].get('title')}\n{row['earlier']['text']}",
                )
    for path in sorted(DATA.glob("gold-pages*/*.json")):
        page = json.loads(path.read_text("utf-8"))
        yield page.get("language") or "ar", f"{page.get('title')}\n{page['text']}"


def _rows(path: Path) -> Iterator[dict]:
    if path.exists():
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def main() -> None:
    """Write the list."""
    counts: dict[str, Counter[str]] = {}
    number: Counter[str] = Counter()
    for language, text in dict.fromkeys(texts()):
        number[language] += 1
        counts.setdefault(language, Counter()).update(
            {stem(w, language) for w in split(fold(text))}
        )
    often: set[str] = set()
    heard: set[str] = set()
    for language, found in counts.items():
        least = max(LEAST, OFTEN * number[language])
        words = {word: count for word, count in found.items() if word.isalpha() and len(word) > 1}
        often |= {word for word, count in words.items() if count >= least}
        heard |= {word for word, count in words.items() if count >= HEARD}
    lines = [
        "# Stems by how usual they are in news, counted in synthetic texts (bench/heard.py).",
        "often: " + " ".join(sorted(often)),
        "heard: " + " ".join(sorted(heard - often)),
    ]
    (ROOT / "monitor" / "story" / "heard.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{sum(number.values())} texts, {len(often)} often, {len(heard - often)} heard")


if __name__ == "__main__":
    main()
