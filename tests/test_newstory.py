"""`monitor story add`: a further story, or further seeds of one that is followed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from monitor.cli import documents
from monitor.cli.main import commands
from monitor.config.edit_stories import with_story
from monitor.config.load import load
from monitor.errors import ConfigError
from tests.sites import SITES, Street
from tests.test_begin import _client
from tests.test_edit import CASES, NAMES, survives, template

READABLE = [name for name in NAMES if (CASES / f"{name}.after").exists()]
KEYS = {"title": "السدّ: ملف", "seeds": "seeds/dam"}
SEED = "Dam of Zarka breaks\n\nThe dam of Zarka broke on Sunday and flooded four villages, the ministry said.\n"
WRITTEN = """\
# mine
stories:
  tram: {title: "The tram", seeds: seeds/tram}   # the first
channels:
  desk: {kind: log}
sources:
  - {name: a, url: "https://paper.example/feed"}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "seeds" / "tram").mkdir(parents=True)
    (tmp_path / "seeds" / "tram" / "one.txt").write_text("The tram\n\nThe tram opened on Sunday.\n")
    (tmp_path / "dam.txt").write_text(SEED)
    path = tmp_path / "sources.yaml"
    path.write_text(WRITTEN, "utf-8")
    return path


def add(config: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["--config", str(config), "story", "add", *words])


@pytest.mark.parametrize("name", [*READABLE, "shipped"])
def test_a_story_goes_into_any_file_that_has_stories_and_all_else_stays(name: str) -> None:
    old = template(name)
    before = yaml.load(old.removeprefix("\ufeff") + "\n", yaml.BaseLoader)
    stories = before.get("stories") if isinstance(before, dict) else None
    if not isinstance(stories, dict) or not stories:
        with pytest.raises(ConfigError, match="add to them by hand"):
            with_story(old, "dam", KEYS, file="sources.yaml")
        return
    new = with_story(old, "dam", KEYS, file="sources.yaml")
    after = yaml.load(new.removeprefix("\ufeff") + "\n", yaml.BaseLoader)
    assert after == {**before, "stories": {**stories, "dam": KEYS}}
    assert survives(old, new)


def test_a_note_under_the_last_story_stays_with_it() -> None:
    text = "stories:\n  a:\n    seeds: a\n    # profile: later\n\n# the channels\nchannels: {}\n"
    assert with_story(text, "dam", {"seeds": "d"}, file="x") == text.replace(
        "later\n", "later\n  dam:\n    seeds: d\n"
    )


def test_a_story_is_begun_beside_the_others(config: Path) -> None:
    folder = config.parent
    done = add(config, "dam", str(folder / "dam.txt"), "--title", "The dam")
    assert done.exit_code == 0, done.output
    assert "wrote 1 document into" in done.stdout
    assert done.stdout.endswith("next: monitor story show dam\n")
    loaded = load(config)
    assert [(story.name, story.title) for story in loaded.stories] == [
        ("tram", "The tram"),
        ("dam", "The dam"),
    ]
    assert (folder / "seeds" / "dam" / "dam.txt").read_text() == SEED
    assert "   # the first\n" in config.read_text("utf-8")


def test_seeds_are_added_to_a_story_that_is_followed(config: Path) -> None:
    before = config.read_bytes()
    done = add(config, "tram", str(config.parent / "dam.txt"))
    assert done.exit_code == 0, done.output
    assert config.read_bytes() == before
    folder = config.parent / "seeds" / "tram"
    assert sorted(path.name for path in folder.iterdir()) == ["dam.txt", "one.txt"]
    assert add(config, "tram", str(config.parent / "dam.txt"), "--title", "x").exit_code == 2


def test_nothing_is_written_where_a_seed_is_none_or_a_file_is_there(config: Path) -> None:
    before = config.read_bytes()
    (config.parent / "empty.txt").write_text("")
    (config.parent / "one.txt").write_text(SEED)
    for words in (["dam", "empty.txt"], ["tram", "one.txt"], ["Dam", "dam.txt"], ["dam"]):
        name, *files = words
        done = add(config, name, *(str(config.parent / file) for file in files))
        assert done.exit_code != 0, words
    assert config.read_bytes() == before
    assert not (config.parent / "seeds" / "dam").exists()
    assert "opened on Sunday" in (config.parent / "seeds" / "tram" / "one.txt").read_text()


def test_pages_of_one_paper_get_names_of_their_own_and_its_site_is_named(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Street(SITES) as street:
        monkeypatch.setattr(documents, "Client", partial(_client, transport=street.transport))
        address = "https://www.bawabat-nahr.example/%s"
        pages = ("2026/11/matter-0/", "2026/11/matter-1/")
        for page in (pages[0], pages[1], pages[0]):
            done = add(config, "river", address % page)
            assert done.exit_code == 0, (done.output, done.exception)
    assert "no source is of bawabat-nahr.example: monitor add bawabat-nahr.example" in done.stdout
    folder = config.parent / "seeds" / "river"
    assert sorted(path.name for path in folder.iterdir()) == [
        "bawabat-nahr-example-2.html",
        "bawabat-nahr-example.html",
    ]


def test_a_channel_that_names_its_stories_is_pointed_at(config: Path) -> None:
    written = WRITTEN.replace("kind: log}", "kind: log, stories: [tram]}")
    config.write_text(written, "utf-8")
    done = add(config, "dam", str(config.parent / "dam.txt"))
    assert "no channel carries it: add dam to `stories:` of desk" in done.stdout
