"""`monitor export` of a story and `monitor evidence`: tables, web archives, the dossier."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tracemalloc
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from monitor.cli.main import commands
from monitor.errors import MonitorError
from monitor.export import table, warc
from monitor.export.target import written
from monitor.export.words import WORDS
from monitor.model.sequel import ChangeKind
from monitor.store.evidence import link
from monitor.store.rows import deflate
from monitor.store.store import Store
from tests import blank, exported
from tests.stored import START, Desk
from tests.test_desk import DENIAL, DENIAL_TEXT, FIGHT, FIGHT_TEXT, MEDALS, MEDALS_TEXT

HOSTILE = "=HYPERLINK(\"//x\")</title><script>alert(1)</script><img src=x onerror='alert(2)'>{{ 7*7 }}\u202e"  # fmt: skip
# What is noted as a change.
CHANGES = [kind for kind in get_args(ChangeKind) if kind not in {"unchanged", "unreadable"}]
FEED = b"<rss>of two articles</rss>"


class Taken:
    """A store with FIGHT (DENIAL told under it), MEDALS, one that is off; evidence of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = exported.config(folder)
        desk = Desk(blank.at(folder / "monitor.db"))
        store = desk.store
        self.fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
        self.medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
        self.denial = desk.tell(DENIAL, DENIAL_TEXT, minutes=3000).article_id
        self.off = desk.tell("أسعار الخضار ترتفع", "ارتفعت أسعار الخضار في العاصمة.").article_id
        self.page = exported.witness(
            store, self.fight, "<p>الأصل</p>".encode(), url="https://a.example/صفحة x",
            redirects=("https://t.example/1", "https://t.example/2"),
        )  # fmt: skip
        exported.witness(store, self.off, b"off", url="https://a.example/off")
        for article in (self.medals, self.denial):
            exported.witness(store, article, FEED, url="https://a.example/feed")
        with store.transaction():
            store.labels.say("troops", self.medals, "yes", START)
        store.close()

    def sql(self, *statements: str) -> None:
        store = Store.open(self.folder / "monitor.db")
        for each in statements:
            store.db.conn.execute(each)
        store.db.conn.commit()
        store.close()

    def call(self, *words: str | Path) -> Result:
        return CliRunner().invoke(commands, ["--config", str(self.config), *map(str, words)])

    def take(self, *words: str | Path) -> bytes:
        done = self.call("export", *words, "-")
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout_bytes

    def records(self) -> list[tuple[Any, dict[str, str], bytes]]:
        self.call("export", "--warc", self.folder / "a.warc.gz", "--force")
        with (self.folder / "a.warc.gz").open("rb") as file:
            return [
                (record, dict(record.rec_headers.headers), record.content_stream().read())
                for record in ArchiveIterator(file, check_digests="raise")
            ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return Taken(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    return Taken(tmp_path)


# ---- tables


def test_rows_say_what_became_of_each_article(whole: Taken) -> None:
    rows = [json.loads(line) for line in whole.take("--format", "jsonl").splitlines()]
    assert all(tuple(row) == table.COLUMNS for row in rows)
    fight, medals, denial = rows
    assert [row["id"] for row in rows] == [whole.fight, whole.medals, whole.denial]
    assert (fight["title"], fight["band"], fight["relation"]) == (FIGHT, "on", "new")
    assert fight["evidence_sha256"] == whole.page
    assert fight["score"] >= fight["threshold"]
    assert any(reason.startswith("concept: ") for reason in fight["reasons"])
    assert denial["development"] == whole.fight == denial["development_of"]
    assert denial["development_relation"] == "update"
    assert DENIAL in denial["new_facts"]
    assert denial["independent"] == 1
    assert (medals["label"], fight["label"]) == ("yes", None)
    assert fight["alert_state"] == "queued"
    assert fight["alerts"][0]["channel"] == "hook"


def test_csv_is_the_same_for_a_spreadsheet(whole: Taken) -> None:
    body = whole.take("--format", "csv", "--bom")
    assert body.startswith(b"\xef\xbb\xbfid,story,")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == [FIGHT, MEDALS, DENIAL]
    assert tuple(rows[0]) == table.COLUMNS
    assert rows[1]["label"] == "yes"
    assert DENIAL in rows[2]["new_facts"]
    assert body.count(b"\r\n") == body.count(b"\n") == 4
    assert not whole.take("--format", "csv").startswith(b"\xef\xbb\xbf")


def test_bands_and_dates_choose(whole: Taken) -> None:
    def ids(*words: str) -> list[int]:
        return [json.loads(line)["id"] for line in whole.take("--format", "jsonl", *words).splitlines()]  # fmt: skip

    assert ids("--band", "off") == [whole.off]
    assert ids("--band", "off", "--band", "on") == [whole.fight, whole.medals, whole.denial, whole.off]  # fmt: skip
    assert ids("--since", "2026-03-02") == [whole.denial]
    assert ids("--since", "2030-01-01") == []


@given(st.text(st.sampled_from("=+-@\t\r ＝ '\"\u200e\ufeffaا1"), max_size=6) | st.text(max_size=6))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = table.safe(text)
    assert cell in {text, f"'{text}"}
    begins = cell.lstrip(' \u00a0\u200b\u200e\u200f\u202a\u202b\u2066\u2067\u2068\ufeff"')
    assert not begins.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_one_moment_is_read_while_the_daemon_goes_on(taken: Taken) -> None:
    store = Store.open(taken.folder / "monitor.db")
    with store.records.still():
        rows = table.rows(store, "troops", ("on", "off"), None)
        first = next(rows)
        taken.sql(
            "update rulings set band = 'maybe'",
            "delete from members",
        )
        assert [row["id"] for row in (first, *rows)] == [
            taken.fight,
            taken.medals,
            taken.denial,
            taken.off,
        ]
        assert first["development"] == store.desk.home("troops", taken.denial) == taken.fight
    assert store.desk.home("troops", taken.denial) is None
    assert not list(table.rows(store, "troops", ("on", "off"), None))
    store.close()


def test_memory_does_not_grow_with_the_story(tmp_path: Path) -> None:
    peaks = []
    for articles in (1_200, 6_000):
        store = Store.open(tmp_path / f"{articles}.db")
        exported.fill(store, articles)
        with (tmp_path / "out").open("wb") as file:
            tracemalloc.start()
            assert table.write(file, "jsonl", store, "troops", ("on",), None) == articles
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        store.close()
    assert peaks[1] < peaks[0] * 1.5, peaks


# ---- the file


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    with pytest.raises(RuntimeError), written(target, force=False) as file:
        file.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), written(target, force=True) as file:
        file.write(b"half")
        raise RuntimeError
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
    (tmp_path / "b.csv").symlink_to(target)
    with written(tmp_path / "b.csv", force=True) as file:
        file.write(b"new")
    assert target.read_bytes() == b"new"
    assert (tmp_path / "b.csv").is_symlink()


def test_what_is_there_is_replaced_only_by_force(taken: Taken) -> None:
    target = taken.folder / "story.csv"
    first = taken.call("export", "--story", "troops", "--format", "csv", target, "--json")
    said = json.loads(first.stdout)
    assert (said["articles"], said["size"]) == (3, target.stat().st_size)
    before = target.read_bytes()
    again = taken.call("export", "--story", "troops", "--format", "jsonl", target)
    assert "exists and was left as it is: name another file, or --force" in str(again.exception)
    assert target.read_bytes() == before
    assert taken.call("export", "--format", "jsonl", target, "--force").exit_code == 0
    assert target.read_bytes() != before
    os.mkfifo(taken.folder / "pipe")
    odd = taken.call("export", "--format", "csv", taken.folder / "pipe", "--force")
    assert "no regular file" in str(odd.exception)
    assert not [each for each in taken.folder.iterdir() if each.name.startswith(".")]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--story", "x", "--format", "csv", "a"], 2, "no story 'x'"),
        (["--story", "troops"], 2, "--story goes with --format, --warc or --dossier"),
        (["--force"], 2, "--force goes with"),
        (["a.csv"], 2, "--format csv or jsonl; for OPML: -o a.csv"),
        (["--format", "csv", "--warc", "a"], 2, "one at a time"),
        (["--format", "csv", "a", "-o", "b"], 2, "one file at a time"),
        (["--format", "jsonl", "--bom"], 2, "--bom goes with --format csv"),
        (["--warc", "-", "--order", "oldest"], 2, "--order goes with --dossier"),
        (["--dossier", "-", "--band", "on"], 2, "--band goes with"),
        (["--format", "csv", "."], 1, "is a folder"),
        (["--format", "csv", "no/such/a"], 1, "cannot be written: No such file"),
    ],
)
def test_what_cannot_be_done_says_why(whole: Taken, words: list[str], status: int, said: str) -> None:  # fmt: skip
    done = whole.call("export", *words)
    problem = str(done.exception) if isinstance(done.exception, MonitorError) else done.stderr
    assert said in " ".join(problem.split())
    assert done.exit_code == status


