"""A bulletin in words: summary, digest and what came while we were away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from monitor.alert.bulletin_words import BulletinWords, bulletin_words
from monitor.alert.direction import Direction, direction_of, isolate, one_line, shorten
from monitor.alert.render import Item, Letter, templates
from monitor.alert.sequel import difference, happened, sequel_body, sequel_title
from monitor.alert.sequel_words import sequel_words
from monitor.alert.troubles import sentence, troubles
from monitor.alert.words import moment, words
from monitor.model import Bulletin, Named, Sequel, Standing
from monitor.text.language import direction

_SUBJECT = 150
_TITLE = 300
_FACT = 320
_NAMED = 20  # broken sources and gaps that are named; a thousand names help nobody


def bulletin_letter(bulletin: Bulletin, language: str, timezone: str | None = None) -> Letter:
    """Write a bulletin as an e-mail; `timezone` is the reader's, None is UTC."""
    said = bulletin_words(language)
    seen = _view(bulletin, said, direction(said.language), timezone)
    return Letter(
        subject=bulletin_title(bulletin, language),
        text=templates().get_template("bulletin.txt").render(seen),
        html=templates().get_template("bulletin.html").render(seen),
    )


def bulletin_title(bulletin: Bulletin, language: str) -> str:
    """One line: state word, the first headline, and how many more there are."""
    said = bulletin_words(language)
    reader = direction(said.language)
    state = said.states[bulletin.kind]
    named = (*bulletin.held, *bulletin.told, *bulletin.maybe)
    if not named and bulletin.changed:
        return f"{state}: {sequel_title(bulletin.changed[0], language)}"
    if not named:
        standing = bulletin.standing
        fares = f" – {_healthy(standing, said)}" if standing else ""
        return f"{state}: {said.nothing}{fares}"
    first = shorten(_title(named[0]), _SUBJECT)
    count = len(named) - 1 + bulletin.told_more + bulletin.maybe_more
    own = direction_of(first, named[0].language)
    return f"{state}: {isolate(first, reader, own)}" + (f" (+{count})" if count else "")


def bulletin_line(bulletin: Bulletin, language: str) -> str:
    """The title and all that it tells, for a log."""
    return " | ".join((bulletin_title(bulletin, language), *_lines(bulletin, language)))


def bulletin_lines(bulletin: Bulletin, language: str) -> str:
    """All that it tells in a line each, for a chat."""
    return "\n".join(_lines(bulletin, language))


def _lines(bulletin: Bulletin, language: str) -> list[str]:
    said = bulletin_words(language)
    reader = direction(said.language)
    named = (*bulletin.held, *bulletin.told, *bulletin.maybe)
    told = [
        f"{isolate(shorten(_title(one), _TITLE), reader)} {one_line(one.link)}" for one in named
    ]
    told += [
        " ".join(filter(None, (sequel_title(one, language), difference(one), one_line(one.link))))
        for one in bulletin.changed
    ]
    standing = bulletin.standing
    fares = [_healthy(standing, said), f"{said.evidence}: {standing.evidence}"] if standing else []
    return [*told, *fares]


def bulletin_body(bulletin: Bulletin, language: str) -> dict[str, Any]:
    """The `data` of a webhook, as docs/webhook.schema.json describes it."""
    standing = bulletin.standing
    titles = dict(bulletin.titles)

    def each(named: Iterable[Named]) -> list[dict[str, Any]]:
        return [_named(one, titles) for one in named]

    return {
        "id": bulletin.id,
        "text": bulletin_title(bulletin, language),
        "late": bulletin.kind == "late",
        "since": bulletin.since,
        "until": bulletin.until,
        "reasons": _reasons(bulletin),
        "held": each(bulletin.held),
        "told": each(bulletin.told),
        "told_more": bulletin.told_more,
        "maybe": each(bulletin.maybe),
        "maybe_more": bulletin.maybe_more,
        "missed": each(bulletin.missed),
        "changed": [sequel_body(one, language) for one in bulletin.changed],
        "standing": None
        if standing is None
        else {
            "sources": {"watched": standing.watched, "broken": list(standing.broken)},
            "entries": standing.entries,
            "judged": standing.judged,
            "gaps": [
                {"source": source, "since": since, "until": until}
                for source, since, until in standing.gaps
            ],
            "episodes": [
                {
                    "source": one.source,
                    "story": one.story,
                    "state": one.state,
                    "reason": one.reason,
                    "began": one.began,
                    "text": sentence(troubles(language), one.reason, one.facts),
                }
                for one in standing.episodes
            ],
            "given_up": standing.given_up,
            "evidence": standing.evidence,
        },
    }


