"""Lines of an outlet around an article: credits, rights, datelines, links to follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.fold.byline import DAYS_AND_HOURS, has_day, is_byline, is_stamp
from monitor.fold.kinds import GRAVE, kinds
from monitor.fold.lexicon import shipped
from monitor.fold.verbs import speaks
from monitor.identify.wording import folded
from monitor.text.outlet import speaks_of_itself


def _any(section: str) -> str:
    return "|".join(shipped("furniture", section))


_AGENCY: Final = _any("agency")
# A place and an agency before the first word: "SEOUL, May 2 (Reuters) - ".
_DATELINE: Final = re.compile(
    rf"^[^.!?؟\n«»\"]{{0,45}}?[\s(/\[–—-]*(?:{_AGENCY})(?:\s*\+?\s*وكالات)?\s*[)/\]]*\s*[-–—:|/]+\s*"
    rf"|^[^!?؟\n«»\"]{{0,45}}?[(/\[]\s*(?:{_AGENCY})\s*[)/\]]\s*[-–—:|.]*\s*"
    r"|^\w+(?:[ ,،]+\w+){0,2}\s*[-–—ـ]\s*[«\"][^»\"\n]{2,25}[»\"]\s*[-–—:]\s*"
    r"|^\w+(?:[ ,،]+\w+){0,2}\s[-–—ـ]\s"
    r"|^[(\[][^()\[\]\n]{2,25}=[^()\[\]\n]{2,25}[)\]]\s*(?:[^\W\d_]{2,4} (?:기자|특파원)\s*=\s*)?"
    r"|^به گزارش [^،.\n]{2,40}،\s*"
    r"|^[^\W\d_]+(?: [^\W\d_]+){0,2}\s*/\s+(?:[^\W\d_]+(?: [^\W\d_]+){0,2}\s*/\s+)?"
)
# The same with any name in brackets, where a place and perhaps a day stand before it.
_BRACKETED: Final = re.compile(
    r"([^.!?؟:«»\"\n(\[]{2,50}(?:[(\[][^()\[\]\n]{2,30}[)\]][^.!?؟:«»\"\n(\[]{0,30})?)"
    r"[(\[][^()\[\]\n]{2,30}[)\]]\s*[-–—ـ]{1,3}:?\s+"
)
_PLACE_AND_DAY: Final = 8
# How such a line begins. Words that also begin a sentence of news need a colon or a bracket.
_BEGINS: Final = re.compile(
    rf"^\W*(?:(?P<credit>(?:{_any('credit')})\s*[:/：=|–-]|فريق العمل\s*:|نقلا عن\b|بقلم\b|by [A-Zs]|reporting by\b|editing by\b|writing by\b|additional reporting\b)|(?P<line>{_any('line')}))"
    r"|^\W*\((?P<bracket>إعداد|اعداد|تحرير|ترجمة|reporting by|editing by|конец|اے)\b",
    re.IGNORECASE,
)
# A caption of a picture, by its credit.
_CAPTION: Final = re.compile(
    rf"\((?:أرشيف\w*|ارشيف\w*|archive|file|getty[^)]*|غيتي|صورة|متداولة|مواقع التواصل|إنترنت|{_AGENCY})\)\W*$",
    re.IGNORECASE,
)
# Initials of a desk, an address, a hashtag, a time of day: no sentence at all.
_BARE: Final = re.compile(
    r"^\W*(?:[^\W\d]{1,15}(?:\s*/\s*[\w.]{1,9}){1,4}|(?:https?://|www\.|pic\.\w+\.com/|t\.(?:co|me)/)\S+|(?:#\w+\W*)+|\S+@\S+)\W*$"
)
# How a desk signs: that it ends, and who wrote and who passed it, by their first letters.
_SIGNED: Final = re.compile(
    r"^\W*(?:انتهى|انتهي|النهاية|تم|تمت)\W*$"
    r"|^\W*(?:(?:انتهى|انتهي)\W*(?:\d{1,3}\W+)?)?"
    r"(?:[\u0621-\u064aA-Za-z]ـ?(?![^\W\d_])\W*){2,8}"
    rf"(?:\((?:{_AGENCY})(?:\s*[+،,/|–-]\s*(?:{_AGENCY}))*\)\W*)?$"
)
# Who of the outlet wrote it, without a name: the desk, the team, a correspondent.
_DESK: Final = re.compile(
    r"^\W*(?P<label>(?:بقلم|كتب|كتبت|إعداد|by|автор|text)\W+)?(?:(?:فريق|قسم|هيئة|وحدة|دائرة|مكتب|غرفة|مركز)\s+(?:ال)?(?:تحرير|تحقق|أخبار|اخبار|بيانات|"
    r"تحقيقات|متابعة|متابعات|رصد|ترجمة|محررين|مراسلين|صحافة|شؤون|محليات|عمل)(?:\s+\w+){0,2}"
    r"|(?:(?:ال)?(?:محرر|مراسل)ة?|مراسل(?:نا|تنا|ونا)|موفد(?:نا|تنا)|محررنا)\s+(?:ال|لل|لشؤون|في\s)\w+(?:\s+\w+){0,2}|(?:مراسلنا|مراسلتنا|مراسلونا|موفدنا)"
    r"|(?:[^\W\d]+ ){0,4}(?:desk|newsroom|correspondents?|staff|staff writers?|bureau|wire|haber merkezi|muhabiri)"
    r"|(?:отдел|редакция|служба) (?:\w+ ?){0,3})\W*$",
    re.IGNORECASE,
)
_DESK_LINE: Final = 7
_STAMP: Final = 12
# Share it there, in a line that names a network; and a word alone that marks no text: an advertisement, the front page.
_SHARED: Final = re.compile(rf"(?:{_any('share')}).*(?:{_any('network')})\W*$", re.IGNORECASE)
_SHARED_LINE: Final = 6
_ALONE: Final = re.compile(rf"^\W*(?:{_any('alone')})\W*$", re.IGNORECASE)
# Read also, in languages beside those above: what follows is another article's headline.
_ELSEWHERE: Final = re.compile(rf"^\W*(?:{_any('elsewhere')})", re.IGNORECASE)
# Parts of a line between bars (menu | contact | about us), and how long each may be.
_BARS: Final = re.compile(r"\s*[|•·│｜]\s*")
_PART: Final = 4
_MENU: Final = 3
# A line of its own that ends in a dash: place, day and agency before a text.
_DASHED: Final = re.compile(r"^[^.!?؟:«»\"\n]{2,60}[\s)\]][-–—ـ]{1,3}\s*$")
# The same with an agency in brackets: PORTO, 18 nov (Agência Foz).
_IN_BRACKETS: Final = re.compile(
    r"^(?:[^.!?؟:«»\"\n(\[（]|(?<=\d)\.(?= )){2,50}\.?[ ,،]*[(\[（][^()\[\]\n]{2,30}[)\]）][\s.\-–—ـ:]*$"
)
# A place and the outlet's address or name: TANJUNG SELAYAR, KabarPesisir.test -
_AT_AN_ADDRESS: Final = re.compile(
    r"^[^.!?؟:«»\"\n]{2,40}[,،/(\s–—-]+[^\W_][\w-]*\.[a-z]{2,6}\)?\s*[-–—ـ]{1,3}\s*$", re.IGNORECASE
)
# What a picture or a film beside the text shows.
_SHOWN: Final = re.compile(
    r"^\W*(?:(?:شاهد|فيديو|بالفيديو|صور|بالصور|video|watch|видео)\s*[:|]\s*)?(?:لحظة|لحظات|مشاهد|لقطات|جانب من|the moment|moment)",
    re.IGNORECASE,
)
_SHOWN_LINE: Final = 7
_INITIALS: Final = re.compile(
    r"^\W*(?:[^\W\d]+ ){0,2}[^\W\d]+\s*[-–—/|]\s*(?:[^\W\d]\s?\.\s?){1,4}\W*$"
)
# How long it takes to read, how often it was: in few words.
_READ: Final = re.compile(_any("read"), re.IGNORECASE)
# What an outlet says of the article itself, as a sentence.
_OF_ITSELF: Final = re.compile(_any("itself"), re.IGNORECASE)
_READ_LINE: Final = 7
_LINE: Final = 16
_WITHIN: Final = re.compile(_any("within"), re.IGNORECASE)
_ONLY_AGENCY: Final = re.compile(rf"^\W*(?:{_AGENCY})(?:\s*[+،,/|–-]\s*(?:{_AGENCY}))*\W*$")
_ALSO: Final = re.compile(rf"^\W*(?:{_any('also')})", re.IGNORECASE)
_MARKS: Final = re.compile("[\u064b-\u0652\u0640]")
# Of what excludes each other, a credit may have days, months and places.
_DATED: Final = frozenset(kinds(("الاحد", "يناير", "اليابان", "صباح")))
_MUTE: Final = _DATED | DAYS_AND_HOURS
_DESKED: Final = _DATED | frozenset(kinds(("التحرير", "فريق", "عسكري", "شمال")))
_DEATHS: Final = frozenset(kinds(("قتل",)))


def without_dateline(text: str) -> str:
    """A text without place, day and agency before its first word."""
    found = _BRACKETED.match(text)
    if found and len(found[1].split()) <= _PLACE_AND_DAY:
        before = folded(found[1])
        if not any(map(speaks, before)) and _DATED.issuperset(kinds(before)):
            return text[found.end() :]
    return _DATELINE.sub("", text, count=1)


def leads_elsewhere(sentence: str) -> bool:
    """Whether such a line has other articles behind it: read also, related, rights reserved."""
    return _ALSO.match(_MARKS.sub("", sentence)) is not None


def is_furniture(sentence: str) -> bool:
    """Whether a sentence that the other text lacks belongs to the outlet and not to the news."""
    sentence = _MARKS.sub("", sentence)
    if _ONLY_AGENCY.match(sentence) or _BARE.match(sentence) or _is_barred(sentence):
        return True
    if _is_dateline(sentence) or _ALONE.match(sentence):
        return True
    if is_byline(sentence):
        return True
    length = len(sentence.split())
    if length <= _LINE and _OF_ITSELF.search(sentence):
        return True
    if length <= _LINE and _ELSEWHERE.match(sentence):
        return True
    if length <= _SHARED_LINE and _SHARED.search(sentence):
        return not any(word[0].isdigit() or speaks(word) for word in folded(sentence))
    if length <= _READ_LINE and _READ.search(sentence):
        return True
    if (
        _SIGNED.match(sentence)
        or _INITIALS.match(sentence)
        or (length <= _STAMP and is_stamp(sentence))
    ):
        return True
    if length <= _DESK_LINE and (desk := _DESK.match(sentence)):
        words = folded(sentence[desk.end("label") if desk["label"] else 0 :])
        return not any(speaks(word) or word[0].isdigit() for word in words) and (
            _DESKED.issuperset(kinds(words))
        )
    if length <= _SHOWN_LINE and _SHOWN.match(sentence):
        words = folded(sentence)
        return _DEATHS.isdisjoint(kinds(words)) and not any(word[0].isdigit() for word in words)
    if length <= _LINE and _CAPTION.search(sentence) and "." not in sentence:
        return True
    begins = _BEGINS.match(sentence)
    if begins is not None and (begins["line"] or begins["bracket"]):
        return length <= _LINE
    if length <= _LINE and (begins or _WITHIN.search(sentence)):
        words = folded(sentence)
        if not any(map(speaks, words[1:])) and _DATED.issuperset(kinds(words[1:])):
            return True
    return _is_of_the_outlet(sentence)


def _is_of_the_outlet(line: str) -> bool:
    """Whether a line has the words of an outlet's own, and none of a deed or a speaker."""
    if not speaks_of_itself(line):
        return False
    words = folded(line)
    return not any(map(speaks, words[1:])) and GRAVE.isdisjoint(kinds(words))


