"""The commands as a user types them, over a newsroom on loopback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

from monitor.cli.main import _COMMANDS, commands
from monitor.store.denied import denied
from tests.newsroom import Here, Monitor, Newsroom, command, read_items
from tests.newsroom.copies import copy_of

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "north-korea-russia"
STORY = [
    item
    for item, row in read_items(ROOT / "tests/data/newsroom/story.jsonl")
    if row["band"] == "on"
]
OTHERS = [item for item, _ in read_items(ROOT / "tests/data/newsroom/others.jsonl")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    """A newsroom polled twice by hand: one article of the baseline, one that was alerted.

    The first poll is a process of its own, as a user's is.
    """
    folder = tmp_path_factory.mktemp("desk")
    with Newsroom(["rss", "listing"]) as room:
        room.publish("rss", *OTHERS[:3], STORY[1])
        room.publish("listing", OTHERS[3])
        config = room.write_config(folder, seeds=SEEDS)
        first = Monitor(config).ask("poll")
        monitor = Here(config)
        address = room.publish("listing", STORY[0])[0]
        second = monitor.ask("poll")
        yield room, monitor, address, first, second


def test_the_first_poll_alerts_nobody_and_the_second_does(desk) -> None:
    room, _, address, first, second = desk
    (baseline,) = [row for row in first if row.get("band") == "on"]
    assert baseline["told"] == "baseline"
    (new,) = [row for row in second if row.get("band") == "on"]
    assert new["told"] == "alerted"
    assert len(room.received) == 2
    assert len(room.alerts(address, "email")) == len(room.alerts(address, "webhook")) == 1


def test_status_articles_and_alerts_tell_the_same(desk) -> None:
    _, monitor, _, _, _ = desk
    rows = monitor.ask("status")
    states = {row["name"]: row for row in rows if row["kind"] == "source"}
    assert {row["state"] for row in states.values()} == {"ok"}
    assert states["rss"]["polls"] == 2
    (story,) = [row for row in rows if row["kind"] == "story"]
    assert story["on"] == 2
    (summary,) = [row for row in rows if row["kind"] == "summary"]
    assert len(summary["evidence"]) == 64
    on = monitor.ask("articles", "--band", "on")
    assert len(on) == 2
    assert all(row["score"] >= 0.5 for row in on)
    log = monitor.ask("alerts", "list")
    assert monitor.ask("alerts") == log
    assert {(row["channel"], row["state"]) for row in log} == {
        ("desk", "delivered"),
        ("hook", "delivered"),
    }
    assert monitor.call("alerts").stdout.count("delivered") == 2


def test_explain_says_why_and_why_not(desk) -> None:
    _, monitor, address, _, _ = desk
    (found,) = monitor.ask("explain", address)
    assert found["answer"] == "judged"
    (verdict,) = found["verdicts"]
    assert (verdict["band"], verdict["told"]) == ("on", "alerted")
    assert verdict["reasons"]
    assert {row["state"] for row in found["alerts"]} == {"delivered"}
    assert found["evidence"][0]["size"] > 0
    by_id = monitor.call("explain", str(found["id"])).stdout
    assert "alerted" in by_id
    assert "evidence" in by_id
    alert = found["alerts"][0]["alert"]
    (by_alert,) = monitor.ask("explain", alert)
    assert by_alert["id"] == found["id"]
    off = next(row for row in monitor.ask("articles", "--band", "off"))
    why_not = monitor.call("explain", off["link"]).stdout
    assert "off, score" in why_not
    assert "No source has shown" in monitor.call("explain", "https://unseen.example/a").stdout
    # As people write it: without a scheme, which says nothing of where it stands.
    for written in (address.removeprefix("http://"), f"\u2068{address}\u2069", f"\u200f{address} "):
        (bare,) = monitor.ask("explain", written)
        assert (bare["answer"], bare["id"]) == ("judged", found["id"])
    assert monitor.call("try", f"\u200f{address}\u200f", "--private").returncode == 0
    unseen = urlsplit(address).netloc + "/unseen"
    assert "No source of this host" not in monitor.call("explain", unseen).stdout
    assert "No source of this host" in monitor.call("explain", "unseen.example/a").stdout
    for unknown in ("9999", "abc"):
        done = monitor.call("explain", unknown)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"no article {unknown}: see `monitor articles`" in done.stderr


def test_what_was_polled_can_be_taken_out_and_verified(desk, tmp_path: Path) -> None:
    _, monitor, address, _, _ = desk
    (said,) = monitor.ask("export", "--warc", str(tmp_path / "a.warc.gz"))
    assert (said["kind"], said["faults"]) == ("warc", [])
    with (tmp_path / "a.warc.gz").open("rb") as file:
        read = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]  # fmt: skip
    assert len(read) == 1 + said["responses"] + said["rows"]
    (page,) = [body for kind, uri, body in read if (kind, uri) == ("response", address)]
    assert STORY[0].title.encode() in page
    (found,) = monitor.ask("export", "--dossier", str(tmp_path / "a.html"))
    assert found["developments"] >= 1
    head = monitor.ask("status")[-1]["evidence"]
    assert head in (tmp_path / "a.html").read_text("utf-8")
    assert "all before it is as it was then" in monitor.call("evidence", "verify", "--head", head).stdout  # fmt: skip


def test_a_mistyped_source_is_wrong_usage(desk) -> None:
    _, monitor, _, _, _ = desk
    for words in (("articles", "--source", "typo"), ("try", "typo"), ("try", "https://[/")):
        done = monitor.call(*words)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), words
    assert monitor.ask("articles", "--source", "rss", "--band", "off")
    bare = monitor.call("try", "127.0.0.5:9/feed")
    assert bare.returncode == 1
    assert "give --private" in bare.stderr
    secret = monitor.call("try", "https://me:secret@paper.example/")
    assert secret.returncode == 1
    assert "private" not in secret.stderr


def test_what_waits_says_when_it_is_tried_next(desk) -> None:
    room, monitor, address, _, _ = desk
    alert = monitor.ask("explain", address)[0]["alerts"][0]["alert"]
    before = [*room.mail.received], [*room.hook.received]
    room.mail.behaviour, room.hook.behaviour = "later", "refuse"
    monitor.call("alerts", "resend", alert)
    assert re.search(r"desk +queued, due", monitor.call("alerts").stdout)
    monitor.call("poll")
    told = monitor.call("alerts").stdout
    assert re.search(r"desk +queued, next try in \d+s  .*  451 ", told)
    assert re.search(r"hook +given-up  410 ", told)
    status = monitor.call("status").stdout
    assert re.search(r"\n  not taken for \d+s: message refused: 451 .*; next try in \d+s\n", status)
    assert "\n→ monitor alerts --state given-up" in monitor.call("status").stdout
    room.mail.behaviour = room.hook.behaviour = "accept"
    monitor.call("alerts", "resend", alert)
    monitor.call("poll")
    assert "→ monitor alerts" not in monitor.call("status").stdout
    room.mail.received[:], room.hook.received[:] = before


def test_resend_sends_the_same_bytes_again(desk) -> None:
    room, monitor, address, _, _ = desk
    (found,) = monitor.ask("explain", address)
    before = {r.key: r.body for r in room.received}
    done = monitor.call("alerts", "resend", found["alerts"][0]["alert"])
    assert done.returncode == 0, done.stderr
    monitor.call("poll")
    assert len(room.received) == 4
    said = monitor.call("explain", address).stdout
    assert len(re.findall(r"on \w+: delivered at \S+; sent again: delivered at", said)) == 2
    assert {r.key: r.body for r in room.received} == before
    assert monitor.call("alerts", "resend", "nothing").returncode == 1


def test_a_test_message_goes_through_every_channel_and_is_stored_nowhere(desk) -> None:
    room, monitor, _, _, _ = desk
    count = len(room.received)
    log = len(monitor.ask("alerts", "list"))
    done = monitor.call("alerts", "test")
    assert done.returncode == 0, done.stdout + done.stderr
    email, webhook = done.stdout.splitlines()
    assert email.startswith("desk: sent (250 ")
    assert webhook.startswith("hook: sent (20")
    assert len(room.received) == count + 2
    assert len(monitor.ask("alerts", "list")) == log
    assert monitor.call("alerts", "test", "nobody").returncode == 2


def test_check_tries_everything_once_and_stores_nothing(desk, tmp_path: Path) -> None:
    room, _, _, _, _ = desk
    config = room.write_config(tmp_path, seeds=SEEDS)
    monitor = Here(config)
    rows = monitor.ask("check")
    assert [(row["kind"], row["state"]) for row in rows] == [
        ("story", "ok"),
        ("channel", "ok"),
        ("channel", "ok"),
        ("source", "ok"),
        ("source", "ok"),
    ]
    assert not (tmp_path / "monitor.db").exists()
    document = yaml.safe_load(config.read_text("utf-8"))
    document["sources"].append({"name": "dead", "url": "http://127.0.0.1:9/feed", "private": True})
    document["channels"]["hook"]["secret"] = {"env": "NOT_SET_ANYWHERE"}
    config.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    done = monitor.call("check", "--json")
    assert done.returncode == 1
    states = {row["name"]: row["state"] for row in map(json.loads, done.stdout.splitlines())}
    assert (states["dead"], states["hook"], states["rss"]) == ("unreachable", "failing", "ok")
    assert monitor.call("check", "nonesuch").returncode == 2


def test_try_shows_what_a_source_and_a_page_would_give(desk) -> None:
    _, monitor, address, _, _ = desk
    rows = monitor.ask("try", "rss")
    assert rows[0]["status"] == 200
    assert len([row for row in rows if row["kind"] == "entry"]) == 4
    page = monitor.ask("try", address)[-1]
    assert page["kind"] == "page"
    assert page["matches"][0]["band"] == "on"
    assert "on, score" in monitor.call("try", address).stdout
    refused = monitor.call("try", "http://127.0.0.5:9/")
    assert refused.returncode == 1
    assert "private" in refused.stderr


def test_a_dry_run_shows_what_would_match_and_changes_nothing(desk, tmp_path: Path) -> None:
    room, _, _, _, _ = desk
    config = room.write_config(tmp_path, seeds=SEEDS)
    count = len(room.received)
    done = Here(config).call("poll", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("(would match)") == 2
    assert not (tmp_path / "monitor.db").exists()
    assert len(room.received) == count


def test_one_source_can_be_polled_by_name(desk) -> None:
    _, monitor, _, _, _ = desk
    rows = monitor.ask("poll", "rss")
    assert [row["source"] for row in rows] == ["rss"]
    assert rows[0]["outcome"] == "not-modified"
    assert monitor.call("poll", "nonesuch").returncode == 2


def test_a_story_under_another_name_is_told_of_nothing_again(tmp_path: Path) -> None:
    with Newsroom(["rss", "atom"]) as room:
        room.publish("rss", OTHERS[0])
        room.publish("atom", OTHERS[1])
        config = room.write_config(tmp_path, seeds={"korea": SEEDS})
        monitor = Here(config)
        monitor.ask("poll")
        (address,) = room.publish("rss", STORY[0])
        assert [row["told"] for row in monitor.ask("poll") if row.get("band") == "on"] == [
            "alerted"
        ]
        monitor.call("label", address, "yes")
        room.write_config(tmp_path, seeds={"dprk": SEEDS})
        assert "korea: 1 on, 0 maybe; no such story" in monitor.call("status").stdout
        room.publish("atom", copy_of(STORY[0], seed=1))
        (copy,) = [row for row in monitor.ask("poll") if row.get("band") == "on"]
        assert (copy["story"], copy["told"]) == ("dprk", "told already: a copy")
        assert len(room.received) == 2
        assert "dprk: 2 on, 0 maybe\n" in monitor.call("status").stdout
        assert [row["story"] for row in monitor.ask("label", "list")] == ["dprk"]
        assert len(monitor.ask("developments")) == 1
        # A second story was not followed when it was stored.
        room.write_config(tmp_path, seeds={"dprk": SEEDS, "later": SEEDS})
        said = monitor.call("explain", address).stdout
        assert "later: not judged, it was stored while this story was not followed; how it" in said


# ---- usage


def test_init_writes_a_configuration_that_checks_and_overwrites_nothing(tmp_path: Path) -> None:
    assert command("init", cwd=tmp_path).returncode == 0
    before = (tmp_path / "sources.yaml").read_bytes()
    assert (tmp_path / "seeds" / "north-korea-russia").is_dir()
    again = command("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "was left as it is" in again.stderr
    assert (tmp_path / "sources.yaml").read_bytes() == before
    nothing = command("status", cwd=tmp_path)
    assert nothing.returncode == 1
    assert "nothing is stored yet" in nothing.stderr


def test_a_missing_configuration_says_what_to_do(tmp_path: Path) -> None:
    done = command("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "monitor init" in done.stderr


def test_a_configuration_without_a_source_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    (tmp_path / "sources.yaml").write_text("stories: {lamp: {seeds: seeds}}\n")
    for words in (["poll"], ["poll", "--dry-run"], ["check"]):
        done = command(*words, cwd=tmp_path)
        assert done.returncode == 0
        assert "no source is polled: `monitor add URL`" in done.stderr
    assert command("poll", "--dry-run", cwd=tmp_path).stdout == "nothing would match\n"


@pytest.mark.parametrize("hidden", [".", "state"])
def test_a_folder_that_is_closed_to_us_says_whose_it_is(tmp_path: Path, hidden: str) -> None:
    # A user outside the service's group who asks for its status; root is asked without its powers.
    home = tmp_path / "home"
    (home / "seeds").mkdir(parents=True)
    (home / "seeds" / "a.txt").write_text("The lamp\n\nA lamp was lit in the hall.")
    (home / "state").mkdir()
    (home / "sources.yaml").write_text(
        "settings: {database: state/monitor.db}\nstories: {lamp: {seeds: seeds}}\n"
    )
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    if powerless and shutil.which("setpriv") is None:
        pytest.skip("root without setpriv")
    (home / hidden).chmod(0)
    command = [sys.executable, "-m", "monitor", "--config", str(home / "sources.yaml"), "status"]
    try:
        done = subprocess.run([*powerless, *command], capture_output=True, text=True, check=False)
    finally:
        (home / hidden).chmod(0o755)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert ": permission denied; " in line
    where = (home / hidden).resolve()
    assert f"{where} is yours, with mode 000: chmod u+rwx {where}" in line


def test_what_is_another_users_is_their_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    said = denied(Path("/etc/nothing-of-this-name.yaml"))
    assert said.endswith("/etc is of root, group root: run this as root (sudo -u root ...)")


def test_a_wrong_configuration_lists_every_problem_and_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("storys: {}\nsources: [{name: a, url: nonsense}]\n")
    for name in ("check", "run", "poll", "status"):
        done = command(name, cwd=tmp_path)
        assert done.returncode == 2, name
        assert "sources.yaml:1:1: unknown key 'storys', did you mean 'stories'?" in done.stderr
        assert "sources.yaml:2:" in done.stderr


def test_a_mistyped_command_is_answered_with_the_right_one(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "monitor", "stauts"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Did you mean 'status'?" in done.stderr


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help(name: str, tmp_path: Path) -> None:
    done = command(name, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: monitor {name}")


def test_a_second_daemon_is_refused(desk, tmp_path: Path) -> None:
    room, _, _, _, _ = desk
    with Monitor(room.write_config(tmp_path, seeds=SEEDS)) as first:
        first.wait_for("alerts go to")
        second = first.call("run")
        assert second.returncode == 1
        assert "another monitor" in second.stderr
        assert first.stop() == 0


def test_a_source_that_is_off_is_not_polled_by_name_but_named(desk, tmp_path: Path) -> None:
    room, _, _, _, _ = desk
    config = room.write_config(tmp_path, seeds=SEEDS)
    document = yaml.safe_load(config.read_text("utf-8"))
    document["sources"][0]["enabled"] = False
    config.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    done = Here(config).call("poll", "rss")
    assert done.returncode == 2
    assert "switched off" in done.stderr
    unnamed = Here(config).call("check")
    assert "1 source is switched off and was not tried" in unnamed.stderr
    assert "rss" not in unnamed.stdout
    (named,) = [row for row in Here(config).ask("check", "rss") if row["kind"] == "source"]
    assert (named["name"], named["state"]) == ("rss", "ok")


def test_status_says_that_no_daemon_runs_and_what_has_no_way_out(desk) -> None:
    _, monitor, _, _, _ = desk
    assert "daemon: not running" in monitor.call("status").stdout
    (summary,) = [row for row in monitor.ask("status") if row["kind"] == "summary"]
    assert summary["daemon"] is None
    config = monitor.config
    before = config.read_bytes()
    document = yaml.safe_load(before)
    document["channels"]["office"] = document["channels"].pop("desk")
    try:
        monitor.call("alerts", "resend", monitor.ask("alerts", "list")[0]["alert"])
        config.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
        assert "desk: 1 waiting; no such channel" in monitor.call("status").stdout
    finally:
        config.write_bytes(before)
        monitor.call("poll")


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    def init() -> subprocess.CompletedProcess[str]:
        return command("init", str(tmp_path))

    mine = tmp_path / "seeds" / "north-korea-russia" / "001-first-confirmation.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("my own words", "utf-8")
    assert init().returncode == 0
    assert mine.read_text("utf-8") == "my own words"
    assert len(list(mine.parent.iterdir())) == 5
    (tmp_path / "sources.yaml").write_text("stories: {}\n", "utf-8")
    assert init().returncode == 2
    assert (tmp_path / "sources.yaml").read_text("utf-8") == "stories: {}\n"


_NAMED = re.compile(r"\bmonitor ((?:--config \S+ )?[a-z]+(?: [^`\"\n;,.)]*)?)")


def test_every_option_that_a_message_or_a_page_names_is_there() -> None:
    """`monitor alerts --state held` in a message must be what can be typed."""
    pages = [*ROOT.glob("monitor/**/*.py"), *ROOT.glob("docs/*.md"), ROOT / "README.md"]
    wrong, seen = [], 0
    for page in pages:
        for said in _NAMED.findall(page.read_text("utf-8")):
            words = said.split()[2:] if said.startswith("--config") else said.split()
            if not words or words[0] not in _COMMANDS:
                continue  # "the monitor fares", say
            command = commands.get_command(click.Context(commands), words[0])
            if isinstance(command, click.Group) and len(words) > 1:
                command = command.commands.get(words[1], command)
            known = {option for each in command.params for option in each.opts}
            named = re.findall(r"(?<!\S)--[a-z][a-z-]*", " ".join(words))
            seen += len(named)
            wrong += [(page.name, said) for option in named if option not in {*known, "--help"}]
    assert wrong == []
    assert seen > 30


def test_what_is_cut_off_by_a_pipe_is_no_failure_and_any_terminal_is_served(tmp_path: Path) -> None:
    # As the shell does it, with a title that fills the pipe, and one that the terminal cannot show.
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("صباح الخير\n\nA lamp was lit in the hall.")
    (tmp_path / "sources.yaml").write_text("stories: {lamp: {seeds: seeds}}\n")
    show = [sys.executable, "-m", "monitor", "--config", str(tmp_path / "sources.yaml"), "story"]
    narrow = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    shown = subprocess.run([*show, "show"], capture_output=True, env=narrow, check=False)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert rb"\u0635" in shown.stdout
    as_json = subprocess.run(
        [*show, "show", "--json"], capture_output=True, env=narrow, check=False
    )
    assert "صباح" in json.dumps(json.loads(as_json.stdout.splitlines()[0]), ensure_ascii=False)
    with subprocess.Popen([*show, "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as cut:
        assert cut.stdout
        assert cut.stderr
        cut.stdout.close()  # `| head` that has read enough
        assert cut.stderr.read() == b""
    assert cut.returncode == 0
