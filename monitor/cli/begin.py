"""`monitor init`: the shipped story to look at, or a story of one's own from its seeds."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from monitor.cli.add import failure, seek, source_of
from monitor.cli.documents import documents_of, pieces_of, refuse_others, title_of
from monitor.config.begun import begun
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.shipped import shipped
from monitor.config.values import story_name
from monitor.daemon.logs import set_up
from monitor.discovery import Discovery
from monitor.errors import MonitorError
from monitor.model import PollSettings, Seed, Source, Story
from monitor.story.profile import learn

_NAME_WORDS = 5
_SEED_FILES = frozenset((".txt", ".md", ".html", ".htm", ".xhtml"))


@click.command("init")
@click.argument("seeds", metavar="[SEED_FILE_OR_URL]...", nargs=-1)
@click.option("--story", metavar="NAME", help="The story's name; made from the seeds if left out.")
@click.option("--into", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--private", is_flag=True, help="Allow addresses in your own network.")
def init_command(
    seeds: tuple[str, ...], story: str | None, into: Path | None, private: bool
) -> None:
    """Write a commented sources.yaml and its seeds into FOLDER (here, where left out).

    Without seeds it is the shipped story. With SEEDS (text, Markdown, saved pages, addresses
    of articles, a folder of such files) it is yours, with the sources that are found on the
    seeds' own sites. A single argument that is a folder, ends in / or names nothing that is
    there is the FOLDER. Nothing that you wrote is overwritten.
    """
    if click.get_current_context().find_root().obj:
        raise click.UsageError("`init` writes a new sources.yaml: say where with --into FOLDER")
    is_guess = into is None and story is None and len(seeds) == 1 and _is_target(seeds[0])
    if is_guess:
        into, seeds = Path(seeds[0]), ()
    folder = into or Path()
    target = folder / "sources.yaml"
    if target.exists():
        raise click.UsageError(f"{target} exists and was left as it is")
    if is_guess and _has_seeds(folder):
        raise click.UsageError(
            f"{folder} holds texts or pages: name --story NAME to start your own story from them,"
            " or --into FOLDER for the shipped one"
        )
    if story:
        if not seeds:
            raise click.UsageError("a story is learnt from seeds: name at least one article")
        try:
            story_name(story)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    set_up(quiet=True)
    try:
        if seeds:
            documents = documents_of(seeds, private=private)
            _begin(documents, folder, target, story=story, private=private)
        else:
            _ship(folder, target)
    except OSError as error:
        raise MonitorError(f"{error.filename}: {error.strerror}") from error


def _is_target(given: str) -> bool:
    """Whether the one argument is where to write, as `monitor init FOLDER` has always meant."""
    path = Path(given)
    if "://" in given or path.is_file():
        return False
    return path.is_dir() or given.endswith("/") or not path.suffix


def _has_seeds(folder: Path) -> bool:
    return folder.is_dir() and any(
        path.suffix.lower() in _SEED_FILES and path.is_file() for path in folder.iterdir()
    )


def _next(folder: Path, steps: str) -> str:
    """The next steps, from where the user stands."""
    way = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}, "
    return f"next: {way}set settings.contact, {steps}, then `monitor check`"


def _ship(folder: Path, target: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        shipped() / "seeds", folder / "seeds", dirs_exist_ok=True, copy_function=_copy_missing
    )
    # The schema is the software's own, and goes with its version.
    shutil.copy(shipped() / "sources.schema.json", folder)
    shutil.copy(shipped() / "sources.yaml", target)
    click.echo(f"wrote {target} and {folder / 'seeds'}")
    click.echo(_next(folder, "put your own seeds in"))


def _copy_missing(source: str, target: str) -> None:
    if not Path(target).exists():
        shutil.copy(source, target)


def _begin(
    documents: dict[str, bytes], folder: Path, target: Path, *, story: str | None, private: bool
) -> None:
    pieces, addresses = pieces_of(documents)
    title = title_of(pieces)
    name = story or _story_name(pieces, title)
    seeds = folder / "seeds" / name
    refuse_others(seeds, documents)
    sources, remarks = _sources(addresses, private=private)
    text = begun((shipped() / "sources.yaml").read_text("utf-8"), name, title, remarks=remarks)
    seeds.mkdir(parents=True, exist_ok=True)
    for file, body in documents.items():
        (seeds / file).write_bytes(body)
    shutil.copy(shipped() / "sources.schema.json", folder)
    with target.open("x", encoding="utf-8", newline="") as file_:
        file_.write(append(text, sources, file=str(target)))
    load(target)
    click.echo(f"wrote {target} and {seeds}: {len(documents)} documents")
    for source in sources:
        click.echo(f"  {source.name}  {source.kind}  {source.url}")
    for remark in remarks:
        click.echo(f"  {remark}")
    click.echo(_next(folder, "look at the story's title"))


def _sources(addresses: dict[str, str], *, private: bool) -> tuple[list[Source], list[str]]:
    """The best source of each host, and what is to be said of the hosts without one."""
    if not addresses:
        return [], ["The seeds name no address. Add sources with: monitor add URL"]
    found = asyncio.run(seek(PollSettings(), None, addresses.values(), private=private))
    sources: list[Source] = []
    remarks: list[str] = []
    for (host, _), each in zip(addresses.items(), found, strict=True):
        if each.best is None:
            click.echo(failure(each), err=True)
            remarks.append(f"Nothing was found at {host}. Try: monitor add {host}")
        elif each.best.url not in {source.url for source in sources}:
            sources.append(_source(each, sources, private=private))
    return sources, remarks


def _source(found: Discovery, sources: Sequence[Source], *, private: bool) -> Source:
    assert found.best is not None
    return source_of(found.best, found, [one.name for one in sources], private=private)


def _story_name(pieces: Sequence[Seed], title: str) -> str:
    """`north-korea-russia-troops`: who, with whom and what, as they are learnt; else the title's words."""
    learnt = learn(Story(name="story", title=title, seeds=Path()), pieces)
    groups = [learnt.groups.get(group, ())[:1] for group in ("who", "with", "what")]
    parts = [part for group in groups for part in group] or title.split()[:_NAME_WORDS]
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
    return slug or "story"
