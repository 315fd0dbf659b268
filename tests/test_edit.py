"""New sources put into sources.yaml: files in tests/data/edit, each beside what it becomes."""

import functools
import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import save as saving
from monitor.config.edit import append
from monitor.config.load import load
from monitor.config.naming import free_name
from monitor.config.save import read, save
from monitor.config.written import declared
from monitor.errors import ConfigError, MonitorError
from monitor.model import Selectors, Source

CASES = Path(__file__).parent / "data" / "edit"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
ADDED = json.loads((CASES / "added.json").read_text("utf-8"))
SHIPPED = Path(__file__).parent.parent / "sources.yaml"


def template(name: str) -> str:
    return read(SHIPPED if name == "shipped" else CASES / f"{name}.yaml")


def common(one, other) -> int:
    """How many letters (or bytes) two begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def survives(old: str, new: str) -> bool:
    """Whether old is new without one piece; or without a comma behind the last item and whole lines."""
    start, end = common(old, new), common(old[::-1], new[::-1])
    if start + end >= len(old):
        return True
    rest = iter(new.splitlines(keepends=True))
    return all(
        any(after in (line, line + "\n") or (after.count(",") == line.count(",") + 1
            and any(after == line[:n] + "," + line[n:] for n in range(len(line) + 1)))
            for after in rest)
        for line in old.splitlines(keepends=True)
    )  # fmt: skip


def values(text: str) -> dict:
    """What another reader finds, every value as text; a list that is not there is empty."""
    found = yaml.load(text, yaml.BaseLoader) or {}
    listed = found.get("sources")
    return {**found, "sources": listed if isinstance(listed, list) else []}


@functools.cache
def values_of(name: str) -> dict:
    text = template(name)
    return values(text if text.endswith("\n") else text + "\n")


def as_text(value):
    if isinstance(value, dict):
        return {key: as_text(found) for key, found in value.items()}
    return str(value).lower() if isinstance(value, bool) else value


# ---- cases --------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_file_becomes_what_lies_beside_it(name):
    expected = CASES / f"{name}.after"
    added = [one["keys"] for one in ADDED]
    comments = [one["comment"] for one in ADDED]
    if expected.exists():
        assert append(template(name), added, comments=comments).encode() == expected.read_bytes()
    else:
        with pytest.raises(ConfigError) as caught:
            append(template(name), added, comments=comments)
        assert f"{caught.value}\n" == (CASES / f"{name}.problem").read_text("utf-8")


def test_an_editor_s_file_stays_byte_for_byte_around_what_is_new():
    old = SHIPPED.read_bytes()
    new = append(old.decode(), [Source(name="new", url="https://new.example/feed")]).encode()
    start = common(old, new)
    assert old[start:] == new[len(new) - (len(old) - start) :]
    assert b"\n  - name: new\n    url: https://new.example/feed\n" in new


def test_nothing_to_add_changes_nothing():
    assert append("sources: ~", []) == "sources: ~"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"name": "a", "url": "https://x.example/"}, "source 'a': the name is taken"),
        ({"name": " a ", "url": "https://x.example/"}, "source 'a': the name is taken"),
        ({"name": "x", "url": "ftp://x.example/"}, "source 'x': url: "),
        ({"name": "x", "url": "https://x.example/", "evry": "1m"}, "source 'x': evry: "),
        ({"url": "https://x.example/"}, "source None: name: "),
    ],
)
def test_a_source_that_could_not_be_loaded_is_refused(keys, said):
    with pytest.raises(ValueError) as caught:
        append('sources: [{name: a, url: "https://a.example/"}]', [keys])
    assert str(caught.value).startswith(said)


def test_two_new_sources_of_one_name_are_refused():
    one = Source(name="x", url="https://x.example/")
    with pytest.raises(ValueError, match="the name is taken"):
        append("", [one, one])


# ---- properties ---------------------------------------------------------------

_line = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
_text = st.one_of(
    _line.map(str.strip).filter(bool),
    st.sampled_from(
        ["null", "yes", "on", "1e3", "2026-11-22", "- a", "? b", "a: b", "a #b", "it's", '"q"', "&a",
         "*a", "!t", "%d", "@x", "`y", "{a", "[b", "a,b", "|", ">", "~", "...", "---", "a:", "\\d",
         "صحيفة: نبأ", "a\u2028b", "a\x85b", "a\ufeffb", "a\u200fb", "=", "<<", "0x1F", "12:30"]
    ),
)  # fmt: skip
_sources = st.builds(
    Source,
    name=_text.filter(lambda name: name not in {"a", "b", "صحيفة"}),  # theirs
    url=st.sampled_from(
        ["https://x.example/feed", "https://x.example/?a=b&c=%20#d", "http://x.example:8080/{a},[b]",
         "https://t.me/s/name", "https://x.example/sitemap.xml", "https://مثال.example/'خبر'"]
    ),
    kind=st.sampled_from(["feed", "sitemap", "listing", "search", "telegram"]),
    outlet=st.none() | _text,
    language=st.sampled_from([None, "ar", "no", "en-GB", "zh-Hant"]),
    timezone=st.sampled_from([None, "Asia/Riyadh"]),
    every=st.none() | st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    enabled=st.booleans(),
    aggregator=st.booleans(),
    private=st.booleans(),
    article_id=st.sampled_from([None, r"/(\d{6})/", r"[^'\"#: ]+-(\d+)(?:\?|$)"]),
    selectors=st.sampled_from(
        [None, Selectors(links="h3 > a"), Selectors(text="#body", cut='a[href*="x: #y"], b')]
    ),
    headers=st.dictionaries(st.sampled_from(["Accept-Language", "X-A"]), _text),
)  # fmt: skip


@given(
    st.sampled_from([n for n in NAMES if (CASES / f"{n}.after").exists()]),
    st.lists(_sources, min_size=1, max_size=3, unique_by=lambda source: source.name),
    st.lists(st.text(max_size=9), max_size=2),
)
@settings(max_examples=150, deadline=None)
def test_any_source_goes_into_any_file(name, sources, comments):
    old = template(name)
    new = append(old, sources, comments=comments[: len(sources)])
    there = values_of(name)
    added = [as_text(declared(source)) for source in sources]
    assert values(new) == {**there, "sources": [*there["sources"], *added]}
    without_null = old.replace("sources: null", "sources:").replace("sources: ~", "sources:")
    assert survives(without_null, new)


@given(_sources)
@settings(max_examples=100, deadline=None)
def test_a_source_is_loaded_as_it_was(tmp_path_factory, source):
    folder = tmp_path_factory.getbasetemp()
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "one.txt").write_text("A synthetic seed.")
    path = folder / "sources.yaml"
    for text in ("stories: {s: {seeds: seeds}}\n", "{stories: {s: {seeds: seeds}}}"):
        path.write_bytes(append(text, [source]).encode())
        assert load(path).sources == (source,)


_pieces = st.sampled_from(
    ["sources:", "  - name: a", "- b", "# c", "", "  ", "[", "]", "{", "}", ", ", "&x ", "*x", "|+",
     "\n", "\n  ", "\r\n", "a: 1", ": ", "'", "null", "---", "...", "? ", "\t", "!!seq "]
)  # fmt: skip


@given(st.lists(_pieces, max_size=14).map("".join))
@settings(max_examples=600, deadline=None)
def test_a_file_that_is_not_understood_is_refused_and_not_spoiled(text):
    one = Source(name="new", url="https://new.example/")
    try:
        new = append(text, [one])
    except ConfigError:
        return
    try:
        there = values(text + "\n")
    except yaml.YAMLError:  # that reader is stricter with tabs
        return
    added = {"name": "new", "url": "https://new.example/"}
    assert values(new) == {**there, "sources": [*there["sources"], added]}


# ---- on disk ------------------------------------------------------------------


def test_mode_and_link_stay_and_nothing_is_left_beside_it(tmp_path):
    real = tmp_path / "real" / "s.yaml"
    real.parent.mkdir()
    real.write_bytes("\ufeffa: 1\r\n".encode())
    real.chmod(0o640)
    link = tmp_path / "sources.yaml"
    link.symlink_to("real/s.yaml")
    save(link, "\ufeffa: 2\r\n", was=read(link))
    assert link.is_symlink()
    assert real.read_bytes() == "\ufeffa: 2\r\n".encode()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert list(real.parent.iterdir()) == [real]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\n")
    os.chown(path, 4321, 4322)
    save(path, "a: 2\n", was="a: 1\n")
    assert (path.stat().st_uid, path.stat().st_gid) == (4321, 4322)


def test_what_someone_else_wrote_meanwhile_is_not_lost(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\n")
    was = read(path)
    path.write_text("a: theirs\n")
    with pytest.raises(MonitorError, match="changed meanwhile"):
        save(path, "a: 2\n", was=was)
    assert path.read_text() == "a: theirs\n"


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\n")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(MonitorError, match="cannot be written: No space left on device"):
        save(path, "a: 2\n", was="a: 1\n")
    assert path.read_text() == "a: 1\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_read_only_file_stays(tmp_path, monkeypatch):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\n")
    path.chmod(0o444)
    # root may write everywhere, and so asks this question in vain
    monkeypatch.setattr(saving.os, "access", lambda *_: False)
    with pytest.raises(MonitorError, match="read-only"):
        save(path, "a: 2\n", was="a: 1\n")
    assert path.read_text() == "a: 1\n"


def test_a_missing_or_foreign_file_is_told(tmp_path):
    with pytest.raises(MonitorError, match="cannot be written: No such file"):
        save(tmp_path / "none.yaml", "", was="")
    with pytest.raises(MonitorError, match="cannot be read: No such file"):
        read(tmp_path / "none.yaml")
    (tmp_path / "old.yaml").write_bytes(b"a: \xe1\n")
    with pytest.raises(MonitorError, match="not in UTF-8"):
        read(tmp_path / "old.yaml")


# ---- names --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "url", "expected"),
    [
        ("Asharq Al-Awsat", "", "asharq-al-awsat"),
        ("الشرق الأوسط", "https://www.aawsat.com/feed", "aawsat"),
        ("الشرق الأوسط", "", "source"),
        ("سبوتنيك RT", "https://arabic.sputnik.example/", "arabic-sputnik"),
        ("BBC News عربي", "https://feeds.bbci.co.uk/", "bbc-news"),
        ("english.alarabiya.net", "", "english-alarabiya"),
        ("https://www.bbc.co.uk/arabic", "", "bbc"),
        ("https://127.0.0.1:8080/", "", "127-0-0-1"),
        ("Süddeutsche Straße – Øst ılık", "", "suddeutsche-strasse-ost-ilik"),
        ("朝日新聞", "https://[::1]/", "source"),
        ("https://مثال.example/", "", "source"),
        ("", "", "source"),
        ("A very long title of a feed that nobody would like to type", "", "a-very-long-title-of-a-feed-that-nobody"),
        ("a" * 60, "", "a" * 40),
        ("Taken", "", "taken-3"),
    ],
)  # fmt: skip
def test_a_name_is_short_latin_and_free(wanted, url, expected):
    assert free_name(wanted, ["TAKEN", "taken-2"], url=url) == expected


@given(st.text(max_size=60), st.text(max_size=30), st.lists(st.text(max_size=5), max_size=5))
def test_a_name_is_always_free(wanted, url, taken):
    name = free_name(wanted, taken, url=url)
    assert name not in taken
    assert name.isascii()
    assert free_name(wanted, [*taken, name], url=url) != name
