"""`monitor export`: a story taken out of the store, or the sources as OPML."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from monitor.cli.options import (
    config_of,
    config_option,
    json_option,
    kept,
    one_story,
    since_option,
    store_of,
)
from monitor.cli.output import say_json
from monitor.daemon.clock import clock
from monitor.errors import MonitorError
from monitor.look.plain import rfc3339

if TYPE_CHECKING:
    from monitor.model import Config, Seed, Story
    from monitor.store.store import Store

_OPML = "opml"
_EXAMPLES = (
    "\b\n"
    "monitor export -o sources.opml\n"
    "monitor export --story NAME --format csv --bom story.csv\n"
    "monitor export --story NAME --format jsonl --since 2026-03-01 - | jq .title\n"
    "monitor export --story NAME --warc story.warc.gz\n"
    "monitor export --story NAME --dossier story.html --language ar"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a story goes where; `path` None for standard output."""

    kind: Literal["csv", "jsonl", "warc", "dossier"]
    path: Path | None
    bands: tuple[str, ...]
    since: datetime | None
    bom: bool
    newest_first: bool
    language: str | None


@dataclass(slots=True)
class _Done:
    """What came of it: counts, and what is wrong with what was taken out."""

    counts: dict[str, int]
    faults: list[str] = field(default_factory=list)


@click.command("export", epilog=_EXAMPLES)
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--story", metavar="NAME", help="The story; may be left out where there is one only.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]),
    help="Its articles into FILE, a row or object each.",
)  # fmt: skip
@click.option(
    "--warc", metavar="FILE", type=click.Path(allow_dash=True),
    help="Its evidence as WARC 1.1: the bytes that were judged. FILE should end in .warc.gz.",
)  # fmt: skip
@click.option(
    "--dossier", metavar="FILE", type=click.Path(allow_dash=True),
    help="Its developments as one HTML file that needs nothing else.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(allow_dash=True),
    help="Instead of FILE; standard output where both are left out, or -.",
)  # fmt: skip
@since_option(
    "Only articles first seen, evidence fetched, developments with news on that day or later."
)
@click.option(
    "--band", "bands", multiple=True, type=click.Choice(["on", "maybe", "off"]),
    help="Only articles of these bands, and their evidence (may be given again); on and maybe"
    " where left out.",
)  # fmt: skip
@click.option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option(
    "--order", type=click.Choice(["newest", "oldest"]),
    help="Which development a dossier begins with; newest where left out.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(["ar", "en"]),
    help="Of the words around a dossier's reports; the title's where left out.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it exists.")
@json_option
@config_option
def export_command(
    file: str | None,
    story: str | None,
    form: Literal["csv", "jsonl"] | None,
    warc: str | None,
    dossier: str | None,
    output: str | None,
    since: datetime | None,
    bands: tuple[str, ...],
    bom: bool,
    order: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
    config: Path | None,
) -> None:
    """Take a story out of the store: its articles, its evidence, or a dossier to hand on.

    A file appears when it is whole; an error leaves none, and an older one as it was. It
    shows one moment of the store, also beside the running daemon. --json writes what was
    taken out as one object (to standard error where standard output is taken).

    CSV is RFC 4180 in UTF-8; a cell that a spreadsheet would compute has an apostrophe
    before it. What the columns, records and hashes mean: docs/evidence.md.

    Without --format, --warc and --dossier: the sources as OPML, for feed readers and for
    `monitor import` (`monitor export opml` is the same). Sources that are no feeds come
    along in a form that only `monitor import` reads.
    """
    kinds = [name for name, said in (("format", form), ("warc", warc), ("dossier", dossier)) if said]  # fmt: skip
    if len(kinds) > 1:
        raise click.UsageError(f"one at a time: --{' or --'.join(kinds)}")
    if not kinds:
        _refuse({"story": story, "since": since, "band": bands, "bom": bom, "order": order,
                 "language": language, "force": force, "json": as_json},
                "goes with --format, --warc or --dossier")  # fmt: skip
        if file not in {None, _OPML}:
            raise click.UsageError(
                f"what is to be written to {file}? --format csv or jsonl; for OPML: -o {file}"
            )
        _opml(Path(output) if output not in {None, "-"} else None, config)
        return
    if form != "csv":
        _refuse({"bom": bom}, "goes with --format csv")
    if not dossier:
        _refuse({"order": order, "language": language}, "goes with --dossier")
    else:
        _refuse({"band": bands}, "goes with --format or --warc")
    named = [one for one in (file, warc, dossier, output) if one is not None]
    if len(named) > 1:
        raise click.UsageError(f"one file at a time: {', '.join(named)}")
    place = named[0] if named else "-"
    asked = _Asked(
        kind=form or ("warc" if warc else "dossier"),
        path=None if place == "-" else Path(place),
        bands=bands or ("on", "maybe"),
        since=since,
        bom=bom,
        newest_first=order != "oldest",
        language=language,
    )
    loaded = config_of(config)
    name, done = _take_out(loaded, story, asked, force=force)
    _say(asked, name, done, as_json=as_json)
    if done.faults:
        raise MonitorError(f"{'; '.join(done.faults)}: see `monitor evidence verify`")


