"""Seed documents that a user names: files, folders, addresses; read, and checked to be articles."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.alert.direction import one_line, shorten
from monitor.cli.bounded import bounded
from monitor.cli.check import advice
from monitor.config.seeds import paths
from monitor.errors import FetchError, MonitorError, ParseError
from monitor.fetch.client import Client
from monitor.identify.address import absolute, is_front_page
from monitor.model import Fetched, PollSettings, Seed
from monitor.parse import charset
from monitor.parse.saved import noted, origin
from monitor.parse.seed import is_feed, read_seed
from monitor.text.words import words

_TITLE = 120  # letters
NO_ARTICLE = "no article: name an article's address or file"


def documents_of(
    given: Sequence[str], *, private: bool, beside: Path | None = None
) -> dict[str, bytes]:
    """Each seed document by the name that it gets; addresses are fetched. MonitorError for any.

    A page gets a name that no file in the folder `beside` has, unless it is that very page.
    """
    documents: dict[str, bytes] = {}
    given = [one_line(one) if "://" in one else one for one in given]  # as it is pasted
    there = _files(beside)
    for one in given:
        if is_front_page(one):
            raise click.UsageError(f"{one}: {NO_ARTICLE}")
    pages = asyncio.run(_pages([one for one in given if "://" in one], private=private))
    for one in given:
        if "://" in one:
            host = (urlsplit(one).hostname or "").removeprefix("www.").replace(".", "-")
            same = [name for name, body in there.items() if body == pages[one]]
            name = same[0] if same else _free(f"{host}.html", {**there, **documents})
            documents[name] = pages[one]
            continue
        path = Path(one)
        for file in paths(path) if path.is_dir() else [path]:
            try:
                documents[_free(file.name, documents)] = file.read_bytes()
            except OSError as error:
                raise click.UsageError(f"seed {file}: {error.strerror}") from None
    return documents


def _files(folder: Path | None) -> dict[str, bytes]:
    if folder is None or not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


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
            if is_front_page(answer.final_url) or is_feed(charset.decode(answer.body)):
                raise click.UsageError(f"{url}: {NO_ARTICLE}")
            found[url] = noted(answer.body, absolute(answer.final_url), answer.content_type)
    except FetchError as error:
        instead = "save the page from your browser and name the file instead"
        if error.failure == "forbidden-address":
            instead = advice(error.failure, error.detail, private="give --private") or NO_ARTICLE
        raise MonitorError(f"{error.url}: {error} ({instead})") from error
    finally:
        await client.aclose()
    return found


def pieces_of(documents: Mapping[str, bytes]) -> tuple[list[Seed], dict[str, str]]:
    """The articles in the documents, and an address of theirs by site.

    UsageError where a document has none, or there is no document.
    """
    pieces: list[Seed] = []
    addresses: dict[str, str] = {}
    with bounded() as call:
        for name, body in documents.items():
            if is_feed(charset.decode(body)):
                raise click.UsageError(f"{name}: {NO_ARTICLE}")
            try:
                found = call(read_seed, name, body, size=len(body))
            except ParseError as error:
                raise MonitorError(f"no seed: {error}") from error
            if not any(piece.text for piece in found):
                raise click.UsageError(f"{name}: {NO_ARTICLE}")
            pieces += found
            for url in (origin(body), *(piece.url for piece in found)):
                site = site_of(url)
                if url and site:
                    addresses.setdefault(site, url)
    if not pieces:
        raise click.UsageError("there is no seed in what was named")
    return pieces, addresses


def site_of(url: str | None) -> str | None:
    """Host and port; two ports of one machine are two sites."""
    try:
        parts = urlsplit(absolute(url)) if url else None
        port = parts.port if parts else None
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    return f"{host}:{port}" if port else host


def refuse_others(seeds: Path, documents: Mapping[str, bytes]) -> None:
    """Nothing that somebody wrote is overwritten: UsageError where a file is there and differs."""
    for name, body in documents.items():
        path = seeds / name
        if path.exists() and path.read_bytes() != body:
            raise click.UsageError(
                f"{path} exists and was left as it is: name another story, or the file otherwise"
            )


def title_of(pieces: Sequence[Seed]) -> str:
    """The headline that has most words in common with the other seeds' headlines."""
    told = [(piece.title, set(words(piece.title))) for piece in pieces if piece.title]
    common = [sum(len(a & b) / (len(a | b) or 1) for _, b in told) for _, a in told]
    best = told[common.index(max(common))][0] if told else pieces[0].name
    return shorten(one_line(best), _TITLE)
