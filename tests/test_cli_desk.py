"""The desk's commands: over a filled store, and as a user types them beside a running daemon."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from monitor.cli.main import commands
from monitor.errors import MonitorError
from monitor.model import Episode
from monitor.searching import fill
from monitor.store.store import Store
from monitor.story.profile import learn
from tests import blank
from tests.labelled import SEEDS, STORY, shipped
from tests.newsroom import Monitor, Newsroom, read_items
from tests.newsroom.newsroom import wait_until
from tests.stored import Desk
from tests.test_desk import DENIAL, DENIAL_TEXT, FIGHT, FIGHT_TEXT, MEDALS, MEDALS_TEXT

DATA = Path(__file__).parent / "data" / "newsroom"


class Commands:
    """A configuration with a store: FIGHT, MEDALS, DENIAL (told under FIGHT), and one that is off."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "sources.yaml"
        self.config.write_text("stories: {troops: {age_gate: none, seeds: seeds}}\n", "utf-8")
        seeds = folder / "seeds"
        seeds.mkdir()
        for name in ("000-putin-thanks-kim.md", "001-first-confirmation.md"):
            shutil.copy(SEEDS / name, seeds)
        desk = Desk(blank.at(folder / "monitor.db"))
        self.fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
        self.medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
        self.denial = desk.tell(DENIAL, DENIAL_TEXT).article_id
        self.off = desk.tell("أسعار الخضار ترتفع", "ارتفعت أسعار الخضار في العاصمة.").article_id
        desk.store.close()

    def call(self, *words: str) -> Result:
        return CliRunner().invoke(commands, ["--config", str(self.config), *words])

    def say(self, *words: str) -> str:
        done = self.call(*words)
        assert done.exit_code == 0, (done.output, done.exception)
        return str(done.stdout)

    def ask(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.say(*words, "--json").splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def test_a_label_is_given_changed_listed_explained_and_taken_back(desk: Commands) -> None:
    medals = str(desk.medals)
    assert desk.say("label", medals, "yes").startswith(f"troops: {medals} yes: {MEDALS}")
    assert "no (it was yes)" in desk.say("label", medals, "no")
    assert "was no already: nothing changed" in desk.say("label", medals, "no")
    (row,) = desk.ask("label", "list")
    assert (row["id"], row["said"], row["story"]) == (desk.medals, "no", "troops")
    (found,) = desk.ask("explain", medals)
    assert [each["said"] for each in found["labels"]] == ["yes", "no"]
    assert "you labelled it no" in desk.say("explain", medals)
    (said,) = desk.ask("label", found["link"], "--undo")
    assert (said["said"], said["before"], said["id"]) == ("none", "no", desk.medals)
    assert desk.ask("label", "list") == []
    assert [each["said"] for each in desk.ask("label", "log")] == ["yes", "no", "none"]
    assert "has no label: nothing changed" in desk.say("label", medals, "--undo")
    assert "you took the label back" in desk.say("explain", medals)


def test_what_a_label_or_an_edit_would_have_on_is_counted_and_not_told(tmp_path: Path) -> None:
    """The edge stood at 0.999 when these were judged, and the file asks for no such edge now."""
    commands = Commands(tmp_path)
    profile = learn(replace(STORY, threshold=0.999, edge_given=True), shipped()[:2])
    desk = Desk(Store.open(tmp_path / "monitor.db"), profile)
    desk.now = datetime.now(UTC) - timedelta(days=20)
    desk.tell(f"عاجل: {MEDALS}", f"{MEDALS_TEXT} وحضر الاحتفال ضباط.", url="https://g.example/old")
    desk.now = datetime.now(UTC) - timedelta(days=2)
    below = [
        desk.tell(title, text, url=f"https://g.example/{at}").article_id
        for at, (title, text) in enumerate(
            (
                (FIGHT, FIGHT_TEXT),
                (MEDALS, MEDALS_TEXT),
                ("أسعار الخضار ترتفع", "ارتفعت في العاصمة."),
            )
        )
    ]
    alerts = desk.alerts
    bands = [desk.store.ledger.verdicts(each)[0]["band"] for each in below]
    desk.store.close()
    assert bands == ["maybe", "maybe", "off"]
    said = commands.say("story", "show", "troops")
    assert "Stored: 2 articles of the last 14 days would be on now that were not;" in said
    (found,) = commands.ask("story", "show", "troops")
    since = found["gained"]["since"]
    assert found["gained"] == {"count": 2, "at_least": False, "since": since}
    label = commands.say("label", str(below[0]), "yes")
    assert "\n1 article of the last 14 days would be on now that was not; nobody is told" in label
    assert f"`monitor story backtest troops --since {since}` names them" in label
    *named, _ = commands.ask("story", "backtest", "troops", "--since", since)
    assert [row["id"] for row in named if row["kind"] == "gained"] == below[:2]
    (undone,) = commands.ask("label", str(below[0]), "--undo")
    assert undone["gained"]["count"] == 2
    (again,) = commands.ask("label", str(below[0]), "--undo")
    assert again["gained"] is None, "nothing changed"
    store = Store.open(tmp_path / "monitor.db")
    assert [row["article_id"] for row in store.db["alerts"].rows] == alerts
    store.close()


@pytest.fixture
def two(desk: Commands) -> Commands:
    """A second story is followed as well, of which nothing is stored."""
    second = "stories: {troops: {age_gate: none, seeds: seeds}, other: {seeds: seeds}}\n"
    desk.config.write_text(second, "utf-8")
    return desk


def test_of_several_stories_the_one_to_show_must_be_named(two: Commands) -> None:
    for command in ("show", "backtest"):
        done = two.call("story", command)
        assert done.exit_code == 2
        assert "which story? name one: troops, other" in done.stderr


def test_the_story_need_not_be_named_where_one_alone_has_the_article_or_development(
    two: Commands,
) -> None:
    assert two.say("label", str(two.medals), "yes").startswith("troops: ")
    assert "taken back" in two.say("label", str(two.medals), "--undo")
    fight = str(two.fight)
    assert f"{fight} is muted" in two.say("development", "mute", fight)
    assert two.say("development", "undo").startswith("taken back: mute")
    assert "a development of its own" in two.say("development", "split", str(two.denial))
    assert "is part of" in two.say("development", "merge", fight, str(two.denial))


def test_it_must_be_named_where_none_has_it(two: Commands) -> None:
    done = two.call("label", str(two.off), "yes")
    assert done.exit_code == 2
    assert "which story? name one with --story: troops, other" in done.stderr
    done = two.call("development", "mute", "999")
    assert isinstance(done.exception, MonitorError)
    assert "999 is in no development" in str(done.exception)


def test_status_names_a_story_that_is_stored_and_not_in_the_configuration_any_more(
    desk: Commands,
) -> None:
    desk.config.write_text("stories: {renamed: {seeds: seeds}}\n", "utf-8")
    said = desk.say("status")
    assert "renamed: 0 on, 0 maybe" in said
    assert "troops: 3 on, 0 maybe; no such story in sources.yaml" in said
    rows = [row for row in desk.ask("status") if row["kind"] == "story"]
    assert [(row["name"], row.get("on", 0)) for row in rows] == [("renamed", 0), ("troops", 3)]
    assert "it is not followed; `--story` of developments" in rows[1]["detail"]


@pytest.mark.parametrize("name", ["troops", "soldiers"], ids=["ended", "by the name it had before"])
def test_a_story_that_was_ended_is_read_on(desk: Commands, tmp_path: Path, name: str) -> None:
    desk.config.write_text("stories: {other: {seeds: seeds}}\n", "utf-8")
    store = Store.open(desk.config.with_name("monitor.db"))
    with contextlib.closing(store), store.transaction():
        store.db.execute("insert into stories values ('soldiers', '[]', 'troops')")
    (of, *_) = desk.ask("developments", "--story", name)
    assert of["story"] == "troops"
    assert desk.ask("development", "show", str(of["id"]), "--story", name)
    assert {row["story"] for row in desk.ask("articles", "--story", name)} == {"troops"}
    assert desk.ask("search", MEDALS, "--story", name)
    for form in (["--format", "csv"], ["--warc"], ["--dossier"]):
        target = tmp_path / form[-1].strip("-")
        desk.say("export", "--story", name, *form, str(target))
        assert target.stat().st_size > 100, form
    done = desk.call("export", "--story", "never", "--dossier", str(tmp_path / "never"))
    assert "no story 'never'" in done.stderr
    assert (
        "no story 'troops'"
        in desk.call("label", str(desk.medals), "no", "--story", "troops").stderr
    )


def test_listings_fit_a_terminal_and_name_the_story(desk: Commands) -> None:
    for words in (["articles"], ["developments"]):
        head, *lines = desk.say(*words).splitlines()
        assert "story" in head
        rows, titles = lines[::2], lines[1::2]
        assert all(" troops " in row and len(row) <= 80 for row in rows)
        assert MEDALS in {title.strip() for title in titles}


def test_explain_shows_each_sentence_once_and_the_story_that_has_it_first(desk: Commands) -> None:
    said = desk.say("explain", str(desk.fight))
    quoted = [line.rpartition(' in "')[2] for line in said.splitlines() if ' in "' in line]
    assert len(quoted) == len(set(quoted)) >= 1
    assert said.count("\n  term: ") == 1
    assert "  rule: " not in said, "it stands in the head of the verdict"


def test_a_label_stands_where_the_seeds_cannot_be_read(desk: Commands) -> None:
    (desk.config.parent / "seeds" / "empty.txt").write_bytes(b"")
    (said,) = desk.ask("label", str(desk.medals), "yes")
    assert (said["said"], said["gained"]) == ("yes", None)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    return Commands(tmp_path_factory.mktemp("untouched"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["label", "1"], "say yes or no, or --undo"),
        (["label", "1", "perhaps"], "'perhaps' is not one of"),
        (["label", "1", "yes", "--undo"], "say yes or no, or --undo"),
        (["label", "1", "yes", "--story", "x"], "no story 'x'"),
        (["label", "list", "yes"], "takes no yes"),
        (["label", "99999", "yes"], "no article 99999 is stored"),
        (["development", "merge", "1", "77"], "there is no development 77"),
        (["development", "split", "1"], "began with article 1"),
        (["development", "undo", "7"], "there is no entry 7"),
        (["development", "undo"], "there is nothing to take back"),
        (["development", "rename", "1", " "], "a name is needed"),
        (["development", "note", "1", " "], "says nothing"),
        (["search"], "Missing argument"),
        (["search", " "], "no word to look for"),
        (["search", "x", "--since", "soon"], "'soon' is no date"),
        (["story", "backtest", "troops", "--set", "edge=1"], "edge: unknown key"),
        (["story", "backtest", "x"], "no story 'x'"),
    ],
)
def test_what_cannot_be_done_says_why(untouched: Commands, words: list[str], said: str) -> None:
    done = untouched.call(*words)
    assert done.exit_code
    text = str(done.exception) if isinstance(done.exception, MonitorError) else done.stderr
    assert said in text.replace("\n", " ")


