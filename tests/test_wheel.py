"""The wheel carries what a user starts from: an install from it alone is enough."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_shipped_configuration_seeds_and_unit(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("sources.yaml", "sources.schema.json", "systemd/monitor.service"):
        assert f"monitor/shipped/{name}" in names
    seeds = {name for name in names if name.startswith("monitor/shipped/seeds/north-korea-russia/")}
    assert len(seeds) == 5
    ours = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "monitor").rglob("*.*")
        if "pyc" not in path.name
    }
    assert ours <= names, "every data file beside the code is in it"


def test_init_and_check_work_from_it_alone(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    desk = tmp_path / "desk"
    desk.mkdir()
    run = [sys.executable, "-c", "import sys; sys.path.insert(0, sys.argv.pop(1)); from monitor.cli.main import main; main()", str(site)]  # fmt: skip
    environment = {**os.environ, "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [*run, "init"], cwd=desk, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (desk / "sources.yaml").read_bytes() == (ROOT / "sources.yaml").read_bytes()
    # Names a source that is not there: the configuration itself must be right for that answer.
    done = subprocess.run(
        [*run, "check", "nonesuch"],
        cwd=desk,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert "no source named nonesuch" in done.stderr
