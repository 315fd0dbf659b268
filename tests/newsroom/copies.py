"""Copies as the wild makes them: cut, under another headline, re-ordered, re-spelled, credited.

Deterministic: the same article and seed give the same copy.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from dataclasses import replace

from .item import Block, Item

WAYS = ("cut", "headline", "order", "spelling", "credit")

# Spellings that papers exchange for each other; a whole paper keeps to one of them.
VARIANTS = (
    ("بيونغ يانغ", "بيونج يانج"),
    ("جونغ أون", "جونج أون"),
    ("جونغ-أون", "جونج أون"),
    ("بوتين", "بوتن"),
    ("الولايات المتحدة", "الولايات المتّحدة"),
    ("Kim Jong Un", "Kim Jong-un"),
    ("Kyiv", "Kiev"),
    ("percent", "per cent"),
)
LETTERS = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), (r"ة\b", "ه"), (r"ى\b", "ي"))
PREFIXES = {"ar": ("عاجل | ", "بالتفاصيل.. ", "وكالات: "), "en": ("Report: ", "JUST IN: ")}
CREDITS = {"ar": "(وكالات)", "en": "(Agencies)"}


def copy_of(item: Item, *, seed: int = 0, ways: Collection[str] = WAYS) -> Item:
    """A copy, changed in these ways (all by default); what stood around the article stays behind."""
    if unknown := set(ways) - set(WAYS):
        raise ValueError(f"no such way to copy: {sorted(unknown)}")
    chance = random.Random(f"{seed}:{item.key}")
    title, paragraphs = item.title, list(item.paragraphs)
    if "cut" in ways and len(paragraphs) > 3:
        paragraphs = paragraphs[: max(3, round(len(paragraphs) * chance.uniform(0.6, 0.9)))]
    if "order" in ways and len(paragraphs) > 3:
        paragraphs = _reordered(paragraphs, chance)
    if "headline" in ways:
        title = _headline(item, chance)
    if "spelling" in ways:
        title, *paragraphs = (respelled(text) for text in (title, *paragraphs))
    if "credit" in ways:
        paragraphs.append(CREDITS.get(item.language, CREDITS["en"]))
    return replace(
        item,
        key=f"{item.key}-copy{seed}",
        title=title,
        blocks=tuple(map(Block, paragraphs)),
        author=None,
        section=None,
        doubled=False,
        published=None,
        updated=None,
    )


def respelled(text: str) -> str:
    """The same text by another desk's spelling: names, hamza, ta marbuta, alef maqsura."""
    for one, other in VARIANTS:
        text = text.replace(one, other)
    for pattern, letter in LETTERS:
        text = re.sub(pattern, letter, text)
    return text


def _reordered(paragraphs: list[str], chance: random.Random) -> list[str]:
    """The lead stays first; two neighbours further down change places."""
    at = chance.randrange(1, len(paragraphs) - 1)
    swapped = list(paragraphs)
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
    return swapped


def _headline(item: Item, chance: random.Random) -> str:
    """Another headline: the halves around its break exchanged, or the start of the lead."""
    halves = re.split(r"\s*(?:\.\.|:|؛|;| - )\s*", item.title, maxsplit=1)
    if len(halves) == 2 and all(halves):
        return f"{halves[1]}.. {halves[0]}"
    start = " ".join(item.lead.split()[:9]).rstrip("،,.")
    return chance.choice(PREFIXES.get(item.language, PREFIXES["en"])) + start