def test_developments_are_mended_and_every_step_is_taken_back(desk: Commands) -> None:
    before = desk.ask("developments")
    assert [row["id"] for row in before] == [desk.fight, desk.medals]
    fight, medals = str(desk.fight), str(desk.medals)
    assert f"{medals} is part of {fight} now" in desk.say("development", "merge", fight, medals)
    assert f"{desk.denial} is a development of its own" in desk.say("development", "split", str(desk.denial))  # fmt: skip
    assert {row["id"] for row in desk.ask("developments")} == {desk.fight, desk.denial}
    gone = desk.call("development", "show", medals).exception
    assert str(gone) == f"development {medals} was merged into {fight}"
    desk.say("development", "rename", fight, "الجنود في كورسك")
    desk.say("development", "mute", fight)
    assert "it was so already" in desk.say("development", "mute", fight)
    desk.say("development", "note", fight, "ask Seoul")
    (row,) = [row for row in desk.ask("developments") if row["id"] == desk.fight]
    assert (row["name"], row["muted"], row["notes"]) == ("الجنود في كورسك", True, ["ask Seoul"])
    assert "hook; muted" in desk.say("developments")
    shown = desk.say("development", "show", fight)
    assert shown.startswith("الجنود في كورسك (muted)\nnote: ask Seoul\n")
    assert "which is muted by hand" in desk.say("explain", medals)
    log = desk.ask("development", "log")
    assert [(row["verb"], row["same"]) for row in log] == [
        *(("merge", True), ("split", False), ("rename", None), ("mute", None), ("note", None)),
    ]
    for _ in log:
        assert "taken back: " in desk.say("development", "undo")
    assert desk.say("development", "show", fight).startswith(f"{fight}  ")
    assert desk.ask("developments") == before
    assert all(row["undone"] for row in desk.ask("development", "log"))
    assert desk.say("development", "log").count("merge") == 1


