"""`monitor init`: the shipped story, or one's own from seeds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from monitor.cli import add, documents
from monitor.cli.begin import init_command
from monitor.config.load import load
from monitor.errors import MonitorError
from monitor.fetch.client import Client
from monitor.learn import seeds as learnt_from
from monitor.model import PollSettings
from monitor.parse.saved import noted, origin
from monitor.parse.seed import read_seed
from tests.newsroom import Here, Monitor
from tests.sites import SITES, Street

ROOT = Path(__file__).parents[1]
SEED = """\
---
title: {title}
language: ar
---

افتتح وزير النقل يوم الأحد خط الترام الجديد بين الميناء والجامعة، وقال إن الرحلة كلها تستغرق عشرين دقيقة.

وانتظر السكان هذا الخط سبع سنوات، وتعطل العمل فيه مرتين لنقص المال.
"""
TITLES = (
    "مدير الشركة يشكر العمال",
    "افتتاح خط الترام الجديد بين الميناء والجامعة",
    "الترام الجديد بين الميناء والجامعة ينقل الركاب",
)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def written(desk):
    """Three seeds of one story, made up."""
    folder = desk / "mine"
    folder.mkdir()
    for number, title in enumerate(TITLES):
        (folder / f"{number}.md").write_text(SEED.format(title=title), "utf-8")
    return folder


@pytest.fixture
def named(monkeypatch):
    """The sites by their own names, and no gap between visits."""
    with Street(SITES) as street:
        client = partial(_client, transport=street.transport)
        monkeypatch.setattr(documents, "Client", client)
        monkeypatch.setattr(add, "Client", client)
        yield street


def _client(poll, *, contact, transport):
    quick = PollSettings(host_gap=timedelta(0), deadline=timedelta(seconds=60))
    return Client(quick, contact=contact, transport=transport())


def init(*words: object):
    return CliRunner().invoke(init_command, [str(word) for word in words])


def text_of(folder: Path) -> str:
    return (folder / "sources.yaml").read_text("utf-8")


def test_without_seeds_it_is_the_shipped_story(desk):
    assert init().exit_code == 0
    assert (desk / "sources.yaml").read_bytes() == (ROOT / "sources.yaml").read_bytes()


@pytest.mark.parametrize("given", ["there", "there/", "new", "new/", "new.d/", "deep/er"])
def test_one_folder_is_where_the_shipped_story_goes(given, desk):
    (desk / "there").mkdir()
    done = init(given)
    assert done.exit_code == 0, done.output
    assert (desk / given / "seeds" / "north-korea-russia").is_dir()


def test_into_says_so_whatever_it_is_called(desk):
    assert init("--into", "desk.txt").exit_code == 0
    assert (desk / "desk.txt" / "sources.yaml").is_file()


def test_the_next_step_names_the_folder(desk):
    assert "next: cd 'a b', set" in init("a b").output
    assert "next: set" in init(".").output


def test_a_configuration_cannot_be_named_to_init(desk):
    done = Here(desk / "other.yaml").call("--config", "x.yaml", "init")
    assert (done.returncode, "--into" in done.stderr) == (2, True)
    assert list(desk.iterdir()) == []


def test_seeds_make_a_configuration_of_their_own(written, desk):
    done = init(*sorted(written.iterdir()), "--story", "tram")
    assert done.exit_code == 0, done.output
    loaded = load(desk / "sources.yaml")
    (story,) = loaded.stories
    assert (story.name, story.title) == ("tram", TITLES[1])
    assert not loaded.sources
    assert [seed.title for seed in learnt_from(story)] == list(TITLES)
    text = text_of(desk)
    assert text.startswith("# yaml-language-server: $schema=sources.schema.json\n")
    assert "monitor add URL" in text
    assert "north-korea" not in text
    assert "ilkha.com" not in text
    assert "November 2026" not in text
    for word in ("timezone", "aggregator", "article_id", "smtp", "host_gap"):
        assert word in text, "it teaches its form"
    schema = json.loads((desk / "sources.schema.json").read_text("utf-8"))
    jsonschema.validate(yaml.safe_load(text), schema)


def test_a_title_with_quotes_and_colons_stays_what_it_is(desk):
    title = "الوزير: \"لن ننتظر\" \\ 'غدا' # لا"
    (desk / "a.md").write_text(SEED.format(title=json.dumps(title, ensure_ascii=False)), "utf-8")
    assert init("a.md", "--story", "tram").exit_code == 0
    assert load(desk / "sources.yaml").stories[0].title == title


def test_a_folder_with_a_storys_name_is_a_folder_of_seeds(written, desk):
    assert init(written, "--story", "tram").exit_code == 0
    assert len(list((desk / "seeds" / "tram").iterdir())) == 3


def test_the_story_is_named_by_who_and_what_it_is_about(desk):
    done = init("--into", "a", *sorted((ROOT / "seeds" / "north-korea-russia").iterdir()))
    assert done.exit_code == 0, done.output
    (story,) = load(desk / "a" / "sources.yaml").stories
    assert story.name.startswith("north-korea-")
    assert len(learnt_from(story)) == 6


def test_it_checks_as_a_process(written, desk):
    words = [sys.executable, "-m", "monitor", "init", str(written / "0.md"), "--story", "tram"]
    done = subprocess.run(words, cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {row["state"] for row in Monitor(desk / "sources.yaml").ask("check")} == {"ok"}


def test_sources_are_found_on_the_seeds_own_sites(named, desk):
    page = "https://www.bawabat-nahr.example/2026/11/matter-0/"
    (desk / "b.md").write_text(
        SEED.format(title=f"{TITLES[0]}\nurl: https://shasha.example/article/15501"), "utf-8"
    )
    (desk / "c.md").write_text(
        SEED.format(title=f"{TITLES[1]}\nurl: https://jadid.example/n/1"), "utf-8"
    )
    done = init(page, "b.md", "c.md")
    assert done.exit_code == 0, done.output
    loaded = load(desk / "sources.yaml")
    assert [(one.name, one.url, one.kind) for one in loaded.sources] == [
        ("bawabat-nahr", "https://www.bawabat-nahr.example/feed/", "feed"),
        ("shasha", "https://shasha.example/sitemap-news.xml", "sitemap"),
    ]
    assert "# Nothing was found at jadid.example. Try: monitor add jadid.example" in text_of(desk)
    (story,) = loaded.stories
    seeds = learnt_from(story)
    saved = story.seeds / "bawabat-nahr-example.html"
    assert origin(saved.read_bytes()) == page
    (fetched,) = [seed for seed in seeds if seed.name == saved.name]
    assert fetched.title.startswith("تونس")
    assert {seed.language for seed in seeds} == {"ar"}


def test_a_page_saved_by_a_browser_names_its_site(named, desk):
    url = "https://dafatir.example/d/12001"
    page = f"<!DOCTYPE html>\n<!-- saved from url=({len(url):04}){url} -->\n<html lang=ar><h1>{TITLES[1]}</h1>"
    (desk / "saved.html").write_text(page + SEED.format(title="x"), "utf-8")
    done = init("saved.html")
    assert done.exit_code == 0, done.output
    (source,) = load(desk / "sources.yaml").sources
    assert source.url == "https://dafatir.example/everything.json"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["no-such.md"], 2, "No such file"),
        (["https://muqfal.example/a"], 1, "save the page"),
        (["https://forbid@x/a"], 1, "no article"),
        (["empty.txt"], 1, "no seed"),
        (["good.md", "picture.html"], 1, "no seed"),
        (["good.md", "--story", "Not A Name"], 2, "a-z"),
        (["--story", "x"], 2, "at least one article"),
        (["feed.xml", "good.md"], 2, "no article"),
        (["feed.json"], 2, "no article"),
        (["good.md", "bare.html"], 2, "no article"),
        (["https://www.bawabat-nahr.example/"], 2, "no article"),
        (["https://www.bawabat-nahr.example/feed/"], 2, "no article"),
        (["."], 2, "--story NAME"),
        (["http://127.0.0.1:9/a"], 1, "give --private"),
    ],
)
def test_a_bad_seed_leaves_nothing_behind(words, status, said, named, desk):
    (desk / "empty.txt").touch()
    (desk / "good.md").write_text(SEED.format(title=TITLES[0]), "utf-8")
    (desk / "feed.xml").write_text(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>", "utf-8"
    )
    (desk / "feed.json").write_text('{"version": "https://jsonfeed.org/version/1.1"}', "utf-8")
    (desk / "bare.html").write_text("<!DOCTYPE html><title>x</title><div id=app></div>", "utf-8")
    (desk / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    before = sorted(desk.rglob("*"))
    done = init(*words)
    if status == 1:
        assert isinstance(done.exception, MonitorError)
        assert said in str(done.exception)
    else:
        assert (done.exit_code, said in done.output) == (2, True), done.output
    assert sorted(desk.rglob("*")) == before


def test_nothing_is_overwritten(written, desk):
    shutil.copytree(written, desk / "seeds" / "tram")
    assert init(*sorted(written.iterdir()), "--story", "tram").exit_code == 0
    before = text_of(desk)
    again = init(*sorted(written.iterdir()), "--story", "tram")
    assert again.exit_code == 2
    assert "was left as it is" in again.output
    (desk / "sources.yaml").unlink()
    (desk / "seeds" / "tram" / "1.md").write_text("my own words about the tram", "utf-8")
    other = init(*sorted(written.iterdir()), "--story", "tram")
    assert other.exit_code == 2
    assert "1.md exists and was left as it is" in other.output
    assert not (desk / "sources.yaml").exists()
    assert before


def test_two_files_of_one_name_are_two_seeds(written, desk):
    other = desk / "other"
    other.mkdir()
    (other / "0.md").write_text(SEED.format(title="عنوان آخر عن الترام والميناء"), "utf-8")
    assert init(written / "0.md", other / "0.md", "--story", "tram").exit_code == 0
    assert {path.name for path in (desk / "seeds" / "tram").iterdir()} == {"0.md", "0-2.md"}


@pytest.mark.parametrize(
    ("codec", "content_type"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("windows-1256", "text/html; charset=windows-1256"),
        ("utf-16", None),
    ],
)
def test_a_page_with_its_address_reads_as_it_did(codec, content_type):
    url = "https://a.example/%D8%AE?q=--"
    page = f"<!DOCTYPE html><html lang=ar><head><title>{TITLES[1]}</title></head><body><h1>{TITLES[1]}</h1>"
    body = (page + "".join(f"<p>{SEED.split(chr(10))[5]} {n}</p>" for n in range(8))).encode(codec)
    saved = noted(body, url, content_type)
    assert origin(saved) == url
    (seed,) = read_seed("a.html", saved)
    assert seed.title == TITLES[1]
    assert "عشرين دقيقة" in seed.text
    assert "saved from" not in seed.text


def test_bytes_of_a_page_stay_where_they_can():
    body = "<html><meta charset=windows-1256><p>نص عربي قصير".encode("windows-1256")
    assert noted(body, "https://a.example/", None).endswith(body)
    assert origin(b"<html>") is None
