"""What the monitor says of its sources and of itself, in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from monitor.alert.bulletin_words import bulletin_words
from monitor.alert.direction import Direction, direction_of, isolate, one_line, shorten
from monitor.alert.render import Item, Letter, templates
from monitor.alert.troubles import Troubles, sentence, troubles
from monitor.alert.words import moment, words
from monitor.model import Episode, Held, Notice
from monitor.text.language import direction

_NAME = 120
_DETAIL = 300
_TITLE = 300
_SUBJECT = 120
_NAMED = 20  # broken sources that are named; a thousand names help nobody


def notice_letter(notice: Notice, language: str, zone: str | None = None) -> Letter:
    """Write a notice as an e-mail, its times in the reader's zone."""
    said = troubles(language)
    reader = direction(said.language)
    seen = _view(notice, said, reader, zone)
    return Letter(
        subject=notice_title(notice, language),
        text=templates().get_template("notice.txt").render(seen),
        html=templates().get_template("notice.html").render(seen),
    )


def notice_title(notice: Notice, language: str) -> str:
    """One line: `NOTICE: aawsat – blocked`, or how many are in trouble and how many well.

    What tells of articles instead of alerts begins as a summary does, with the first of them.
    """
    said = troubles(language)
    reader = direction(said.language)
    if notice.source is None or not notice.held:
        return f"{said.notice}: {_fact(notice, said, reader)}"
    state = bulletin_words(language).states["summary"]
    name = isolate(_named(notice.source), reader)
    return f"{state}: {_articles(notice.held, reader)} – {name}: {said.flood}"


def notice_line(notice: Notice, language: str, zone: str | None = None) -> str:
    """The title with what it stands for, for a log."""
    said = troubles(language)
    reader = direction(said.language)
    parts = [_one(episode, said, reader, zone) for episode in notice.episodes]
    parts += [isolate(one_line(notice.why), reader)] if notice.why else []
    parts += [
        f"{isolate(shorten(one_line(one.title), _TITLE), reader)} {one_line(one.link)}"
        for one in notice.held
    ]
    return " | ".join((notice_title(notice, language), *parts))


def notice_body(notice: Notice, language: str) -> dict[str, Any]:
    """The `data` of a webhook, as docs/webhook.schema.json describes it."""
    said = troubles(language)
    story = notice.story
    return {
        "id": notice.id,
        "text": _fact(notice, said, direction(said.language)),
        "episodes": [_episode(episode, said) for episode in notice.episodes],
        "sources": {"watched": notice.watched, "broken": list(notice.broken)},
        "flood": None
        if notice.source is None
        else {
            "source": notice.source,
            "why": notice.why,
            "story": {"name": story.name, "title": story.title} if story else None,
            "articles": [
                {
                    "id": one.article_id,
                    "title": one_line(one.title),
                    "link": one.link,
                    "outlet": one.outlet,
                    "source": one.source,
                    "language": one.language,
                    "score": one.score,
                }
                for one in notice.held
            ],
        },
    }


def _episode(episode: Episode, said: Troubles) -> dict[str, Any]:
    about = "source" if episode.source else "story" if episode.story else "monitor"
    return {
        "about": about,
        "name": episode.source or episode.story,
        "state": episode.state,
        "reason": episode.reason,
        "began": episode.began,
        "ended": episode.ended,
        "text": sentence(said, episode.reason, episode.facts),
        "detail": episode.facts.get("detail"),
        "advice": _advice(episode, said),
    }


def _fact(notice: Notice, said: Troubles, reader: Direction) -> str:
    if notice.source is not None:
        name = isolate(_named(notice.source), reader)
        count = f" ({len(notice.held)})" if notice.held else ""
        return f"{name} – {said.flood}{count}"
    if len(notice.episodes) == 1:
        return _headline(notice.episodes[0], said, reader)
    over = sum(episode.ended is not None for episode in notice.episodes)
    counts = ((said.in_trouble, len(notice.episodes) - over), (said.well_again, over))
    return " – ".join(f"{label}: {count}" for label, count in counts if count)


def _advice(episode: Episode, said: Troubles) -> str | None:
    if not episode.ended:
        return said.advice.get(episode.reason)
    left = episode.facts.get("given_up")
    return said.given_up.format(count=left) if left else None


def _articles(held: Sequence[Held], reader: Direction) -> str:
    """The first headline, and how many more there are."""
    first = held[0]
    title = shorten(one_line(first.title) or one_line(first.link), _SUBJECT)
    more = f" (+{len(held) - 1})" if len(held) > 1 else ""
    return f"{isolate(title, reader, direction_of(title, first.language))}{more}"


def _headline(episode: Episode, said: Troubles, reader: Direction) -> str:
    over = episode.ended and episode.state not in {"offline", "asleep"}
    state = said.well if over else said.states[episode.state]
    return f"{isolate(_who(episode, said), reader)} – {state}"


def _who(episode: Episode, said: Troubles) -> str:
    return _named(episode.source or episode.facts.get("title") or episode.story or said.monitor)


def _named(name: str) -> str:
    return shorten(one_line(name), _NAME)


def _one(episode: Episode, said: Troubles, reader: Direction, zone: str | None) -> str:
    times = f"{said.since} {isolate(moment(episode.began, said.language, zone), reader)}"
    if episode.ended:
        times += f" {said.until} {isolate(moment(episode.ended, said.language, zone), reader)}"
    why = sentence(said, episode.reason, episode.facts)
    return f"{_headline(episode, said, reader)} ({why}{said.clause}{times})"


def _view(notice: Notice, said: Troubles, reader: Direction, zone: str | None) -> dict[str, object]:
    return {
        "said": said,
        "labels": words(said.language),
        "dir": reader,
        "isolate": isolate,
        "fact": _fact(notice, said, reader),
        "episodes": [
            {
                "headline": _headline(episode, said, reader),
                "over": episode.ended is not None,
                "why": sentence(said, episode.reason, episode.facts),
                "began": moment(episode.began, said.language, zone),
                "ended": moment(episode.ended, said.language, zone) if episode.ended else None,
                "detail": shorten(one_line(episode.facts.get("detail", "")), _DETAIL),
                "advice": _advice(episode, said),
            }
            for episode in notice.episodes
        ],
        "standing": _standing(notice, said, reader) if notice.episodes else None,
        "flood": notice.source is not None,
        "why": one_line(notice.why or ""),
        "story": Item(
            text=one_line(notice.story.title),
            lang="",
            dir=direction_of(notice.story.title, None),
        )
        if notice.story
        else None,
        "held": [_article(one) for one in notice.held],
        "id": notice.id,
    }


def _article(held: Held) -> dict[str, object]:
    title = shorten(one_line(held.title) or one_line(held.link), _TITLE)
    url = one_line(held.link)
    return {
        "title": Item(text=title, lang=held.language or "", dir=direction_of(title, held.language)),
        "outlet": one_line(held.outlet or "") or held.source,
        "url": url if urlsplit(url).scheme in {"http", "https"} else None,
        "score": f"{held.score:.2f}",
    }


def _standing(notice: Notice, said: Troubles, reader: Direction) -> str:
    """Whether the sources are well: what tells a quiet story from a blind monitor."""
    if not notice.broken:
        return said.all_well.format(watched=notice.watched)
    separator = words(said.language).separator
    names = separator.join(isolate(_named(name), reader) for name in notice.broken[:_NAMED])
    more = " …" if len(notice.broken) > _NAMED else ""
    count = said.some_broken.format(broken=len(notice.broken), watched=notice.watched)
    return f"{count}: {names}{more}"
