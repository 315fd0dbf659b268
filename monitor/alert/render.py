"""An alert in words: subject, plain text and HTML, in the language of the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from monitor.alert.answers import Answer, Answers, answers, explain, explain_at
from monitor.alert.direction import Direction, direction_of, isolate, one_line, shorten
from monitor.alert.gloss import counted, gloss
from monitor.alert.matched import why
from monitor.alert.spread import spread
from monitor.alert.state import contradicts, state
from monitor.alert.words import Words, base, clock_time, day, language_name, moment, words
from monitor.model import Alert, Article, Event, Match
from monitor.text.arabic import fold
from monitor.text.language import direction
from monitor.text.words import WORD, sentences

TITLE = 2000  # letters of a title that are looked at: a broken page may give millions
_SUBJECT = 180  # letters of a headline in the subject
_HEADLINE = 400
_SENTENCE = 320
_NEW = 3  # sentences of what is new
_HASH = 16  # hex digits of the evidence that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of text with a language and a direction of its own.

    `parts` cut it where new words begin and end: (text, whether it is new).
    """

    text: str
    lang: str
    dir: Direction
    parts: tuple[tuple[str, bool], ...] = ()

    @property
    def starred(self) -> str:
        """With new words between stars, for plain text."""
        return "".join(f"*{text}*" if new else text for text, new in self.parts) or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a reader gets; all three say the same in the same order."""

    subject: str
    text: str
    html: str


def render(
    alert: Alert,
    language: str,
    timezone: str | None = None,
    inbox: Answers | None = None,
    page: str | None = None,
) -> Letter:
    """Write an alert for a reader of this language, with times in their zone.

    Nobody translates: headline, lead and sentence keep their own language and
    direction. Of the article no more is shown than what is new in it, its lead and the
    sentence that made it match. `inbox` signs links for an answer; without one they are
    commands. `page` is the public address of the page that says more.
    """
    said = words(language)
    reader = direction(said.language)
    seen = _view(alert, said, reader, timezone, answers(alert, said, inbox, page))
    seen["explain_at"] = explain_at(alert, page)
    return Letter(
        subject=subject(alert, said, reader),
        text=templates().get_template("mail.txt").render(seen),
        html=templates().get_template("mail.html").render(seen),
    )


def subject(alert: Alert, said: Words, reader: Direction) -> str:
    """State word, the fact, the outlet: `NEW: headline – outlet`."""
    fact = _headline(alert.article, _SUBJECT)
    return (
        f"{said.states[state(alert)]}: {isolate(fact.text, reader, fact.dir)}"
        f" – {isolate(shorten(outlet(alert.article), 40), reader)}"
    )


def outlet(article: Article) -> str:
    """Who published it; the host where no name is known, the source without either."""
    host = (urlsplit(article.link).hostname or "").removeprefix("www.")
    return one_line(article.outlet or "") or host or article.source


def headline(article: Article) -> str:
    """Its title in one line; the link where there is none, so that something can be opened."""
    return one_line(article.title[:TITLE]) or one_line(article.link)


def lead(alert: Alert) -> tuple[str, ...]:
    """The first two sentences, the headline not said again; none of a bare headline."""
    article = alert.article
    if article.kind == "headline":
        return ()
    title = fold(article.title[:TITLE]).strip(" .")
    told = (one_line(sentence) for sentence in sentences(article.text[:5000]))
    fresh = [one for one in told if one and fold(one).strip(" .") != title]
    return tuple(shorten(one, _SENTENCE) for one in fresh[:2])


def caveats(alert: Alert) -> tuple[str, ...]:
    """The codes that the alert came with, and those that follow from its state."""
    found = {"contradicts": contradicts(alert), "late": state(alert) == "late"}
    return (*alert.caveats, *(code for code, holds in found.items() if holds))


def _view(
    alert: Alert,
    said: Words,
    reader: Direction,
    timezone: str | None,
    answered: Sequence[Answer],
) -> dict[str, object]:
    article, match, event = alert.article, alert.match, alert.event
    shown = _headline(article, _HEADLINE)
    news = _news(alert, shown)
    begun = [one for one in lead(alert) if one not in {item.text for item in news}]
    beginning = [Item(text=one, lang=shown.lang, dir=shown.dir) for one in begun]
    url = one_line(article.link)
    foreign = base(article.language) not in {"", said.language}
    name = language_name(article.language, said.language) if foreign and article.language else None
    published = article.published
    return {
        "said": said,
        "dir": reader,
        "isolate": isolate,
        "state": said.states[state(alert)],
        "tone": "against" if contradicts(alert) else "calm",
        "by": _by(alert, said, reader, timezone, name),
        "headline": shown,
        # Only a web address becomes a link, whatever a source may have given.
        "url": url if urlsplit(url).scheme in {"http", "https"} else None,
        "gloss": gloss(alert.gist, alert.counts, said.language) if foreign else (),
        "news": news,
        "earlier": [counted(one, said.language) for one in _earlier(event)],
        "before": _before(alert),
        "has": spread(alert, said, reader, outlet(alert.article)),
        "lead": beginning,
        "published": moment(published, said.language, timezone) if published else None,
        "first_seen": moment(article.first_seen, said.language, timezone),
        "why": why(match, said, reader, f"{article.title}\n{article.text}"),
        "sentence": _sentence(match, shown, [*begun, *(item.text for item in news)]),
        "caveats": [said.caveats.get(code, code) for code in caveats(alert)],
        "answers": answered,
        "story": Item(
            text=one_line(alert.story.title),
            lang="",
            dir=direction_of(alert.story.title, None),
        ),
        "development": event.id if event else None,
        "evidence": f"sha256 {alert.evidence[:_HASH]}" if alert.evidence else None,
        "id": alert.id,
        "explain": explain(alert),
    }


def _by(
    alert: Alert, said: Words, reader: Direction, timezone: str | None, language: str | None
) -> str:
    """By whom, how many sources, published when, seen when: what a list of mails shows."""
    article = alert.article
    parts = [isolate(outlet(article), reader)]
    if language:
        parts.append(language)
    if alert.event and len(alert.event.outlets) > 1:
        parts.append(said.outlets.format(count=len(alert.event.outlets)))
    if article.published:
        at = [
            form(article.published, said.language, timezone).strip() for form in (day, clock_time)
        ]
        parts.append(f"{said.out} {isolate(said.separator.join(at), reader, reader)}")
    else:
        parts.append(said.no_date)
    seen = clock_time(article.first_seen, said.language, timezone)
    parts.append(f"{said.seen} {isolate(seen, reader, reader)}")
    return " · ".join(parts)


def _news(alert: Alert, shown: Item) -> list[Item]:
    """The article's own sentences that make it an update, what no report had before marked."""
    event = alert.event
    if event is None:
        return []
    told = (one_line(fact[:TITLE]) for fact in event.new_facts)
    facts = [one for one in told if one and one != headline(alert.article)][:_NEW]
    return [
        Item(
            text=(text := shorten(one, _SENTENCE)),
            lang=shown.lang,
            dir=shown.dir,
            parts=tuple(_parts(text, event.added.fresh)),
        )
        for one in facts
    ]


