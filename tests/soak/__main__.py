"""`python -m tests.soak`: the options of a run, and its verdict."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tests.soak
from tests.soak.run import Soak


def main() -> None:
    """Run it; exit status 1 where anything was lost, told under a second key, or memory grew."""
    parser = argparse.ArgumentParser(
        description=tests.soak.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20.0, help="from the end of the baseline")
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--every", default="60s", help="time between two polls of a source")
    parser.add_argument(
        "--trickle", type=float, default=3.0, help="least seconds between two articles"
    )
    parser.add_argument(
        "--deaths", type=float, nargs=2, default=(30.0, 90.0), help="seconds between two"
    )
    parser.add_argument("--disk", type=int, default=400, help="MB of the database's disk")
    parser.add_argument(
        "--faketime", help="libfaketimeMT.so.1, where it does not lie in Debian's place"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if "SOAK_INSIDE" not in os.environ:
        # A mount namespace of its own: the small disk is seen by nobody else, and goes with it.
        inside = [
            "unshare",
            "--mount",
            "--propagation",
            "private",
            sys.executable,
            "-m",
            "tests.soak",
        ]
        os.execvpe("unshare", [*inside, *sys.argv[1:]], {**os.environ, "SOAK_INSIDE": "1"})
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soak = Soak(options, Path(folder))
        try:
            result = soak.run()
        finally:
            subprocess.run(["umount", "-l", Path(folder, "disk")], check=False, capture_output=True)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    memory = result["memory MB"]
    grew = memory["last third"] > 1.3 * memory["first third"]
    wrong = (
        grew
        or result["lost"]
        or result["under a second key"]
        or result["other bytes under one key"]
    )
    sys.exit(1 if wrong or result["exit"] or result["tracebacks"] else 0)


if __name__ == "__main__":
    main()
