"""An alert in words: subject, plain text and HTML, in the language of the reader."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from monitor.alert.direction import Direction, direction_of, isolate, one_line, shorten
from monitor.alert.words import Words, base, language_name, moment, words
from monitor.model import Alert, Article, Match
from monitor.text.arabic import fold
from monitor.text.language import direction
from monitor.text.words import sentences

TITLE = 2000  # letters of a title that are looked at: a broken page may give millions
_SUBJECT = 180  # letters of a headline in the subject
_HEADLINE = 400
_SENTENCE = 320
_TERMS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of text with a language and a direction of its own."""

    text: str
    lang: str
    dir: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a reader gets; all three say the same in the same order."""

    subject: str
    text: str
    html: str


def render(alert: Alert, language: str) -> Letter:
    """Write an alert for a reader of this language.

    Nobody translates: headline, lead and sentence keep their own language and
    direction. Nothing of the article is shown beyond its lead and the sentence
    that made it match.
    """
    said = words(language)
    reader = direction(said.language)
    seen = _view(alert, said, reader)
    return Letter(
        subject=subject(alert, said, reader),
        text=templates().get_template("mail.txt").render(seen),
        html=templates().get_template("mail.html").render(seen),
    )


def subject(alert: Alert, said: Words, reader: Direction) -> str:
    """State word, the fact, the outlet: `NEW: headline – outlet`."""
    fact = _headline(alert.article, _SUBJECT)
    return (
        f"{said.states[alert.kind]}: {isolate(fact.text, reader, fact.dir)}"
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
    """What is new in an update; else the first two sentences, the headline not said again.

    None of a bare headline.
    """
    article = alert.article
    if alert.kind == "update" and alert.event:
        told = (one_line(fact) for fact in alert.event.new_facts)
        facts = [one for one in told if one and one != headline(article)]
        if facts:
            return tuple(shorten(one, _SENTENCE) for one in facts[:2])
    if article.kind == "headline":
        return ()
    title = fold(article.title[:TITLE]).strip(" .")
    told = (one_line(sentence) for sentence in sentences(article.text[:5000]))
    fresh = [one for one in told if one and fold(one).strip(" .") != title]
    return tuple(shorten(one, _SENTENCE) for one in fresh[:2])


def _view(alert: Alert, said: Words, reader: Direction) -> dict[str, object]:
    article, match = alert.article, alert.match
    shown = _headline(article, _HEADLINE)
    beginning = lead(alert)
    event = alert.event
    url = one_line(article.link)
    foreign = base(article.language) not in {"", said.language}
    name = language_name(article.language, said.language) if foreign and article.language else None
    return {
        "said": said,
        "dir": reader,
        "isolate": isolate,
        "state": said.states[alert.kind],
        "outlet": outlet(article),
        "language": name,
        "headline": shown,
        # Only a web address becomes a link, whatever a source may have given.
        "url": url if urlsplit(url).scheme in {"http", "https"} else None,
        "lead": [Item(text=one, lang=shown.lang, dir=shown.dir) for one in beginning],
        "published": moment(article.published, said.language) if article.published else None,
        "first_seen": moment(article.first_seen, said.language),
        "copies": alert.copies,
        "began": _began(alert),
        "reports": event.reports if event and event.reports > 1 else 0,
        "terms": _terms(match, said, reader),
        "sentence": _sentence(match, shown, beginning),
        "nearest_seed": one_line(match.nearest_seed or ""),
        "seed_score": f"{match.seed_score:.2f}",
        "score": f"{match.score:.2f}",
        "threshold": f"{match.threshold:.2f}",
        "caveats": [said.caveats.get(code, code) for code in alert.caveats],
        "story": Item(
            text=one_line(alert.story.title),
            lang="",
            dir=direction_of(alert.story.title, None),
        ),
        "id": alert.id,
        # Quoted, because an address may hold what a shell would obey.
        "explain": f"monitor explain {shlex.quote(one_line(article.url))}",
    }


def _began(alert: Alert) -> Item | None:
    """The headline that the development of an update began with."""
    event = alert.event
    if event is None or alert.kind != "update":
        return None
    text = shorten(one_line(event.headline[:TITLE]), _HEADLINE)
    return Item(text=text, lang=event.language or "", dir=direction_of(text, event.language))


def _headline(article: Article, letters: int) -> Item:
    text = shorten(headline(article), letters)
    return Item(text=text, lang=article.language or "", dir=direction_of(text, article.language))


def _terms(match: Match, said: Words, reader: Direction) -> list[str]:
    """What the verdict rests on: what each group was named as, then the words of the seeds.

    Words are in the folded spelling that is compared, so those that a name shows are left out.
    """
    named: dict[str, list[str]] = {}
    for reason in match.reasons:
        if reason.kind == "concept":
            group, mark, name = reason.text.partition(": ")
            group, name = (group, name) if mark and group in said.groups else ("", reason.text)
            named.setdefault(group, []).append(one_line(name))
    shown = [
        f"{said.groups[group]}: "
        + said.separator.join(isolate(name, reader) for name in dict.fromkeys(named[group]))
        for group in said.groups
        if group in named
    ]
    shown += dict.fromkeys(named.get("", ()))
    known = fold(" ".join(shown))
    heavy = sorted(
        (reason for reason in match.reasons if reason.kind == "term"),
        key=lambda reason: -reason.weight,
    )
    words = (one_line(reason.text) for reason in heavy)
    return list(dict.fromkeys((*shown, *(word for word in words if fold(word) not in known))))[
        :_TERMS
    ]


def _sentence(match: Match, title: Item, beginning: tuple[str, ...]) -> Item | None:
    """The sentence in which most of the reasons stand, unless it is shown already."""
    found = [one_line(reason.sentence) for reason in match.reasons if reason.sentence]
    if not found:
        return None
    best = shorten(max(found, key=found.count), _SENTENCE)
    if any(best in shown for shown in (title.text, *beginning)):
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