def _refuse(given: dict[str, Any], why: str) -> None:
    for name, value in given.items():
        if value:
            raise click.UsageError(f"--{name} {why}")


def _take_out(
    config: Config, wanted: str | None, asked: _Asked, *, force: bool
) -> tuple[str, _Done]:
    from monitor.export.target import refuse

    if asked.path is not None:
        refuse(asked.path, force=force)
    with closing(store_of(config)) as store:
        story = _story(config, wanted, store)
        if not store.records.any_of(story.name):
            raise MonitorError(
                f"nothing is stored of {story.name} yet: `monitor poll` makes one round,"
                " `monitor status` shows how its sources fare"
            )
        work = _work(store, story, asked, followed=story in config.stories)
        with store.records.still(), _file(asked, force=force) as file:
            return story.name, work(file)


def _story(config: Config, wanted: str | None, store: Store) -> Story:
    """The story meant; one that is followed no more has neither a title nor seeds."""
    from monitor.model import Story

    name = kept(config, wanted, store)
    if name is None or name in {story.name for story in config.stories}:
        return one_story(config, name)
    return Story(name=name, title=name, seeds=config.path.parent)


@contextlib.contextmanager
def _file(asked: _Asked, *, force: bool) -> Iterator[BinaryIO]:
    from monitor.export.target import written

    if asked.path is not None:
        with written(asked.path, force=force) as file:
            yield file
        return
    out = sys.stdout.buffer
    if asked.kind == "warc" and out.isatty():
        raise click.UsageError("a web archive is nothing for a terminal: name a file")
    yield out
    out.flush()


def _work(
    store: Store, story: Story, asked: _Asked, *, followed: bool
) -> Callable[[BinaryIO], _Done]:
    """What writes it; seeds are read before a file is begun."""
    if asked.kind == "warc":
        return partial(_warc, store, story, asked)
    if asked.kind == "dossier":
        from monitor.learn import seeds

        return partial(_dossier, store, story, asked, seeds(story) if followed else ())
    return partial(_articles, store, story, asked)


def _articles(store: Store, story: Story, asked: _Asked, file: BinaryIO) -> _Done:
    from monitor.export import table

    form: Literal["csv", "jsonl"] = "csv" if asked.kind == "csv" else "jsonl"
    count = table.write(file, form, store, story.name, asked.bands, asked.since, bom=asked.bom)
    return _Done({"articles": count})


def _dossier(
    store: Store, story: Story, asked: _Asked, seeds: Sequence[Seed], file: BinaryIO
) -> _Done:
    from monitor.export import dossier

    count = dossier.write(
        file,
        store,
        story,
        seeds,
        clock(),
        since=asked.since,
        newest_first=asked.newest_first,
        language=asked.language,
    )
    return _Done({"developments": count})


def _warc(store: Store, story: Story, asked: _Asked, file: BinaryIO) -> _Done:
    from monitor.export import warc

    name = asked.path.name if asked.path else ""
    rows = store.records.exchanges(story.name, asked.bands, asked.since)
    done = warc.write(file, name, story.name, rows, store.evidence, clock())
    faults = [
        f"of {len(found)} rows of evidence the bytes are {what} (row {found[0]} is the first)"
        for found, what in ((done.missing, "not in the store"), (done.spoiled, "not those of the hash"))
        if found
    ]  # fmt: skip
    return _Done({"responses": done.responses, "rows": done.rows}, faults)


def _say(asked: _Asked, story: str, done: _Done, *, as_json: bool) -> None:
    if as_json:
        said = {
            "story": story,
            "kind": asked.kind,
            "file": str(asked.path) if asked.path else None,
            "since": rfc3339(asked.since),
            **done.counts,
            "size": asked.path.stat().st_size if asked.path else None,
            "faults": done.faults,
        }
        say_json(said, err=asked.path is None)
        return
    counts = ", ".join(f"{count} {name}" for name, count in done.counts.items())
    click.echo(f"wrote {counts} to {asked.path or 'standard output'}", err=True)


def _opml(output: Path | None, config: Path | None) -> None:
    from monitor.config.opml import secret_headers, write

    loaded = config_of(config)
    for source in loaded.sources:
        if hidden := secret_headers(source):
            click.echo(f"{source.name}: left out, may be secret: {', '.join(hidden)}", err=True)
    body = write(loaded.sources)
    if output is None:
        click.echo(body, nl=False)
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise MonitorError(f"{output} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {len(loaded.sources)} sources to {output}", err=True)
