"""`monitor try`: one address, what is read there and how it would be judged."""

from __future__ import annotations

import asyncio
import dataclasses
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.alert.direction import one_line
from monitor.cli.check import advice
from monitor.cli.options import config_of, config_option, json_option
from monitor.cli.output import say_json
from monitor.cli.reasons import lines
from monitor.daemon.logs import set_up
from monitor.discovery import whole
from monitor.errors import FetchError, MonitorError, ParseError
from monitor.fetch.client import Client
from monitor.identify.address import absolute
from monitor.identify.article import embedded, identify
from monitor.learn import profiles
from monitor.look.plain import rfc3339
from monitor.model import Config, Entry, Fetched, Page, Source
from monitor.parse import read_article, read_entries
from monitor.store.store import Store
from monitor.story.look import look_at
from monitor.story.match import judge
from monitor.story.profile import Profile
from monitor.teach import Teacher
from monitor.workers import Workers


@click.command("try")
@click.argument("url")
@click.option("--private", is_flag=True, help="Allow an address in your own network.")
@json_option
@config_option
def try_command(url: str, private: bool, as_json: bool, config: Path | None) -> None:
    """Fetch URL, a source or one page; show what is read and how it would be judged.

    An address or a name in sources.yaml is read as it is declared there; a page with the
    selectors of the source on the same host. Nothing is stored.
    """
    loaded = config_of(config)
    set_up(quiet=True)
    declared = next((s for s in loaded.sources if url in {s.name, s.url}), None)
    source = declared or _neighbour(loaded, _address(loaded, url), private=private)
    try:
        rows = asyncio.run(_try(loaded, source, declared=declared is not None))
    except (FetchError, ParseError) as error:
        how = "set `private: true`" if declared else "give --private"
        what = advice(error.failure, error.detail, private=how)
        raise MonitorError(f"{error}" + (f" ({what})" if what else "")) from error
    for row in rows:
        if as_json:
            say_json(row)
        else:
            _say_try(row)


def _address(config: Config, given: str) -> str:
    """The address meant by a whole one or a bare host; a bare word is a mistyped name."""
    if not any(sign in given for sign in ".:/"):
        raise click.UsageError(f"no source named {given} in {config.path}, and it is no address")
    try:
        given = one_line(given)  # marks of direction come along with what is pasted
        return absolute(given) if "://" in given else whole(given)
    except ValueError as error:
        raise click.UsageError(f"{given}: {error}") from None


def _neighbour(config: Config, url: str, *, private: bool) -> Source:
    """The address with what is declared for its host, to be read as a page or feed."""
    host = urlsplit(url).hostname
    for source in config.sources:
        if urlsplit(source.url).hostname == host:
            return replace(
                source, name="try", url=url, kind="feed", private=private or source.private
            )
    return Source(name="try", url=url, private=private)


def _learnt(config: Config) -> dict[str, Profile]:
    """The profiles as the daemon has them: with the labels, where anything is stored."""
    learnt = profiles(config)
    if not config.database.exists():
        return learnt
    with closing(Store.open(config.database)) as store:
        return Teacher(learnt, store).profiles


async def _try(config: Config, source: Source, *, declared: bool) -> list[dict[str, Any]]:
    learnt = _learnt(config)
    client = Client(config.poll, contact=config.contact)
    workers = Workers()
    try:
        answer = await client.get(source.url, headers=source.headers, private=source.private)
        assert isinstance(answer, Fetched), "304 to an unconditional request is a FetchError"
        rows: list[dict[str, Any]] = [
            {
                "kind": "fetched",
                "url": answer.final_url,
                "status": answer.status,
                "content_type": answer.content_type,
                "bytes": len(answer.body),
                "redirects": list(answer.redirects),
            }
        ]
        try:
            reading = await workers.run(read_entries, source, answer)
        except ParseError:
            if declared:
                raise
            page = await workers.run(read_article, source, answer)
            return rows + _try_page(learnt, source, answer, page)
        for entry in reading.entries:
            looks = {
                name: look_at(profile, entry, source.language) for name, profile in learnt.items()
            }
            rows.append(
                {
                    "kind": "entry",
                    "title": entry.title,
                    "url": entry.url,
                    "published": rfc3339(entry.published),
                    "read": not all(look.off for look in looks.values()),
                    "headline": {n: round(look.score, 3) for n, look in looks.items()},
                }
            )
        rows += [
            {"kind": "sitemap", "url": url, "modified": rfc3339(modified)}
            for url, modified in reading.children
        ]
        return rows
    finally:
        await workers.aclose()
        await client.aclose()


def _try_page(
    learnt: dict[str, Profile], source: Source, answer: Fetched, page: Page
) -> list[dict[str, Any]]:
    article = identify(source, Entry(url=answer.final_url), page, answer.fetched_at)
    articles = [article, *(embedded(article, p, n) for n, p in enumerate(page.pieces, 2))]
    return [
        {
            "kind": "page",
            "title": each.title,
            "url": each.url,
            "published": rfc3339(each.published),
            "language": each.language,
            "text": each.text,
            "matches": [
                dataclasses.asdict(
                    judge(profile, title=each.title, text=each.text, language=each.language)
                )
                for profile in learnt.values()
            ],
        }
        for each in articles
    ]


def _say_try(row: dict[str, Any]) -> None:
    match row["kind"]:
        case "fetched":
            click.echo(f"{row['status']} {row['content_type']}, {row['bytes']} bytes, {row['url']}")
        case "sitemap":
            click.echo(f"sitemap  {row['modified'] or 'undated'}  {row['url']}")
        case "entry":
            mark = "read" if row["read"] else "off "
            scores = ", ".join(f"{name} {score:.2f}" for name, score in row["headline"].items())
            click.echo(f"{mark}  {scores}  {row['published'] or 'undated'}  {row['title']}")
        case _:
            click.echo(f"\n{row['title']}\n{row['published'] or 'undated'}, {row['language']}")
            for match in row["matches"]:
                click.echo(
                    f"{match['story']}: {match['band']}, score {match['score']:.2f} ({match['rule']})"
                )
                for line in lines(match["reasons"], match["rule"]):
                    click.echo(f"  {line}")
            click.echo(f"\n{row['text']}")
