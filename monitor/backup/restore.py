"""Unpacks a backup into an empty folder, checks everything, and leaves it held."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor import __version__
from monitor.backup.make import secrets
from monitor.backup.manifest import CONFIG, DATABASE, NAME, Manifest, Progress, file_of, sync
from monitor.config.load import load
from monitor.config.moved import moved
from monitor.config.save import read
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.store.snapshot import damage, newer
from monitor.store.store import Store

_LARGEST_MANIFEST = 50_000_000  # bytes: a file may come from anywhere
_CHUNK = 1 << 20
_DATABASE_KEY = ("settings", "database")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put where.

    `changed` are keys of sources.yaml that lead elsewhere now, `secrets` what has to be put
    in place, by where it is looked for from now on.
    """

    config: Path
    database: Path
    manifest: Manifest
    changed: tuple[str, ...]
    secrets: tuple[str, ...]


def restore(
    archive: Path, to: Path, now: datetime, *, progress: Progress = lambda what, done, of: None
) -> Restored:
    """Unpack into the folder `to`, which must be empty or not there.

    The database comes to where the configuration says, else into $STATE_DIRECTORY or
    beside it; keys that led out of the old folder lead into the new one. Nothing is left
    behind where a check fails. Raises MonitorError.
    """
    is_new = not to.exists()
    if not is_new and (not to.is_dir() or any(to.iterdir())):
        raise MonitorError(f"{to} is no empty folder and was left as it is: name another")
    try:
        to.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=to) as staged:
            return _restored(archive, Path(staged), to, now, progress)
    except BaseException as error:
        if is_new and to.is_dir() and not any(to.iterdir()):
            to.rmdir()
        if isinstance(error, OSError):
            raise MonitorError(f"{error.filename or archive}: {error.strerror}") from error
        raise


def _restored(archive: Path, staged: Path, to: Path, now: datetime, progress: Progress) -> Restored:
    manifest = _unpacked(archive, staged, progress)
    if problem := damage(staged / DATABASE):
        raise StoreError(f"the database in {archive} is damaged ({problem}): take another backup")
    changed = _led_inside(staged / CONFIG, manifest)
    database = _database(archive, staged, to)
    if database.exists():
        raise MonitorError(f"{database} exists and was left as it is: move it aside first")
    with closing(Store.open(staged / DATABASE)) as store, store.transaction():
        store.care.hold(f"restored from a backup of {manifest.host} of {manifest.made}", now)
    _give(staged, to)
    _put(staged / DATABASE, database)
    # The configuration last: nothing can be started before everything is in its place.
    for each in sorted(staged.iterdir(), key=lambda each: each.name == CONFIG):
        # A folder of the database may be there already.
        if each.is_dir() and (to / each.name).is_dir():
            shutil.copytree(each, to / each.name, dirs_exist_ok=True)
        else:
            each.rename(to / each.name)
    sync(to)
    return Restored(
        config=to / CONFIG,
        database=database,
        manifest=manifest,
        changed=changed,
        # A relative path leads to a new place; the manifest names the old one.
        secrets=tuple(secrets(load(to / CONFIG))),
    )


def _unpacked(archive: Path, staged: Path, progress: Progress) -> Manifest:
    """Write every member that the manifest names, each compared with its hash."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            manifest = _manifest(archive, tar)
            wanted = dict(manifest.files)
            done = 0
            while member := tar.next():
                told = wanted.pop(member.name, None)
                if told is None or not member.isreg() or member.size != told.size:
                    raise MonitorError(f"{archive}: {member.name} is not as the manifest says")
                path = staged / member.name
                _write(tar, member, path)
                if file_of(path) != told:
                    raise MonitorError(f"{archive}: {member.name} was changed: its hash is wrong")
                path.chmod(0o660 if member.name == DATABASE else 0o640)
                done += told.size
                progress("unpacking", done, manifest.size)
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MonitorError(
            f"{archive} is no backup of story-monitor, or cut short: {error}"
        ) from error
    except OSError as error:
        if error.errno is None:  # no gzip, or gzip with a wrong checksum
            raise MonitorError(f"{archive} is no backup of story-monitor: {error}") from error
        raise
    if wanted:
        raise MonitorError(f"{archive} is cut short: {', '.join(sorted(wanted))} is missing")
    return manifest


def _manifest(archive: Path, tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != NAME or first.size > _LARGEST_MANIFEST:
        raise ValueError("it has no manifest")
    body = tar.extractfile(first)
    assert body is not None
    manifest = Manifest.from_json(body.read())
    if not manifest.is_known or newer(list(manifest.schema)):
        raise MonitorError(
            f"{archive} was made by story-monitor {manifest.program}, which is newer than this"
            f" one ({__version__}): upgrade first"
        )
    return manifest


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    assert source is not None
    with path.open("xb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _led_inside(config: Path, manifest: Manifest) -> tuple[str, ...]:
    """Let no key lead out of the folder: it might be the running monitor's own database."""
    if not manifest.moved:
        return ()
    places: dict[tuple[str | int, ...], str] = dict(manifest.moved)
    state = os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    if state and _DATABASE_KEY in places:
        places[_DATABASE_KEY] = str(Path(state, DATABASE))
    text = moved(read(config), places)
    said = tuple(f"{'.'.join(map(str, path))}: {value}" for path, value in places.items())
    if text is None:
        raise MonitorError(
            "sources.yaml of the backup leads out of its folder in a way that cannot be changed"
            f" here: unpack it with tar, and write {', '.join(said)}"
        )
    config.write_bytes(text.encode())
    return said


def _database(archive: Path, staged: Path, to: Path) -> Path:
    """Where the database belongs once the staged configuration lies in `to`."""
    try:
        database = load(staged / CONFIG).database
    except ConfigError as error:
        told = str(error).replace(f"{staged}/", "")
        raise MonitorError(f"the configuration in {archive} is refused: {told}") from error
    folder = staged.absolute()
    return (
        to.absolute() / database.relative_to(folder)
        if database.is_relative_to(folder)
        else database
    )


def _put(staged: Path, database: Path) -> None:
    """Move the file there, also to another file system; never over another."""
    database.parent.mkdir(parents=True, exist_ok=True)
    near = database.with_name(f".{database.name}.restoring")
    try:
        shutil.copyfile(staged, near)
        near.chmod(0o660)
        _give(near, database.parent)
        with near.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(near, database)
    finally:
        near.unlink(missing_ok=True)
    staged.unlink()
    sync(database.parent)


def _give(what: Path, folder: Path) -> None:
    """Let it belong to whom the folder belongs to, where we may: the service must open it."""
    if os.geteuid() == 0:
        owner = folder.stat()
        for path in [what, *what.rglob("*")]:
            os.chown(path, owner.st_uid, owner.st_gid)
