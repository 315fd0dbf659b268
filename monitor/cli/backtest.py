"""`monitor story backtest`: what is stored, replayed under changed settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.options import (
    config_of,
    config_option,
    declared,
    json_option,
    since_option,
    store_of,
)
from monitor.cli.output import counted, progress, say_json
from monitor.look.plain import rfc3339
from monitor.model import Channel, Config, Label, Seed, Story
from monitor.replay import Outcome, Replay, held_out
from monitor.store.history import Past
from monitor.store.store import Store

_NATURAL = 0.5  # where scores are calibrated to; a setting may be far from it
_FEW = 3  # labels of either kind below which no edge is suggested


_EXAMPLES = (
    "\b\n"
    "monitor story backtest my-story --set threshold=0.6\n"
    "monitor story backtest my-story --set profile.not=football,cricket --since 2026-03-01"
)


@click.command(
    "backtest", short_help="Replay what is stored under changed settings.", epilog=_EXAMPLES
)
@click.argument("name", required=False)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting as in sources.yaml (may be given again): threshold, age_gate, closes_after,"
    " profile.require, profile.any, profile.not, profile.aliases.GROUP, encoder.",
)
@since_option("Only articles first seen since then.")
@click.option("--without-labels", is_flag=True, help="By seeds and settings alone.")
@json_option
@config_option
def backtest_command(
    name: str | None,
    settings: tuple[str, ...],
    since: datetime | None,
    without_labels: bool,
    as_json: bool,
    config: Path | None,
) -> None:
    """Replay what is stored for story NAME (the only one needs no name) under changed settings.

    Names each article that would become on the story (gained) or no longer be (lost),
    counts the alerts that would be sent, and gives precision and recall on your labels,
    each label judged by what the others taught. Compared with the settings as they are;
    where nothing is changed, with the verdicts as they were given at the time. Pages are
    not fetched again. Nothing is written and nothing is sent.
    """
    from monitor.config.changed import changed
    from monitor.story import encoder

    loaded = config_of(config)
    story = declared(loaded, name)
    try:
        other = changed(story, settings)
    except ValueError as error:
        raise click.UsageError(f"--set {error}") from None
    if other.encoder and not encoder.installed():
        raise click.UsageError(encoder.MISSING)
    with closing(store_of(loaded)) as store:
        rows = _rows(
            loaded, store, (story, other), since,
            changes=bool(settings) or without_labels, labelled=not without_labels,
        )  # fmt: skip
        for row in rows:
            (say_json if as_json else _say)(row)


def _rows(
    config: Config,
    store: Store,
    stories: tuple[Story, Story],
    since: datetime | None,
    *,
    changes: bool,
    labelled: bool,
) -> Iterator[dict[str, Any]]:
    """What was gained, lost and alerted, then the summary."""
    from monitor.learn import seeds
    from monitor.story.labels import taught
    from monitor.story.look import glance
    from monitor.story.profile import learn

    now, then = stories
    labels = store.labels.of(now.name)
    pieces = seeds(now)
    seeded = learn(then, pieces)
    profile = taught(seeded, labels) if labelled else seeded
    channels = [c for c in config.channels if not c.stories or now.name in c.stories]
    channels = channels or [Channel(name="log", kind="log")]
    window = config.fold_window
    # What stood before the first article of a part is not there to be learnt from.
    background = store.background.known(now.name) if since else frozenset[int]()
    before = (
        Replay(taught(learn(now, pieces), labels), channels, window, background)
        if changes
        else None
    )
    after = Replay(profile, channels, window, background)
    counts = dict.fromkeys(("articles", "gained", "lost", "unread", "alerts", "alerts_before"), 0)
    bands = {"on": 0, "maybe": 0, "off": 0}
    for past in _pasts(store, now.name, since):
        was = before.see(past) if before else _as_given(past)
        is_ = after.see(past)
        counts["articles"] += 1
        counts["alerts_before"] += was.alerted
        bands[is_.band] += 1
        if past.brief:
            look = glance(
                profile, title=past.article.title, summary="", language=past.article.language
            )
            counts["unread"] += not look.off
        if (was.band == "on") != (is_.band == "on"):
            kind = "gained" if is_.band == "on" else "lost"
            counts[kind] += 1
            yield _named(kind, past, was, is_)
        if is_.alerted:
            counts["alerts"] += 1
            yield _named("alert", past, was, is_)
    judged = held_out(seeded, labels, teach=labelled)
    # What a label corrects hangs on the edge: none is suggested by one that was set wrong.
    natural = replace(then, threshold=_NATURAL, edge_given=True)
    yield {
        "kind": "summary",
        "story": now.name,
        "profile": profile.version,
        "edge": profile.story.threshold,
        "compared_with": "the settings as they are" if before else "the verdicts as given",
        **counts,
        **({} if before else {"alerts_before": store.history.alerts(now.name, since)}),
        **bands,
        **_on_labels(labels, judged),
        "suggested_edge": _suggested(natural, pieces, labels, teach=labelled),
    }


def _pasts(store: Store, story: str, since: datetime | None) -> Iterator[Past]:
    """The stored articles; progress goes to standard error, a step for a batch."""
    batches = -(-store.history.count(since) // store.history.batch)
    with progress(batches, "replaying") as done:
        seen = 0
        for batch in store.history.articles(story, since):
            yield from batch
            seen += len(batch)
            done(f"{seen} articles")


def _as_given(past: Past) -> Outcome:
    return Outcome(id=past.id, band=past.band or "off", score=past.score)


def _named(kind: str, past: Past, was: Outcome, is_: Outcome) -> dict[str, Any]:
    article = past.article
    return {
        "kind": kind,
        "id": past.id,
        "title": article.title,
        "link": article.link,
        "outlet": article.outlet or article.source,
        "first_seen": rfc3339(article.first_seen),
        "band": is_.band,
        "score": is_.score,
        "was": was.band,
        "score_was": was.score,
        "relation": is_.relation,
        "development": is_.development,
    }


def _on_labels(labels: list[Label], judged: Any) -> dict[str, Any]:
    from monitor.story.measures import precision_recall

    pairs = [(label.yes, judged[label.article].band == "on") for label in labels]
    precision, recall, _ = precision_recall(pairs)
    return {
        "labels": len(pairs),
        "precision": round(precision, 4) if any(found for _, found in pairs) else None,
        "recall": round(recall, 4) if any(yes for yes, _ in pairs) else None,
    }


def _suggested(
    story: Story, pieces: Sequence[Seed], labels: list[Label], *, teach: bool
) -> float | None:
    """The edge that would sort the labels best, as near to 0.5 as it can lie."""
    from monitor.story.labels import sorting_edge
    from monitor.story.profile import learn

    yes = sum(label.yes for label in labels)
    if min(yes, len(labels) - yes) < _FEW:
        return None
    judged = held_out(learn(story, pieces), labels, teach=teach)
    return sorting_edge([(judged[each.article].score, each.yes) for each in labels], _NATURAL)


def _say(row: dict[str, Any]) -> None:
    if row["kind"] != "summary":
        click.echo(
            f"{row['kind']}: {row['id']} {row['was']} {row['score_was']:.2f} → {row['band']}"
            f" {row['score']:.2f} {row['outlet']}: {row['title']}"
        )
        return
    click.echo(
        f"{row['articles']} articles, compared with {row['compared_with']}:"
        f" {row['gained']} gained, {row['lost']} lost;"
        f" {row['on']} on, {row['maybe']} maybe at edge {row['edge']:.2f}"
    )
    click.echo(f"{counted(row['alerts'], 'alert')}, where there were {row['alerts_before']}")
    if row["unread"]:
        click.echo(
            f"{row['unread']} would be read now whose text is not stored (their headline ruled them"
            " out at the time, or it was let go): they are judged by the headline"
        )
    if not row["labels"]:
        click.echo("no labels: `monitor label ID yes|no` gives precision and recall here")
        return
    for name in ("precision", "recall"):
        known = row[name] is not None
        click.echo(
            f"{name} on {counted(row['labels'], 'label')}: {row[name] if known else 'unknown'}"
        )
    edge = row["suggested_edge"]
    click.echo(
        f"suggested edge: {edge:.2f}"
        if edge is not None
        else f"suggested edge: none; it takes {_FEW} labels of either kind"
    )