def test_a_trouble_is_known_and_taken_back(desk: Commands) -> None:
    began = datetime(2026, 3, 1, 12, tzinfo=UTC)
    store = Store.open(desk.config.with_name("monitor.db"))
    with store.transaction():
        store.health.begin(
            [
                Episode(state="failing", reason="timeout", began=began, source="gazette"),
                Episode(state="silent", reason="silent", began=began, story="troops"),
                Episode(state="former", reason="former", began=began),
            ],
            began,
        )
    store.close()
    assert "known" not in desk.say("status")
    for name, state in (("gazette", "failing"), ("troops", "silent"), ("monitor", "former")):
        (row,) = desk.ask("known", name)
        assert (row["name"], row["state"], row["changed"]) == (name, state, True)
        assert row["known_at"]
        assert "it was so already" in desk.say("known", name)
    assert "known (monitor known): gazette, monitor, troops" in desk.say("status")
    assert all(row["known_at"] for row in desk.ask("status") if row["kind"] == "episode")
    assert "called out for again" in desk.say("known", "gazette", "--undo")
    assert [row["known_at"] for row in desk.ask("known", "gazette", "--undo")] == [None]
    assert "known (monitor known): monitor, troops" in desk.say("status")
    wrong = desk.call("known", "herald")
    assert isinstance(wrong.exception, MonitorError)
    assert "no trouble of herald is told" in str(wrong.exception)
    completed = ShellComplete(
        commands, {}, "monitor", "_MONITOR_COMPLETE"
    ).get_completions(["--config", str(desk.config), "known"], "ga")  # fmt: skip
    assert [(one.value, one.help) for one in completed] == [("gazette", "failing")]
    assert ShellComplete(commands, {}, "monitor", "X").get_completions(["--config", "no.yaml", "known"], "") == []  # fmt: skip