def test_where_nothing_is_stored_no_file_is_made(tmp_path: Path) -> None:
    path = exported.config(tmp_path)
    for said in ("nothing is stored yet", "nothing is stored of troops yet"):
        words = ["--config", str(path), "export", "--dossier", str(tmp_path / "a.html")]
        assert said in str(CliRunner().invoke(commands, words).exception)
        assert not (tmp_path / "a.html").exists()
        Store.open(tmp_path / "monitor.db").close()


# ---- the web archive


def test_an_archive_is_read_back_by_another_reader(whole: Taken) -> None:
    records = whole.records()
    kinds = [record.rec_type for record, _, _ in records]
    # One exchange is the evidence of two articles.
    assert kinds == ["warcinfo", "response", "metadata", "response", "metadata", "metadata"]
    assert b"WARC File Format 1.1" in records[0][2]
    assert {record.format for record, _, _ in records} == {"warc"}
    assert {record.rec_headers.protocol for record, _, _ in records} == {"WARC/1.1"}
    page, headers, body = records[1]
    assert body == "<p>الأصل</p>".encode()
    assert headers["WARC-Payload-Digest"] == f"sha256:{whole.page}"
    assert headers["WARC-Date"] == "2026-03-01T12:00:00.000Z"
    assert headers["WARC-Target-URI"] == "https://a.example/%D8%B5%D9%81%D8%AD%D8%A9%20x"
    told = [(name.lower(), value) for name, value in page.http_headers.headers]
    assert told == [
        ("content-type", "text/html; charset=utf-8"),
        ("x-odd", "caf\xe9"),
        ("content-length", str(len(body))),
    ]
    assert page.http_headers.get_statuscode() == "200"
    metadata = json.loads(records[2][2])
    assert metadata["removed_headers"] == [
        [name, value]
        for name, value in exported.HEADERS
        if name in {"content-encoding", "transfer-encoding", "content-length"}
    ]
    assert metadata["redirects"] == ["https://t.example/1", "https://t.example/2"]
    assert records[3][2] == FEED
    assert {records[n][1]["WARC-Concurrent-To"] for n in (4, 5)} == {
        records[3][1]["WARC-Record-ID"]
    }


