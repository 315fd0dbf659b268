"""Who speaks: the agency that an article credits, and how many in an event's reports speak for themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

from monitor.fold.lexicon import shipped
from monitor.identify.address import site
from monitor.model import Article, Credit, Lineage, Report
from monitor.text.arabic import fold
from monitor.text.words import sentences

# Where a dateline ends at the latest, and how long a line of credit is.
_DATELINE: Final = 90
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
_LINE: Final = 16
_LAST_LINES: Final = 4
_LEAD: Final = 2
# "Place - agency - text": an agency stands in one of so many parts.
_PARTS: Final = 3
_LETTERS: Final = 600
_CAPITALS: Final = 5
# Letters of a part of a name that is looked for anywhere; scripts are told apart by such blocks.
_TELLING: Final = 4
_BLOCK: Final = 8
# The name behind which nothing stands that could be told from another.
UNNAMED: Final = "agencies"

# Scripts in which a name runs on into what follows.
_RUN_ON: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BRACKET: Final = re.compile(r"[(\[（【/«]\s*([^()\[\]（）【】/«»\n]{2,60}?)\s*[)\]）】/»]")
_DASH: Final = re.compile(r"\s*(?:[-–—ـ]{1,3}|:|：)\s")
_CHINESE_WIRE: Final = re.compile(r"^(\S{2,12}?).{0,25}?[电電讯訊]")
_LABEL: Final = re.compile(
    r"^\W*(?:المصدر|مصدر الخبر|المصادر|نقلا عن|عن|source|sources|via|quelle|fuente|kaynak|источник|по материалам|"
    r"джерело|منبع|به نقل از|출처|来源|來源|出典)\s*(?:[:/：=|–-]+\s*|\b)(.{2,80})$"
)
_CLOSING_BRACKET: Final = re.compile(r"[(\[（【]\s*([^()\[\]（）【】\n]{2,40})\s*[)\]）】]\W*$")
_FILLER: Final = (
    r"(?:\s+(?:ال)?(?:وكال\w*|صحيف\w*|قناه|شبك\w*|موقع|تلفزيون|هييه|مجله|انباء|the|state|official|news|agency|newswire|"
    r"broadcaster|newspaper|агентств\w*|газет\w*|телеканал\w*|информагентств\w*|خبرگزاري|روزنامه|شبكه)){0,3}\s+[«\"“]?"
)
_BEFORE: Final = (
    r"نقلا عن|نقلت|نقل عن|بحسب|حسب|وفقا? ?ل?|وفق|ذكرت|افادت|اوردت|نشرت|قالت|كشفت|اعلنت|عن|تقرير ل|"
    r"according to|citing|cited by|told|reported by|quoted by|report by|via|со ссылкой на|сообщает|сообщил\w*|передает|"
    r"передал\w*|пишет|по данным|заявил\w*|به گزارش|به نقل از|به گفته|selon|según|laut|secondo|据|據"
)
_AFTER: Final = (
    r"reported|reports|said|says|quoted|сообщ\w+|переда\w+|пишет|سه|"
    r"göre|haberine göre|zufolge|berichtet\w*|a rapporté|informó|"
    r"(?:통신)?(?:은|는|이|가|에)?(?: \d{1,2}일)? ?(?:따르면|보도|전했|밝혔)\w*|报道|報道|消息"
)


@dataclass(frozen=True, slots=True)
class _Agencies:
    """The shipped list, compiled. `own` are sites, `written` and `capitals` find names in text."""

    own: dict[str, str]
    names: dict[str, str]
    doubtful: frozenset[str]
    written: re.Pattern[str]
    capitals: re.Pattern[str]
    cited: re.Pattern[str]
    # Of each name a part that stands in whatever names it, by the block of its first letter;
    # and the names that have none, being single letters or short.
    parts: dict[int, tuple[str, ...]]
    short: re.Pattern[str]


def credited(
    title: str,
    text: str,
    *,
    author: str | None = None,
    outlet: str | None = None,
    host: str = "",
    line: str | None = None,
) -> Credit | None:
    """The agency or outlet whose report an article says it is; None where it says nothing.

    `line` is the source that the page names outside its text. What stands before the
    first word outranks the author, this a line of credit, this an agency quoted in
    headline or lead; an agency's own article is its own. `agencies` where only "the
    agencies" are named. Outlets are never told apart by what they merely mention.
    """
    found: Credit | None = None
    if not _may_name("\n".join((title, text, author or "", line or ""))):
        return _own(None, outlet, host)
    for credit in _credits(title, text, author or "", line or ""):
        if credit.name != UNNAMED:
            return _own(credit, outlet, host)
        found = found or credit
    return _own(found, outlet, host)


def _may_name(whole: str) -> bool:
    """Whether any agency's name can stand in an article: most name none, and the search is long."""
    agencies, folded = _agencies(), fold(whole)
    blocks = {ord(letter) >> _BLOCK for letter in set(folded)}
    return any(
        part in folded for block in blocks for part in agencies.parts.get(block, ())
    ) or bool(agencies.short.search(folded))


