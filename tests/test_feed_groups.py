"""`monitor inspect feed` over small feeds in groups: versions, dates, modes, encodings, faults.

A group is a file of tests/data/feed-groups. A case is a body (put into a wrapping where it
names one) and the fields that its entries must have; fields that it leaves out are free.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

Case = dict[str, Any]


def _groups() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted((Path(__file__).parent / "data" / "feed-groups").glob("*.yaml")):
        group = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for case in group["cases"]:
            name = f"{path.stem}/{case['name']}"
            assert name not in found, name
            found[name] = {**case, "bytes": _bytes(case, group.get("wrap", {}))}
    return found


def _bytes(case: Case, wraps: dict[str, str]) -> bytes:
    text = case.get("body", "")
    if "bytes" in case:
        text = f"<?xml version='1.0' encoding='{case['label']}'?>" if "label" in case else ""
    if "in" in case:
        text = wraps[case["in"]].replace("@@", text)
    for letter in case.get("drop", ""):
        text = text.replace(letter, "")
    found = f"{case.get('mark', '')}{text}".encode(case.get("bytes", "utf-8"))
    return found.replace(b"</item>", b"<category>\xff</category></item>") if "broken" in case else found  # fmt: skip


CASES = _groups()


@pytest.fixture(scope="module")
def answers() -> dict[str, Case]:
    """What one run of the command answers to all cases, by their names."""
    lines = [
        {
            "id": name,
            "body": base64.b64encode(case["bytes"]).decode(),
            "url": case.get("url"),
            "content_type": case.get("content_type"),
        }
        for name, case in CASES.items()
    ]
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "inspect", "feed", "--jsonl"],
        input="\n".join(map(json.dumps, lines)).encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def test_there_are_cases_of_every_kind() -> None:
    groups = [name.partition("/")[0] for name in CASES]
    assert len(groups) >= 120
    assert min(map(groups.count, set(groups))) >= 15


@pytest.mark.parametrize("name", CASES)
def test_feed_reads_as_expected(name: str, answers: dict[str, Case]) -> None:
    case, got = CASES[name], answers[name]
    if "error" in case:
        assert case["error"] in got["error"]
        return
    assert "error" not in got, got
    if "title" in case:
        assert got["title"] == case["title"]
    assert len(got["entries"]) == len(case["entries"]), got["entries"]
    for entry, want in zip(got["entries"], case["entries"], strict=True):
        assert {field: entry[field] for field in want} == want