def test_the_chain_can_be_computed_again_from_the_archive_alone(whole: Taken) -> None:
    rows = [json.loads(b)["evidence"] for r, _, b in whole.records() if r.rec_type == "metadata"]
    assert [row["row"] for row in rows] == [1, 3, 4]  # 2 is of an article that is off
    for row in rows:
        assert link(row["previous"], row["facts"]) == row["head"]
    assert rows[0]["previous"] == ""
    assert rows[2]["previous"] == rows[1]["head"] != rows[0]["head"]


def test_the_same_evidence_is_the_same_archive(whole: Taken) -> None:
    first = [(headers, body) for _, headers, body in whole.records()][1:]
    assert [(headers, body) for _, headers, body in whole.records()][1:] == first


def test_the_other_reader_does_look_at_the_digests(whole: Taken) -> None:
    whole.records()
    record = zlib.decompressobj(31)
    packed = (whole.folder / "a.warc.gz").read_bytes()
    record.decompress(packed)
    second = zlib.decompressobj(31)
    plain = second.decompress(record.unused_data).replace(b"<p>", b"<q>")
    with pytest.raises(ArchiveLoadFailed):
        for each in ArchiveIterator(io.BytesIO(plain), check_digests="raise"):
            each.content_stream().read()


def test_bytes_that_are_lost_or_changed_are_told(taken: Taken) -> None:
    feed = hashlib.sha256(FEED).hexdigest()
    packed = zlib.compress(b"another").hex()
    taken.sql(
        f"delete from bodies where sha256 = '{taken.page}'",
        f"update bodies set packed = x'{packed}' where sha256 = '{feed}'",
    )
    done = taken.call("export", "--warc", taken.folder / "a.warc.gz")
    assert done.exit_code == 1
    assert "of 1 rows of evidence the bytes are not in the store (row 1" in str(done.exception)
    assert "of 1 rows of evidence the bytes are not those of the hash (row 3" in str(done.exception)
    records = taken.records()
    assert [record.rec_type for record, _, _ in records] == [
        "warcinfo", "metadata", "response", "metadata", "metadata",
    ]  # fmt: skip
    assert json.loads(records[1][2])["payload"] == "not in the store"


