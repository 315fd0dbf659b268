"""`monitor inspect`: the pure parts alone, over files or JSON Lines.

Reads bytes, writes JSON Lines, stores nothing, touches no network, and never
dies on one bad input: it answers `{"id": …, "error": …}` and goes on.
"""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.cases import Answer, Case, answer_all, bodies, decoded, lines, text
from monitor.look.plain import rfc3339

# The base of a feed whose address nobody gave; no address on the net (RFC 6761, 6.4).
_NOWHERE = "http://nowhere.invalid/"


@click.group("inspect")
def inspect_command() -> None:
    """Show what the parts of the monitor make of given bytes.

    Input is files (`-` for standard input) or, with --jsonl, one JSON object a line
    on standard input, each answered at once by one line with the same id; `body` is
    base64. Nothing is stored and nothing is fetched. Exit status is 0 unless the
    usage was wrong: a bad case is answered with `error`.
    """


_files = click.argument("files", nargs=-1, type=click.Path(allow_dash=True))
_jsonl = click.option("--jsonl", is_flag=True, help="Cases as JSON Lines on standard input.")
_url = click.option("--url", help="The address that the files came from.")
_type = click.option("--content-type", help="The Content-Type that the files came with.")


@inspect_command.command("feed")
@_files
@_jsonl
@_url
@_type
def feed_command(
    files: tuple[str, ...], jsonl: bool, url: str | None, content_type: str | None
) -> None:
    """Entries of RSS, RDF, Atom, JSON Feed and sitemap documents."""
    from datetime import UTC, datetime

    from monitor.cli.bounded import bounded
    from monitor.model import Fetched, Source
    from monitor.parse import read_entries

    def answer(case: Case) -> Answer:
        address = text(case, "url") or _NOWHERE
        fetched = Fetched(
            url=address,
            final_url=address,
            status=200,
            headers=(),
            body=case["body"],
            content_type=text(case, "content_type"),
            fetched_at=datetime.now(UTC),
        )
        source = Source(name="inspect", url=address)

        def child(named: tuple[str, datetime | None]) -> Answer:
            return {"url": _relative(named[0]), "updated": rfc3339(named[1])}

        reading = call(read_entries, source, fetched, size=len(case["body"]))
        return {
            "title": reading.title,
            "entries": [
                {
                    "guid": entry.guid,
                    "url": _relative(entry.url),
                    "title": entry.title,
                    "summary": _relative(entry.summary),
                    "content": _relative(entry.content),
                    "author": entry.author,
                    "published": rfc3339(entry.published),
                    "updated": rfc3339(entry.updated),
                    "language": entry.language,
                }
                for entry in reading.entries
            ],
            # Of an index of sitemaps alone, so that all other answers keep their form.
            **({"children": list(map(child, reading.children))} if reading.children else {}),
        }

    with bounded() as call:
        answer_all(bodies(files, jsonl=jsonl, url=url, content_type=content_type), answer)


@inspect_command.command("page")
@_files
@_jsonl
@_url
@_type
def page_command(
    files: tuple[str, ...], jsonl: bool, url: str | None, content_type: str | None
) -> None:
    """Title, text, dates and author of an article page."""
    from functools import partial

    from monitor.cli.bounded import bounded
    from monitor.parse import read_page

    def answer(case: Case) -> Answer:
        read = partial(read_page, url=text(case, "url"), content_type=text(case, "content_type"))
        page = call(read, case["body"], size=len(case["body"]))
        return {
            "url": page.url,
            "canonical_url": page.canonical_url,
            "title": page.title,
            "text": page.text,
            "published": rfc3339(page.published),
            "updated": rfc3339(page.updated),
            "author": page.author,
            "language": page.language,
            "site_name": page.site_name,
        }

    with bounded() as call:
        answer_all(bodies(files, jsonl=jsonl, url=url, content_type=content_type), answer)


@inspect_command.command("links")
@_files
@_jsonl
@_url
@_type
def links_command(
    files: tuple[str, ...], jsonl: bool, url: str | None, content_type: str | None
) -> None:
    """Feeds, sitemaps and article links that a page names, best first."""
    from functools import partial

    from monitor.cli.bounded import bounded
    from monitor.parse.discover import links

    def answer(case: Case) -> Answer:
        address = text(case, "url") or _NOWHERE
        find = partial(links, url=address, content_type=text(case, "content_type"))
        return {
            "links": [
                {"kind": link.kind, "url": _relative(link.url), "title": link.title}
                for link in call(find, case["body"], size=len(case["body"]))
            ]
        }

    with bounded() as call:
        answer_all(bodies(files, jsonl=jsonl, url=url, content_type=content_type), answer)


@inspect_command.command("url", short_help="Absolute and canonical form of addresses.")
@_files
@_jsonl
def url_command(files: tuple[str, ...], jsonl: bool) -> None:
    """Absolute and canonical form of addresses, and the address guard's verdict.

    Reads JSON Lines `{id, url, base}` from files or standard input.
    """
    from monitor.fetch.guard import verdict
    from monitor.identify.address import absolute, canonical

    def answer(case: Case) -> Answer:
        given = text(case, "url")
        if given is None:
            raise ValueError("the case has no url")
        base = text(case, "base")
        try:
            full = absolute(given, base)
        except ValueError as error:
            return {"url": None, "canonical": None, "allowed": False, "why": str(error)}
        why = verdict(full)
        return {"url": full, "canonical": canonical(full), "allowed": why is None, "why": why}

    answer_all(lines(files), answer)


@inspect_command.command("robots", short_help="What a robots.txt lets an agent fetch.")
@_files
@_jsonl
def robots_command(files: tuple[str, ...], jsonl: bool) -> None:
    """What a robots.txt lets an agent fetch, its crawl delay in seconds, and its sitemaps.

    Reads JSON Lines `{id, body, agent, url}` from files or standard input.
    """
    from monitor.fetch.robots import Rules

    def answer(case: Case) -> Answer:
        agent, url = text(case, "agent") or "story-monitor", text(case, "url")
        if url is None:
            raise ValueError("the case has no url")
        rules = Rules(case["body"], agent=agent)
        return {
            "allowed": rules.allowed(url),
            "delay": rules.delay,
            "sitemaps": list(rules.sitemaps),
        }

    answer_all(decoded(lines(files)), answer)


@inspect_command.command("match")
@click.option("--story", required=True, metavar="NAME", help="The story to judge against.")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; ./sources.yaml where left out.",
)
@_files
@_jsonl
def match_command(story: str, config: Path | None, files: tuple[str, ...], jsonl: bool) -> None:
    """Judge articles as a stream against an empty store.

    Reads JSON Lines `{id, url, title, text, lang, published}` in order of arrival; `text` may be
    HTML, as feeds have it.
    """
    from monitor.cli.options import config_of, story_of
    from monitor.cli.stream import Stream
    from monitor.learn import seeds
    from monitor.story.profile import learn

    loaded = config_of(config)
    name = story_of(loaded, story)
    (chosen,) = [each for each in loaded.stories if each.name == name]
    stream = Stream(learn(chosen, seeds(chosen)), loaded.fold_window)
    answer_all(lines(files), stream.judge)


def _relative(text: str | None) -> str | None:
    """Addresses without a known base, relative again."""
    return None if text is None else text.replace(_NOWHERE, "/")
