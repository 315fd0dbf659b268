"""Who speaks and what is done in a sentence, by the shipped list of news words.

Countries and kinds of event that the profile knows are read by the profile's own lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.story.concepts import Concept
from monitor.story.lexicon import Mention
from monitor.story.negation import negated
from monitor.story.news_words import Word, shipped, spokesmen
from monitor.story.profile import Profile
from monitor.story.tokens import plain

# So many parties of one sentence may speak.
_PARTIES: Final = 40
# Folded text between a party and the word of saying that makes it the speaker.
_NEAR: Final = 14
_AT_ONCE: Final = 2
# Behind one of these, folded, a party is a place.
_WITHIN: Final = frozenset(
    ["في", "in", "from", "à", "en", "aus", "em", "a", "w", "we", "v", "ve", "в", "у", "во", "i"]
)
# What follows the speaker in a headline, and what stands before it at the end.
_OPENS: Final = (":", "“", '"', "«", "「", "„", "：")
_CLOSES: Final = (",", "،", "—", "–", " -", "，", "、")
_BREAK: Final = re.compile(r"[.…:;؛,،|!?؟—–，。]")
# Entities of the alias file that are no one country.
_NO_COUNTRY: Final = frozenset(("elsewhere", "korea"))
# Themes that a story's articles name whatever happened.
_EVERYWHERE: Final = frozenset(
    (
        "troops",
        "war",
        "hidden",
        "past",
        "party",
        "politics",
        "screen",
        "study",
        "culture",
        "trade",
        "schooling",
    )
)
# Themes that acts of the list tell better, or that stand in half of all articles: this share.
_BROAD: Final = frozenset(
    (
        "sending",
        "deployment",
        "dispatch",
        "training",
        "homecoming",
        "desertion",
        "support",
        "combat",
        "visits",
        "treaty",
        "messages",
        "travel",
        "labour",
        "honours",
        "arms",
    )
)
_OF_BROAD: Final = 0.6
# How far an act that every seed names counts less than one that none does.
_USUAL: Final = 0.7


def _is_act(concept: Concept) -> bool:
    return concept.kind == "theme" and not concept.hints and concept.name not in _EVERYWHERE


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says: who speaks first, everyone named, stances, acts and places.

    `quoted` says that the speaker stands beside a word of saying, a stance or a colon.
    """

    speaker: str | None
    quoted: bool
    parties: tuple[str, ...]
    stances: tuple[str, ...]
    acts: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    word: Word
    start: int
    end: int


def read(profile: Profile, sentence: str) -> Said:
    """Read one sentence, as it is written."""
    words, lexicon = shipped()
    folded = plain(sentence)
    hits = [
        _Hit(words[name], start, end)
        for mention, start, end in _placed(folded, lexicon.find(sentence))
        for name in mention.concepts
    ]
    known = list(_placed(folded, profile.vocabulary.read(sentence).mentions))
    # "Nobody asked for them" answers no act.
    hits = [
        hit for hit in hits if not (hit.word.reaction and negated(folded[: hit.start].rstrip()))
    ]
    hits += _countries(profile, known, [hit for hit in hits if hit.word.kind == "office"])
    themes = [
        name
        for mention, _, _ in known
        for name in mention.concepts
        if not mention.weak and _is_act(profile.concepts[name])
    ]
    places = [hit.word.name for hit in hits if hit.word.kind == "place"]
    places += [
        name for mention, _, _ in known for name in mention.concepts
        if profile.concepts[name].part_of
    ]  # fmt: skip
    parties = sorted((hit for hit in hits if hit.word.kind == "party"), key=lambda hit: hit.start)
    says = [hit for hit in hits if hit.word.kind in {"say", "polarity"} or hit.word.speech]
    owners = [(start, end) for mention, start, end in known if "troops" in mention.concepts]
    speakers = [hit for hit in parties if not _is_owner(profile, hit, owners)]
    offices = [hit for hit in hits if hit.word.kind in {"office", "party"}]
    return Said(
        *_speaker(profile, folded, speakers, says, offices),
        tuple(dict.fromkeys(hit.word.name for hit in parties)),
        tuple(dict.fromkeys(hit.word.name for hit in hits if hit.word.kind == "polarity")),
        tuple(dict.fromkeys([*(h.word.name for h in hits if h.word.kind == "act"), *themes])),
        tuple(dict.fromkeys(places)),
    )