def _parts(text: str, fresh: Collection[str]) -> Iterator[tuple[str, bool]]:
    """The text cut at its new words; those side by side are one part."""
    at = 0
    begin = end = -1
    for word in WORD.finditer(text):
        if word[0] not in fresh:
            continue
        if end >= 0 and text[end : word.start()].isspace():
            end = word.end()
            continue
        if end >= 0:
            yield from ((text[at:begin], False), (text[begin:end], True))
            at = end
        begin, end = word.span()
    if end >= 0:
        yield from ((text[at:begin], False), (text[begin:end], True))
        at = end
    yield text[at:], False


def _earlier(event: Event | None) -> tuple[tuple[str, int], ...]:
    return event.added.earlier if event else ()


def _before(alert: Alert) -> Item | None:
    """The headline that the development of an update began with."""
    event = alert.event
    if event is None or state(alert) in {"new", "late", "test"}:
        return None
    text = shorten(one_line(event.headline[:TITLE]), _HEADLINE)
    if text == headline(alert.article):
        return None
    return Item(text=text, lang=event.language or "", dir=direction_of(text, event.language))


def _headline(article: Article, letters: int) -> Item:
    text = shorten(headline(article), letters)
    return Item(text=text, lang=article.language or "", dir=direction_of(text, article.language))


def _sentence(match: Match, title: Item, told: Sequence[str]) -> Item | None:
    """The sentence in which most of the reasons stand, unless it is shown already."""
    found = [one_line(reason.sentence) for reason in match.reasons if reason.sentence]
    if not found:
        return None
    best = shorten(max(found, key=found.count), _SENTENCE)
    if any(best in shown for shown in (title.text, *told)):
        return None
    return Item(text=best, lang=title.lang, dir=direction_of(best, title.lang or None))


@cache
def templates() -> Environment:
    """The templates of this folder; a name without a value is an error."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
