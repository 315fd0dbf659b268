"""What is shipped and read by people: sources.yaml, the seeds, the guide, the newsroom."""

import json
import os
import re
import textwrap
import zoneinfo
from collections import Counter
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from monitor.config.load import load
from monitor.identify.address import absolute, canonical
from monitor.parse.seed import read_seed
from monitor.text.words import words

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SHIPPED = ROOT / "sources.yaml"
SEEDS = sorted((ROOT / "seeds" / "north-korea-russia").iterdir())
GUIDE = ROOT / "docs" / "adding-a-source.md"
SOURCES = yaml.safe_load(SHIPPED.read_text("utf-8"))["sources"]

# A run of so many words shared with a real article is copying, unless it is a name.
COPIED = 5

REAL_SEEDS = os.environ.get("MONITOR_REAL_SEEDS")


def front_matter(path: Path) -> tuple[dict[str, object], str]:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + COPIED]) for at in range(len(found) - COPIED + 1)}


# ---- seeds --------------------------------------------------------------------


def test_there_are_five_seeds():
    assert [path.name[:4] for path in SEEDS] == ["000-", "001-", "002-", "003-", "004-"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_says_what_it_is_and_is_neither_short_nor_long(path):
    head, body = front_matter(path)
    assert set(head) - {"note", "source_url"} == {
        "title",
        "outlet_kind",
        "language",
        "date",
        "cites",
    }
    assert head["language"] == "ar"
    assert head["cites"]
    assert 180 <= len(body.split()) <= 350


@pytest.mark.parametrize(
    ("path", "pieces"), list(zip(SEEDS, (1, 1, 2, 1, 1), strict=True)), ids=str
)
def test_the_reader_finds_the_pieces_of_a_seed(path, pieces):
    found = read_seed(path.name, path.read_bytes())
    head, _ = front_matter(path)
    assert len(found) == pieces
    assert found[0].title == head["title"]
    assert found[0].published is not None
    assert found[0].published.date() == head["date"]
    for seed in found:
        assert seed.title
        assert seed.language == "ar"
        assert len(seed.text.split()) > 60
        assert "إقرأ أيضاً" not in seed.text
        assert "outlet_kind" not in seed.text


def test_the_slip_of_one_real_article_is_not_taught():
    taught = " ".join(path.read_text("utf-8") for path in SEEDS)
    assert not re.search("ستسحب|سحب قواتها|انسحاب", taught)


@pytest.mark.skipif(not REAL_SEEDS, reason="MONITOR_REAL_SEEDS names no folder of real articles")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_seed_repeats_the_words_of_a_real_article(path):
    originals = sorted(file for file in Path(REAL_SEEDS or "").iterdir() if file.is_file())
    assert originals
    own = runs(path.read_text("utf-8"))
    for original in originals:
        shared = own & runs(original.read_text("utf-8"))
        assert not shared, [" ".join(run) for run in shared]


# ---- sources.yaml -------------------------------------------------------------


def test_the_shipped_file_loads_without_a_warning():
    config = load(SHIPPED)
    assert config.warnings == ()
    assert [story.name for story in config.stories] == ["north-korea-russia"]
    assert config.stories[0].seeds == ROOT / "seeds" / "north-korea-russia"
    assert [channel.kind for channel in config.channels] == ["log"]
    assert config.contact is None
    assert [source.name for source in config.sources] == [each["name"] for each in SOURCES]


def test_every_address_that_was_seen_to_answer_is_switched_on():
    lines = (DATA / "content" / "enabled.txt").read_text("utf-8").splitlines()
    expected = {line for line in lines if line and not line.startswith("#")}
    assert {source.url for source in load(SHIPPED).sources if source.enabled} == expected


def test_no_source_stands_twice():
    for key in ("name", "url"):
        assert [
            value for value, times in Counter(s[key] for s in SOURCES).items() if times > 1
        ] == []
    addresses = Counter(canonical(source["url"]) for source in SOURCES)
    assert [address for address, times in addresses.items() if times > 1] == []


def test_a_source_switched_off_has_its_reason_above():
    lines = SHIPPED.read_text("utf-8").splitlines()
    for source in SOURCES:
        at = lines.index(f"  - name: {source['name']}")
        above = []
        while lines[at - 1].startswith("  # "):
            at -= 1
            above.insert(0, lines[at])
        assert ("Off: " in " ".join(above)) == (not source.get("enabled", True)), source["name"]


def test_a_search_is_an_aggregator_and_waits_for_the_users_choice():
    searches = [source for source in SOURCES if source.get("kind") == "search"]
    assert searches
    for source in searches:
        assert source["aggregator"] is True
        assert source["enabled"] is False


def test_a_source_says_its_zone_and_its_language_unless_it_mixes_several():
    assert {s["timezone"] for s in SOURCES} <= zoneinfo.available_timezones()
    mixed = {"lbci-newsmap", "ap-newsmap", "ukrpravda-newsmap"}
    assert {source["name"] for source in SOURCES if "language" not in source} == mixed


def test_selectors_are_css():
    tree = LexborHTMLParser("<p><a title='x' href='/2026/11/22/x'>x</a></p>")
    given = [value for source in SOURCES for value in source.get("selectors", {}).values()]
    assert given
    for selector in given:
        tree.css(selector)


def test_a_front_page_gives_articles_and_no_videos():
    links = {source["name"]: source.get("selectors", {}).get("links") for source in SOURCES}
    page = LexborHTMLParser(
        '<a title="x" href="/world/2026/11/22/a">a</a>'
        '<a title="x" href="/videos/2026/11/22/b">b</a>'
        '<a title="x" href="/about">c</a><a href="/2026/11/22/d">no title</a>'
    )
    assert [node.text() for node in page.css(links["alhadath"])] == ["a"]


@pytest.mark.parametrize(
    ("name", "url", "identity"),
    [
        ("ilkha-ar", "https://ilkha.com/arabi/world/482627/90%20536%2088", "ilkha.com/~/482627"),
        ("ilkha-ar", "https://www.ilkha.com/arabi/world/482627?x=1", "ilkha.com/~/482627"),
        ("ilkha-en", "https://ilkha.com/english/world/kim-2026-565164", "ilkha.com/~/565164"),
        (
            "ilkha-tr",
            "https://www.ilkha.com/guncel/on-iki-474035?utm_source=x",
            "ilkha.com/~/474035",
        ),
        ("ilkha-en", "https://ilkha.com/english/world/12000-men-565164/", "ilkha.com/~/565164"),
        ("ilkha-en", "https://ilkha.com/english/world", "ilkha.com/english/world"),
        ("nna-lb", "https://nna-leb.gov.lb/ar/news/812345/any", "nna-leb.gov.lb/~/812345"),
    ],
)
def test_the_number_in_an_address_is_the_article(name, url, identity):
    source = next(source for source in SOURCES if source["name"] == name)
    assert canonical(url, article_id=source["article_id"]) == f"https://{identity}"


def switched_on(text: str) -> str:
    """The file with its commented examples in force: each from its key to the end of its block."""
    lines, prefix = [], None
    for line in text.splitlines():
        if start := re.match(r"( *)# (?:contact|profile|channels):", line):
            prefix = start[1] + "#"
        elif prefix is not None and not re.match(rf"{prefix}(?:$|   )", line):
            prefix = None
        lines.append(line.replace("# ", "", 1) if prefix else line)
    return "\n".join(lines)


def test_the_examples_in_comments_load_when_switched_on(tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    path = tmp_path / "sources.yaml"
    path.write_text(switched_on(SHIPPED.read_text("utf-8")), "utf-8")
    config = load(path)
    assert config.warnings == ()
    assert config.contact == "desk@example.org"
    kinds = {channel.name: channel.kind for channel in config.channels}
    assert kinds == {
        "desk": "email",
        "hook": "webhook",
        "feeds": "files",
        "script": "command",
        "team": "chat",
    }
    assert config.stories[0].corrections.require == ("who", "with")


# ---- the guide ----------------------------------------------------------------


def test_what_the_guide_shows_can_be_pasted(tmp_path):
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) > 5
    story = f"stories:\n  one:\n    title: One\n    seeds: {SEEDS[0].parent}\n"
    shown = "sources:\n" + "".join(textwrap.indent(textwrap.dedent(b), "  ") for b in blocks)
    path = tmp_path / "sources.yaml"
    path.write_text(story + shown, "utf-8")
    config = load(path)
    assert config.warnings == ()
    for source in config.sources:
        assert absolute(source.url).isascii()


# ---- the newsroom -------------------------------------------------------------


def newsroom(name: str) -> list[dict[str, str | None]]:
    lines = (DATA / "newsroom" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_newsroom_has_what_the_demo_needs():
    others, story = newsroom("others.jsonl"), newsroom("story.jsonl")
    assert len(others) >= 48
    assert {row["band"] for row in others} == {"off"}
    assert sum(row["near_miss"] is not None for row in others) >= 18
    assert {row["lang"] for row in others} == {"ar", "en", "ko", "ru", "fr", "tr", "fa", "es"}
    assert Counter(row["band"] for row in story) == {"on": 10, "maybe": 4}
    on = Counter(row["lang"] for row in story if row["band"] == "on")
    assert on == {"ar": 6, "en": 2, "ko": 1, "ru": 1}


@pytest.mark.parametrize(
    "row", newsroom("others.jsonl") + newsroom("story.jsonl"), ids=lambda r: r["id"]
)
def test_an_article_of_the_newsroom_is_whole(row):
    assert set(row) == {"id", "outlet", "lang", "title", "text", "band", "near_miss"}
    assert row["outlet"].endswith(".example")
    assert row["title"] == row["title"].strip() != ""
    assert 80 <= len(row["text"].split()) <= 220
    assert "\n\n" in row["text"]
    assert not re.search(r"(?<!\n)\n(?!\n)|\n{3}", row["text"])


def test_no_text_of_the_newsroom_stands_elsewhere():
    rows = newsroom("others.jsonl") + newsroom("story.jsonl")
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    stream = DATA / "story-stream" / "dev.jsonl"
    titles = {json.loads(line)["title"] for line in stream.read_text("utf-8").splitlines()}
    assert titles.isdisjoint(row["title"] for row in rows)