@given(
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20)), max_size=4),
    st.text(min_size=1, max_size=20),
    st.text(max_size=20),
)
@settings(deadline=None, max_examples=60)
def test_no_header_or_address_begins_a_line_of_its_own(
    headers: list[tuple[str, str]], address: str, title: str
) -> None:
    address = f"https://{address}"
    row = {
        "id": 1, "article_id": 1, "url": address, "final_url": address, "status": 299,
        "fetched_at": "2026-03-01T12:00:00.000Z", "headers": json.dumps(headers), "redirects": "[]",
        "sha256": "0", "head": "1", "previous": "", "title": title, "article_url": address,
    }  # fmt: skip
    store = blank.in_memory()
    sha256 = store.evidence.keep_body(b"body")
    out = io.BytesIO()
    warc.write(out, "a\r\nb", "troops", [{**row, "sha256": sha256}], store.evidence, START)
    out.seek(0)
    read = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(out, check_digests="raise")]  # fmt: skip
    assert [kind for kind, _ in read] == ["warcinfo", "response", "metadata"]
    assert read[1][1] == b"body"
    store.close()


# ---- the dossier


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _dossier(taken: Taken, *words: str) -> str:
    target = taken.folder / "a.html"
    done = taken.call("export", "--dossier", target, "--force", *words)
    assert done.exit_code == 0, (done.output, done.exception)
    return target.read_text("utf-8")


def test_a_dossier_tells_the_story(whole: Taken) -> None:
    text = _dossier(whole)
    for each in (FIGHT, MEDALS, DENIAL, whole.page, "https://gazette.example/1"):
        assert each in text
    store = Store.open(whole.folder / "monitor.db")
    head = store.evidence.head()
    store.close()
    assert f"monitor evidence verify --head {head}" in text
    seeds = (whole.folder / "seeds").iterdir()
    assert all(seed.name in text for seed in seeds)
    page = _Page(text)
    assert ("html", {"lang": "en", "dir": "ltr"}) in page.tags
    titles = [attrs for tag, attrs in page.tags if tag == "h3"]
    assert titles == [{"lang": "ar", "dir": "rtl"}] * 2
    assert text.index(MEDALS) < text.index(FIGHT)
    oldest = _dossier(whole, "--order", "oldest", "--language", "ar")
    assert oldest.index(FIGHT) < oldest.index(MEDALS)
    assert ("html", {"lang": "ar", "dir": "rtl"}) in _Page(oldest).tags
    assert MEDALS not in _dossier(whole, "--since", "2026-03-02")


def test_what_changed_after_it_was_told_is_said(taken: Taken) -> None:
    for kind in CHANGES:
        taken.sql(
            f"""insert into changes (article_id, at, kind, seen_by, weights, went, came, headline, corrects, print, told)
                values ({taken.fight}, '2026-03-04T08:00:00.000Z', '{kind}', 'look', '[]', '[]', '[]', 0, 0, '{kind}', '')"""
        )
    text = _dossier(taken)
    for kind in CHANGES:
        assert f"UTC</time>: {WORDS['en'][f'changed:{kind}']}</p>" in text
    row = json.loads(taken.take("--format", "jsonl").splitlines()[0])
    assert [one["kind"] for one in row["changes"]] == CHANGES


def test_no_more_than_two_sentences_are_printed(taken: Taken) -> None:
    store = Store.open(taken.folder / "monitor.db")
    store.db.conn.execute(
        "insert or replace into texts select id, ? from articles",
        [deflate("First one. Second one. Third one.")],
    )
    store.db.conn.commit()
    store.close()
    text = _dossier(taken)
    assert "Second one." in text
    assert "Third one." not in text


