"""`monitor init`: the shipped story to look at, or a story of one's own from its seeds."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.alert.direction import one_line, shorten
from monitor.cli.add import failure, seek, source_of
from monitor.cli.bounded import bounded
from monitor.cli.check import advice
from monitor.config.begun import begun
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.shipped import shipped
from monitor.config.values import story_name
from monitor.daemon.logs import set_up
from monitor.discovery import Discovery
from monitor.errors import FetchError, MonitorError, ParseError
from monitor.fetch.client import Client
from monitor.identify.address import absolute, is_front_page
from monitor.model import Fetched, PollSettings, Seed, Source, Story
from monitor.parse import charset
from monitor.parse.prolog import root
from monitor.parse.saved import noted, origin
from monitor.parse.seed import read_seed
from monitor.story.profile import learn
from monitor.text.words import words

_TITLE = 120  # letters
_NAME_WORDS = 5
_SEED_FILES = frozenset((".txt", ".md", ".html", ".htm", ".xhtml"))
_FEEDS = frozenset(("feed", "urlset", "sitemapindex", "json"))
_NO_ARTICLE = "no article: name an article's address or file"


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
            documents = _documents(seeds, private=private)
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


def _documents(given: Sequence[str], *, private: bool) -> dict[str, bytes]:
    """Each seed document by the name that it gets; addresses are fetched. MonitorError for any."""
    documents: dict[str, bytes] = {}
    for one in given:
        if is_front_page(one):
            raise click.UsageError(f"{one}: {_NO_ARTICLE}")
    pages = asyncio.run(_pages([one for one in given if "://" in one], private=private))
    for one in given:
        if "://" in one:
            host = (urlsplit(one).hostname or "").removeprefix("www.").replace(".", "-")
            documents[_free(f"{host}.html", documents)] = pages[one]
            continue
        path = Path(one)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            if file.name.startswith(".") or not (file.is_file() or file == path):
                continue
            try:
                documents[_free(file.name, documents)] = file.read_bytes()
            except OSError as error:
                raise click.UsageError(f"seed {file}: {error.strerror}") from None
    return documents


def _free(name: str, taken: Iterable[str]) -> str:
    path, number = Path(name), 2
    while name in taken:
        name, number = f"{path.stem}-{number}{path.suffix}", number + 1
    return name


async def _pages(urls: Sequence[str], *, private: bool) -> dict[str, bytes]:
    client = Client(PollSettings(), contact=None)
    found = {}
    try:
        for url in urls:
            click.echo(f"fetching {url}", err=True)
            answer = await client.get(url, page=True, private=private)
            assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
            if is_front_page(answer.final_url) or _is_feed(answer.body):
                raise click.UsageError(f"{url}: {_NO_ARTICLE}")
            found[url] = noted(answer.body, absolute(answer.final_url), answer.content_type)
    except FetchError as error:
        instead = "save the page from your browser and name the file instead"
        if error.failure == "forbidden-address":
            instead = advice(error.failure, error.detail, private="give --private") or _NO_ARTICLE
        raise MonitorError(f"{error.url}: {error} ({instead})") from error
    finally:
        await client.aclose()
    return found


def _is_feed(body: bytes) -> bool:
    return root(charset.decode(body)) in _FEEDS


def _begin(
    documents: dict[str, bytes], folder: Path, target: Path, *, story: str | None, private: bool
) -> None:
    pieces: list[Seed] = []
    addresses: dict[str, str] = {}  # a seed's address by its host
    with bounded() as call:
        for name, body in documents.items():
            try:
                found = call(read_seed, name, body, size=len(body))
            except ParseError as error:
                raise MonitorError(f"no seed: {error}") from error
            if _is_feed(body) or not any(piece.text for piece in found):
                raise click.UsageError(f"{name}: {_NO_ARTICLE}")
            pieces += found
            for url in (origin(body), *(piece.url for piece in found)):
                host = _host(url)
                if url and host:
                    addresses.setdefault(host, url)
    if not pieces:
        raise click.UsageError("there is no seed in what was named")
    title = _title(pieces)
    name = story or _story_name(pieces, title)
    seeds = folder / "seeds" / name
    _refuse_others(seeds, documents)
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


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(absolute(url)).hostname or "").removeprefix("www.") if url else None
    except ValueError:
        return None


def _refuse_others(seeds: Path, documents: dict[str, bytes]) -> None:
    for name, body in documents.items():
        path = seeds / name
        if path.exists() and path.read_bytes() != body:
            raise click.UsageError(f"{path} exists and was left as it is: name another --story")


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


def _title(pieces: Sequence[Seed]) -> str:
    """The headline that has most words in common with the other seeds' headlines."""
    told = [(piece.title, set(words(piece.title))) for piece in pieces if piece.title]
    common = [sum(len(a & b) / (len(a | b) or 1) for _, b in told) for _, a in told]
    best = told[common.index(max(common))][0] if told else pieces[0].name
    return shorten(one_line(best), _TITLE)


def _story_name(pieces: Sequence[Seed], title: str) -> str:
    """`north-korea-russia-troops`: who, with whom and what, as they are learnt; else the title's words."""
    learnt = learn(Story(name="story", title=title, seeds=Path()), pieces)
    groups = [learnt.groups.get(group, ())[:1] for group in ("who", "with", "what")]
    parts = [part for group in groups for part in group] or title.split()[:_NAME_WORDS]
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
    return slug or "story"
