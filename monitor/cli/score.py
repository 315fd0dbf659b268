"""`monitor story test`: a story scored on labelled JSON Lines, in the measures of the field."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.cli.options import config_of, config_option, declared, json_option, store_of
from monitor.cli.output import progress, say_json

_BANDS = ("on", "maybe", "off")
_STEP = 100


@click.command("test", short_help="Score a story on labelled articles.")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--with-labels", is_flag=True, help="As the stored labels have taught it.")
@json_option
@config_option
def test_command(
    name: str, file: Path, with_labels: bool, as_json: bool, config: Path | None
) -> None:
    """Score story NAME on the labelled articles of FILE, in order of arrival.

    FILE holds JSON Lines with `title`, `text`, `band` (on, maybe or off), and where known
    `id`, `url`, `lang`, `published`, `development` (the same key for reports of one event),
    `relation` (new, copy, repeat, update, revision) and `of`. What needs a field that no
    line has is left out. What is labelled maybe counts as neither on nor off. Judged
    against an empty store, by seeds and corrections alone; nothing is stored.
    """
    from monitor.cli.options import taught_of
    from monitor.cli.stream import Stream
    from monitor.learn import seeds
    from monitor.story.profile import learn

    loaded = config_of(config)
    story = declared(loaded, name)
    rows = _rows(file)
    if with_labels:
        with closing(store_of(loaded)) as store:
            profile = taught_of(story, store)
    else:
        profile = learn(story, seeds(story))
    stream = Stream(profile, loaded.fold_window)
    answers: list[tuple[dict[str, Any], dict[str, Any]]] = []
    with progress(-(-len(rows) // _STEP), "judging") as done:
        for start in range(0, len(rows), _STEP):
            for number, row in rows[start : start + _STEP]:
                try:
                    answer = stream.judge(row)
                except ValueError as error:
                    raise click.UsageError(f"{file}:{number}: {error}") from None
                answers.append((row, {**answer, "sure": stream.sure}))
            done(f"{min(start + _STEP, len(rows))} of {len(rows)} articles")
    found = {
        "story": name,
        "profile": profile.version,
        "edge": profile.story.threshold,
        **figures(answers, profile.story.threshold),
    }
    if as_json:
        say_json(found)
        return
    for key, value in found.items():
        shown = "not labelled" if value is None else value
        click.echo(f"{key.replace('_', ' ')}: {shown}")


def _rows(file: Path) -> list[tuple[int, dict[str, Any]]]:
    """The lines with their numbers. UsageError names the first that cannot be used."""
    found = []
    for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"{file}:{number}: no JSON: {error}") from None
        if not isinstance(row, dict) or row.get("band") not in _BANDS:
            raise click.UsageError(
                f"{file}:{number}: expected an object with band: on, maybe or off"
            )
        found.append((number, row))
    if not found:
        raise click.UsageError(f"{file}: there is no labelled article in it")
    return found


def figures(
    answers: list[tuple[dict[str, Any], dict[str, Any]]], edge: float
) -> dict[str, float | int | None]:
    """Every measure of (labelled row, answer); None where the rows do not say what it needs."""
    from monitor.story import measures

    clear = [(row, answer) for row, answer in answers if row["band"] != "maybe"]
    scored = [(answer["score"], row["band"] == "on") for row, answer in clear]
    precision, recall, f1 = measures.precision_recall(
        (row["band"] == "on", answer["band"] == "on") for row, answer in clear
    )
    wanted = [answer["band"] != "off" for row, answer in answers if row["band"] != "off"]
    found: dict[str, float | int | None] = {
        "articles": len(answers),
        "on": sum(row["band"] == "on" for row, _ in answers),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "average_precision": measures.average_precision(scored),
        "tdt_cost": measures.cost(scored, edge),
        "least_tdt_cost": measures.least_cost(scored),
        "on_or_maybe_recall": sum(wanted) / len(wanted) if wanted else None,
        **_grouping(answers),
        **_copies(answers),
    }
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in found.items()}


def _grouping(
    answers: list[tuple[dict[str, Any], dict[str, Any]]],
) -> dict[str, float | int | None]:
    """Over the articles labelled on whose development is named."""
    from monitor.story import measures

    names = ["b_cubed_precision", "b_cubed_recall", "b_cubed_f1", "b_cubed_f1_across_languages"]
    names += ["developments", "alerts_per_development", "developments_missed"]
    names += ["alerts_per_development_with_updates", "developments_missed_with_updates"]
    part = [(n, *pair) for n, pair in enumerate(answers) if pair[0].get("development")]
    part = [(n, row, answer) for n, row, answer in part if row["band"] == "on"]
    if not part:
        return dict.fromkeys(names)
    groups = [
        (row["development"], f"alone {n}" if a["development"] is None else str(a["development"]))
        for n, row, a in part
    ]
    languages = [row.get("lang") for _, row, _ in part]
    values: list[float | int] = [*measures.b_cubed(groups)]
    values.append(
        measures.b_cubed_across(
            [(*pair, language) for pair, language in zip(groups, languages, strict=True)]
        )
    )
    values.append(len({row["development"] for _, row, _ in part}))
    for relations in ({"new"}, {"new", "update"}):
        values += measures.alerts(
            [
                (row["development"], a["band"] == "on" and _alerts(a, relations))
                for _, row, a in part
            ]
        )
    return dict(zip(names, values, strict=True))


def _alerts(answer: dict[str, Any], relations: set[str]) -> bool:
    doubtful = answer["relation"] == "repeat" and not answer["sure"]
    return answer["relation"] in relations or doubtful


def _copies(answers: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float | None]:
    """Whether what is labelled a copy is called one, and nothing else is."""
    from monitor.story import measures

    known = [(row, answer) for row, answer in answers if row.get("relation")]
    if not any(row["relation"] == "copy" for row, _ in known):
        return {"copies_precision": None, "copies_recall": None, "copies_f1": None}
    precision, recall, f1 = measures.precision_recall(
        (row["relation"] == "copy", answer["relation"] == "copy") for row, answer in known
    )
    return {"copies_precision": precision, "copies_recall": recall, "copies_f1": f1}