def _named(named: Named, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "story": {"name": named.story, "title": titles.get(named.story, named.story)},
        "development": named.development,
        "kind": named.kind,
        "urgent": named.urgent,
        "article": named.article_id,
        "title": _title(named),
        "link": named.link,
        "outlet": named.outlet,
        "source": named.source,
        "language": named.language,
        "published": named.published,
        "score": named.score,
        "outlets": named.voices,
        "reports": named.reports,
        "new_fact": one_line(named.new_fact) if named.new_fact else None,
        "reason": named.reason,
        "alerted": named.alerted,
    }


def _title(named: Named) -> str:
    return one_line(named.title[:2000]) or one_line(named.link)


def _reasons(bulletin: Bulletin) -> list[str]:
    return sorted({one.reason for one in bulletin.held if one.reason is not None})


def _healthy(standing: Standing, said: BulletinWords) -> str:
    well = standing.watched - len(standing.broken)
    return f"{said.healthy}: {well} {said.of} {standing.watched}"


def _view(
    bulletin: Bulletin, said: BulletinWords, reader: Direction, zone: str | None
) -> dict[str, object]:
    digest = bulletin.kind == "digest"
    sections = [
        (said.held if digest else None, bulletin.held, 0),
        (said.told, bulletin.told, bulletin.told_more),
        (said.maybe, bulletin.maybe, bulletin.maybe_more),
    ]
    titles = dict(bulletin.titles)
    return {
        "said": said,
        "labels": words(said.language),
        "dir": reader,
        "isolate": isolate,
        "state": said.states[bulletin.kind],
        "why": _why(bulletin, said, reader, zone),
        "since": moment(bulletin.since, said.language, zone) if digest and bulletin.since else None,
        "nothing": digest and not bulletin.changed and not any(named for _, named, _ in sections),
        "sections": [
            {
                "title": title,
                "items": [_item(one, said, titles, reader, zone, digest=digest) for one in named],
                "more": more,
            }
            for title, named, more in sections
            if named
        ]
        + _changed(bulletin.changed, said.language, reader),
        "missed": [_item(one, said, titles, reader, zone, digest=False) for one in bulletin.missed],
        "digest": digest,
        "fares": _fares(bulletin.standing, said, reader, zone) if bulletin.standing else [],
        "evidence": bulletin.standing.evidence if bulletin.standing else "",
        "id": bulletin.id,
    }


def _why(bulletin: Bulletin, said: BulletinWords, reader: Direction, zone: str | None) -> list[str]:
    if bulletin.kind == "digest":
        return []
    why = {**said.why}
    if bulletin.since and bulletin.until:
        since, until = (
            isolate(moment(when, said.language, zone), reader)
            for when in (bulletin.since, bulletin.until)
        )
        why["away"] = said.away.format(since=since, until=until)
    return [why[reason] for reason in _reasons(bulletin)]


