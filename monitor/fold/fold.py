"""Whether an article is known already: a revision of it, a copy of it, or new.

A copy is cut, put in another order, spelt otherwise and given another headline,
but what it says stands in the earlier text, sentence by sentence. Wrongly calling
a new fact a copy costs an alert; missing a copy costs a second one. So every
doubt makes an article new.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import combinations
from operator import eq
from typing import Final

from monitor.fold.compare import Likeness, differing, headline_in, likeness, overlap, text_in
from monitor.fold.features import LEAST, Features, features
from monitor.fold.furniture import without_dateline
from monitor.fold.lexicon import is_stopword
from monitor.fold.synonyms import is_common
from monitor.identify.address import site
from monitor.identify.wording import folded
from monitor.model import Article, Fingerprint, Fold, Known
from monitor.text.words import sentences, stem

# Fewer words of text than this are read with the headline, as one line.
_SHORT: Final = 8
# A headline is compared with so many characters of a text: the lead, not the background.
_HEAD: Final = 600
_BANDS: Final = 8
_ROWS: Final = 2
_KEY_WORDS: Final = 4
_HEADLINE_WORDS: Final = 6
# What the lists of the fold know, every second article has: as if it were so much shorter.
_COMMON: Final = 3
# Fewer words begin no article.
_LEAD: Final = 6
# So many letters of a Cyrillic word stand for all its forms.
_CYRILLIC: Final = 7
# A figure counts as a word of three letters more.
_FIGURE_BONUS: Final = 3
# Under a shared guid or second address, alike enough to be one article.
_AKIN: Final = 0.3
# Words from which on a text can tell that it is another article.
_TEXT: Final = 40
# So many candidates are compared word by word.
_COMPARED: Final = 8
# With the likest of them an editor's words are weighed as well: it costs the most.
_CLOSELY: Final = 3
_TITLE_SHOWN: Final = 80
# So much of either text stands in the other where they are one article that moved.
_SAME: Final = 0.9
_HALF: Final = 0.5
# From here on it is worth saying why a near text is no original.
_NEAR: Final = 0.5
# With so much of it known, what made a text no copy is what is new in it.
_NEARLY_ALL: Final = 0.8


def keys(article: Article) -> tuple[str, ...]:
    """Keys under which the store proposes candidates, at most 24.

    Digests of headline and text (`t:`, `x:`), 8 bands of two rows of the sketch
    (`b:`; by these alone a text cut to a half is met 90 times in 100, to a third 61),
    and pairs of the weightiest words of the headline and of the first sentence (`w:`):
    by these an edited text is met, and a bare headline meets the text it stood over.
    """
    print_ = article.fingerprint
    found: list[str] = []
    if article.title:
        found.append(f"t:{print_.title}")
    if not print_.words:
        return (*found, *_word_keys(article.title, article.language, _HEADLINE_WORDS))
    found.append(f"x:{print_.exact}")
    for band in range(_BANDS):
        one, two = print_.sketch[_ROWS * band : _ROWS * (band + 1)]
        found.append(f"b:{band}:{one:x}.{two:x}")
    said = sentences(without_dateline(article.text[:_HEAD]))
    # A line of the outlet may stand before the first sentence.
    lead = next((each for each in said if len(each.split()) >= _LEAD), "".join(said[:1]))
    found += _word_keys(article.title, article.language, _KEY_WORDS)
    found += _word_keys(lead, article.language, _KEY_WORDS)
    return tuple(dict.fromkeys(found))


def likest(article: Article, candidates: Sequence[Known]) -> list[Known]:
    """The few candidates to compare word by word: by equal digests, then sketches, then as proposed.

    A comparison costs a hundred times as much as a look at two sketches, and of many
    near-equal texts (bulletins, tables) the likest are the ones that can be originals.
    """
    print_ = article.fingerprint

    def rank(place_and_known: tuple[int, Known]) -> tuple[bool, int, int, datetime, int]:
        place, known = place_and_known
        other = known.fingerprint
        same = print_.exact == other.exact if print_.words else print_.title == other.title
        agreeing = sum(map(eq, print_.sketch, other.sketch))
        # Headlines have no sketch: those that share most keys come first.
        return not same, -agreeing, 0 if print_.sketch else place, known.first_seen, known.id

    possible = [
        (place, known)
        for place, known in enumerate(candidates)
        if _may_be_one_language(article.language, known.language)
        and _may_hold(known.fingerprint, print_)
    ]
    return [known for _, known in sorted(possible, key=rank)[:_COMPARED]]


def fold(article: Article, candidates: Sequence[Known]) -> Fold:
    """What the article is to those already known, and why.

    A shared canonical address makes a revision, unless both texts are there and
    nothing in them is alike: a page such as /latest shows one article after another.
    Another shared address or guid does so only where text or headline are alike:
    sites reuse guids, and many articles may redirect to one wall. Of several originals the likest wins,
    among equals the earliest. For a copy `original` is the first of the group.
    """
    own = partial(
        features, article.title, article.text, article.language
    )  # kept, and seldom needed
    for known in candidates:
        if known.url == article.url:
            other = features(known.title, known.text, known.language)
            if min(own().length, other.length) < _TEXT or _akin(own(), other):
                return _revision(own(), other, known)
    for known in candidates:
        if not set(article.addresses).isdisjoint((known.url, *known.addresses)):
            other = features(known.title, known.text, known.language)
            if _akin(own(), other):
                return _revision(own(), other, known)
    likeness: list[tuple[Likeness, Known]] = []
    for place, known in enumerate(likest(article, candidates)):
        likeness.append((_likeness(article, own(), known, closely=place < _CLOSELY), known))
        if not likeness[-1][0].objection and likeness[-1][0].share >= 1:
            break
    copies = [(like, known) for like, known in likeness if not like.objection]
    if not copies:
        return _new(own(), likeness)
    like, known = min(copies, key=lambda copy: (-copy[0].share, copy[1].first_seen, copy[1].id))
    if _moved(article, own(), known):
        return Fold(
            relation="revision",
            original=known.id,
            why=f"{_shown(known)} at a new address of the same outlet",
        )
    return Fold(
        relation="copy",
        original=known.original or known.id,
        why=_same_as(known, like, whole=own().length >= _SHORT),
        edited=like.edited,
    )


def _word_keys(text: str, language: str | None, most: int) -> list[str]:
    """The pairs of the longest words: names and figures rather than the words of all news."""
    lengths: dict[str, tuple[int, str]] = {}
    for word in folded(text):
        if not is_stopword(word):
            short = stem(word, language)
            if "а" <= short[0] <= "я":
                # Folded, the endings of й are none that a stemmer knows.
                short = short[:_CYRILLIC]
            lengths[short] = len(short) + (_FIGURE_BONUS if word[0].isdigit() else 0), word
    weights: dict[str, int] = {}
    for short, (length, word) in sorted(lengths.items(), key=lambda each: -each[1][0]):
        # What is common weighs less: once enough weigh more than the next can, all are known.
        if len(weights) >= most and sorted(weights.values())[-most] > length:
            break
        weights[short] = length - (_COMMON if is_common(word) else 0)
    longest = sorted(weights, key=lambda word: (-weights[word], word))[:most]
    return [f"w:{one} {two}" for one, two in combinations(sorted(longest), 2)]


def _may_hold(known: Fingerprint, own: Fingerprint) -> bool:
    """Whether the known text can hold enough of the own one, by the sketches alone.

    Costs a hundredth of a comparison. With a third of the agreement that the least
    containment would bring, one true original in some thousands is passed over.
    """
    if not own.sketch or not known.sketch:
        return True
    resemblance = LEAST / (1 + known.words / own.words - LEAST)
    agreeing: int = sum(map(eq, own.sketch, known.sketch))
    return agreeing >= int(len(own.sketch) * resemblance / 3)


def _likeness(article: Article, own: Features, known: Known, *, closely: bool) -> Likeness:
    if own.length >= _SHORT:
        language = article.language or known.language
        other = features(known.title, known.text, known.language)
        titles = article.title, known.title
        return likeness(own, other, titles, language, closely=closely)
    return headline_in(own, features(known.title, known.text[:_HEAD], known.language))


def _akin(own: Features, other: Features) -> bool:
    """Whether two articles under one guid can be one: reused guids carry other texts."""
    return max(overlap(own.title, other.title), text_in(own, other).share) >= _AKIN


def _moved(article: Article, own: Features, known: Known) -> bool:
    """Whether an outlet shows a whole text again at another address: its slug or number changed.

    Under a headline of other words it is a second article with the same text.
    """
    outlet = site(article.url)
    if article.aggregator or own.length < _TEXT or not outlet or site(known.url) != outlet:
        return False
    other = features(known.title, known.text, known.language)
    if overlap(own.title, other.title) < _HALF:
        return False
    return text_in(other, own).share >= _SAME and text_in(own, other).share >= _SAME


def _revision(own: Features, other: Features, known: Known) -> Fold:
    if own == other:
        why = "nothing changed"
    elif own.title == other.title:
        why = "text changed"
    else:
        why = (
            "headline changed" if own.sentences == other.sentences else "headline and text changed"
        )
    return Fold(
        relation="revision",
        original=known.id,
        why=f"same address as {_shown(known)}: {why}",
    )


def _same_as(known: Known, like: Likeness, *, whole: bool) -> str:
    what = "of its text stands there" if whole and not like.edited else "of its words stand there"
    how = "the text in an editor's words of" if like.edited else "same text as"
    return f"{how} {_shown(known)}: {like.share:.0%} {what}"


def _new(own: Features, likeness: Sequence[tuple[Likeness, Known]]) -> Fold:
    """No copy; where all but little of the text stood in one that is known, with what differs."""
    why = _nearest(likeness)
    like, known = max(likeness, key=lambda each: each[0].share, default=(None, None))
    if like is None or known is None or like.share < _NEARLY_ALL or own.length < _TEXT:
        return Fold(relation="new", why=why)
    # What the nearest lacks, another printing may have had.
    others = [features(each.title, each.text, each.language) for _, each in likeness]
    differs = differing(own, features(known.title, known.text, known.language), others)
    return Fold(relation="new", why=why, near=known.id if differs else None, differs=differs)


def _nearest(likeness: Sequence[tuple[Likeness, Known]]) -> str:
    """Why the nearest candidate is no original; empty where none comes near."""
    like, known = max(likeness, key=lambda each: each[0].share, default=(None, None))
    if like is None or known is None or like.share < _NEAR:
        return ""
    return f"near {_shown(known)} ({like.share:.0%}), but {like.objection}"


def _shown(known: Known) -> str:
    title = known.title if len(known.title) <= _TITLE_SHOWN else f"{known.title[:_TITLE_SHOWN]}…"
    return f"“{title}”"


def _may_be_one_language(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other
