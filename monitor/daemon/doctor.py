"""Gathers what `doctor` judges: files, disk, clock, daemon, ways out, sources, seeds."""

from __future__ import annotations

import grp
import importlib.metadata
import os
import pwd
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import monitor
from monitor.config.exposed import exposed
from monitor.daemon import probes
from monitor.errors import MonitorError, StoreError
from monitor.health import machine, work
from monitor.health.finding import FileFacts, Finding, StoreFacts, broken
from monitor.learn import profiles, seeds
from monitor.look.loaded import MEND, unread
from monitor.model import Channel, Config, Web
from monitor.store.gauges import size
from monitor.store.lock import holder, taken_away
from monitor.store.snapshot import damage, newer, schema
from monitor.store.store import Store
from monitor.story.match import judge

_ANSWERS = 20  # whose dates are compared with ours
_PACKAGE = "story-monitor"


async def examine(
    config: Config,
    now: datetime,
    fault: Callable[[Channel], str | None] = lambda channel: None,
) -> list[Finding]:
    """Everything that can be told by looking; what cannot be looked at is a finding, too.

    `fault` says what is wrong with a channel that cannot be tried without sending.
    """
    newest = _newest(config)  # before the store is opened, which touches it
    facts, opened = _store(config.database)
    unit = probes.unit()
    runs = holder(config.database)
    found = [*_files(config.database), *machine.store(facts), *_disk(config.database)]
    held = None
    offsets: list[timedelta] = []
    if opened is not None:
        try:
            hold = opened.care.held()
            held = str(hold) if hold else None
            offsets = list(_offsets(opened))
            found += _of_store(config, opened, now, running=runs is not None)
            found += work.unread(unread(config, opened), MEND)
        finally:
            opened.close()
    state, main = (unit.state, unit.main) if unit else (None, None)
    found += work.daemon(runs, state, main, held)
    found += machine.clock(now, offsets, newest)
    found += work.ports(await probes.listens(config, running=runs is not None))
    found += work.channels([channel.kind for channel in config.channels])
    found += work.attempts(
        await probes.ways_out(config.channels, unit.text if unit else None, fault)
    )
    if config.inbox:
        found += work.inbox(probes.unreadable(config.inbox.secret, unit.text if unit else None))
    if config.web:
        found += _page(config.web, unit.text if unit else None)
    found += work.names(*await probes.names(config))
    found += work.contact(config.contact)
    found += _seeds(config)
    found += _program(runs)
    return found


# ---- the machine


def _files(database: Path) -> list[Finding]:
    folder = _file(database.parent)
    if folder is None or not database.exists():
        return []
    beside = [_file(database.with_name(database.name + end)) for end in ("-wal", "-shm")]
    known = _file(database)
    assert known is not None
    return machine.files(known, folder, [each for each in beside if each])


def _file(path: Path) -> FileFacts | None:
    try:
        found = path.stat()
    except OSError:
        return None
    user, group = str(found.st_uid), str(found.st_gid)
    with suppress(KeyError):
        user = pwd.getpwuid(found.st_uid).pw_name
    with suppress(KeyError):
        group = grp.getgrgid(found.st_gid).gr_name
    return FileFacts(
        path=str(path),
        user=user,
        group=group,
        mode=found.st_mode & 0o7777,
        writable=os.access(path, os.W_OK),
        modified=datetime.fromtimestamp(found.st_mtime, UTC),
    )


def _store(path: Path) -> tuple[StoreFacts, Store | None]:
    """The store is opened only where it is sound and of our time."""
    if not path.exists():
        return StoreFacts(path=str(path), exists=False, problem=taken_away(path)), None
    try:
        if bad := damage(path, quick=True):
            return StoreFacts(path=str(path), exists=True, damage=bad), None
        if unknown := newer(schema(path)):
            return StoreFacts(path=str(path), exists=True, newer=tuple(unknown)), None
        return StoreFacts(path=str(path), exists=True), Store.open(path)
    except StoreError as error:
        return StoreFacts(path=str(path), exists=True, problem=str(error)), None


def _disk(database: Path) -> list[Finding]:
    folder = database.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return [
        *machine.file_system(str(folder), _file_system(folder)),
        *machine.room(str(folder), free, size(database)),
    ]


def _file_system(folder: Path) -> str:
    """The kind of the mount that holds a folder (proc(5), mounts)."""
    best, kind = Path("/"), ""
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
            _, at, what, *_ = line.split()
            mount = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), at))
            if folder.resolve().is_relative_to(mount) and mount.is_relative_to(best):
                best, kind = mount, what
    return kind


def _newest(config: Config) -> FileFacts | None:
    files = [_file(path) for path in (config.path, config.database)]
    return max((each for each in files if each), key=lambda each: each.modified, default=None)


def _offsets(store: Store) -> Iterator[timedelta]:
    """Our clock against each server's, where its answer was no cache's (RFC 9110, 6.6.1)."""
    for ours, headers in store.evidence.newest(_ANSWERS):
        named = {name.lower(): value for name, value in headers.items()}
        if "age" in named:
            continue
        with suppress(TypeError, ValueError, KeyError):
            theirs = parsedate_to_datetime(named["date"])
            yield ours - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))


# ---- the work


def _of_store(config: Config, store: Store, now: datetime, *, running: bool) -> list[Finding]:
    states = store.sources.states()
    enabled = [source.name for source in config.sources if source.enabled]
    reads = [states[name].last_read for name in enabled if name in states]
    last = max((each for each in reads if each), default=None)
    names = [channel.name for channel in config.channels]
    stranded = store.deliveries.stranded(names)
    given_up = {k: v for k, v in store.deliveries.given_up().items() if k in names}
    failing = {name: row["reply"] or "" for name in names if (row := store.bulletins.failing(name))}
    return [
        *work.answers(now, len(enabled), last, config.poll.ceiling, running=running),
        *work.queue(now, store.deliveries.oldest(now), stranded),
        *work.given_up(given_up, failing),
    ]


def _page(web: Web, unit_text: str | None) -> list[Finding]:
    secret = web.password
    _, said = exposed(web.host, is_there=web.page, url=web.url, has_password=secret is not None)
    problem = probes.unreadable(secret, unit_text) if secret else None
    return work.page(problem, said, has_password=secret is not None)


def _seeds(config: Config) -> list[Finding]:
    found = []
    for story in config.stories:
        try:
            profile = profiles(config)[story.name]
            bands = {
                piece.name: judge(
                    profile, title=piece.title, text=piece.text, language=piece.language
                ).band
                for piece in seeds(story)
            }
        except MonitorError as error:
            found.append(broken("seeds", f"{story.name}: {error}", "mend or remove what it names"))
            continue
        found += work.seeds(story.name, bands)
    return found


def _program(runs: str | None) -> list[Finding]:
    missing, installed = [], None
    with suppress(importlib.metadata.PackageNotFoundError):
        installed = importlib.metadata.version(_PACKAGE)
        for need in importlib.metadata.requires(_PACKAGE) or ():
            name = re.split(r"[^\w.-]", need, maxsplit=1)[0]
            if ";" in need:  # an extra, or of another system
                continue
            try:
                importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                missing.append(name)
    older = False
    with suppress(OSError):
        began = Path(f"/proc/{runs}").stat().st_mtime
        older = runs is not None and Path(monitor.__file__).stat().st_mtime > began + 1
    return machine.program(missing, installed, monitor.__version__, older)
