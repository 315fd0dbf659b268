"""What commands print: distances in time, the reasons of a verdict, troubles that are alike."""

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli.developments import _told
from monitor.cli.output import age, table
from monitor.cli.reasons import lines
from monitor.cli.status import _troubles
from monitor.cli.trial import trial
from monitor.look.status import SourceStatus, cramped
from monitor.model import Channel, Config, PollSettings, Story
from monitor.store.denied import denied

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0s ago"),
        (59, "59s ago"),
        (60, "1m ago"),
        (3599, "59m ago"),
        (7200, "2h ago"),
        (47 * 3600, "47h ago"),
        (48 * 3600, "2d ago"),
        (-50, "in 50s"),
        (-3700, "in 1h"),
    ],
)
def test_a_moment_is_so_far_from_now(seconds: int, said: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == said


def test_a_moment_that_is_not_known_is_not_said() -> None:
    assert age(None, NOW) == ""


def reason(kind: str, text: str, sentence: str | None = None) -> dict[str, str | None]:
    return {"kind": kind, "text": text, "sentence": sentence}


def test_a_sentence_stands_once_with_all_that_was_found_in_it() -> None:
    found = [
        reason("concept", "name: مرسى النور", "أولى"),
        reason("concept", "what: عمال", "أولى"),
        reason("concept", "name: الدباغ", "ثانية"),
        reason("concept", "name: الشروق", "أولى"),
        reason("concept", "Kursk"),
        reason("missing", "what: only compared (x)", "third"),
        reason("term", "نور"),
        reason("term", "عمال"),
        reason("rule", "its names"),
        reason("rule", "another"),
    ]
    assert list(lines(found, "its names")) == [
        'concept: name: مرسى النور, الشروق; what: عمال in "أولى"',
        'concept: name: الدباغ in "ثانية"',
        "concept: Kursk",
        'missing: what: only compared (x) in "third"',
        "term: نور, عمال",
        "rule: another",
    ]


def source(name: str, state: str, sentence: str, detail: str = "") -> SourceStatus:
    return SourceStatus(
        name=name,
        state=state,
        since=None,
        sentence=sentence,
        failure=None,
        detail=detail,
        failures=1,
        polls=1,
        entries=0,
        gaps=0,
        last_read=None,
        next_poll=None,
        url="https://paper.example/feed",
    )


def test_sources_with_one_trouble_are_one_line() -> None:
    listed = [source(f"s{number}", "failing", "no server", "no such host") for number in range(8)]
    listed += [source("well", "ok", ""), source("shut", "blocked", "it refuses")]
    assert list(_troubles(listed)) == [
        "s0, s1, s2, s3, s4, s5 and 2 more: no server (no such host)",
        "shut: it refuses",
    ]


def test_what_is_to_be_done_stands_below_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    table(("kind", "name"), [("source", "a"), ("source", "صحيفة")], below=["wait", None], mark="→ ")
    assert capsys.readouterr().out.splitlines() == [
        "kind    name",
        "source  a",
        "        → wait",
        "source  صحيفة",
    ]


def test_a_read_only_file_system_is_no_matter_of_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "permission denied" in denied(tmp_path / "monitor.db")
    real = os.statvfs(tmp_path)
    flags = (*real[:8], real.f_flag | os.ST_RDONLY, *real[9:])
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(flags))
    said = denied(tmp_path / "monitor.db")
    assert said.endswith("monitor.db: it lies on a file system that is mounted read-only")


def test_a_test_message_is_of_a_story_that_its_channel_carries() -> None:
    stories = tuple(Story(name=name, title=name, seeds=Path("seeds")) for name in ("one", "two"))
    config = Config(
        path=Path("sources.yaml"),
        contact=None,
        database=Path("monitor.db"),
        poll=PollSettings(),
        fold_window=timedelta(days=14),
        stories=stories,
        channels=(),
        sources=(),
    )
    channel = Channel(name="log", kind="log", stories=("two",))
    assert trial(config, channel, NOW).story.name == "two"
    assert trial(config, replace(channel, stories=()), NOW).story.name == "one"


@pytest.mark.parametrize(("free", "said"), [(16_000_000, "16.0 MB free"), (17_000_000, "")])
def test_a_full_disk_is_said_where_no_ballast_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    found = cramped(tmp_path / "monitor.db")
    assert bool(found) == bool(said)
    assert said in found
    (tmp_path / "monitor.db.ballast").write_bytes(b"")
    assert cramped(tmp_path / "monitor.db") == ""


@pytest.mark.parametrize(
    ("told", "muted", "said"),
    [
        (["*"], False, "baseline"),
        (["*", "desk", "hook"], False, "desk, hook"),
        (["desk"], True, "desk; muted"),
        ([], False, "no"),
    ],
)
def test_who_was_told_of_a_development(told: list[str], muted: bool, said: str) -> None:
    assert _told({"told": told, "muted": muted}) == said
