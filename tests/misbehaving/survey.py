"""The whole catalogue polled once by a fresh process, beside healthy sites; servers stay in ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.newsroom.server import Backstage, Request, Response, Server

from . import codings
from .case import TITLE, Case, answer, feed
from .street import HOST, Street

ROOT = Path(__file__).parents[2]
DEADLINE = 3.0
HEALTHY = 4
# Without it a certificate that has expired might be refused for being nobody's.
_CONTROL = Case(
    name="https",
    does="shows a proper certificate",
    act=answer(feed()),
    outcomes=("new",),
    scheme="https",
    tls="right",
)


class _Lively:
    """A feed with one more entry at each visit."""

    def __init__(self) -> None:
        self.visits = 0

    def __call__(self, request: Request) -> Response:
        self.visits += 1
        titles = [f"{TITLE} {n}" for n in range(1, self.visits + 1)]
        return Response(headers={"Content-Type": "application/rss+xml"}, body=feed(*titles))


def survey(cases: Iterable[Case], folder: Path, deadline: float = DEADLINE) -> dict[str, Any]:
    """The report of `run`, with the cases' addresses as `urls`. `folder` takes the database.

    `deadlines` are in seconds, by the case's name.
    """
    codings.prepare()
    street = Street([*cases, _CONTROL])
    sites = [Server(_Lively()) for _ in range(HEALTHY)]
    with Backstage() as stage:
        stage.run(street.start())
        for site in sites:
            stage.run(site.start())
        plan = {
            "folder": str(folder),
            "deadline": deadline,
            "public": HOST,
            "sources": [
                {
                    "name": case.name,
                    "url": street.urls[case.name],
                    "private": case.private,
                    "polls": len(case.outcomes),
                    "heavy": case.heavy,
                }
                for case in street.cases
            ],
            "healthy": [
                {"name": f"healthy-{n}", "url": f"{site.origin}/feed", "private": True}
                for n, site in enumerate(sites)
            ],
        }
        try:
            done = subprocess.run(
                [sys.executable, "-m", "tests.misbehaving.run"],
                input=json.dumps(plan),
                capture_output=True,
                text=True,
                timeout=900,
                check=False,
                cwd=ROOT,
                env={**os.environ, "SSL_CERT_FILE": str(street.authority)},
            )
        finally:
            for site in sites:
                stage.run(site.stop())
            stage.run(street.stop())
    if done.returncode or done.stderr:
        raise RuntimeError(f"the run ended with {done.returncode}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    report["urls"] = street.urls
    report["deadlines"] = dict.fromkeys(street.urls, deadline)
    return report
