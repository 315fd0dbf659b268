"""`python -m tests.misbehaving`: the whole catalogue once, and what it cost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .catalogue import CASES
from .survey import DEADLINE, survey


def main() -> None:
    """Print the cases with a wrong outcome, and the figures."""
    with tempfile.TemporaryDirectory() as folder:
        report = survey(CASES.values(), Path(folder))
    for name, polls in report["sources"].items():
        found = tuple(poll["outcome"] for poll in polls)
        if name in CASES and found != CASES[name].outcomes:
            print(f"WRONG  {name}: {', '.join(found)} ({polls[-1]['detail']})")
    every = [poll for polls in report["sources"].values() for poll in polls]
    good = [poll for polls in report["healthy"].values() for poll in polls]
    rest, peak = sum(report["rest"].values()), sum(report["peak"].values())
    print(f"cases            {len(CASES)}, {len(every)} polls, {report['wall']:.1f} s")
    print(f"deadline         {DEADLINE:g} s; longest exchange {max(report['exchange'].values()):.2f} s,"
          f" longest poll {max(poll['seconds'] for poll in every):.2f} s")  # fmt: skip
    print(f"healthy sources  {len(good)} polls, {sum(p['outcome'] == 'new' for p in good)} read,"
          f" longest {max(poll['seconds'] for poll in good):.2f} s")  # fmt: skip
    print(f"event loop       longest pause {report['pause'] * 1000:.0f} ms")
    for who in ("daemon", "worker"):
        print(f"memory, {who}   {report['rest'][who] / 1e6:.0f} MB at rest,"
              f" {report['peak'][who] / 1e6:.0f} MB at its highest")  # fmt: skip
    print(f"memory, both     {(peak - rest) / 1e6:.0f} MB above rest")


if __name__ == "__main__":
    main()
