"""`monitor story add|show|backtest|test`: a story begun, as it was learnt, tried and measured."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from monitor.cli.backtest import backtest_command
from monitor.cli.newstory import add_command
from monitor.cli.options import config_of, config_option, declared, json_option
from monitor.cli.output import say_json
from monitor.cli.score import test_command
from monitor.model import Config, Label, Story

_CONCEPTS = 6  # of groups that decide nothing
_LINES = 6  # of what was cut from a document
_LETTERS = 90


@click.group("story")
def story_command() -> None:
    """Begin a story, and look into it: what was learnt, what would change, how well it does."""


story_command.add_command(add_command)
story_command.add_command(backtest_command)
story_command.add_command(test_command)


@story_command.command("show", short_help="Show what was learnt, and what was not understood.")
@click.argument("name", required=False)
@click.option(
    "--spellings",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="List the spellings of a language (ar, en, …; may be given again), or of all: '*'.",
)
@json_option
@config_option
def show_command(
    name: str | None, languages: tuple[str, ...], as_json: bool, config: Path | None
) -> None:
    """Show what was learnt of story NAME (the only one needs no name), and what was not understood.

    The pieces of its seeds and what was cut from each document; the groups of concepts that
    an article must name together; the words with their weights; the corrections in the
    YAML; the labels; about how many false alarms a week it brings; and how many articles of
    the last fortnight would be on by what the story is now, and were not. Nothing is stored.
    """
    loaded = config_of(config)
    found = _shown(loaded, declared(loaded, name), languages)
    if as_json:
        say_json(found)
    else:
        _say(found)


def _shown(config: Config, story: Story, languages: tuple[str, ...]) -> dict[str, Any]:
    from dataclasses import asdict

    from monitor.cli.gained import gained
    from monitor.config.seeds import files
    from monitor.daemon.clock import clock
    from monitor.learn import seeds
    from monitor.parse.seed import left_out
    from monitor.store.rows import moment
    from monitor.store.store import Store
    from monitor.story.estimate import Scored, estimate
    from monitor.story.labels import taught
    from monitor.story.portrait import portrait
    from monitor.story.profile import learn
    from monitor.story.widened import further

    pieces = seeds(story)
    seeded = learn(story, pieces)
    labels: list[Label] = []
    scored: list[Scored] = []
    profile, now = seeded, clock()
    more: dict[str, Any] | None = None
    if config.database.exists():
        with closing(Store.open(config.database)) as store:
            labels = store.labels.of(story.name)
            scored = [
                Scored(moment(at), band == "on", score, {"yes": True, "no": False}.get(said or ""))
                for at, band, score, said in store.history.scores(story.name)
            ]
            profile = taught(seeded, labels)
            more = gained(store, profile, now)
    corrects = profile.lessons.examples if profile.lessons else ()
    return {
        **portrait(seeded, profile, languages),
        "documents": [
            {
                "name": document,
                "pieces": [p.name for p in pieces if p.name.partition("#")[0] == document],
                "cut": list(
                    left_out(
                        document, body, [p for p in pieces if p.name.partition("#")[0] == document]
                    )
                ),
            }
            for document, body in files(story.seeds)
        ],
        "labels": {
            "yes": sum(label.yes for label in labels),
            "no": sum(not label.yes for label in labels),
            "corrections": sum(example.corrects for example in corrects),
            "as_seeds": len(further(seeded, labels)),
        },
        "false_alarms": asdict(estimate(scored, profile.story.threshold, now)),
        "gained": more,
    }


def _say(found: dict[str, Any]) -> None:
    click.echo(f"{found['story']}: {found['title']}")
    click.echo(
        f"profile {found['version']}, edge of on {found['threshold']:.2f}"
        f" ({found['threshold_from']})"
    )
    click.echo("\nSeeds")
    for document in found["documents"]:
        count = len(document["pieces"])
        click.echo(f"  {document['name']}: {count} {'piece' if count == 1 else 'pieces'}")
        for piece in [p for p in found["pieces"] if p["name"] in document["pieces"]]:
            held = (
                f", by the others alone {piece['held_out_band']} {piece['held_out_score']:.2f}"
                if piece["held_out_band"]
                else ""
            )
            click.echo(
                f"    {piece['name']} ({piece['language'] or 'language unknown'},"
                f" {piece['words']} words): {piece['band']} {piece['score']:.2f}{held}"
            )
            click.echo(f"      {piece['title']}")
        for line in document["cut"][:_LINES]:
            click.echo(f"    cut: {_short(line)}")
        if len(document["cut"]) > _LINES:
            click.echo(f"    cut: {len(document['cut']) - _LINES} more lines")
    if found["names"]:
        tells = "" if found["shared"] else "1.00 tells the story; "
        click.echo(f"\nNames of its own ({tells}known by sound in other scripts)")
        names = (f"{each['name']} {each['weight']:.2f}" for each in found["names"])
        click.echo("  " + ", ".join(names))
    if found["shared"]:
        _say_shared(found["shared"])
    if found["required"] or _asked(found["groups"]):
        _say_groups(found)
    else:
        _say_no_groups(found)
    _say_words(found)


def _asked(groups: list[dict[str, Any]]) -> bool:
    """Whether spellings were asked for, which stand with the groups."""
    return any(concept["spellings"] for group in groups for concept in group["concepts"])


def _say_no_groups(found: dict[str, Any]) -> None:
    """What of them was found in the seeds, in one line: it says little of the story."""
    names = [concept["name"] for group in found["groups"] for concept in group["concepts"]]
    more = len(names) - _CONCEPTS
    click.echo(f"\nGroups: none is required, {_DECIDES[found['told_by']]}")
    if names:
        listed = ", ".join(names[:_CONCEPTS]) + (f" and {more} more" if more > 0 else "")
        click.echo(f"  found and without weight: {listed} (--spellings ar lists them)")


def _say_groups(found: dict[str, Any]) -> None:
    say = "an article must name the required ones together" if found["required"] else "none decides"
    click.echo(f"\nGroups ({say})")
    for group in found["groups"]:
        helps = "helps" if found["required"] else "decides nothing"
        needed = "required" if group["required"] else helps
        click.echo(f"  {group['group']}: {needed}, from {group['from']}")
        for concept in group["concepts"]:
            spelt = f"{concept['count']} spellings"
            if concept["languages"]:
                spelt += f" in {len(concept['languages'])} languages"
            if concept["from"] == "CLDR":
                spelt = "a country, by its names in CLDR"
            click.echo(f"    {concept['name']} ({concept['kind']}, {spelt})")
            for language, forms in concept["spellings"].items():
                click.echo(f"      {language}: {', '.join(forms)}")
    if not found["required"]:
        click.echo(f"  none is required: {_DECIDES[found['told_by']]}")


_DECIDES = {
    "shared": "what the seeds share decides, weighed together",
    "names": "its names and the seeds' words decide",
    "words": "the seeds' words decide",
}


def _say_shared(shared: dict[str, Any]) -> None:
    click.echo("\nShared by the seeds (weighed together with its names and words, in any language)")
    lands = (f"{each['country']} {each['share']:.2f}{_by(each)}" for each in shared["countries"])
    click.echo("  countries: " + (", ".join(lands) or "none"))
    kinds = (f"{each['kind']} {each['worth']:.2f}{_by(each)}" for each in shared["kinds"])
    click.echo("  kinds: " + ", ".join(kinds))


def _by(shared: dict[str, Any]) -> str:
    return " (by labels)" if shared["from"] == "labels" else ""


def _say_words(found: dict[str, Any]) -> None:
    click.echo(f"\nWords (the seeds are like each other from {found['words_edge']:.2f} on)")
    click.echo("  " + ", ".join(f"{w['word']} {w['weight']:.2f}" for w in found["words"]))
    said = {name: value for name, value in found["corrections"].items() if value}
    click.echo("\nCorrections in sources.yaml: " + (str(said) if said else "none"))
    labels = found["labels"]
    click.echo(
        f"Labels: {labels['yes']} yes, {labels['no']} no; {labels['corrections']} of them"
        " say otherwise than the seeds"
        + (f"; {labels['as_seeds']} read as further seeds" if labels["as_seeds"] else "")
    )
    alarms = found["false_alarms"]
    if alarms["rate"] is None:
        click.echo(f"False alarms a week: unknown; {alarms['how']}")
    else:
        most = "at most " if alarms["at_most"] else "about "
        click.echo(f"False alarms a week: {most}{alarms['rate']:g}; {alarms['how']}")
    if found["gained"] and found["gained"]["count"]:
        from monitor.cli.gained import shown

        click.echo(f"\nStored: {shown(found['gained'], found['story'])}")
    click.echo("\nNot understood" + ("" if found["not_understood"] else ": nothing"))
    for doubt in found["not_understood"]:
        click.echo(f"  {doubt}")


def _short(line: str) -> str:
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…"
