"""The plain ways of reading a text for a story, to which `test_story_short_ways.py` holds the short ones.

Written to be read and not to be fast: nothing is remembered, a sentence is folded and cut
as a whole, every passage is weighed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from monitor.model import Entry, Match
from monitor.story import background, match, reading, signs, vector
from monitor.story.concepts import Concept
from monitor.story.glance import Glanced
from monitor.story.headline import headline
from monitor.story.items import says_many
from monitor.story.lexicon import _FROM, _FROM_REACH, SOLID, Lexicon, Mention
from monitor.story.main_text import lines
from monitor.story.match import _Best
from monitor.story.passages import Passage, Sentence
from monitor.story.place import frame, weight
from monitor.story.profile import Profile
from monitor.story.reading import Kept
from monitor.story.strength import is_at_war, strength
from monitor.story.tokens import _HAS_SIGNS, _SIGNED_TOKEN, _TOKEN, GENITIVE, plain
from monitor.story.vector import Vector, cosine
from monitor.story.weighed import RULE, worth_a_look
from monitor.text import words as cut
from monitor.text.arabic import fold
from monitor.text.language import may_be

_LAST_CENTURY = re.compile(r"(?<![\d.,])19[3-9]\d(?!\d)")
_FIGURE = re.compile(
    r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{1,3}(?:[., ]?\d{3})+(?!\d)|(?<![\d.,])\d{3}(?!\d)"
)
_END = re.compile(
    rf"[.!?؟۔।…]+[\"'»”’)\]{cut.UNSEEN}]*[^\S\n]+[{cut.UNSEEN}]*|[。！？]+[」』”’）]*[^\S\n]*|\n"
)


def words(text: str) -> list[str]:
    return cut.split(fold(text))


def sentences(text: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(text):
        mark = end[0].lstrip()
        if mark.startswith(".") and not cut._ends(text, start, end):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [each for each in found if each]


def tokens(text: str) -> list[str]:
    folded = plain(text)
    pattern = _SIGNED_TOKEN if _HAS_SIGNS.search(folded) else _TOKEN
    return pattern.findall(GENITIVE.sub("", folded))


def find(lexicon: Lexicon, sentence: str) -> list[Mention]:
    """The longest spelling from each word on, by a walk through the tree of spellings."""
    parts = [
        part
        for token in tokens(sentence)
        for part in (lexicon._parts(token) if SOLID.search(token) else [token])
    ]
    found: list[Mention] = []
    free = 0
    for at in range(len(parts)):
        if at < free:
            continue
        level = [(lexicon._root, False, True)]
        best: tuple[int, list[tuple[str, bool, bool]]] | None = None
        for end in range(at, len(parts)):
            level = [
                (node.below[piece], attached if first else apart, False)
                for node, apart, first in level
                for piece, attached in lexicon._stands_for(parts[end])
                if piece in node.below
            ]
            if ends := [
                (name, weak, apart)
                for node, apart, _ in level
                for name, weak, only in node.ends
                if not only or may_be(sentence, only)
            ]:
                best = end, ends
        if best is None:
            continue
        last, ends = best
        strong = tuple(dict.fromkeys(name for name, weak, _ in ends if not weak))
        weak = tuple(dict.fromkeys(name for name, weak, _ in ends if weak))
        near = bool(found) and at - found[-1].last <= _FROM_REACH
        of = near and at > free and parts[at - 1] in _FROM
        found.append(
            Mention(
                strong or weak, at, last, " ".join(parts[at : last + 1]), not strong,
                any(apart for _, _, apart in ends), of,
            )
        )  # fmt: skip
        free = last + 1
    return found


def begins(lexicon: Lexicon, text: str) -> bool:
    parts = [
        part
        for token in tokens(text)
        for part in (lexicon._parts(token) if SOLID.search(token) else [token])
    ]
    below = lexicon._root.below
    return any(piece in below for part in parts for piece, _ in lexicon._stands_for(part))


class Plain(NamedTuple):
    """What `Reading` says of who owns what."""

    mentions: Sequence[Mention]
    owners: Sequence[frozenset[str]]
    whose: Sequence[Collection[str]]
    owned: Sequence[int]

    @property
    def concepts(self) -> Sequence[tuple[str, ...]]:
        return [each.concepts for each in self.mentions]


def read(concepts: Mapping[str, Concept], mentions: Sequence[Mention]) -> Plain:
    owned_by: list[frozenset[str]] = []
    for at, mention in enumerate(mentions):
        beside = mention.concepts
        if not any(concepts[name].kind == "theme" for name in beside):
            owned_by.append(frozenset())
            continue
        if at and mentions[at - 1].last == mention.first - 1:
            beside += mentions[at - 1].concepts
        if at + 1 < len(mentions):
            following = mentions[at + 1]
            if following.first == mention.last + 1 and not following.apart:
                beside += following.concepts
        owned_by.append(
            frozenset(
                name
                for name in beside
                if concepts[name].kind == "entity" and not concepts[name].part_of
            )
        )
    owned = [
        at
        for at, mention in enumerate(mentions)
        if owned_by[at] and any(concepts[name].bound for name in mention.concepts)
    ]
    following = [
        mention.concepts if mention.of else () for mention in (*mentions[1:], *mentions[:1])
    ]
    whose = [own or origin for own, origin in zip(owned_by, following, strict=True)]
    return Plain(mentions, owned_by, [each or frozenset() for each in whose], owned)


def _compares(found: Plain, at: int, where: str, actors: frozenset[str]) -> bool:
    marker = found.mentions[at]
    troops = [near for near in found.owned if found.owners[near] & actors]
    people = [
        near
        for near, each in enumerate(found.mentions)
        if "people" in each.concepts and not actors.isdisjoint(each.concepts)
    ]
    for near in (*troops, *people):
        each = found.mentions[near]
        apart = each.first - marker.last if where == "next" else marker.first - each.last
        if 0 < apart <= 4:
            return True
    return False


def _lost(found: Plain, at: int, actors: frozenset[str]) -> bool:
    """Whether a loss stands beside a country whose troops, and not the actors', stand near."""
    return (
        bool(found.owners[at])
        and found.owners[at].isdisjoint(actors)
        and any(
            abs(near - at) <= 2 and found.owners[at] & (found.owners[near] - actors)
            for near in found.owned
        )
    )


