"""What is told of an article after it was told, in words: changed, gone, or told by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from monitor.alert.direction import direction_of, isolate, one_line, shorten
from monitor.alert.render import Item, Letter, templates
from monitor.alert.sequel_words import SequelWords, sequel_words
from monitor.alert.words import moment, words
from monitor.model import Sequel
from monitor.text.language import direction

_SUBJECT = 180
_TITLE = 400
_SENTENCE = 500
_SHOWN = 8  # sentences of each side that a letter shows
_CARRIED = 40  # and that a webhook carries


def sequel_state(sequel: Sequel) -> str:
    """Its first word: corrected only where the new headline says so itself."""
    if sequel.kind == "changed" and sequel.change is not None and sequel.change.corrects:
        return "corrected"
    return sequel.kind


def sequel_title(sequel: Sequel, language: str) -> str:
    """One line: `CHANGED: headline – outlet`."""
    said = sequel_words(language)
    reader = direction(said.language)
    title = shorten(_title(sequel), _SUBJECT)
    fact = isolate(title, reader, direction_of(title, sequel.language))
    return f"{said.states[sequel_state(sequel)]}: {fact} – {isolate(_outlet(sequel), reader)}"


def sequel_lines(sequel: Sequel, language: str, zone: str | None = None) -> str:
    """What happened and the difference, a line each, for a chat; times in the reader's zone."""
    said = sequel_words(language)
    change = sequel.change
    lines = [_happened(sequel, said, zone)]
    if change is not None and change.kind != "gone":
        lines += [f"− {one}" for one in _shown(change.went, _SHOWN)]
        lines += [f"+ {one}" for one in _shown(change.came, _SHOWN)]
    return "\n".join((*lines, one_line(sequel.link)))


def sequel_line(sequel: Sequel, language: str) -> str:
    """The title, the first difference and the link, for a log."""
    change = sequel.change
    differs = (
        [*(f"− {one}" for one in _shown(change.went, 1)), *(f"+ {one}" for one in _shown(change.came, 1))]
        if change is not None and change.kind != "gone"
        else []
    )  # fmt: skip
    return " | ".join((sequel_title(sequel, language), *differs, one_line(sequel.link)))


def sequel_letter(sequel: Sequel, language: str, timezone: str | None = None) -> Letter:
    """Write it as an e-mail; `timezone` is the reader's, None is UTC."""
    said = sequel_words(language)
    reader = direction(said.language)
    change = sequel.change
    title = shorten(_title(sequel), _TITLE)
    url = one_line(sequel.link)
    differs = change is not None and change.kind != "gone"
    seen = {
        "said": said,
        "labels": words(said.language),
        "dir": reader,
        "isolate": isolate,
        "state": said.states[sequel_state(sequel)],
        "by": isolate(_outlet(sequel), reader),
        "headline": Item(
            text=title, lang=sequel.language or "", dir=direction_of(title, sequel.language)
        ),
        "url": url if urlsplit(url).scheme in {"http", "https"} else None,
        "happened": _happened(sequel, said, timezone),
        "touches": words(said.language).separator.join(
            said.weights[one] for one in (change.weights if change else ())
        ),
        "went": _items(change.went, sequel) if change and differs else [],
        "came": _items(change.came, sequel) if change and differs else [],
        "more_went": bool(change and differs and len(change.went) > _SHOWN),
        "more_came": bool(change and differs and len(change.came) > _SHOWN),
        "seen": moment(sequel.created, said.language, timezone),
        "kept": change is not None,
        "story": Item(
            text=one_line(sequel.story.title),
            lang="",
            dir=direction_of(sequel.story.title, None),
        ),
        "alert": sequel.alert or "",
        "explain": f"monitor explain {sequel.article_id}",
    }
    return Letter(
        subject=sequel_title(sequel, language),
        text=templates().get_template("sequel.txt").render(seen),
        html=templates().get_template("sequel.html").render(seen),
    )


def sequel_body(sequel: Sequel, language: str) -> dict[str, Any]:
    """The `data` of a webhook, as docs/webhook.schema.json describes it."""
    change = sequel.change
    return {
        "id": sequel.id,
        "state": sequel_state(sequel),
        "text": sequel_title(sequel, language),
        "alert": sequel.alert,
        "story": {"name": sequel.story.name, "title": sequel.story.title},
        "article": {
            "id": sequel.article_id,
            "title": _title(sequel),
            "link": sequel.link,
            "outlet": sequel.outlet,
            "source": sequel.source,
            "language": sequel.language,
        },
        "since": sequel.since,
        "change": None
        if change is None
        else {
            "kind": change.kind,
            "headline": change.headline,
            "touches": list(change.weights),
            "went": _shown(change.went, _CARRIED),
            "came": _shown(change.came, _CARRIED),
        },
    }


def difference(sequel: Sequel) -> str:
    """The first difference in one line, for a list."""
    change = sequel.change
    if change is None or change.kind == "gone":
        return ""
    before, after = _shown(change.went, 1), _shown(change.came, 1)
    return " ".join((*(f"− {one}" for one in before), *(f"+ {one}" for one in after)))


def happened(sequel: Sequel, language: str) -> str:
    """What became of it, in a sentence."""
    return _happened(sequel, sequel_words(language), None)


def _happened(sequel: Sequel, said: SequelWords, zone: str | None) -> str:
    if sequel.change is None:
        return said.withdrawn
    kind = said.kinds[sequel.change.kind]
    if sequel.kind != "gone" or sequel.since is None:
        return kind
    since = isolate(moment(sequel.since, said.language, zone), direction(said.language))
    return f"{kind} {said.gone.format(since=since)}"


def _shown(sentences: Sequence[str], most: int) -> list[str]:
    return [shorten(one_line(one), _SENTENCE) for one in sentences[:most]]


def _items(sentences: Sequence[str], sequel: Sequel) -> list[Item]:
    return [
        Item(text=one, lang=sequel.language or "", dir=direction_of(one, sequel.language))
        for one in _shown(sentences, _SHOWN)
    ]


def _title(sequel: Sequel) -> str:
    """The headline that was told; a new one stands in the difference."""
    return one_line(sequel.title[:2000]) or one_line(sequel.link)


def _outlet(sequel: Sequel) -> str:
    host = (urlsplit(sequel.link).hostname or "").removeprefix("www.")
    return shorten(one_line(sequel.outlet or "") or host or sequel.source, 40)