def _own(credit: Credit | None, outlet: str | None, host: str) -> Credit | None:
    agencies = _agencies()
    site = host.lower().removeprefix("www.")
    while site and site not in agencies.own:
        site = site.partition(".")[2]
    name = agencies.own.get(site) or agencies.names.get(fold(outlet or ""))
    if (
        name
        and name != UNNAMED
        and (credit is None or credit.kind == "cited" or credit.name == name)
    ):
        return Credit(name, "own")
    return credit


def _credits(title: str, text: str, author: str, line: str) -> Iterator[Credit]:
    """What the parts of an article name, the surest first."""
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    head = lines[0][:_DATELINE] if lines else ""
    for bracket in _BRACKET.finditer(head):
        if head[bracket.end() :].strip(" .") and (name := _named(bracket[1])):
            yield Credit(name, "dateline")
    for part in _DASH.split(head)[:_PARTS]:
        if name := _named(part.partition(". ")[0], alone=True):
            yield Credit(name, "dateline")
    if (wire := _CHINESE_WIRE.match(head)) and (name := _named(wire[1])):
        yield Credit(name, "dateline")
    if name := _named(author):
        yield Credit(name, "author")
    if name := _named(line):
        yield Credit(name, "line")
    for last in (*reversed(lines[-_LAST_LINES:]), *lines[:1]):
        label = _LABEL.match(fold(last)) if len(last.split()) <= _LINE else None
        bracket_ = _CLOSING_BRACKET.search(last)
        name = _named(last, alone=True)
        name = (bracket_ and _named(bracket_[1])) or name
        name = (label and (_named(last[-len(label[1]) :]) or _named(label[1]))) or name
        if name:
            yield Credit(name, "line")
    agencies = _agencies()
    for sentence in (title, *sentences(text[:_LETTERS])[:_LEAD]):
        if cited := agencies.cited.search(fold(sentence)):
            written = next(group for group in cited.groups() if group)
            yield Credit(agencies.names[_bare(written)], "cited")


def _named(part: str, *, alone: bool = False) -> str:
    """The first agency that a few words name; `alone` where they are no credit unless it stands so."""
    agencies = _agencies()
    bare = fold(part)
    found = [(each[0], agencies.names[each[0]]) for each in agencies.capitals.finditer(part)]
    for each in agencies.written.finditer(bare):
        written = next(group for group in each.groups() if group)
        found.append((written, agencies.names[_bare(written)]))
    named = next((one for one in found if one[1] != UNNAMED), found[0] if found else None)
    if named is None:
        return ""
    if alone:
        rest = len(bare.split()) - sum(len(written.split()) for written, _ in found)
        if rest > 1 or _bare(fold(named[0])) in agencies.doubtful:
            return ""
    return named[1]


def _bare(written: str) -> str:
    return re.sub(r"[\s.]+", " ", written).strip()


