"""What became of an article's text: its earlier and its present reading, compared.

Sentences are compared as their folded words, so that spelling, order and the cut into
paragraphs are no change. A change is *weighty* where a figure, a negation, a speaker or a
stance was changed or went: these are what an alert has claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.identify.wording import wording
from monitor.model import Change, ChangeKind, Telling, Weight
from monitor.story.acts import read
from monitor.story.counted import counted, telling
from monitor.story.main_text import main_text
from monitor.story.negation import negations
from monitor.story.profile import Profile
from monitor.text.words import words

# A text that has lost this share of its words and gained little is shorter, not rewritten.
_SHRUNK: Final = 0.2
_LITTLE: Final = 0.25
# Words in common from which on one sentence is the other, edited.
_EDITED: Final = 0.4
# Sentences that are read for facts, of the differing and of the others each: more is a page
# without full stops, and the loop waits.
_MOST: Final = 60
# Lines that differ from one visit to the next, folded: counters, ages, times of change. What is
# left of such a line has this many words at most.
_LEFT: Final = 2
_CUT: Final = ("…", "...", "[...]", "[…]")
_VARIES: Final = re.compile(
    r"\b\d[\d.,]*\s?[km]? (?:views?|reads?|shares?|comments?|likes|followers|min(?:ute)?s? read)\b"
    r"|\b(?:an? |\d+ ?)(?:seconds?|mins?|minutes?|hours?|hrs?|days?|[smhd]) ago\b|\bjust now\b"
    r"|\b(?:last )?updated?\b.*|\bاخر تحديث\b.*|\bتم التحديث\b.*|\bحدث في\b.*"
    r"|\b(?:منذ|قبل) (?:\d+ )?(?:لحظات|ثواني|ثاني\w*|دقيق\w*|دقايق|ساع\w*|يوم\w*|ايام|اسبوع\w*)\b"
    r"|\b\d+ (?:مشاهد\w*|قراء\w*|زيار\w*|تعليق\w*|مشارك\w*|اعجاب\w*)\b"
    r"|\b(?:المشاهدات|القراءات|الزيارات|التعليقات|عدد (?:المشاهدات|القراءات|الزيارات))\b.*"
    r"|\b\d+ (?:просмотр\w*|минут\w* назад|час\w* назад)\b|\bобновлено\b.*|조회수? ?\d+"
)
_BRACKETED: Final = re.compile(r"\s*[(\[（【](?=[^)\]）】]*\d)[^()\[\]（）【】]{1,60}[)\]）】]")
# What stands where the rest of the text was: the reader is asked to pay or to log in. Folded.
_WALL: Final = re.compile(
    r"subscri(?:be|bers?|ption)\b|sign in\b|log in\b|to (?:continue|keep) reading|already a (?:member|subscriber)|"
    r"للمشتركين|اشترك|اشتراك|سجل الدخول|تسجيل الدخول|لمتابعه القراءه|لاكمال القراءه|"
    r"подпис\w+|abonn\w+|suscri\w+|구독|로그인"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence: as written, and as it is compared."""

    text: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claims:
    """What a sentence claims that may not change in silence."""

    figures: frozenset[int]
    negations: tuple[str, ...]
    speaker: str | None
    stances: frozenset[str]


def changed(profile: Profile, before: Telling, after: Telling) -> Change:
    """Judge the present reading of an article beside the earlier one.

    `unreadable` where what is shown now is not the article: no text, a teaser above a wall,
    another page.
    """
    old, new = _lines(before.text), _lines(after.text)
    title_before, title_after = _title(before.title), _title(after.title)
    headline = bool(title_before.key and title_after.key) and title_before.key != title_after.key
    went, came = _missing(old, new), _missing(new, old)
    if old and (
        not new
        or _breaks_off(before.text, after.text, went, came)
        or _is_other(headline, before, after, old, went)
    ):
        return Change(kind="unreadable")
    kind = _kind(old, went, came, headline=headline)
    if kind == "unchanged":
        return Change(kind=kind)
    if headline:
        went, came = [title_before, *went], [title_after, *came]
    weights, corrects = _weights(profile, went, came, new, headline=headline)
    return Change(
        kind=kind,
        headline=headline,
        went=tuple(line.text for line in went),
        came=tuple(line.text for line in came),
        weights=weights,
        corrects=corrects,
    )


def _lines(text: str) -> list[_Line]:
    """The sentences of a text that can be compared: without links and what varies by itself."""
    found = (_line(sentence) for paragraph in main_text(text) for sentence in paragraph)
    return [line for line in found if line.key and not _varies(line)]


def _line(sentence: str) -> _Line:
    return _Line(sentence.strip(), tuple(wording(sentence)))


def _title(headline: str) -> _Line:
    """A headline without what counts itself anew at each visit: `(23 comments)`."""
    return _line(
        _BRACKETED.sub(lambda found: "" if _varies(_line(found[0])) else found[0], headline)
    )


def _varies(line: _Line) -> bool:
    """Whether it is furniture that a page shows otherwise at each visit."""
    plain = " ".join(words(line.text))
    rest, count = _VARIES.subn(" ", plain)
    return count > 0 and len(rest.split()) <= _LEFT


