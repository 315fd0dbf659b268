"""The systemd service: what it consists of, and how it is put in place and taken away.

A plan is a list of steps as values, so that `--dry-run` shows what would be done. Each
step leaves what is right as it is: done twice, it changes nothing.
"""

from __future__ import annotations

import grp
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from monitor.config.shipped import shipped
from monitor.errors import MonitorError

UNIT = "monitor.service"
USER = "story-monitor"
_HEAD = "# Written by `monitor service install`; what you change goes into a drop-in: {edit}\n"
_HIDDEN = ("/home", "/root", "/run/user")  # by ProtectHome= (systemd.exec)
_PROGRAM = "/opt/story-monitor/bin/monitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a service's things lie."""

    unit: Path
    config: Path
    database: Path
    is_user: bool = False

    @property
    def systemctl(self) -> list[str]:
        """The command that speaks to the service's manager."""
        return ["systemctl", *(["--user"] if self.is_user else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to be: a file with its text, a folder, an account, or a command to be run."""

    kind: Literal["file", "folder", "account", "group", "run"]
    path: Path = Path()
    text: str = ""
    mode: int = 0o644
    command: tuple[str, ...] = ()
    keep: bool = False  # what is there already is the user's

    def __str__(self) -> str:
        """In one line."""
        if self.kind == "run":
            return " ".join(self.command)
        if self.kind == "account":
            return f"system user and group {USER}"
        if self.kind == "group":
            return f"{self.path}: what its owner's group may read is group {USER}'s"
        return f"{self.path}{'/' if self.kind == 'folder' else ''} (mode {self.mode:04o})"


def places(*, is_user: bool) -> Places:
    """Of the system, or of the user who asks."""
    if not is_user:
        return Places(
            unit=Path("/etc/systemd/system", UNIT),
            config=Path("/etc/story-monitor/sources.yaml"),
            database=Path("/var/lib/story-monitor/monitor.db"),
        )
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Places(
        unit=config / "systemd" / "user" / UNIT,
        config=config / "story-monitor" / "sources.yaml",
        database=state / "story-monitor" / "monitor.db",
        is_user=True,
    )


def unit_text(where: Places, program: Path) -> str:
    """The unit for this program; MonitorError where the service could not see it."""
    if not where.is_user and str(program).startswith(_HIDDEN):
        raise MonitorError(
            f"{program} lies where the service cannot see it (ProtectHome=). Install it elsewhere:"
            " python3 -m venv /opt/story-monitor && /opt/story-monitor/bin/pip install"
            " story_monitor-*.whl && /opt/story-monitor/bin/monitor service install"
        )
    name = "monitor-user.service" if where.is_user else UNIT
    text = (shipped() / "systemd" / name).read_text("utf-8")
    edit = " ".join([*where.systemctl, "edit", "monitor"])
    config = "%E/story-monitor/sources.yaml" if where.is_user else str(where.config)
    was = f"ExecStart={_PROGRAM} run --config {config}"
    assert was in text
    quoted = str(program).replace("%", "%%").replace(" ", r"\x20")
    config = str(where.config).replace("%", "%%").replace(" ", r"\x20")
    return _HEAD.format(edit=edit) + text.replace(was, f"ExecStart={quoted} run --config {config}")


def plan(where: Places, program: Path, *, start: bool = True) -> list[Step]:
    """Everything that makes the service, in order."""
    steps = [] if where.is_user else [Step(kind="account")]
    shut = 0o700 if where.is_user else 0o750
    if where.is_user:
        steps.append(Step(kind="folder", path=where.database.parent, mode=0o700))
    steps.append(Step(kind="folder", path=where.config.parent, mode=shut))
    if not where.config.exists():
        steps += _shipped(where)
    if not where.is_user:
        steps.append(Step(kind="group", path=where.config.parent))
    steps.append(Step(kind="file", path=where.unit, text=unit_text(where, program)))
    steps.append(_run(where, "daemon-reload"))
    steps.append(_run(where, "enable", UNIT))
    if start:
        steps.append(_run(where, "restart", UNIT))
    return steps


def _run(where: Places, *words: str) -> Step:
    return Step(kind="run", command=(*where.systemctl, *words))


def _shipped(where: Places) -> Iterator[Step]:
    """The shipped configuration and story, for who has none yet."""
    folder, mode = where.config.parent, 0o600 if where.is_user else 0o640
    for path in sorted((shipped() / "seeds").rglob("*")):
        target = folder / "seeds" / path.relative_to(shipped() / "seeds")
        if path.is_dir():
            yield Step(kind="folder", path=target, mode=0o700 if where.is_user else 0o750)
        else:
            text = path.read_text("utf-8")
            yield Step(kind="file", path=target, text=text, mode=mode, keep=True)
    schema = (shipped() / "sources.schema.json").read_text("utf-8")
    yield Step(kind="file", path=folder / "sources.schema.json", text=schema, mode=mode)
    text = (shipped() / "sources.yaml").read_text("utf-8")
    line = "  # database: monitor.db\n"
    assert line in text
    # Named, so that commands beside the service need no $STATE_DIRECTORY.
    text = text.replace(line, f"  database: {where.database}\n")
    yield Step(kind="file", path=where.config, text=text, mode=mode, keep=True)


def carry_out(step: Step, *, is_user: bool) -> str:
    """Do one step; what became of it. Raises MonitorError."""
    try:
        match step.kind:
            case "account":
                return _account()
            case "folder":
                return _folder(step, is_user=is_user)
            case "file":
                return _file(step, is_user=is_user)
            case "group":
                return _group(step.path)
            case "run":
                return run(step.command)
    except PermissionError as error:
        why = f"{error.filename or step}: {error.strerror}"
        raise MonitorError(f"{why}; run this as root, or with --user") from error
    except OSError as error:
        raise MonitorError(f"{error.filename or step}: {error.strerror}") from error


def _account() -> str:
    try:
        grp.getgrnam(USER)
    except KeyError:
        line = f'u {USER} - "story-monitor" /var/lib/story-monitor'
        return run(("systemd-sysusers", "--inline", line))
    return "there already"


def _folder(step: Step, *, is_user: bool) -> str:
    if step.path.is_dir():
        return "there already"
    step.path.mkdir(parents=True)
    step.path.chmod(step.mode)
    _own(step.path, is_user=is_user)
    return "made"


def _file(step: Step, *, is_user: bool) -> str:
    if step.path.exists():
        if step.keep:
            return "there already, left as it is"
        if step.path.read_text("utf-8", "replace") == step.text:
            return "unchanged"
    was = step.path.exists()
    step.path.parent.mkdir(parents=True, exist_ok=True)
    near = step.path.with_name(f".{step.path.name}.new")
    near.write_text(step.text, "utf-8")
    near.chmod(step.mode)
    if step.mode & 0o004 == 0:
        _own(near, is_user=is_user)
    near.replace(step.path)
    return "replaced" if was else "written"


def _group(folder: Path) -> str:
    """Root's own files, as a restore or an editor leaves them: the service is to read them.

    What root's group may not read stays closed: the files of credentials.
    """
    changed = 0
    for path in [folder, *folder.rglob("*")]:
        found = path.lstat()
        if found.st_gid == 0 and found.st_mode & 0o040 and not path.is_symlink():
            shutil.chown(path, group=USER)
            changed += 1
    return f"{changed} given" if changed else "as it should be"


def _own(path: Path, *, is_user: bool) -> None:
    """Root's own, readable by the service's group."""
    if not is_user and os.geteuid() == 0:
        shutil.chown(path, group=USER)


def run(command: Sequence[str]) -> str:
    """Run a program of the system; MonitorError with its own words where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except FileNotFoundError:
        raise MonitorError(f"there is no {command[0]}: this needs systemd") from None
    except subprocess.TimeoutExpired:
        raise MonitorError(f"{' '.join(command)}: no end after two minutes") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise MonitorError(f"{' '.join(command)}: {said or f'exit status {done.returncode}'}")
    return "done"


def is_ours(unit: Path) -> bool:
    """Whether a unit file was written by `monitor service install`."""
    try:
        return unit.read_text("utf-8", "replace").startswith(_HEAD[:40])
    except OSError:
        return False
