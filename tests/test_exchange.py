"""`monitor import` and `export`: every OPML file in tests/data/opml beside what becomes of it."""

import json
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cli.exchange import import_command
from monitor.cli.export import export_command
from monitor.config import opml
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.naming import Names
from monitor.errors import MonitorError, ParseError
from monitor.model import Selectors, Source
from monitor.parse.opml import read_opml
from monitor.store.lock import lock

CASES = Path(__file__).parent / "data" / "opml"
LISTS = sorted(CASES.glob("*.opml"))
SHIPPED = Path(__file__).parent.parent / "sources.yaml"
EMPTY = "# synthetic\nstories: {s: {seeds: seeds}}\n"


@pytest.fixture
def config(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A synthetic seed.")
    path = tmp_path / "sources.yaml"
    path.write_text(EMPTY, "utf-8")
    return path


def run(command, config, *words, stdin=None):
    return CliRunner().invoke(command, ["--config", str(config), *map(str, words)], input=stdin)


def told(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [
        {key: value for key, value in json.loads(line).items() if key != "file"}
        for line in result.stdout.splitlines()
    ]


# ---- cases --------------------------------------------------------------------


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_what_becomes_of_a_list(path, config):
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    result = run(import_command, config, path, "--json")
    if isinstance(expected, dict):
        assert isinstance(result.exception, MonitorError)
        assert str(result.exception) == f"{path}: {expected['error']}"
        assert config.read_text("utf-8") == EMPTY
        return
    assert told(result) == expected
    new = [one["name"] for one in expected if one["state"] == "new"]
    assert [source.name for source in load(config).sources] == new
    again = told(run(import_command, config, path, "--json"))
    assert {one["state"] for one in again} <= {"there", "skipped"}


def test_there_are_the_readers_that_people_use():
    assert {"miniflux", "freshrss", "feedly", "netnewswire", "inoreader"} <= {p.stem for p in LISTS}


def test_comments_say_where_it_came_from_and_the_rest_stays(config):
    config.write_text(
        EMPTY + "sources:\n- name: mine   # !\n  url: https://mine.example/\n", "utf-8"
    )
    before = config.read_bytes()
    run(import_command, config, CASES / "inoreader.opml", CASES / "feedly.opml")
    after = config.read_bytes()
    assert after.startswith(before)
    comments = [line for line in after[len(before) :].decode().splitlines() if line[0] == "#"]
    assert comments == [
        "# imported from inoreader.opml", "# War",
        "# imported from feedly.opml", '# Must "read"', "# صحف",
    ]  # fmt: skip


def test_what_is_declared_is_known_by_its_address(config):
    config.write_text(
        EMPTY + "sources: [{name: old, url: 'http://m.front.example/feed/?utm_source=x'}]\n"
    )
    rows = told(run(import_command, config, CASES / "inoreader.opml", "--json"))
    assert [(row["state"], row["why"]) for row in rows] == [
        ("there", "source old"),
        ("new", None),
        ("there", "source old"),
    ]


def test_a_dry_run_and_a_file_without_news_write_nothing(config):
    result = run(import_command, config, CASES / "feedly.opml", "--dry-run")
    assert "new: morning-courier  http://courier.example/rss" in result.output
    assert "2 new, 0 there already, 0 skipped: nothing written" in result.output
    run(import_command, config, CASES / "no-subscriptions.opml")
    assert config.read_text("utf-8") == EMPTY


def test_standard_input_and_disabled(config):
    result = run(
        import_command, config, "-", "--disabled", stdin=(CASES / "feedly.opml").read_bytes()
    )
    assert result.exit_code == 0
    assert [source.enabled for source in load(config).sources] == [False, False]
    assert "# imported\n" in config.read_text("utf-8")


@pytest.mark.parametrize("good_first", [True, False])
def test_one_bad_file_of_two_leaves_all_as_it_was(config, good_first):
    files = [CASES / "feedly.opml", CASES / "a-page.opml"]
    result = run(import_command, config, *(files if good_first else files[::-1]))
    assert isinstance(result.exception, MonitorError)
    assert config.read_text("utf-8") == EMPTY


def test_a_password_in_an_address_is_not_written(config):
    body = "<opml><body><outline text='a' xmlUrl='https://me:secret@a.example/feed'/></body></opml>"
    (row,) = told(run(import_command, config, "-", "--json", stdin=body.encode()))
    assert (row["state"], "`headers`" in row["why"]) == ("skipped", True)
    assert config.read_text("utf-8") == EMPTY


@pytest.mark.usefixtures("frozen")
def test_ten_thousand_names_of_one_title_are_found_in_one_go():
    names = Names(["paper", "News"])
    began = time.process_time()
    for number in range(2, 10_002):
        name = names.free("News")
        names.add(name)
        assert name == f"news-{number}"
    assert time.process_time() - began < 5


def test_a_missing_and_a_huge_file(config, tmp_path):
    assert "cannot be read: No such file" in str(
        run(import_command, config, tmp_path / "x").exception
    )
    huge = tmp_path / "huge.opml"
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    assert "larger than 20 MB" in str(run(import_command, config, huge).exception)


# ---- round trip ---------------------------------------------------------------


def test_the_shipped_sources_come_back_as_they_were(config, tmp_path):
    written = run(export_command, SHIPPED, "opml", "-o", tmp_path / "all.opml")
    assert written.exit_code == 0, written.output
    run(import_command, config, tmp_path / "all.opml")
    assert by_address(load(config).sources) == by_address(load(SHIPPED).sources)


def by_address(sources):
    return {source.url: source for source in sources}


def test_other_readers_see_feeds_and_only_feeds():
    body = opml.write(load(SHIPPED).sources)
    feeds, odd = read_opml(body)
    assert odd is None
    assert {one.url for one in feeds if one.kind == "rss"} == {
        s.url for s in load(SHIPPED).sources if s.kind in ("feed", "search")
    }
    assert {one.kind for one in feeds} == {"rss", "link"}
    assert not any(one.own for one in feeds)


def test_secrets_stay_at_home(config, tmp_path):
    config.write_text(
        EMPTY + "sources: [{name: s, url: 'https://s.example/', headers: {Authorization: Bearer 1,"
        " X-Api-Key: k, Accept-Language: ar}}]\n"
    )
    result = run(export_command, config)
    assert "s: left out, may be secret: Authorization, X-Api-Key" in result.stderr
    assert "Bearer" not in result.stdout
    assert "Accept-Language" in result.stdout


_word = st.text(st.sampled_from("aZ9صحيفةКнигаé뉴스-_.&<>\"'#:{}[]|\\ 😀"), max_size=12)
_text = _word.map(str.strip).filter(bool)
_sources = st.builds(
    Source,
    name=_text,
    url=st.integers(0, 10**6).map("https://x.example/?a=1&b={}#'\"<".format),
    kind=st.sampled_from(["feed", "sitemap", "listing", "search", "telegram"]),
    outlet=st.none() | _text,
    language=st.sampled_from([None, "ar", "zh-Hant"]),
    timezone=st.sampled_from([None, "Asia/Riyadh"]),
    every=st.none() | st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    enabled=st.booleans(),
    aggregator=st.booleans(),
    private=st.booleans(),
    article_id=st.sampled_from([None, r"/(\d{6})/", r"[^'\"#: ]+-(\d+)(?:\?|$)"]),
    selectors=st.sampled_from([None, Selectors(links="h3 > a", cut='a[href*="x & <y"]')]),
    headers=st.dictionaries(st.sampled_from(["Accept-Language", "X-A"]), _text),
)
_lists = st.lists(
    _sources, min_size=1, max_size=5, unique_by=(lambda s: s.name, lambda s: s.url.split("#")[0])
)


@given(_lists)
@settings(max_examples=25, deadline=None)
def test_what_is_exported_is_imported_as_it_was(tmp_path_factory, sources):
    folder = tmp_path_factory.getbasetemp()
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "one.txt").write_text("A synthetic seed.")
    theirs, ours, passed = folder / "theirs.yaml", folder / "ours.yaml", folder / "passed.opml"
    theirs.write_text(append(EMPTY, sources), "utf-8")
    ours.write_text(EMPTY, "utf-8")
    run(export_command, theirs, "-o", passed)
    result = run(import_command, ours, passed)
    assert result.exit_code == 0, (result.output, result.exception)
    assert load(ours).sources == load(theirs).sources == tuple(sources)


def test_spoiled_attributes_of_ours_are_told(config):
    source = Source(name="s", url="https://s.example/", headers={"X-A": "b"}, language="ar")
    body = opml.write([source, replace(source, name="t", url="https://t.example/")]).decode()
    body = body.replace("{&quot;X-A", "{X-A", 1).replace('language="ar"', 'language="arabic"')
    rows = told(run(import_command, config, "-", "--json", stdin=body.encode()))
    assert [(row["state"], row["why"].partition(":")[0]) for row in rows] == [
        ("skipped", "headers"),
        ("skipped", "source 't'"),
    ]


# ---- hostile lists ------------------------------------------------------------

BOMBS = {
    "deep": lambda: "<opml><body>" + "<outline text='t'>" * 200_000,
    "wide": lambda: "<opml><body>" + "<outline text='t' xmlUrl='https://x.example/'/>" * 200_000,
    "attribute": lambda: (
        f"<opml><body><outline text='{'x' * 10_000_000}' xmlUrl='y'/></body></opml>"
    ),
    "attributes": lambda: (
        "<opml><body><outline " + " ".join(f"a{n}=''" for n in range(50_000)) + "/>"
    ),
    "left-brackets": lambda: "<" * 5_000_000,
    "ampersands": lambda: "<opml>" + "&" * 900_000,
    "open-comment": lambda: "<opml><!--" * 500_000,
}


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("name", BOMBS)
def test_no_list_takes_long(name):
    body = BOMBS[name]().encode()
    began = time.process_time()
    try:
        found, odd = read_opml(body)
    except ParseError:
        pass
    else:
        assert len(found) <= 20_000
        assert odd or name == "attribute"
    assert time.process_time() - began < 6


@given(
    st.binary(max_size=60)
    | st.lists(
        st.sampled_from(
            ["<opml>", "<body>", "<outline>", "<outline text='a' xmlUrl='b'>", "</outline>", "</opml>",
             "<outline/>", "<x:outline x:a='1'/>", "&a;", "<!DOCTYPE opml>", "<!-- ", "]]>", "\x00", "é"]
        ),
        max_size=12,
    ).map(lambda parts: "".join(parts).encode())
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_list_or_a_parse_error(body):
    try:
        found, _ = read_opml(body, namespace=opml.NAMESPACE)
    except ParseError:
        return
    assert all(isinstance(one.title, str) for one in found)


def test_a_running_daemon_is_named_that_must_read_again(config):
    feeds = '<opml version="2.0"><body><outline type="rss" xmlUrl="https://%s.example/f"/></body></opml>'
    alone = run(import_command, config, "-", stdin=feeds % "one")
    assert (alone.exit_code, "the daemon (" in alone.stdout) == (0, False)
    held = lock(config.parent / "monitor.db")
    try:
        beside = run(import_command, config, "-", stdin=feeds % "two")
    finally:
        held.close()
    assert (
        f"the daemon (process {os.getpid()}) has not read it yet: monitor reload" in beside.stdout
    )