def _is_name(word: str, text: str) -> bool:
    small = word.islower() and word in text
    return not small or word.capitalize() in text or word.upper() in text


class Shown(NamedTuple):
    """Stands where a reading does, and names what counts, and nothing else."""

    mentions: Sequence[Mention]


_COUNTS = reading.Naming(("any",), False, False, (), (), False, ())


def sentence(profile: Profile, text: str, place: int = 0, *, standing: bool = False) -> Sentence:
    """What a sentence shows, by sets of what each mention is to the story."""
    found = read(profile.concepts, find(profile.lexicon, text))
    code, actors = profile.code, profile.actors
    groups, doubtful, kinds, hints = set[str](), set[str](), set[str](), set[str]()
    company, faint = set[str](), set[str]()
    past = _LAST_CENTURY.search(plain(text)) is not None
    compared = False
    flags = 0
    kept = []
    for at, mention in enumerate(found.mentions):
        own = not actors.isdisjoint(found.whose[at])
        names = []
        for name in mention.concepts:
            role, concept = profile.roles[name], profile.concepts[name]
            doubted = mention.weak and concept.kind == "entity"
            if doubted and not _is_name(mention.text.split(" ")[0], text):
                continue
            if concept.bound and not own and (found.owners[at] or mention.weak):
                faint |= set() if found.owners[at] else {name}
                continue
            if "disaster" in concept.families and _lost(found, at, actors):
                continue
            names.append(name)
            past = past or concept.past
            if concept.compares:
                compared = compared or _compares(found, at, concept.compares, actors)
            (doubtful if mention.weak and not concept.bound else groups).update(role.groups)
            if role.act:
                kinds.add(name)
                flags |= signs.OWN if own and role.telling else 0
                flags |= signs.ABROAD if role.abroad else 0
            elif role.near:
                flags |= signs.NEAR | (signs.LETTERS if name == "messages" else 0)
            elif role.scene:
                flags |= signs.SCENE
            elif role.other:
                flags |= signs.OTHER
            elif role.hint:
                hints.add(name)
            elif role.company and not mention.weak:
                company.add(name)
        if names:
            kept.append(mention)
    if kinds and "who" in groups:
        kinds |= faint
    if len(company) > 1:
        flags |= signs._COMPANY
    if (company or flags & signs.OWN) and _FIGURE.search(plain(text)):
        flags |= signs._FIGURE
    shown = (
        flags
        | sum(code.groups[name] for name in groups)
        | sum(code.groups[name] << code.doubt for name in doubtful)
        | sum(code.kind[name] for name in kinds)
        | sum(code.hint[name] for name in hints)
        | (signs.PAST if past else 0)
        | (signs.COMPARED if compared else 0)
    )
    sure = frozenset(name for each in kept if not each.weak for name in each.concepts)
    counts = Kept([_COUNTS] * len(kept), bool(kept), sure, past, compared)
    return Sentence(text, place, standing, shown, counts, Shown(kept))


def article(profile: Profile, title: str, text: str) -> list[Sentence]:
    found = [
        sentence(profile, each.text, each.place, standing=each.standing)._replace(
            background=each.aside, aside=each.aside, paragraph=each.paragraph
        )
        for each in lines("", text)
    ]
    told = headline(title)
    head = [sentence(profile, told, -1)._replace(text=told)] if told else []
    return head + found