def _missing(of: Sequence[_Line], beside: Sequence[_Line]) -> list[_Line]:
    """The sentences that do not stand in the other text, however that is cut."""
    keys = {line.key for line in beside}
    whole = f" {' '.join(' '.join(line.key) for line in beside)} "
    missing = [line for line in of if line.key not in keys]
    found = [line for line in missing if f" {' '.join(line.key)} " not in whole]
    return list({line.key: line for line in found}.values())


def _breaks_off(before: str, after: str, went: Sequence[_Line], came: Sequence[_Line]) -> bool:
    """Whether the text ends where a reader without a subscription is stopped.

    The invitation is looked for among all lines: one without a full stop may pass for a link.
    """
    if not went:
        return False
    if any(line.text.endswith(_CUT) and _begins(line, went) for line in came):
        return True
    fresh = (line for line in after.split("\n") if line.strip() and line not in before)
    return any(_WALL.search(" ".join(words(line))) for line in fresh)


def _begins(line: _Line, went: Sequence[_Line]) -> bool:
    """Whether it is the beginning of a sentence that went; its last word may be half of one."""
    start = line.key[:-1]
    return any(other.key[: len(start)] == start for other in went)


def _is_other(
    headline: bool, before: Telling, after: Telling, old: Sequence[_Line], went: Sequence[_Line]
) -> bool:
    """Whether nothing of the article is left: the address leads to another page now."""
    if not headline or len(went) < len(old):
        return False
    return _alike(wording(before.title), wording(after.title)) < _EDITED and (
        _alike(wording(before.text), wording(after.text)) < _EDITED
    )


def _kind(
    old: Sequence[_Line], went: Sequence[_Line], came: Sequence[_Line], *, headline: bool
) -> ChangeKind:
    if not went and not came:
        return "headline" if headline else "unchanged"
    if not went:
        return "grown"
    lost, gained = _length(went), _length(came)
    if lost - gained >= _SHRUNK * _length(old) and gained <= _LITTLE * lost:
        return "shrunk"
    return "rewritten"


def _length(lines: Iterable[_Line]) -> int:
    return sum(len(line.key) for line in lines)


def _weights(
    profile: Profile,
    went: Sequence[_Line],
    came: Sequence[_Line],
    new: Sequence[_Line],
    *,
    headline: bool,
) -> tuple[tuple[Weight, ...], bool]:
    """What claims were changed or went; and whether the headline says that it corrects."""
    gone = [_claims(profile, line) for line in went[:_MOST]]
    arrived = [_claims(profile, line) for line in came[:_MOST]]
    # What still stands elsewhere in the text has not gone.
    standing = [_claims(profile, line) for line in new[:_MOST]] + arrived
    figures = {figure for claims in standing for figure in claims.figures}
    written = {word for line in (*new, *came) for word in line.key}
    speakers = {claims.speaker for claims in standing}
    stances = {stance for claims in standing for stance in claims.stances}
    found: set[Weight] = set()
    pairs = _pairs(went[:_MOST], came[:_MOST], headline=headline)
    for at, claims in enumerate(gone):
        if any(one not in figures and str(one) not in written for one in claims.figures):
            found.add("figure")
        if claims.speaker and claims.speaker not in speakers:
            found.add("speaker")
        if claims.stances - stances:
            found.add("stance")
        other = arrived[pairs[at]] if at in pairs else None
        if other is None:
            if claims.negations:
                found.add("negation")
            continue
        if claims.figures != other.figures:
            found.add("figure")
        if claims.negations != other.negations:
            found.add("negation")
        if claims.speaker and other.speaker and claims.speaker != other.speaker:
            found.add("speaker")
        if claims.stances != other.stances:
            found.add("stance")
    if any("correct" in claims.stances for claims in arrived):
        found.add("stance")
    order: tuple[Weight, ...] = ("figure", "negation", "speaker", "stance")
    corrects = headline and "correct" in arrived[0].stances
    return tuple(one for one in order if one in found), corrects


def _claims(profile: Profile, line: _Line) -> _Claims:
    said = read(profile, line.text)
    plain = words(line.text)
    return _Claims(
        figures=frozenset(
            figure[1] for figure in counted(line.text, profile.lexicon) if telling(figure)
        ),
        negations=tuple(sorted(negations(plain))),
        speaker=said.speaker if said.quoted else None,
        stances=frozenset(said.stances),
    )


def _pairs(went: Sequence[_Line], came: Sequence[_Line], *, headline: bool) -> dict[int, int]:
    """Which sentence that came is which that went, edited; headlines are each other's."""
    pairs = {0: 0} if headline else {}
    first = int(headline)
    likeness = sorted(
        (
            (_alike(one.key, two.key), -at, -by)
            for at, one in enumerate(went[first:], first)
            for by, two in enumerate(came[first:], first)
        ),
        reverse=True,
    )
    taken = set(pairs.values())
    for alike, at, by in likeness:
        if alike < _EDITED:
            break
        if -at not in pairs and -by not in taken:
            pairs[-at] = -by
            taken.add(-by)
    return pairs


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words that two texts have in common, of the shorter one's."""
    mine, theirs = set(one), set(other)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))
