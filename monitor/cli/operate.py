"""The commands that do the work: poll, run."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import closing
from pathlib import Path

import click

from monitor.cli.options import (
    config_of,
    config_option,
    json_option,
    meant,
    warn_of_no_source,
)
from monitor.cli.output import counted, say_json
from monitor.daemon.clock import clock
from monitor.daemon.logs import set_up
from monitor.daemon.rig import Rig, declare_stories, rig
from monitor.errors import ConfigError, MonitorError
from monitor.learn import profiles
from monitor.model import Config, Source
from monitor.poll import Polled
from monitor.settle import Settled
from monitor.store.lock import holder
from monitor.store.store import Store

_LOOKS = 20  # told articles that one round looks at again
_WOULD = {"on": "would match", "maybe": "would nearly match"}


@click.command("poll")
@click.argument("names", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Store nothing, send nothing; show what would match.")
@json_option
@config_option
def poll_command(names: tuple[str, ...], dry_run: bool, as_json: bool, config: Path | None) -> None:
    """Poll every source once now (or those NAMED), read and judge what is new, deliver.

    Works beside the running daemon. A source's first poll alerts nobody:
    --dry-run shows what would have matched.
    """
    loaded = config_of(config)
    wanted = _named(loaded, names)
    warn_of_no_source(wanted)
    set_up(quiet=True)
    with closing(Store.memory() if dry_run else Store.open(loaded.database)) as store:
        if not dry_run and holder(loaded.database) is None:
            declare_stories(loaded, store)
        failed = asyncio.run(_round(loaded, store, wanted, dry_run=dry_run, as_json=as_json))
    if failed and failed == len(wanted):
        raise MonitorError("no source could be polled")


def _named(config: Config, names: tuple[str, ...]) -> list[Source]:
    known = {source.name: source for source in config.sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(f"no source named {', '.join(unknown)} in {config.path}")
    off = [name for name in names if not known[name].enabled]
    if off:
        raise click.UsageError(
            f"{', '.join(off)}: switched off in {config.path} (enabled: false);"
            f" `monitor try {off[0]}` looks at it all the same"
        )
    return [known[name] for name in names] or [s for s in config.sources if s.enabled]


async def _round(
    config: Config, store: Store, wanted: list[Source], *, dry_run: bool, as_json: bool
) -> int:
    failed = 0
    async with rig(config, profiles(config), store) as built:
        slots = asyncio.Semaphore(config.poll.concurrency)
        pending: list[int] = []

        async def one(source: Source) -> Polled:
            async with slots:
                return await built.poller.poll(source)

        for done in asyncio.as_completed([one(source) for source in wanted]):
            polled = await done
            failed += bool(polled.detail)
            _say_polled(polled, as_json=as_json)
        pending = [entry_id for entry_id, _ in store.entries.queue(clock(), 100_000)]
        await _read_all(built, pending, slots, dry_run=dry_run, as_json=as_json)
        if not dry_run:
            await built.watch.look()
            await _look_again(built)
            built.editor.look()
            await built.courier.finish()
            left = sum(counts.get("queued", 0) for counts in store.deliveries.counts().values())
            hold = store.care.held()
            if hold and not as_json:
                click.echo(f"{_wait(left)}: {hold}")
            elif left and not as_json:
                click.echo(f"{_wait(left)} for another attempt: see `monitor alerts`")
            if store.held.counts() and not as_json:
                held = sum(sum(counts.values()) for counts in store.held.counts().values())
                click.echo(f"{held} held for a summary or the digest: see `monitor alerts`")
    return failed


async def _look_again(built: Rig) -> None:
    """Look at told articles whose time has come, one after the other."""
    built.rechecker.plan()
    for article_id, _ in built.rechecker.due(_LOOKS):
        await built.rechecker.look(article_id)


async def _read_all(
    built: Rig, pending: list[int], slots: asyncio.Semaphore, *, dry_run: bool, as_json: bool
) -> None:
    async def one(entry_id: int) -> tuple[Settled, ...]:
        async with slots:
            return await built.reader.read(entry_id)

    postponed = shown = 0
    for done in asyncio.as_completed([one(entry_id) for entry_id in pending]):
        settled = await done
        postponed += not settled
        for article in settled:
            shown += _say_settled(article, dry_run=dry_run, as_json=as_json)
    if dry_run and not shown and not as_json:
        click.echo("nothing would match")
    if postponed and not as_json:
        click.echo(f"{counted(postponed, 'article')} could not be read yet and will be tried again")


def _wait(left: int) -> str:
    return counted(left, "delivery waits", "deliveries wait")


def _say_polled(polled: Polled, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "source": polled.source,
                "outcome": polled.outcome,
                "detail": polled.detail or None,
                "entries": polled.entries,
                "fresh": polled.fresh,
                "pending": polled.pending,
            }
        )
    else:
        counts = f"{counted(polled.entries, 'entry', 'entries')}, {polled.fresh} new, {polled.pending} to be read"
        click.echo(f"{polled.source}: {polled.outcome}: {polled.detail or counts}")


def _say_settled(settled: Settled, *, dry_run: bool, as_json: bool) -> int:
    """Print the article's verdicts; how many were printed."""
    shown = 0
    for match, told in zip(settled.matches, settled.told, strict=True):
        if match.band == "off" and not as_json:
            continue
        shown += 1
        if as_json:
            say_json(
                {
                    "article": settled.article_id,
                    "story": match.story,
                    "band": match.band,
                    "score": round(match.score, 3),
                    "relation": settled.fold.relation,
                    "told": told,
                    "source": settled.article.source,
                    "url": settled.article.link,
                    "title": settled.article.title,
                }
            )
        else:
            outcome = _WOULD[match.band] if dry_run else told
            click.echo(
                f"{match.story}: {match.band} {match.score:.2f} {settled.fold.relation} ({outcome})"
                f" {settled.article.source}: {settled.article.title}"
            )
    return shown


@click.command("run")
@config_option
def run_command(config: Path | None) -> None:
    """Run the daemon until SIGTERM or Ctrl-C; SIGHUP reads the configuration again.

    Logs to standard error. Under systemd it tells the manager when it is ready,
    what it is doing, and that it is alive. Where sources.yaml is wrong and standard error
    is no terminal, as at a reboot, it goes on by what was in force before, and says so.
    """
    from monitor.daemon.former import former
    from monitor.daemon.run import run

    path, wrong = meant(config), ""
    set_up(as_json=os.environ.get("MONITOR_LOG") == "json")
    try:
        loaded = config_of(path)
    except (ConfigError, click.UsageError, OSError) as error:
        # Whoever sits at a terminal is told, and mends it.
        before = None if sys.stderr.isatty() else former(path)
        if before is None:
            raise
        loaded = before
        wrong = str(error) if isinstance(error, ConfigError) else f"{path} cannot be read"
    run(path, loaded, wrong)