@cache
def _agencies() -> _Agencies:
    own: dict[str, str] = {}
    names: dict[str, str] = {}
    capitals: list[str] = []
    written: list[str] = []
    doubtful: set[str] = set()
    for row in shipped("agencies"):
        name, sites, spellings = (part.strip() for part in row.split("|"))
        own.update((site.strip(), name) for site in sites.split(",") if site.strip())
        names[fold(name)] = name
        for given in map(str.strip, spellings.split(",")):
            spelling = given.removesuffix("?")
            folded = _bare(fold(spelling))
            names.setdefault(folded, name)
            if given != spelling:
                doubtful.add(folded)
            if spelling.isascii() and spelling.isupper() and len(spelling) <= _CAPITALS:
                capitals.append(spelling)
                names[spelling] = name
            else:
                written.append(folded)
    parts: dict[int, set[str]] = defaultdict(set)
    short: list[str] = []
    for one in (*written, *map(str.lower, capitals)):
        longest = max(one.split(), key=len)
        if len(longest) < _TELLING and not _RUN_ON.search(one):
            short.append(_pattern(one))
        else:
            parts[ord(longest[0]) >> _BLOCK].add(longest)
    told = [one for one in (*written, *map(str.lower, capitals)) if one not in doubtful]
    return _Agencies(
        own=own,
        names=names,
        doubtful=frozenset(doubtful),
        written=re.compile(_either(written)),
        capitals=re.compile(rf"(?<!\w)(?:{'|'.join(capitals)})(?!\w)"),
        parts={block: tuple(sorted(each)) for block, each in parts.items()},
        short=re.compile(rf"(?<!\w)(?:[وبل]|لل)?(?:{'|'.join(short)})(?!\w)"),
        cited=re.compile(
            rf"(?<!\w)[وف]?(?:{_BEFORE}){_FILLER}{_either(told)}"
            rf"|{_either(told)}[»\"”]?(?:'\w+)?\s*(?:news agency |통신)?(?:{_AFTER})"
            rf"|(?:قال|قالت|صرح|ابلغ|اكد|تصريح\w*|حديث|مقابله)\s(?:[^.،,]{{0,60}}?\s)?(?=ل)(?:لوكاله )?{_either(told)}"
        ),
    )


def _either(names: Iterable[str]) -> str:
    """Any of the spellings, longest first; as a whole word where a script parts its words."""
    ordered = sorted(names, key=len, reverse=True)
    words = "|".join(_pattern(one) for one in ordered if not _RUN_ON.search(one))
    others = "|".join(_pattern(one) for one in ordered if _RUN_ON.search(one))
    return rf"(?:(?<!\w)(?:[وبل]|لل)?({words})(?!\w)|({others}))"


def _pattern(folded: str) -> str:
    """A spelling; single letters (ا ف ب) also with full stops between."""
    parts = folded.split(" ")
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        return r"[ .]{1,2}".join(map(re.escape, parts))
    return re.escape(folded).replace(r"\ ", r"\s+")


def credit_of(article: Article) -> Credit | None:
    """Whom a stored or new article credits, its outlet being known by its address too."""
    return credited(
        article.title,
        article.text,
        author=article.author,
        outlet=article.outlet,
        host=site(article.link).partition("/")[0],
        line=article.credit,
    )


def lineage(reports: Sequence[Report], article_id: int) -> Lineage | None:
    """The lineage of one article among all reports of its event; None where it is not one of them."""
    own = next((report for report in reports if report.id == article_id), None)
    if own is None:
        return None
    group = own.id if own.copy_of is None else own.copy_of
    text = [one for one in reports if group in {one.id, one.copy_of}]
    ordered = sorted(text, key=lambda one: (one.at or _LATEST, one.id))
    names = list(dict.fromkeys(one.name or one.outlet for one in ordered))
    return Lineage(
        first=names[0],
        copied_by=tuple(names[1:]),
        agency=next((one.agency for one in text if one.agency), None),
        independent=independent(reports),
    )


def independent(reports: Iterable[Report]) -> int:
    """How many independent voices the reports are.

    Copies of one text are one voice, and so are texts that credit one agency, at however
    many outlets they stand; an outlet is one voice however often it reports. A text that
    only aggregators show is none: they collect and confirm nothing.
    """
    texts: dict[int, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda each: each.id):
        texts[report.id if report.copy_of is None else report.copy_of].append(report)
    voices = (_voice(text) for text in texts.values())
    return len({voice for voice in voices if voice})


def _voice(text: list[Report]) -> str:
    """Whose text it is: the agency that any of its printings credits, else the first outlet's."""
    printed = [report.outlet for report in text if not report.aggregator]
    if not printed:
        return ""
    return next((report.agency for report in text if report.agency), printed[0]).casefold()