def _item(
    named: Named,
    said: BulletinWords,
    titles: dict[str, str],
    reader: Direction,
    zone: str | None,
    *,
    digest: bool,
) -> dict[str, object]:
    """A headline with its link, and one line of what is known of it."""
    labels = words(said.language)
    title = shorten(_title(named), _TITLE)
    url = one_line(named.link)
    parts = [isolate(one_line(named.outlet or "") or named.source, reader)]
    parts.append(
        isolate(moment(named.published, said.language, zone), reader)
        if named.published
        else labels.no_date
    )
    if named.voices > 1:
        parts.append(f"{said.outlets}: {named.voices}")
    if named.reports > 1:
        parts.append(f"{said.reports}: {named.reports}")
    if named.development is None:
        parts.append(f"{labels.score}: {named.score:.2f}")
    elif digest and named.reason is None:
        parts.append(said.alerted if named.alerted else said.silent)
    if len(titles) > 1:
        parts.append(isolate(one_line(titles.get(named.story, named.story)), reader))
    fact = shorten(one_line(named.new_fact or ""), _FACT)
    return {
        "title": Item(
            text=title, lang=named.language or "", dir=direction_of(title, named.language)
        ),
        "state": " · ".join(
            word
            for word, holds in ((said.urgent, named.urgent), (said.update, named.kind == "update"))
            if holds
        ),
        "by": " · ".join(parts),
        "url": url if urlsplit(url).scheme in {"http", "https"} else None,
        "fact": Item(text=fact, lang=named.language or "", dir=direction_of(fact, named.language))
        if fact
        else None,
    }


def _changed(
    changed: tuple[Sequel, ...], language: str, reader: Direction
) -> list[dict[str, object]]:
    """Articles that were told before and are different since, as a section."""
    if not changed:
        return []
    items = []
    for one in changed:
        title = shorten(one_line(one.title[:2000]) or one_line(one.link), _TITLE)
        fact, url = shorten(difference(one), _FACT), one_line(one.link)
        own = direction_of(title, one.language)
        outlet = isolate(one_line(one.outlet or "") or one.source, reader)
        items.append(
            {
                "title": Item(text=title, lang=one.language or "", dir=own),
                "state": "",
                "by": f"{outlet} · {happened(one, language)}",
                "url": url if urlsplit(url).scheme in {"http", "https"} else None,
                "fact": Item(text=fact, lang=one.language or "", dir=own) if fact else None,
            }
        )
    return [{"title": sequel_words(language).section, "items": items, "more": 0}]


def _fares(
    standing: Standing, said: BulletinWords, reader: Direction, zone: str | None
) -> list[str]:
    """Whether nothing new means that nothing happened."""
    ails = troubles(said.language)
    separator = words(said.language).separator
    lines = [_healthy(standing, said)]
    if standing.broken:
        names = separator.join(isolate(one_line(name), reader) for name in standing.broken[:_NAMED])
        more = " …" if len(standing.broken) > _NAMED else ""
        broken = ails.some_broken.format(broken=len(standing.broken), watched=standing.watched)
        lines.append(f"{broken}: {names}{more}")
    lines += [f"{said.entries}: {standing.entries}", f"{said.judged}: {standing.judged}"]
    for one in standing.episodes:
        name = one.source or one.facts.get("title") or one.story or ails.monitor
        why = sentence(ails, one.reason, one.facts)
        began = isolate(moment(one.began, said.language, zone), reader)
        lines.append(
            f"{isolate(one_line(name), reader)} – {ails.states[one.state]}"
            f" ({why}{ails.clause}{ails.since} {began})"
        )
    if standing.gaps:
        lines.append(f"{said.gaps}: {len(standing.gaps)}")
        for source, since, until in standing.gaps[:_NAMED]:
            began = isolate(moment(since, said.language, zone), reader) if since else "…"
            ended = isolate(moment(until, said.language, zone), reader)
            lines.append(f"{isolate(one_line(source), reader)}: {began} – {ended}")
    else:
        lines.append(said.no_gaps)
    if standing.given_up:
        lines.append(f"{said.given_up}: {standing.given_up}")
    return lines