def marks(sentence: str) -> tuple[int, ...]:
    found = words(sentence)
    runs = {" ".join(found[at : at + 3]) for at in range(len(found) - 2)}
    if len(runs) < background._SHORTEST:
        return ()
    hashes = [crc32(run.encode()) for run in runs]
    return tuple(
        (min((value * factor) & 0xFFFFFFFF for value in hashes) << 3) | number
        for number, factor in enumerate(background._SPREAD)
    )


def weighed(text: str, language: str | None = None) -> Vector:
    functional, usual = vector._background()
    counts: Counter[str] = Counter()
    for word, count in Counter(words(text)).items():
        if word not in functional and len(word) > 1 and not word.isdigit():
            counts[cut.stem(word, language)] += count
    return vector.unit(
        {
            word: (1 + math.log(count)) * (vector._COMMON if word in usual else 1.0)
            for word, count in counts.items()
            if word not in functional
        }
    )


def bag(texts: Sequence[str], language: str | None = None) -> vector.Bag:
    return vector.Bag(weighed("\n".join(texts), language), 1.0)


def likeness(examples: Sequence[tuple[Vector, Vector]], own: tuple[Vector, Vector]) -> list[float]:
    return [(cosine(own[0], each[0]) + cosine(own[1], each[1])) / 2 for each in examples]


def best(
    profile: Profile,
    article: Sequence[Sentence],
    whole: int,
    *,
    named: bool,
    language: str | None,
) -> _Best:
    """The best passage, as `match._best` with every one of them weighed."""
    framed = frame(profile, article, named=named, language=language)
    nowhere = set(match.missing(profile, whole, named=named)) - {"what"}
    at_war = nowhere == {"with"} and any(is_at_war(profile.code, each.signs) for each in article)
    ceiling = match._INCOMPLETE if len(article) >= match._BODY and nowhere and not at_war else 1.0
    found = [_Best()]
    before: Sentence | None = None
    for sentence in article:
        counts, rule = weight(sentence, framed)
        worth = counts * strength(profile, sentence.signs, named=named)
        found.append(_Best(min(ceiling, worth), Passage((sentence,), sentence.signs), rule))
        apart = sentence.standing or sentence.background or (before and before.background)
        if before is not None and not apart:
            both = before.signs | sentence.signs
            ties = match._brings_ties(profile, before.signs, sentence.signs)
            joint = match._TIES if ties else match._NEIGHBOURS
            worth = counts * (joint * strength(profile, both, named=named))
            found.append(_Best(min(ceiling, worth), Passage((before, sentence), both), rule))
        before = sentence
    return max(found, key=lambda each: each.score)


def glanced(profiles: Mapping[str, Profile], entry: Entry, language: str | None) -> Glanced:
    """One story after the other, each by its own spellings and names."""
    looks = {name: _look(profile, entry, language) for name, profile in profiles.items()}
    matches = tuple(
        Match(
            story=name, score=score, threshold=profiles[name].story.threshold, band="off",
            reasons=(), rule=rule, profile=profiles[name].version,
        )
        for name, (score, _, rule) in looks.items()
    )  # fmt: skip
    best = max((score for score, _, _ in looks.values()), default=0.0)
    return Glanced(matches=matches, score=best, wanted=not all(off for _, off, _ in looks.values()))


def _look(profile: Profile, entry: Entry, language: str | None) -> tuple[float, bool, str]:
    text = f"{entry.title or ''}\n{entry.summary or ''}"
    if profile.combined:
        found, wanted = worth_a_look(
            profile.combined, entry.title or "", entry.summary or "", entry.language or language,
            vector.vector(text, entry.language or language),
        )  # fmt: skip
        return round(found, 4), not wanted, RULE
    if len(profile.required) < 2:
        alike = cosine(vector.vector(text, entry.language or language), profile.centroid)
        named = bool(profile.names.find(text))
        hardly = alike <= (0.35 * profile.edge if profile.names.subject else 0.0)
        mentions = profile.vocabulary.read(text).mentions
        home = any(name in profile.countries for each in mentions for name in each.concepts)
        off = hardly and not home and not named and bool(entry.summary)
        return max(alike, float(named)), off, "the seeds' words"
    nothing = 0.0, True, "nothing of the story is named"
    found = _of_groups(profile, text) if begins(profile.openers, text) else nothing
    many = 0.0, False, "the title says that many items stand there"
    return many if found[1] and says_many(entry.title or "") else found


def _of_groups(profile: Profile, text: str) -> tuple[float, bool, str]:
    seen = sentence(profile, text).signs
    needed = {
        name
        for name in profile.required
        if name != "near"
        and seen & (profile.code.groups[name] | profile.code.groups[name] << profile.code.doubt)
    }
    share = len(needed) / len(profile.required)
    if not needed:
        return 0.0, True, "nothing of the story is named"
    if len(needed) > 1 or needed == set(profile.required):
        return share, False, "named: " + ", ".join(sorted(needed))
    (name,) = needed
    return share, name not in {"who", "with"} or bool(seen & signs.OTHER), f"only {name} is named"
