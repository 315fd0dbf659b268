"""One development with its reports, and one article with its verdict."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, Final

from monitor.alert.lines import line, web_link
from monitor.look.deliveries import answer
from monitor.look.developments import Shown, shown
from monitor.look.explained import explanation
from monitor.look.reasons import found, others
from monitor.store.desk import Marks
from monitor.store.store import Store
from monitor.web.page.asked import Asked, Elsewhere, Unknown, View
from monitor.web.page.shown import credited, marked, printed, public, sentence
from monitor.web.page.spoken import spoken
from monitor.web.page.words import BESIDE

_REPORTS: Final = 200
_DELIVERIES: Final = 100
_LETTERS: Final = 30_000
_BANDS: Final = ("on", "maybe", "off")


def development(store: Store, asked: Asked, number: int) -> View:
    """The reports in the order in which they came, and who was told."""
    if asked.as_json:
        event = shown(store, asked.stories(), number)
        if event.merged_into is not None:
            raise Elsewhere(f"developments/{event.merged_into}.json", asked.word("story"))
        if not event.reports:
            raise Unknown
        return View(values={}, rows=event.reports)
    story, event = _of_story(store, asked, number)
    bands = store.glance.bands(story, number)
    labels = store.labels.standing(story, [row["id"] for row in event.reports])
    first = asked.number("from") or 0
    mark = (event.marks or [Marks()])[0]
    reports = [
        {**row, **printed(row), "band": bands.get(row["id"], ""), "label": labels.get(row["id"], "none"),
         "credited_to": credited(row["credited_to"], asked.said.language),
         "facts": [sentence(fact, row["language"]) for fact in row["new_facts"]]}
        for row in event.reports[first : first + _REPORTS]
    ]  # fmt: skip
    opening = printed(event.reports[0])
    title = line(mark.title) if mark.title else opening["title"]
    titles = {each.name: each.title for each in asked.config.stories}
    return View(
        template="development.html",
        title=title.text,
        values={
            "id": number,
            "story": story,
            "story_title": line(titles[story]),
            "name": shlex.quote(story),
            "heading": title,
            "mark": mark,
            "mended": [
                each for each in store.desk.log(story) if number in {each.development, each.other}
            ],
            "reports": reports,
            "total": len(event.reports),
            "independent": event.independent,
            "told": _told(store, {number}, story),
            "held": store.held.of([number]),
        },
        rows=event.reports,
        after={"from": str(first + _REPORTS)} if len(event.reports) > first + _REPORTS else None,
    )


def _of_story(store: Store, asked: Asked, number: int) -> tuple[str, Shown]:
    """The first of the stories that has it; Elsewhere where it was merged, Unknown for none."""
    events = [(name, shown(store, [name], number)) for name in asked.stories()]
    for name, event in events:
        if event.reports:
            return name, event
    for name, event in events:
        if event.merged_into is not None:
            raise Elsewhere(f"developments/{event.merged_into}", name)
    raise Unknown


def _told(store: Store, originals: set[int], story: str | None = None) -> list[dict[str, Any]]:
    """The last deliveries, with what the receiver said; of one story, and of summaries, or all."""
    rows = [
        row
        for row in store.deliveries.of(originals)
        if story is None or row["story"] in {None, story}
    ]
    return [{**row, "said": answer(row)} for row in rows[-_DELIVERIES:]]


def article(store: Store, asked: Asked, number: int) -> View:
    """All that is known of one article."""
    row = store.articles.find(str(number))
    if row is None:
        raise Unknown
    known = explanation(asked.config, store, str(number))
    known["evidence"] = [
        {**each, "final_url": public(str(each["final_url"]))} for each in known["evidence"]
    ]
    if asked.as_json:
        return View(values={}, rows=known)
    text = row["text"] or ""
    language = row["language"]
    best = sorted(known["verdicts"], key=lambda each: _BANDS.index(each["band"]))
    titles = {story.name: story.title for story in asked.config.stories}
    heading = printed(row)
    return View(
        template="article.html",
        title=heading["title"].text,
        values={
            **known,
            **heading,
            "heading": heading["title"],
            "paragraphs": [
                line(part, language) for part in text[:_LETTERS].splitlines() if part.strip()
            ],
            "cut": len(text) > _LETTERS,
            "credit": known["credit"] and credited(known["credit"]["agency"], asked.said.language),
            "why": "why" in known and spoken(known["why"], asked.said.language),
            "verdicts": [_verdict(each, titles, language, asked.said.language) for each in best],
            "developments": [
                {**event, "title": line(event["name"] or event["title"]),
                 "facts": [sentence(fact, language) for fact in event["new_facts"]]}
                for event in known["developments"]
            ],
            "told": _told(store, {row["original_id"] or row["id"], *(each["id"] for each in known["developments"])}),
            "evidence": [
                {**each, "final": web_link(str(each["final_url"]))} for each in known["evidence"]
            ],
            "changes": [
                {**each, "went": [sentence(one, language) for one in each["went"]],
                 "came": [sentence(one, language) for one in each["came"]]}
                for each in known["aftermath"]["changes"]
            ],
            # Oldest first: the last of a story counts.
            "standing": {each["story"]: each["said"] for each in known["labels"]},
            "teachable": sorted({each["story"] for each in known["verdicts"]} & titles.keys()),
        },
        rows=known,
    )  # fmt: skip


def _verdict(
    verdict: Mapping[str, Any], titles: Mapping[str, str], language: str | None, reader: str
) -> dict[str, Any]:
    rest = others(verdict["reasons"], verdict["rule"])
    seed = next((each for each in verdict["reasons"] if each["kind"] == "seed"), None)
    return {
        **verdict,
        "title": titles.get(verdict["story"], verdict["story"]),
        "rule": spoken(verdict["rule"], reader),
        "told": spoken(verdict["told"], reader),
        "would_change": [spoken(turn, reader) for turn in verdict["would_change"]],
        "named": [
            {
                "groups": each.named,
                **marked(
                    each.sentence or "",
                    (
                        name
                        for group, names in each.named.items()
                        if group not in BESIDE
                        for name in names
                    ),
                    language,
                ),
            }
            for each in found(verdict["reasons"])
        ],
        "terms": [line(text).text for text, _ in rest.pop("term", [])],
        "seed": seed and {"title": line(seed["text"]), "likeness": seed["weight"]},
        "rest": [
            (
                kind,
                [
                    (
                        spoken(text, reader) if kind in {"missing", "rule"} else line(text),
                        where and sentence(where, language),
                    )
                    for text, where in texts
                ],
            )
            for kind, texts in rest.items()
            if kind != "seed"
        ],
    }
