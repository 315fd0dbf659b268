"""What a command costs: CPU of it and all its children, peak memory of them together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.farm import PORT


@dataclass(slots=True)
class Cost:
    """CPU and wall in seconds, the first without what came before `before`; memory in MB."""

    cpu: float
    start: float
    wall: float
    peak: float
    told: dict[str, Any] = field(default_factory=dict)


def run(command: Sequence[str | Path], *, timeout: float = 3600) -> Cost:
    """Run to its end a command that says what it did in JSON, `before` being CPU not to count."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    peak = 0.0
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.2):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    alarm = threading.Timer(timeout, process.kill)
    alarm.start()
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    over.set()
    alarm.cancel()
    watcher.join()
    if status:
        sys.exit(f"{command[0]} failed: {process.returncode}")
    lines = said.strip().splitlines()
    told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    start = float(told.pop("before", 0.0))
    wall = time.monotonic() - began
    return Cost(usage.ru_utime + usage.ru_stime - start, start, wall, peak, told)


def family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    todo = [pid]
    while todo:
        one = todo.pop()
        yield one
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            pass


def memory(pid: int) -> float:
    """What a process and its children hold, shared pages counted once, in MB."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def used(pid: int) -> float:
    """CPU seconds of a running process and its living children."""
    ticks = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """The farm, served by a process of its own whose cost is nobody's."""
    farm = Path(__file__).with_name("farm.py")
    process = subprocess.Popen(
        [sys.executable, str(farm), str(folder), "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    if process.stdout.readline() != b"ready\n":
        process.kill()
        sys.exit(f"the farm cannot be served: is port {PORT} of 127.0.0.2 in use?")
    try:
        yield
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(30)


def counts() -> dict[str, int]:
    """What the farm was asked since the last look."""
    with urlopen(f"http://127.0.0.2:{PORT}/counts") as answer:
        found: dict[str, int] = json.load(answer)
    return found
