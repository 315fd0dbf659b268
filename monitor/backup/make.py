"""Makes a backup while the daemon goes on."""

from __future__ import annotations

import io
import os
import socket
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from monitor import __version__
from monitor.backup.manifest import CONFIG, DATABASE, NAME, Manifest, Progress, file_of, sync
from monitor.config.save import read
from monitor.config.seeds import paths
from monitor.config.tree import Tree
from monitor.errors import MonitorError, StoreError
from monitor.model import Config
from monitor.store.snapshot import schema, snapshot


def make(
    config: Config,
    target: Path,
    now: datetime,
    *,
    force: bool = False,
    progress: Progress = lambda what, done, of: None,
) -> Manifest:
    """Write a backup: whole under its name, readable by its owner alone, or not at all.

    Raises MonitorError where there is nothing to keep, where `target` exists and `force`
    does not allow its end, and where it cannot be written.
    """
    if not config.database.exists():
        raise StoreError(f"nothing is stored yet: {config.database} does not exist")
    if target.is_dir():
        raise MonitorError(f"{target} is a folder: name the file that is to be written")
    if target.exists() and not force:
        raise MonitorError(f"{target} exists and was left as it is: name another file, or --force")
    if not target.parent.is_dir():
        raise MonitorError(f"there is no folder {target.parent}; no backup was made")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            kept = Path(folder, DATABASE)
            snapshot(config.database, kept, lambda done, of: progress("copying", done, of))
            templates = {place: path for place, path, _ in _templates(config)}
            members = {CONFIG: config.path, DATABASE: kept, **_seeds(config), **templates}
            manifest = Manifest(
                made=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
                host=socket.gethostname(),
                program=__version__,
                schema=tuple(schema(kept)),
                files={name: file_of(path) for name, path in members.items()},
                moved=tuple(_outside(config)),
                secrets=tuple(secrets(config)),
            )
            packed = Path(folder, "packed")
            _pack(packed, manifest, members, progress)
            if target.exists() and not force:  # made meanwhile by another
                raise MonitorError(f"{target} exists by now and was left as it is")
            packed.replace(target)
        sync(target.parent)
    except OSError as error:
        where = error.filename or target.parent
        raise MonitorError(f"{where}: {error.strerror}; no backup was made") from error
    return manifest


def secrets(config: Config) -> Iterator[str]:
    """What is referred to and stays where it is; what stands in the open is not named."""
    named = [(channel.name, each) for channel in config.channels for each in channel.secrets]
    if config.inbox:
        named.append(("settings.inbox", config.inbox.secret))
    if config.web and config.web.password:
        named.append(("settings.web", config.web.password))
    for name, secret in named:
        if secret.kind != "plain":
            yield f"{name}: {secret.kind} {secret.value}"


def _seeds(config: Config) -> dict[str, Path]:
    """Every seed by its name in the backup, which is as below the folder of sources.yaml."""
    return {
        f"{_place(config, story.name, story.seeds)}/{path.name}": path
        for story in config.stories
        for path in paths(story.seeds)
    }


def _templates(config: Config) -> Iterator[tuple[str, Path, str]]:
    """Each template's place in the backup, its file, and its channel's name."""
    channels = (Tree(read(config.path)).value or {}).get("channels") or {}
    for name, keys in channels.items():
        written = keys.get("template") if isinstance(keys, dict) else None
        if isinstance(written, str):
            path = config.path.parent / written
            yield _inside(config, path) or f"templates-of/{path.name}", path, str(name)


def _outside(config: Config) -> Iterator[tuple[tuple[str, ...], str]]:
    """Keys of sources.yaml that lead out of its folder, and where they lead in the backup."""
    settings = (Tree(read(config.path)).value or {}).get("settings")
    written = isinstance(settings, dict) and settings.get("database") is not None
    if written and _inside(config, config.database) is None:
        yield ("settings", "database"), DATABASE
    for story in config.stories:
        if _inside(config, story.seeds) is None:
            yield ("stories", story.name, "seeds"), _place(config, story.name, story.seeds)
    for place, path, name in _templates(config):
        if _inside(config, path) is None:
            yield ("channels", name, "template"), place


def _place(config: Config, story: str, seeds: Path) -> str:
    return _inside(config, seeds) or f"seeds-of/{story}"


def _inside(config: Config, path: Path) -> str | None:
    """The path below the folder of sources.yaml, None where it leads out of it."""
    folder, plain = config.path.parent, Path(os.path.normpath(path))
    return plain.relative_to(folder).as_posix() if plain.is_relative_to(folder) else None


def _pack(
    packed: Path, manifest: Manifest, members: Mapping[str, Path], progress: Progress
) -> None:
    """Manifest first, so that whoever unpacks knows what to expect."""
    done = 0
    # For its owner alone: what people watch is nobody else's business.
    with os.fdopen(os.open(packed, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            body = manifest.to_json()
            tar.addfile(_member(NAME, len(body)), io.BytesIO(body))
            for name, path in members.items():
                with path.open("rb") as source:
                    # A file that shrank since it was hashed ends this with an OSError.
                    tar.addfile(_member(name, manifest.files[name].size), source)
                done += manifest.files[name].size
                progress("packing", done, manifest.size)
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o640
    return member
