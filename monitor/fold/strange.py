"""Whether a word of an edited copy answers to none of the text gone back to.

An editor puts forms and synonyms of what stood there, and frames it; any other
word may be the fact that an edited copy hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.kinds import PLACES, TITLES, is_head, kinds
from monitor.fold.lexicon import is_stopword, listed, substance
from monitor.fold.origin import Origin, answers, is_named_so, key, neutral, unmatched
from monitor.fold.spelling import skeleton, wording
from monitor.fold.staged import PLANNED
from monitor.fold.synonyms import meanings, qualifies
from monitor.fold.verbs import decides, frames, is_coming, verbs
from monitor.identify.wording import folded
from monitor.text.words import stem

# Consonants that make two words forms of one.
_ROOT: Final = 3
# What follows a denial that denies nothing (لا يزال, still), and what an editor may put by one.
STILL: Final = frozenset(wording(listed("strange still")))
LACKING: Final = frozenset(wording(listed("strange lacking")))
_LACKED: Final = frozenset(folded("ignored failed lack lacked lacks lacking عدم لعدم بعدم"))
_LACKING_VERBS: Final = verbs(folded(listed("strange failing"))) - {"حجم"}
WITHOUT: Final = frozenset(folded("دون بدون عدم لعدم بعدم بلا غير without без sans ohne sin"))
# How much of it.
_PARTS: Final = frozenset(folded("نصف ثلث ربع معظم غالبية بعض half third quarter most"))
# What is thought or awaited and not known.
_UNSURE: Final = verbs(folded(listed("strange unsure")))
# Who promises promises "with" something; else a thing "is" something.
_IS: Final = frozenset(folded("يعد تعد ويعد وتعد"))
_BY: Final = listed("strange by")
_A_DAY: Final = folded("يوما")
# What "North" says of Korea its capital says as well.
_CAPITALS: Final = {
    capital: kinds((half,))
    for half, capitals in (
        ("شماليه", "بيونغ بيونج بيونغيانغ pyongyang пхеньян"),
        ("جنوبيه", "سيول سيؤول seoul сеул"),
    )
    for capital in folded(capitals)
}
_NEXT: Final = frozenset(folded("المقبل المقبلة القادم القادمة مقبل مقبلة قادم قادمة"))
_AFFIXED: Final = 2
_LONG: Final = 4
# No word has so many letters.
_NO_WORD: Final = 100


def says_otherwise(
    sentence: Sentence, telling: Sequence[str], origin: Origin, other: Features
) -> bool:
    """Whether a word is neither known, nor a form or synonym of a known one, nor an editor's frame.

    Or whether what made another fact of a word, an office or a doubt, is gone from before it.
    """
    spoken = sentence.plain
    told = frozenset(map(key, spoken))
    left = [each for each in origin.before if key(each) not in told]
    strange = [
        word
        for word in unmatched(telling, spoken, origin)
        if _is_strange(word, origin, other, left)
        and (decides(word) or not is_named_so(word, spoken, origin, other))
    ]
    if not neutral(strange, spoken, origin).issuperset(strange):
        return True
    denies = any(map(is_denial, sentence.words))
    return _puts_another(spoken, origin, other) or _unqualified(spoken, origin, denies=denies)


def _puts_another(spoken: Sequence[str], origin: Origin, other: Features) -> bool:
    """Whether behind or before a word of the origin stands one from elsewhere, and what stood there is gone."""
    meant = frozenset[str]().union(*map(meanings, spoken))
    said = [word for word in spoken if not is_stopword(word)]
    behind = {skeleton(stem(two)): kinds((one,)) for one, two in pairwise(said)}
    following = {skeleton(stem(one)): two for one, two in pairwise(said)}
    lead = {skeleton(stem(other.folded[word])) for word in other.lead}
    for one, two in pairwise(word for word in origin.before if not is_stopword(word)):
        put = following.get(skeleton(stem(one)))
        if (
            put is not None
            and not is_figure(one)
            and put not in TITLES
            and not origin.knows(put)
            and not frames(put)
            and meanings(two).isdisjoint(meant)
            and not kinds((put,)).keys() & kinds((two,)).keys()
            and not _is_akin(skeleton(stem(put)), skeleton(stem(two)))
            and skeleton(stem(put)) in lead
        ):
            return True
        now = behind.get(skeleton(stem(two)), {})
        if any(its.isdisjoint(now.get(kind, its)) for kind, its in kinds((one,)).items()):
            return True
    return False


def _unqualified(spoken: Sequence[str], origin: Origin, *, denies: bool) -> bool:
    """Whether a doubt, an office held before or below, a part of it stood before a word and is gone."""
    said = {skeleton(stem(word)) for word in spoken}
    for one, two in pairwise(word for word in origin.before if not is_stopword(word)):
        doubts = not _UNSURE.isdisjoint(verbs((one,)))
        turned = (doubts and not (one in _IS and two[0] != _BY)) or (
            (qualifies(one) and not denies) or one.removeprefix("ال") in _PARTS
        )
        if turned and not any(answers(one, mine) for mine in spoken):
            short = skeleton(stem(two))
            if any(_is_akin(short, each) for each in said):
                return True
    return False


def _is_strange(word: str, origin: Origin, other: Features, left: Sequence[str]) -> bool:
    """Whether nothing in the sentences gone back to, nor in the lead, answers to a word.

    `left` are the words gone back to that are not told themselves.
    """
    if negates(skeleton(word), word):
        return not any(map(negates, origin.words, origin.before))
    before = origin.before
    if word in PLANNED and (
        any(map(is_coming, before)) or not (PLANNED | _NEXT).isdisjoint(before)
    ):
        return False
    if frames(word) or is_figure(word) or is_denial(skeleton(word)):
        return False  # figures and denials are weighed by themselves
    if decides(word):
        return True
    said, theirs = kinds((word,)), implied(before)
    if said and all(its <= theirs.get(kind, set()) for kind, its in said.items()):
        return False
    lead = [other.folded[each] for each in other.lead]
    # One more place beside another is none that is named again.
    if (
        word[0] != "و"
        and said.keys() == {PLACES}
        and said[PLACES] <= kinds(lead).get(PLACES, set())
    ):
        return False
    short = skeleton(stem(word))
    if not said and not is_head(word) and any(short == skeleton(stem(each)) for each in lead):
        return False
    bare = {each.removeprefix("ال") for each in before}
    if any(word[:at].strip("وبلف") == "" and word[at:] in bare for at in (1, 2)):
        return False
    plain = skeleton(stem(word.removeprefix("و")))
    return not any(
        _is_akin(short, its) or _is_akin(plain, its) or _verb(plain) == _verb(its)
        for its in (skeleton(stem(each)) for each in left if not is_stopword(each))
    )


def implied(before: Sequence[str]) -> Mapping[int, set[int]]:
    """The kinds that words speak of, the halves of a divided country by their capitals too."""
    found = kinds(before)
    if "اليوم" in before:  # today, or a day
        for kind, its in kinds(_A_DAY).items():
            found.setdefault(kind, set()).update(its)
    for capital, half in _CAPITALS.items():
        if capital in before:
            for kind, its in half.items():
                found.setdefault(kind, set()).update(its)
    return found


@lru_cache(maxsize=20_000)
def negates(word: str, plain: str) -> bool:
    """Whether a comparable word, `plain` when folded, says that something is not so, or not done."""
    bare = plain[1:] if plain[0] in "وف" and len(plain) > _ROOT else plain
    if bare in WITHOUT or bare in _LACKED:
        return True
    if "\u0620" < plain[0] < "\u06d3" and not _LACKING_VERBS.isdisjoint(verbs((plain,))):
        return True
    return is_denial(word) or is_denial(skeleton(bare))


def _verb(word: str) -> str:
    """A verb of the present without its person (يعرض, تعرض)."""
    return word[1:] if len(word) > _ROOT and word[0] in "يتن" else word


def affirms(sentence: Sentence, other: Features) -> bool:
    """Whether a sentence without any denial says a word that its origin denies."""
    if sentence.pairs <= other.pairs or any(map(negates, sentence.words, sentence.plain)):
        return False
    origin = other.nearest(sentence)
    if origin is None:
        return False
    said = set(map(substance, sentence.plain))
    return any(
        is_denial(denial) and word not in STILL and substance(other.folded[word]) in said
        for denial, word in pairwise(origin.words)
    )


def _is_akin(one: str, other: str) -> bool:
    """Whether two words without vowels and endings are of one root: all but two letters in a row."""
    if one == other:
        return True
    if len(set(one).intersection(other)) < min(_ROOT, len(one), len(other)):
        return False
    if max(len(one), len(other)) > _NO_WORD:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    short, long = sorted((len(one), len(other)))
    whole = common == short or common >= max(_LONG, short - 1)
    return whole and common >= _ROOT and long - common <= _AFFIXED
