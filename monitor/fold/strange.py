"""Whether a word of an edited copy answers to none of the text gone back to.

An editor puts forms and synonyms of what stood there, and frames it; any other
word may be the fact that an edited copy hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from monitor.fold.features import Features, Sentence, is_denial, is_figure
from monitor.fold.lexicon import (
    PLACES,
    frames,
    kinds,
    meanings,
    qualifies,
    says_nothing,
    substance,
)
from monitor.identify.wording import folded, skeleton, wording
from monitor.text.words import stem

# Consonants that make two words forms of one.
_ROOT: Final = 3
# Behind these a name of two words stands.
TITLES: Final = frozenset(
    folded(
        "الجنرال العميد العقيد المقدم الرائد النقيب اللواء الفريق المشير الأدميرال الوزير وزير النائب القاضي القاضية المحامي"
        " المحامية الدكتور الدكتورة المهندس المهندسة الرئيس السفير المتحدث الناطق المبعوث السيد السيدة الشيخ الأمير الملك الزعيم"
        " الشرطي الطبيب الخبير المحلل الباحث الأستاذ الكاتب المخرج المدرب اللاعب المرشح القائد"
    )
)
# What follows a denial that denies nothing (لا يزال, still), and what an editor may put by one.
STILL: Final = frozenset(wording("يزال تزال يزالون يزالان تزل يزل نزال"))
LACKING: Final = frozenset(
    wording(
        "تجاهل تجاهلت يتجاهل فشل فشلت يفشل امتنع امتنعت منع منعت غاب غابت عجز عجزت خلا خلت عدم لعدم بعدم الأكثر افتقر افتقرت بدون ما دون ignored failed lack lacked lacks lacking without без"
    )
)
_WITHOUT: Final = frozenset(folded("دون بدون عدم لعدم بعدم بلا without без sans ohne sin"))
# How much of it.
_PARTS: Final = frozenset(folded("نصف ثلث ربع معظم غالبية بعض half third quarter most"))
# What is thought or awaited and not known.
_UNSURE: Final = frozenset[str]().union(
    *map(meanings, folded("رجح يرجح ترجيح توقع يتوقع محتمل يحتمل ربما likely probably expected"))
)
_AFFIXED: Final = 2
_LONG: Final = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """The sentences of the earlier text that a sentence goes back to."""

    words: tuple[str, ...]
    substances: frozenset[str]
    share: float


def says_otherwise(
    sentence: Sentence, telling: Sequence[str], origin: Origin, own: Features, other: Features
) -> bool:
    """Whether a word is neither known, nor a form or synonym of a known one, nor an editor's frame.

    Or whether what made another fact of a word, an office or a lack, is gone from before it.
    """
    before = [other.folded[word] for word in origin.words]
    if any(_is_strange(word, before, origin, other) for word in telling):
        return True
    spoken = [own.folded[word] for word in sentence.words]
    said = {skeleton(stem(word)) for word in spoken}
    meant = frozenset[str]().union(*map(meanings, spoken))
    denies = any(map(is_denial, sentence.words))
    told = [word for word in spoken if not says_nothing(word)]
    behind = {skeleton(stem(two)): kinds((one,)) for one, two in pairwise(told)}
    following = {skeleton(stem(one)): two for one, two in pairwise(told)}
    for one, two in pairwise(word for word in before if not says_nothing(word)):
        # Behind the same word stands one from elsewhere, and what stood there is gone.
        put = following.get(skeleton(stem(one)))
        if (
            put is not None
            and not is_figure(one)
            and put not in TITLES
            and meanings(put).isdisjoint(origin.substances)
            and not frames(put)
            and meanings(two).isdisjoint(meant)
            and not kinds((put,)).keys() & kinds((two,)).keys()
            and not _is_akin(skeleton(stem(put)), skeleton(stem(two)))
            and any(skeleton(stem(put)) == skeleton(stem(other.folded[w])) for w in other.lead)
        ):
            return True
        # What stands before the same word excludes what stood there.
        now = behind.get(skeleton(stem(two)), {})
        if any(its.isdisjoint(now.get(kind, its)) for kind, its in kinds((one,)).items()):
            return True
        turned = (not _UNSURE.isdisjoint(meanings(one)) and _UNSURE.isdisjoint(meant)) or (
            (qualifies(one) and not denies) or one.removeprefix("ال") in _PARTS
        )
        if turned and meanings(one).isdisjoint(meant):
            short = skeleton(stem(two))
            if any(_is_akin(short, each) for each in said):
                return True
    lacks = denies or not _WITHOUT.isdisjoint(spoken) or any(w in LACKING for w in sentence.words)
    return not (lacks or _WITHOUT.isdisjoint(before))


def _is_strange(word: str, before: Sequence[str], origin: Origin, other: Features) -> bool:
    """Whether nothing in the sentences gone back to, nor in the lead, answers to a word."""
    if (
        skeleton(word) in origin.words
        or any(
            not meanings(word).isdisjoint(meanings(each))
            # Words that only join have the consonants of many others.
            and (not says_nothing(each) or word[:2] != each[:2] or word.startswith(each[:_ROOT]))
            for each in before
        )
    ):
        return False
    if frames(word) or is_figure(word) or is_denial(skeleton(word)):
        return False  # figures and denials are weighed by themselves
    if word in _WITHOUT:
        return not any(map(is_denial, origin.words)) and _WITHOUT.isdisjoint(before)
    said, theirs = kinds((word,)), kinds(before)
    if said and all(its <= theirs.get(kind, set()) for kind, its in said.items()):
        return False
    lead = [other.folded[each] for each in other.lead]
    if said.keys() == {PLACES} and said[PLACES] <= kinds(lead).get(PLACES, set()):
        return False
    short = skeleton(stem(word))
    if not said and any(short == skeleton(stem(each)) for each in lead):
        return False
    bare = {each.removeprefix("ال") for each in before}
    if any(word[:at].strip("وبلف") == "" and word[at:] in bare for at in (1, 2)):
        return False
    plain = skeleton(stem(word.removeprefix("و")))
    return not any(
        _is_akin(short, its) or _is_akin(plain, its) or _verb(plain) == _verb(its)
        for its in (skeleton(stem(each)) for each in before if not says_nothing(each))
    )


def _verb(word: str) -> str:
    """A verb of the present without its person (يعرض, تعرض)."""
    return word[1:] if len(word) > _ROOT and word[0] in "يتن" else word


def affirms(sentence: Sentence, own: Features, other: Features) -> bool:
    """Whether a sentence without any denial says a word that its origin denies."""
    if sentence.pairs <= other.pairs or any(
        is_denial(word) or word in LACKING for word in sentence.words
    ):
        return False
    origin = max(other.sentences, key=lambda each: len(each.pairs & sentence.pairs), default=None)
    if origin is None or not origin.pairs & sentence.pairs:
        return False
    said = {substance(own.folded[word]) for word in sentence.words}
    return any(
        is_denial(denial) and word not in STILL and substance(other.folded[word]) in said
        for denial, word in pairwise(origin.words)
    )


def _is_akin(one: str, other: str) -> bool:
    """Whether two words without vowels and endings are of one root: all but two letters in a row."""
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    short, long = sorted((len(one), len(other)))
    whole = common == short or common >= max(_LONG, short - 1)
    return whole and common >= _ROOT and long - common <= _AFFIXED
