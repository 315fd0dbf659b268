"""`python -m tests.newsroom [--documents DIR] [--config DIR]`: the newsroom by hand, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from .documents import read_documents
from .newsroom import Newsroom


def main() -> None:
    """Start, print the addresses, wait."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--documents", type=Path, help="publish the documents of this folder")
    parser.add_argument("--on", default="rss", help="the site to publish them on (default: rss)")
    parser.add_argument("--config", type=Path, help="write a sources.yaml into this folder")
    parser.add_argument("--seeds", type=Path, default=Path("seeds/north-korea-russia"))
    options = parser.parse_args()
    with Newsroom() as room:
        for name, site in room.sites.items():
            print(f"{name:<11}{site.url}")
        print(f"{'smtp':<11}{room.mail.host}:{room.mail.port}\n{'webhook':<11}{room.hook.url}")
        if options.documents:
            for document in read_documents(options.documents):
                print(f"{document.name}: {room.publish(options.on, document.item)[0]}")
        if options.config:
            options.config.mkdir(parents=True, exist_ok=True)
            written = room.write_config(options.config, seeds=options.seeds.resolve())
            print(f"monitor --config {written} run")
        print("Ctrl-C ends it.", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