def _is_owner(profile: Profile, party: _Hit, troops: Sequence[tuple[int, int]]) -> bool:
    """Whether a party is the actor as whose troops are spoken of right before it: جنود كيم."""
    return party.word.of in profile.actors and any(
        start < party.start <= end + 1 for start, end in troops
    )


def _is_scene(folded: str, party: _Hit, offices: Sequence[_Hit]) -> bool:
    """Whether a party is where somebody is ("held in Kyiv"), and no office's ("the ministry in Seoul")."""
    before = folded[: party.start].rstrip()
    if not before or len(before) == party.start:
        return False
    word = before.rsplit(" ", 1)[-1]
    if word not in _WITHIN:
        return False
    start = len(before) - len(word)
    return not any(0 <= start - office.end <= 1 for office in offices)


def weight(profile: Profile, act: str) -> float:
    """How well an act tells two events of the story apart, to 1; what all seeds name, little."""
    words, _ = shipped()
    own = words[act].weight if act in words else _OF_BROAD if act in _BROAD else 1.0
    seeds = profile.exemplars
    share = sum(act in seed.concepts for seed in seeds) / len(seeds) if seeds else 0.0
    return own * (1 - _USUAL * share)


def _placed(folded: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int, int]]:
    """The mentions with the letters where they stand."""
    at = 0
    for mention in mentions:
        first, *rest = mention.text.split(" ")
        start = folded.find(first, at)
        if start < 0:
            continue
        at = start + len(first)
        for token in rest:
            at = max(at, folded.find(token, at) + len(token))
        yield mention, start, at


def _countries(
    profile: Profile, known: Sequence[tuple[Mention, int, int]], offices: Sequence[_Hit]
) -> list[_Hit]:
    """Countries that speak: beside an office, and those that no party speaks for."""
    parties = spokesmen()
    found: list[_Hit] = []
    for mention, start, end in known:
        for name in () if mention.weak else mention.concepts:
            concept = profile.concepts[name]
            if concept.kind != "entity" or concept.part_of or name in _NO_COUNTRY:
                continue
            hit = _Hit(parties.get(name, Word(name, "party", of=name)), start, end)
            if name not in parties or any(_gap(hit, office) <= _NEAR for office in offices):
                found.append(hit)
    return found


def _speaker(
    profile: Profile,
    folded: str,
    parties: Sequence[_Hit],
    says: Sequence[_Hit],
    offices: Sequence[_Hit],
) -> tuple[str | None, bool]:
    """Who says it: beside a colon or a word of saying, or first; the story's actor last."""
    best: tuple[float, str, bool] | None = None
    # Each is weighed against all: a list of thousands of names would take minutes.
    parties = parties[:_PARTIES]
    for number, hit in enumerate(parties):
        points = 0.0
        after = folded[hit.end :].lstrip()
        before = folded[: hit.start].rstrip()
        if _heads(folded, hit, parties[:number], parties[number + 1 :]):
            points += 3
        if len(after) < _NEAR and before.endswith(_CLOSES):
            points += 3
        if any(
            _spoken(hit, say) and not _is_object(folded, hit, say, parties) for say in says
        ) and not _is_scene(folded, hit, offices):
            points += 2
        quoted = points > 0
        points += number == 0
        if hit.word.of in profile.actors:
            points -= 1.5
        elif hit.word.name == hit.word.of:
            points -= 1
        if best is None or points > best[0]:
            best = points, hit.word.name, quoted
    return best[1:] if best else (None, False)


def _heads(folded: str, hit: _Hit, before: Sequence[_Hit], behind: Sequence[_Hit]) -> bool:
    """Whether a party opens the words that end in a colon or quotation mark behind a party."""
    last = hit
    for other in behind:
        if _BREAK.search(folded[last.end : other.start]):
            break
        last = other
    if not folded[last.end :].lstrip().startswith(_OPENS):
        return False
    return not before or _BREAK.search(folded[before[-1].end : hit.start]) is not None


def _spoken(party: _Hit, say: _Hit) -> bool:
    """Whether a party stands beside a word of saying; of an act that is speech, right before it."""
    if say.word.speech:
        return 0 <= say.start - party.end <= _AT_ONCE
    return _gap(party, say) <= _NEAR


def _is_object(folded: str, party: _Hit, say: _Hit, parties: Sequence[_Hit]) -> bool:
    """Whether another party stands right before the word of saying, and this one behind it: the accused."""
    return party.start >= say.end and any(
        0 <= say.start - other.end <= _AT_ONCE and not _BREAK.search(folded[other.end : say.start])
        for other in parties
    )


def _gap(one: _Hit, other: _Hit) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