def _is_dateline(line: str) -> bool:
    """Whether a line ends in a dash or brackets and names no more than where, when and who of the outlet."""
    if len(line.split()) > _PLACE_AND_DAY:
        return False
    words = folded(line)
    if _DASHED.match(line) or _AT_AN_ADDRESS.match(line):
        return not any(word[0].isdigit() for word in words) and _is_mute(words)
    if not _IN_BRACKETS.match(line):
        return False
    # Without a dash, a day and its month tell it from a name and its party.
    before = folded(re.split(r"[(\[（]", line)[0])
    return has_day(before) and not any(map(speaks, words)) and _is_mute(words)


def _is_barred(line: str) -> bool:
    """Whether a line of short parts between bars is a menu, or a credit or stamp beside names."""
    parts = [part for part in _BARS.split(line) if part.strip()]
    if len(parts) == 1 or any(len(part.split()) > _STAMP for part in parts):
        return False
    known = [is_furniture(part) for part in parts]
    rest = [part for part, told in zip(parts, known, strict=True) if not told]
    if not (any(known) or len(parts) >= _MENU):
        return False
    words = [folded(part) for part in rest]
    return all(
        len(each) <= _PART and not any(word[0].isdigit() for word in each) and _is_mute(each)
        for each in words
    )


def _is_mute(words: Sequence[str]) -> bool:
    """Whether folded words tell of nothing that excludes another thing, but for days and places."""
    return _MUTE.issuperset(kinds(words))