def test_a_dossier_needs_nothing_else_and_strangers_do_nothing_in_it(taken: Taken) -> None:
    hostile = HOSTILE.replace("'", "''")
    taken.sql(
        f"update articles set title = '{hostile}', outlet = '{hostile}', language = '\"><b>'",
        f"update articles set link = 'javascript:alert(3)' where id = {taken.fight}",
        f"update articles set link = 'https://x.example/\"><script>' where id = {taken.medals}",
        f"update members set new_facts = json_array('{hostile}')",
        f"insert or replace into texts select id, x'{deflate(f'{HOSTILE}. More.').hex()}' from articles",
        f"insert into credits values ({taken.fight}, '{hostile}', 'line')",
    )
    store = Store.open(taken.folder / "monitor.db")
    with store.transaction():
        store.desk.note("troops", "note", taken.fight, START, said=HOSTILE)
        store.desk.note("troops", "rename", taken.medals, START, said=HOSTILE)
    store.close()
    text = _dossier(taken)
    page = _Page(text)
    tags = {tag for tag, _ in page.tags}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "p", "h1", "h2", "h3", "h4", "dl", "dt", "dd", "ul",
        "li", "div", "span", "bdi", "a", "time", "code", "details", "summary", "article",
    }  # fmt: skip
    names = {name for _, attrs in page.tags for name in attrs}
    assert names <= {
        "lang", "dir", "href", "rel", "class", "id", "datetime", "open", "charset", "name", "content", "http-equiv",
    }  # fmt: skip
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a"]
    assert links
    assert all(each.startswith(("https://", "http://")) for each in links)
    assert "url(" not in text
    assert "@import" not in text
    assert "{{ 7*7 }}" in text
    assert "\u202e" not in text
    rows = list(csv.reader(io.StringIO(taken.take("--format", "csv").decode(), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_what_is_long_is_counted_and_not_listed(tmp_path: Path) -> None:
    exported.config(tmp_path)
    store = Store.open(tmp_path / "monitor.db")
    exported.fill(store, 600, 2, text=50)
    store.close()
    target = tmp_path / "a.html"
    words = ["--config", str(tmp_path / "sources.yaml"), "export", "--dossier", str(target)]
    assert CliRunner().invoke(commands, words).exit_code == 0
    text = target.read_text("utf-8")
    assert text.count('<div class="report">') == 2 * (1 + 40 + 60)
    assert "199 more, not listed here" in text
    assert "monitor development show 301" in text
    assert "3,000 (soldiers)" in text


def test_the_catalogues_have_the_same_words() -> None:
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["en"])}


# ---- evidence


def test_evidence_is_verified(taken: Taken) -> None:
    done = taken.call("evidence", "verify", "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (said["rows"], said["bodies"], said["broken"], said["spoiled"]) == (4, 3, None, [])
    early = json.loads(
        next(body for record, _, body in taken.records() if record.rec_type == "metadata")
    )["evidence"]["head"]
    assert "is row 1" in taken.call("evidence", "verify", "--head", early[:16].upper()).stdout
    unknown = taken.call("evidence", "verify", "--head", "0" * 64)
    assert "is not in the chain" in str(unknown.exception)
    assert taken.call("evidence", "verify", "--head", "abc").exit_code == 2
    taken.sql(f"delete from bodies where sha256 = '{taken.page}'")
    gone = taken.call("evidence", "verify")
    assert f"missing: the body {taken.page}" in gone.stdout
    assert "1 bodies are not as their hash says" in str(gone.exception)
    taken.sql("update evidence set status = 201 where id = 3")
    broken = taken.call("evidence", "verify", "--head", said["head"])
    assert broken.exit_code == 1
    assert "row 3 does not follow from the one before" in str(broken.exception)
    assert "stands behind a break" in broken.stdout
    assert "is as it was then" in taken.call("evidence", "verify", "--head", early).stdout
    taken.sql("delete from evidence where id = 4")
    assert "is not in the chain" in str(taken.call("evidence", "verify", "--head", said["head"]).exception)  # fmt: skip
