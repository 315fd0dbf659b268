"""`monitor add` as a user types it, over synthetic sites on loopback."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import add
from monitor.cli.add import add_command
from monitor.config.load import load
from monitor.discovery import Discovery
from monitor.errors import MonitorError
from monitor.fetch.client import Client
from monitor.identify.address import canonical
from monitor.parse.rank import Offer
from tests.newsroom import Here, Monitor
from tests.newsroom.newsroom import rows
from tests.sites import SITES, Street
from tests.test_discovery import RIGHT

# Comments at odd places, quotes of both kinds, blanks at line ends: all of it must stay.
WRITTEN = """\
# my sources
settings:
  poll: {host_gap: 0s, deadline: 60s}   # quick
stories:
  north-korea-russia: {title: 'x', seeds: %s}

sources:   # the list

  # the first one
  - name: first
    url: "https://first.example/feed"   # yes
    language: ar

  # - name: off
  #   url: https://off.example/feed
# the end
"""
SEEDS = Path(__file__).parents[1] / "seeds" / "north-korea-russia"


@pytest.fixture(scope="module")
def street():
    with Street(SITES) as street:
        yield street


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(WRITTEN % SEEDS, "utf-8")
    return path


def without(text: str, added: str) -> str:
    """The text without the lines of one source."""
    head, mark, rest = text.partition(f"  - name: {added}\n")
    assert mark
    lines = rest.splitlines(keepends=True)
    while lines and lines[0].startswith("    "):
        lines.pop(0)
    return head + "".join(lines)


def kept(text: str, before: str, added: str) -> bool:
    """Whether all that was there is there still, byte for byte, but for a blank line before the new."""
    rest = without(text, added)
    return rest == before or any(
        rest == before[:at] + "\n" + before[at:] for at in range(len(before))
    )


# One of each kind as a process; all of them are searched in test_discovery.
@pytest.mark.parametrize(
    "case",
    [
        "newsmap",
        *(
            pytest.param(case, marks=pytest.mark.slow)
            for case in RIGHT["cases"]
            if case.split(maxsplit=1)[0] not in {"telegram", "youtube"} and case != "newsmap"
        ),
    ],
)
def test_the_right_source_is_added_and_all_else_stays(case, street, config):
    want = RIGHT["cases"][case]
    at = street.servers[case.split(maxsplit=1)[0]].origin
    before = config.read_text("utf-8")
    done = Here(config).call("add", at + want["ask"], "--private", "--yes", "--name", "new")
    assert done.returncode == 0, done.stderr
    assert "next: monitor check new" in done.stdout
    first, source = load(config).sources
    assert first.name == "first"
    assert (source.name, source.url, source.kind) == ("new", at + want["url"], want["kind"])
    assert source.private
    assert source.aggregator == want.get("aggregator", False)
    if "outlet" in want:
        assert source.outlet == want["outlet"]
    after = config.read_text("utf-8")
    assert kept(after, before, "new")
    assert ("kind:" in after) == (want["kind"] != "feed")


@pytest.mark.slow
def test_it_is_found_by_the_next_commands_too(street, config):
    monitor = Here(config)
    done = monitor.call("add", street.servers["jannah"].origin, "--private", "--yes", "--json")
    *_, added = rows(done.stdout)
    assert added["added"] is True
    name = added["source"]["name"]
    *_, checked = monitor.ask("check", name)
    assert (checked["kind"], checked["name"], checked["state"]) == ("source", name, "ok")


def test_json_alone_shows_and_adds_nothing(street, config):
    before = config.read_bytes()
    found = Here(config).ask("add", street.servers["stale"].origin, "--private")
    best, *_ = found
    assert (best["kind"], best["rank"], best["form"]) == ("candidate", 1, "news sitemap")
    assert len(best["headlines"]) == 3
    assert (found[-1]["kind"], found[-1]["added"]) == ("added", False)
    assert found[-1]["source"]["kind"] == "sitemap"
    assert config.read_bytes() == before


class InProcess:
    """The command by the sites' own names; what it does besides is that of the process."""

    def __init__(self, street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
        def client(poll, contact):
            return Client(poll, contact=contact, transport=street.transport())

        monkeypatch.setattr(add, "Client", client)

    def __call__(self, config: Path, *words: str, told: str | None = None):
        return CliRunner().invoke(
            add_command, [*words, "--config", str(config)], input=told, catch_exceptions=True
        )


@pytest.fixture
def run(street, monkeypatch):
    return InProcess(street, monkeypatch)


def test_without_a_terminal_it_wants_a_word_before_it_asks_anybody(street, config, run):
    before = len(street.paths("jannah"))
    done = run(config, "www.bawabat-nahr.example")
    assert done.exit_code == 2
    assert "--yes" in done.output
    assert len(street.paths("jannah")) == before


def test_what_is_declared_is_refused_under_its_name(street, config, run):
    assert run(config, "www.bawabat-nahr.example", "--yes").exit_code == 0
    text = config.read_bytes()
    (source,) = load(config).sources[1:]
    assert source.name == "bawabat-nahr"
    before = len(street.paths("jannah"))
    again = run(config, "http://bawabat-nahr.example/feed", "--yes")
    assert isinstance(again.exception, MonitorError)
    assert "declared already, as bawabat-nahr" in str(again.exception)
    assert len(street.paths("jannah")) == before
    by_home = run(config, "https://www.bawabat-nahr.example/", "--yes")
    assert "declared already, as bawabat-nahr" in str(by_home.exception)
    assert config.read_bytes() == text
    assert "\n   declared already, as bawabat-nahr\n" in by_home.stdout
    rows_ = rows(run(config, "www.bawabat-nahr.example", "--json", "--all").stdout)
    assert rows_[0]["declared"] == "bawabat-nahr"


def test_a_best_that_is_declared_is_no_default(monkeypatch):
    offers = tuple(offer(f"https://a.example/{path}") for path in ("feed", "rss", "poor"))
    found = Discovery(url="https://a.example/", outlet=None, offers=offers, misses=())
    known = {"https://a.example/feed": "a"}
    monkeypatch.setattr(add.click, "prompt", lambda _, default, **__: default)
    assert {canonical(one.url) for one in offers} >= set(known)
    assert add._chosen(found, known, ask=True) is offers[1]
    assert add._chosen(found, {canonical(o.url): "a" for o in offers}, ask=True) is None
    with pytest.raises(MonitorError, match=r"as a; .* add https://a\.example/rss"):
        add._chosen(found, known, ask=False)
    assert add._chosen(found, {}, ask=False) is offers[0]


def test_a_taken_name_and_a_broken_address_are_wrong_usage(config, run):
    assert run(config, "https://a.example/", "--yes", "--name", "first").exit_code == 2
    assert run(config, "https://[/", "--yes").exit_code == 2


@pytest.mark.parametrize("site", RIGHT["nothing"])
def test_nothing_found_says_what_was_tried_and_what_to_do(site, config, run):
    before = config.read_bytes()
    done = run(config, f"https://{SITES[site].host}/", "--yes")
    assert isinstance(done.exception, MonitorError)
    said = str(done.exception)
    assert RIGHT["nothing"][site] in said
    assert f"https://{SITES[site].host}/" in said
    assert "docs/adding-a-source.md" in said
    assert config.read_bytes() == before


def test_a_dry_run_shows_the_lines_and_writes_none(config, run):
    before = config.read_bytes()
    done = run(config, "www.youtube.com/@minbar", "--dry-run")
    (shown,) = [part for part in done.stdout.split("\n\n") if part.startswith("would add to")]
    assert "    outlet: قناة المنبر" in shown
    assert config.read_bytes() == before
    run(config, "www.youtube.com/@minbar", "--yes")
    lines = shown.splitlines()[1:]
    assert lines[0] == "  - name: minbar"
    assert "\n".join(lines) in config.read_text("utf-8")
    assert "minbar" not in without(config.read_text("utf-8"), "minbar")


def test_all_shows_the_poor_ones_and_the_failures(config, run):
    few = run(config, "shasha.example", "--dry-run").stdout
    assert "/rss/empty.xml" not in few
    every = run(config, "shasha.example", "--dry-run", "--all").stdout
    (missed,) = [line for line in every.splitlines() if "/feed.json" in line]
    assert missed.startswith("not usable: https://shasha.example/")
    assert ", /" in missed, "one line for all that are missing"
    assert f"{missed}\n   not-found" in every
    assert "it is empty" in every


@pytest.mark.slow
def test_on_a_terminal_it_asks_and_the_best_is_the_default(street, config):
    assert asked(config, street, b"0\n") == (0, 1)
    assert asked(config, street, b"\n") == (0, 2)
    assert load(config).sources[1].url.endswith("/feed/")


def asked(config: Path, street: Street, answer: bytes) -> tuple[int, int]:
    """Exit status, and how many sources there are then, of the command on a terminal."""
    ours, theirs = os.openpty()
    try:
        with subprocess.Popen(
            Monitor(config).command("add", street.servers["jannah"].origin, "--private"),
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            os.write(ours, answer)
            process.wait(60)
    finally:
        os.close(ours)
        os.close(theirs)
    return process.returncode, len(load(config).sources)


def offer(url: str) -> Offer:
    return Offer(
        url=url,
        kind="feed",
        form="feed",
        found="declared",
        title=None,
        entries=1,
        newest=datetime(2026, 11, 22, tzinfo=UTC),
        headlines=("جسر\u202e جديد\x1b[31m\nسطر",),
        language="ar",
        depth="full texts",
        aggregator=False,
        usable=True,
        sure=True,
        why=("named by the site",),
        score=(1,),
    )


def test_a_strangers_headline_cannot_disturb_the_terminal(capsys):
    found_ = offer("https://a.example/feed")
    found = Discovery(url="https://a.example/", outlet=None, offers=(found_,), misses=())
    add._show(found, {}, everything=False, as_json=False)
    shown = capsys.readouterr().out
    assert "   - \u2068جسر جديد [31m سطر\u2069\n" in shown