def test_explain_says_what_was_near_and_how_sure_a_place_is(desk: Commands) -> None:
    (found,) = desk.ask("explain", str(desk.denial))
    assert "less, and it would have been maybe" in found["verdicts"][0]["would_change"][0]
    assert found["developments"][0]["score"] > 0
    said = desk.say("explain", str(desk.denial))
    assert {(row["article_id"], row["kind"]) for row in found["alerts"]} == {
        (desk.fight, "new"),
        (desk.denial, "update"),
    }
    assert f" (of article {desk.fight}) on " in said
    assert f" (of article {desk.denial}) on " not in said
    assert "None" not in said
    assert f"update in development {desk.fight}, 1 independent outlet, evidence " in said
    (off,) = desk.ask("explain", str(desk.off))
    assert "it would have been maybe" in off["verdicts"][0]["would_change"][0]


def test_search_fills_in_what_no_daemon_does(desk: Commands) -> None:
    rows = desk.ask("search", "الخضار")
    assert [row["id"] for row in rows] == [desk.off]
    assert rows[0]["stories"] == [
        {"story": "troops", "band": "off", "score": rows[0]["stories"][0]["score"], "development": None}
    ]  # fmt: skip
    found = desk.say("search", '"كوريا الشمالية"', "--story", "troops")
    assert "troops: on" in found
    assert desk.say("search", "zzzz").strip() == "nothing found"


def test_backtest_and_show_know_the_labels(desk: Commands) -> None:
    desk.say("label", str(desk.medals), "yes")
    desk.say("label", str(desk.off), "no")
    *named, summary = desk.ask("story", "backtest", "troops", "--set", "threshold=0.99")
    assert {row["id"] for row in named if row["kind"] == "lost"} >= {desk.denial}
    assert (summary["labels"], summary["recall"], summary["articles"]) == (2, 0.0, 4)
    (found,) = desk.ask("story", "show", "troops")
    assert found["labels"] == {"yes": 1, "no": 1, "corrections": 0, "as_seeds": 0}


def test_beside_the_running_daemon(tmp_path: Path) -> None:
    """It takes a label and a mute as they come, and fills in the search."""
    story = [item for item, row in read_items(DATA / "story.jsonl") if row["band"] == "on"]
    with Newsroom(["rss"]) as room:
        room.publish("rss", story[0])
        config = str(room.write_config(tmp_path, seeds=SEEDS))
        with Monitor(tmp_path / Path(config).name) as monitor:
            monitor.wait_for("band=on")
            for words in (["label", "1", "no"], ["development", "mute", "1"]):
                done = CliRunner().invoke(commands, ["--config", config, *words])
                assert done.exit_code == 0, (done.output, done.exception)
            monitor.wait_for("taught")
            store = Store.open(tmp_path / "monitor.db")
            wait_until(store.search.complete, what="the search to be filled")
            assert fill(store) == 0
            store.close()
            assert monitor.alive
