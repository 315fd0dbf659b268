"""The stories of the tests, learnt from their seeds, and the labelled streams that they are scored on.

Streams are given whole. Which rows nobody may read is said beside them (`README.md` in `STREAMS` and `STORIES`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from monitor.learn import seeds
from monitor.model import Label, Seed, Story
from monitor.story.profile import Profile, learn

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
STREAMS = ROOT / "tests" / "data" / "story-stream"
STORIES = ROOT / "tests" / "data" / "stories"
STORY = Story(name="troops", title="Troops", seeds=SEEDS, age_gate=None)

# Where the half begins that may be read, counted from 0 (`README.md` in `STORIES`).
_READ = dict.fromkeys(str.split("quay ferry goldmine haiti cholera"), 1) | dict.fromkeys(
    str.split(
        "dam takeover bank mussels protests cuts wells medicines oilfield climbers dialysis waterbill throws karkheh dredger"
    ),
    0,
)

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The rows of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def shipped() -> tuple[Seed, ...]:
    """The pieces of the shipped seeds."""
    return seeds(STORY)


def seeds_of(name: str) -> tuple[Seed, ...]:
    """The pieces of the seeds of a folder of `STORIES`."""
    return seeds(_story(name))


@cache
def learnt(name: str | None = None) -> Profile:
    """The shipped story, or that of a folder of `STORIES`."""
    return learn(STORY, shipped()) if name is None else learn(_story(name), seeds_of(name))


def _story(name: str) -> Story:
    return Story(name=name, title=name, seeds=STORIES / name / "seeds")


def stream(name: str = "dev.jsonl") -> list[Row]:
    """A stream of the shipped story."""
    return rows(STREAMS / name)


def stream_of(name: str) -> list[Row]:
    """The stream of a folder of `STORIES`."""
    return rows(STORIES / name / "stream.jsonl")


def read_of(name: str) -> list[Row]:
    """Of such a story the rows that may be read: a half, all of one written to develop on. KeyError of a held-out one."""
    return stream_of(name) if name.startswith("own-") else stream_of(name)[_READ[name] :: 2]


def label(number: int, row: Mapping[str, Any], *, yes: bool | None = None) -> Label:
    """A row as its reader labels it: yes where it is on the story."""
    return Label(
        article=number,
        yes=row["band"] == "on" if yes is None else yes,
        title=row["title"],
        text=row["text"],
        language=row["lang"],
    )
