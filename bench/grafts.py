"""Furniture of news sites grafted onto gold pages at random places: what the reader then loses and lets in.

    python bench/grafts.py [--seed N] [--pages N] [--kind KIND] [--language LANGUAGE] [--failures]

Each page of the sets that serve development, where the reader gets it right, is read again with
one piece of furniture (`furniture.KINDS`) in or around its text. So what is the article's and what is foreign is
known for any number of pages. All of it is synthetic; a sentence counts as foreign where it stands in the text.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bench.draw import Draw
from bench.furniture import AROUND, HEADS, KINDS, OWN
from bench.golds import WORDS, Gold, faults, golds, read, show


@dataclass(frozen=True, slots=True)
class Graft:
    """A page with furniture at a place, and the sentences that are foreign."""

    gold: Gold
    kind: str
    place: str
    source: str
    foreign: tuple[str, ...]
    own: tuple[str, ...]  # what must stand in the text beside the gold's paragraphs
    piece: str  # the furniture's markup


def graft(rng: random.Random, gold: Gold, kind: str, place: str) -> Graft | None:
    """The page with a piece of furniture of a kind at a place."""
    piece, said = KINDS[kind][0](Draw(rng, gold))
    own = "\n".join((gold.title, *gold.paragraphs))
    told = tuple(one for one in said if one not in own)
    at = _at(rng, gold, place)
    if at is None or not (told or kind in HEADS):
        return None
    if kind == "another's JSON-LD" and "ld+json" in gold.source:
        return None  # beside its own
    before, between, after = gold.source[:at], "", gold.source[at:]
    opened, _, closed = piece.partition(AROUND) if kind == "own section" else (piece, "", "")
    if kind == "own section":
        start = gold.marks[-3]
        before, between = gold.source[:start], gold.source[start:at]
        if between.count("<div") != between.count("</div") or "<h" in between:
            return None  # the two stand in different boxes
    source = before + opened + between + closed + after
    is_own = kind in OWN
    return Graft(gold, kind, place, source, () if is_own else told, told if is_own else (), piece)


def _at(rng: random.Random, gold: Gold, place: str) -> int | None:
    if place == "top":
        return gold.first
    if place in {"head", "body", "headline"}:
        found = re.search(r"<h1\b" if place == "headline" else rf"<{place}\b[^>]*>", gold.source)
        return found and (found.start() if place == "headline" else found.end())
    if place == "between":
        return rng.choice(gold.marks[:-1])
    if place == "inside":
        return rng.choice(gold.gaps) if gold.gaps else None
    if place == "end":
        return gold.last
    ends = [
        gold.source.find(tag, gold.marks[-1])
        for tag in ("</article>", "</main>", "<footer", "</body>")
    ]
    ends = [end for end in ends if end > 0]
    if not ends:
        return None
    at = rng.choice(ends)
    return at + len("</article>") if gold.source.startswith("</article>", at) else at


def judge(made: Graft) -> dict[str, list[str]]:
    """What went wrong: `lost`, `foreign`, `title`, `date`."""
    page = read(made.gold, made.source)
    is_same = page.published == _before(made.gold)
    return {
        **faults(made.gold, page, made.foreign, made.own),
        "date": [] if is_same else [str(page.published)],
    }


@cache
def _before(gold: Gold) -> datetime | None:
    return read(gold, gold.source).published


def grafts(
    seed: int, count: int, kinds: Sequence[str], languages: Sequence[str]
) -> Iterator[Graft]:
    """`count` grafts of each kind at each of its places."""
    rng = random.Random(seed)
    pages = [gold for gold in golds() if gold.language in languages]
    for kind in kinds:
        for place in KINDS[kind][1]:
            for gold in rng.choices(pages, k=count):
                if (made := graft(rng, gold, kind, place)) is not None:
                    yield made


def main() -> None:
    """Print how many pages of each kind and place went wrong, and how."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=60, help="of each kind at each place")
    parser.add_argument("--kind", choices=KINDS, help="this kind alone")
    parser.add_argument("--language", choices=WORDS, help="pages of this language alone")
    parser.add_argument("--failures", action="store_true", help="what went wrong")
    given = parser.parse_args()
    kinds = [given.kind] if given.kind else list(KINDS)
    languages = [given.language] if given.language else list(WORDS)
    wrong: dict[tuple[str, str], Counter[str]] = {}
    failures: list[tuple[Graft, dict[str, list[str]]]] = []
    for made in grafts(given.seed, given.pages, kinds, languages):
        found = judge(made)
        count = wrong.setdefault((made.kind, made.place), Counter())
        count["pages"] += 1
        count.update(kind for kind, held in found.items() if held)
        if any(found.values()):
            failures.append((made, found))
    every = sum(wrong.values(), Counter())
    print(f"{len(golds())} pages to graft onto, {every['pages']} grafts\n")
    print("| furniture | place | pages | paragraph lost | foreign sentence | title | date |")
    print("|---|---|---|---|---|---|---|")
    for (kind, place), count in (*wrong.items(), (("all", ""), every)):
        told = " | ".join(str(count[of]) for of in ("pages", "lost", "foreign", "title", "date"))
        print(f"| {kind} | {place} | {told} |")
    if given.failures:
        for made, found in failures:
            print(f"\n{made.kind}, {made.place}: {made.gold.name}\n  {made.piece[:400]}")
            show(found)


if __name__ == "__main__":
    main()
