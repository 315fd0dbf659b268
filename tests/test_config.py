"""Reading sources.yaml: every case is a file in tests/data/config, beside what must be said of it."""

import copy
import os
import shutil
import time
from datetime import time as at
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import load as loading
from monitor.config.load import load
from monitor.config.rules import guess_kind
from monitor.config.stand import changed, stand
from monitor.config.tree import Tree
from monitor.errors import ConfigError, Problem
from monitor.model import (
    Ceiling,
    Channel,
    Digest,
    Ping,
    PollSettings,
    Quiet,
    Secret,
    Selectors,
    Smtp,
)

CASES = Path(__file__).parent / "data" / "config"
FAULTY = sorted(path.stem for path in CASES.glob("*.problems"))
VALID = sorted(path.stem for path in CASES.glob("*.yaml") if path.stem not in FAULTY)


@pytest.fixture(autouse=True)
def beside_the_cases(monkeypatch):
    monkeypatch.chdir(CASES)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [str(problem).replace(str(CASES), "{folder}") for problem in caught.value.problems]


@pytest.fixture
def written(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A synthetic seed.")

    def write(more: str) -> Path:
        path = tmp_path / "sources.yaml"
        path.write_text(f"stories: {{s: {{seeds: seeds}}}}\n{more}", "utf-8")
        return path

    return write


# ---- mistakes -----------------------------------------------------------------


@pytest.mark.parametrize("case", FAULTY)
def test_every_problem_is_told_with_its_place(case):
    expected = (CASES / f"{case}.problems").read_text("utf-8").splitlines()
    assert problems(Path(f"{case}.yaml")) == expected


def test_the_places_are_those_of_the_mistakes():
    lines = (CASES / "twelve-mistakes.yaml").read_text("utf-8").splitlines()
    with pytest.raises(ConfigError) as caught:
        load(Path("twelve-mistakes.yaml"))
    found = [lines[p.line - 1][p.column - 1 :] for p in caught.value.problems]
    expected = ["evry:", "8h,", "Lighthouse:", "2 days", "night.desk]", "{vault:", "hook:"]
    expected += ['"htps:', "no}", "listings", "Oslo", '"h3 >>']
    assert len(found) == 12
    assert [text[: len(start)] for text, start in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"stories: {}\nx: caf\xe9\n", "2:7: not UTF-8 from here on: save the file in UTF-8"),
        ("مصدر: é".encode("utf-16"), "1:1: not UTF-8 from here on: save the file in UTF-8"),
        (b"stories:\n  a\x07b: {}\n", "2:4: a control character, which YAML does not allow: delete it"),
        (b"#" * 5_000_001, "1:1: larger than 5 MB: too large for a configuration"),
    ],
    ids=["latin-1", "utf-16", "bell", "large"],
)  # fmt: skip
def test_bytes_that_are_no_configuration(tmp_path, body, expected):
    path = tmp_path / "x.yaml"
    path.write_bytes(body)
    assert problems(path) == [f"{path}:{expected}"]


def test_a_file_that_is_not_there(tmp_path):
    assert problems(tmp_path / "x.yaml") == [
        f"{tmp_path}/x.yaml:1:1: cannot be read: No such file or directory"
    ]
    assert problems(tmp_path) == [f"{tmp_path}:1:1: cannot be read: Is a directory"]


def test_deep_nesting_is_refused_before_it_can_end_the_process(written):
    (problem,) = problems(written("sources: " + "[" * 500_000))
    assert problem.endswith("2:59: nested deeper than 50 levels")


def test_columns_count_letters_after_arabic_text(written):
    path = written(
        'sources: [{outlet: "صحيفة الشرق", نام: x, name: a, url: "https://a.example/"}]\n'
    )
    (problem,) = problems(path)
    assert problem.startswith(f"{path}:2:35: unknown key 'نام'; known here: name, url, kind")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(written):
    path = written("sources: []\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path).sources == ()


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding"])
def test_a_header_that_frames_a_body_is_refused(name, written):
    """Every poll would fail by it, as the site's fault."""
    path = written(f"sources: [{{name: a, url: 'https://a.example/', headers: {{{name}: '5'}}}}]\n")
    (problem,) = problems(path)
    assert problem.endswith(f"{name} tells of a body, and what is sent to a source has none")


def test_a_secret_is_never_repeated(written):
    path = written(
        "channels:\n"
        "  a: {kind: webhook, url: 'https://hooks.example/hunter2 x', secret: {hunter2: hunter2}}\n"
        "  b: {kind: webhook, url: 'https://hooks.example/', secret: [hunter2]}\n"
        "  c: {kind: email, to: [a@b.example], smtp: {host: h, user: u, password: {env: hunter 2}}}\n"
        "sources: [{name: a, url: 'https://u:hunter2@[x/', headers: {A: [hunter2]}}]\n"
    )
    told = problems(path)
    assert len(told) == 6
    assert not [line for line in told if "hunter" in line]


# ---- values -------------------------------------------------------------------


@pytest.mark.parametrize("case", VALID)
def test_a_valid_file_loads(case):
    assert load(Path(f"{case}.yaml")).stories


def test_every_key_arrives():
    config = load(Path("everything.yaml"))
    assert config.path == CASES / "everything.yaml"
    assert config.contact == "https://example.org/monitor"
    assert config.database == CASES / "data/articles.db"
    assert config.fold_window == timedelta(days=14)
    assert config.poll == PollSettings(
        every=timedelta(minutes=20),
        floor=timedelta(seconds=90),
        ceiling=timedelta(hours=36),
        host_gap=timedelta(0),
        deadline=timedelta(minutes=1),
        max_body=512 * 1024,
        concurrency=8,
        patience=timedelta(minutes=5),
    )
    (story,) = config.stories
    assert (story.name, story.title) == ("story", "The second lamp")
    assert story.seeds == CASES / "seeds/story"
    assert story.age_gate is None
    assert (story.threshold, story.closes_after) == (0.6, timedelta(hours=48))
    corrections = story.corrections
    assert corrections.aliases == {"who": ("حارس", "keeper")}
    assert (corrections.require, corrections.any) == (("who",), ("lamp",))
    assert corrections.exclude == ("football",)
    desk, hook = config.channels
    assert desk == Channel(
        name="desk",
        kind="email",
        to=("desk@example.org", "ليل@مثال.example"),
        sender="Night Desk <monitor@example.org>",
        language="ar-SA",
        stories=("story",),
        bands=("on", "maybe"),
        quiet=Quiet(begin=at(23), end=at(6), timezone="Asia/Riyadh"),
        ceiling=Ceiling(count=12, span=timedelta(hours=1)),
        digest=Digest(at=(at(8), at(18)), days=(0, 3), timezone="Asia/Riyadh", bands=("on",)),
        smtp=Smtp(
            host="mail.example.org",
            port=2525,
            user="desk",
            password=Secret(kind="plain", value="open-secret"),
            timeout=timedelta(seconds=10),
        ),
    )
    assert hook == Channel(
        name="hook",
        kind="webhook",
        url="https://hooks.example.org/x",
        secret=Secret(kind="file", value=str(CASES / "keys/hook")),
        private=True,
        instant=False,
        quiet=Quiet(begin=at(7), end=at(7)),
        digest=Digest(at=(at(8),)),
    )
    assert config.ping == Ping(
        url="https://ping.example.org/abc", every=timedelta(minutes=10), private=True
    )
    coast, _ = config.sources
    assert (coast.name, coast.kind) == ("coast", "listing")
    assert (coast.outlet, coast.language, coast.timezone) == ("Coast Gazette", "en", "Europe/Oslo")
    assert coast.every == timedelta(minutes=1)
    assert (coast.enabled, coast.aggregator, coast.private) == (False, True, True)
    assert coast.primary
    assert coast.article_id == r"/(\d{6})/"
    assert coast.selectors == Selectors(
        links="h3.title > a", title="h1", text="div.post", date="time", cut="div#related"
    )
    assert coast.headers == {"Accept-Language": "ar", "Cookie": "a=b"}


def test_channels_of_every_other_kind():
    hook, script, feeds, other, team, slack = load(Path("ways.yaml")).channels
    assert (hook.secret, hook.former) == (
        Secret(kind="env", value="NEW"),
        (Secret(kind="file", value=str(CASES / "old")),),
    )
    assert hook.template == '{"text": {{ subject | tojson }}}\n'
    assert hook.content_type == "text/plain; charset=utf-8"
    assert (script.run, script.timeout) == (("/usr/local/bin/on-alert", "5"), timedelta(seconds=5))
    assert script.timezone == "Asia/Riyadh"
    assert (feeds.folder, feeds.items, feeds.notices) == (CASES / "feeds", 100, False)
    assert (other.folder, other.items) == (Path("/srv/feeds"), 20)
    assert team.service == Secret(kind="file", value=str(CASES / "chat-url"))
    assert team.url is slack.url is None
    assert "tokenA" not in repr(slack)
    (warning,) = load(Path("ways.yaml")).warnings
    assert warning.startswith("ways.yaml:8:27: open: the url is written in the open")
    assert "tokenA" not in warning


@pytest.mark.parametrize(
    ("host", "security", "warned"),
    [
        ("mail.example.org", "none", True),
        ("mail.example.org", "starttls", False),
        ("localhost", "none", False),
        ("127.0.0.1", "none", False),
    ],
)
def test_a_password_in_the_clear_is_warned_of(written, host, security, warned):
    smtp = f"{{host: {host}, security: {security}, user: u, password: {{env: P}}}}"
    path = written(f"channels: {{m: {{kind: email, to: [a@b.example], smtp: {smtp}}}}}\n")
    said = [one for one in load(path).warnings if "in the clear" in one]
    assert len(said) == warned


@pytest.mark.parametrize(
    ("channels", "warned"),
    [
        ("{a: {kind: log, stories: [s]}}", ["t"]),
        ("{a: {kind: log, stories: [s]}, b: {kind: log}}", []),
        ("{a: {kind: log, stories: [s]}, b: {kind: log, stories: [t]}}", []),
        ("{a: {kind: log}}", []),
        ("{a: {kind: log, stories: []}}", []),
    ],
)
def test_a_story_that_no_channel_carries_is_warned_of(channels, warned, written):
    path = written(f"channels: {channels}\n")
    path.write_text(path.read_text().replace("{seeds: seeds}", "{seeds: seeds}, t: {seeds: seeds}"))
    said = [one for one in load(path).warnings if "no channel carries" in one]
    assert [one.split("'")[1] for one in said] == warned


def test_folders_among_the_seeds_are_warned_of(written, tmp_path):
    path = written("")
    (tmp_path / "seeds" / "2026").mkdir()
    (tmp_path / "seeds" / ".git").mkdir()
    (said,) = load(path).warnings
    assert said.endswith("only the files beside them are seeds: 2026")


def test_feeds_lie_beside_the_database(written, tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/story-monitor")
    (feeds,) = load(written("channels: {f: {kind: files}}\n")).channels
    assert feeds.folder == Path("/var/lib/story-monitor/feeds")


@pytest.mark.parametrize(
    ("web", "page", "warned"),
    [
        ('{listen: "127.0.0.1:8086"}', True, False),
        ('{listen: "127.8.9.10:8086"}', True, False),
        ('{listen: "[::1]:8086"}', True, False),
        ('{listen: "localhost:8086", page: true}', True, False),
        ('{listen: "127.0.0.1:8086", page: false}', False, False),
        # Who opened a port for a scraper has not opened all that is stored.
        ('{listen: "0.0.0.0:8086"}', False, False),
        ('{listen: "monitor.example.org:8086"}', False, False),
        ('{listen: "0.0.0.0:8086", page: true}', True, True),
    ],
)
def test_the_page_is_for_this_machine_unless_told_otherwise(written, web, page, warned):
    config = load(written(f"settings: {{web: {web}}}"))
    assert config.web.page is page
    assert any("without a login" in one for one in config.warnings) is warned


@pytest.mark.parametrize(
    ("web", "key", "says"),
    [
        ('{listen: "127.0.0.1:8086", password: {file: w}}', "", ""),
        ('{listen: "127.0.0.1:8086", password: {file: w}, url: "https://m.example/"}', "", ""),
        ('{listen: "127.0.0.1:8086", password: {file: w}, url: "http://localhost/"}', "", ""),
        ('{listen: "0.0.0.0:8086", page: true, password: {file: w}, url: "https://m.example/"}', "", ""),
        ('{listen: "127.0.0.1:8086", password: {file: w}, url: "http://m.example/"}', "url", "in the clear"),
        ('{listen: "0.0.0.0:8086", page: true, password: {file: w}}', "listen", "in the clear"),
        ('{listen: "0.0.0.0:8086", password: {file: w}}', "password", "no page to log in to"),
        ('{listen: "127.0.0.1:8086", password: open}', "password", "written in the open"),
    ],
)  # fmt: skip
def test_a_password_is_for_whom_it_is_meant(written, web, key, says):
    path = written(f"settings: {{web: {web}}}")
    config = load(path)
    told = [one for one in config.warnings if "password" in one]
    assert len(told) == bool(says)
    if says:
        assert says in told[0]
        lines = path.read_text().splitlines()
        (number,) = [at for at, line in enumerate(lines, 1) if line.startswith("settings:")]
        column = lines[number - 1].index(f"{key}: ") + len(key) + 3
        assert f":{number}:{column}: " in told[0]
    if "file" in web:
        assert config.web.password.value == str(path.parent / "w")
    assert "open}" not in repr(config)


def test_warnings_name_what_may_not_be_meant_and_never_the_secret():
    expected = (CASES / "everything.warnings").read_text("utf-8").splitlines()
    assert list(load(Path("everything.yaml")).warnings) == expected


def test_only_stories_is_enough(written):
    config = load(written(""))
    assert config.channels == (Channel(name="log", kind="log"),)
    assert config.sources == ()
    assert config.warnings == ()
    assert config.poll == PollSettings()
    assert (config.contact, config.fold_window) == (None, timedelta(days=14))
    assert config.stories[0].title == "s"
    assert config.stories[0].age_gate == timedelta(hours=48)


def test_a_section_left_empty_is_a_section_left_out(written):
    config = load(written("settings:\nchannels:\nsources:\n"))
    assert [channel.kind for channel in config.channels] == ["log"]
    assert config.sources == ()


@pytest.mark.parametrize(
    ("word", "value"), [("yes", True), ("on", True), ("no", False), ("off", False)]
)
def test_words_of_yaml_for_true_and_false(written, word, value):
    path = written(f"sources: [{{name: a, url: 'https://a.example/', enabled: {word}}}]\n")
    assert load(path).sources[0].enabled is value


def test_merged_mappings_and_the_ports_that_follow_from_security(written):
    one, two, three = load(Path("merge.yaml")).channels
    assert one.smtp == three.smtp == Smtp(host="mail.example.org", port=25, security="none")
    assert two.smtp == Smtp(host="mail.example.org", port=26, security="none")
    path = written(
        "channels:\n"
        "  a: {kind: email, to: [a@b.example], smtp: {host: h, security: tls}}\n"
        "  b: {kind: email, to: [a@b.example], smtp: {host: h, security: none}}\n"
        "  c: {kind: email, to: [a@b.example], smtp: {host: h}}\n"
    )
    assert [channel.smtp.port for channel in load(path).channels] == [465, 25, 587]


def test_paths_start_at_the_file_and_not_where_the_command_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    config = load(Path(os.path.relpath(CASES / "everything.yaml", tmp_path)))
    assert config.stories[0].seeds.resolve() == CASES / "seeds" / "story"


def test_the_database_lies_in_the_state_directory_unless_it_is_named(written, monkeypatch):
    assert load(written("")).database == written("").parent / "monitor.db"
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/first:/var/lib/second")
    assert load(written("")).database == Path("/var/lib/first/monitor.db")
    named = load(written("settings: {database: here.db}\n"))
    assert named.database == named.path.parent / "here.db"


@pytest.mark.parametrize(
    ("url", "links", "kind"),
    [
        ("https://a.example/feed", False, "feed"),
        ("https://a.example/sitemap", False, "sitemap"),
        ("https://a.example/news-sitemap-1.xml.gz", False, "sitemap"),
        ("https://a.example/rss.xml", False, "feed"),
        ("https://sitemap.example/rss.xml", False, "feed"),
        ("https://news.google.com/rss/search?q=x", False, "search"),
        ("https://www.bing.com/news/search?q=x&format=rss", False, "search"),
        ("https://api.gdeltproject.org/api/v2/doc/doc?query=x&mode=artlist", False, "search"),
        ("https://a.example/wp-json/wp/v2/posts?per_page=50", False, "feed"),
        ("https://a.example/sitemap-of-rails/wp-json/wp/v2/posts", False, "feed"),
        ("https://a.example/news", True, "listing"),
        ("https://t.me/s/channel", False, "telegram"),
        ("https://[x/", False, "feed"),
    ],
)
def test_the_kind_is_guessed(url, links, kind):
    assert guess_kind(url, links=links) == kind


def test_loading_reads_no_secret(written):
    path = written(
        "channels: {a: {kind: webhook, url: 'https://h.example/', secret: {file: /nowhere/x}}}\n"
    )
    assert load(path).channels[0].secret == Secret(kind="file", value="/nowhere/x")


# ---- whatever is written ------------------------------------------------------

EVERYTHING = Tree((CASES / "everything.yaml").read_text("utf-8")).value


def paths(value, path=()):
    yield path
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in pairs:
            yield from paths(child, (*path, key))


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("config")
    shutil.copytree(CASES / "seeds", folder / "seeds")
    return folder


def told_of(path: Path, text: str) -> list[Problem]:
    path.write_text(text, "utf-8", newline="")
    try:
        load(path)
    except ConfigError as error:
        return error.problems or pytest.fail("an error without a problem")
    return []


def loads_or_tells(path: Path, text: str) -> None:
    lines = len(text.splitlines()) + 1
    for problem in told_of(path, text):
        assert 1 <= problem.line <= lines
        assert problem.column >= 1


@settings(max_examples=150, deadline=None)
@given(where=st.sampled_from(sorted(paths(EVERYTHING), key=str)), value=anything)
def test_any_value_at_any_place_loads_or_is_told(workshop, where, value):
    changed = {"": copy.deepcopy(EVERYTHING)}
    parent, key = changed, ""
    for part in where:
        parent, key = parent[key], part
    parent[key] = value
    loads_or_tells(workshop / "any.yaml", yaml.safe_dump(changed[""], allow_unicode=True))


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`?,<~ \n\t1é"), max_size=60) | st.text())
def test_any_text_loads_or_is_told(workshop, text):
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        loads_or_tells(workshop / "text.yaml", text)


@pytest.mark.usefixtures("frozen")
def test_ten_thousand_sources_load_in_seconds(written):
    one = '  - {{name: s{0}, url: "https://h{0}.example/feed", language: ar, timezone: Asia/Riyadh}}\n'
    path = written("sources:\n" + "".join(one.format(number) for number in range(10_000)))
    started = time.process_time()
    assert len(load(path).sources) == 10_000
    assert time.process_time() - started < 10  # about 1 s where this was written


def test_nothing_of_the_parser_is_needed_but_plain_python(monkeypatch):
    """Where PyYAML was built without its C part, the same problems stand at the same places."""
    monkeypatch.setattr("monitor.config.tree._Loader", yaml.SafeLoader)
    for case in ("twelve-mistakes", "keys", "types", "tab", "quote", "brace", "alias", "deep"):
        expected = (CASES / f"{case}.problems").read_text("utf-8").splitlines()
        assert problems(Path(f"{case}.yaml")) == expected
    assert loading.load(Path("everything.yaml")).sources


@pytest.mark.parametrize(
    ("edit", "names"),
    [
        (lambda folder: None, []),
        (lambda folder: _append(folder / "sources.yaml", "# a word\n"), []),
        (lambda folder: _append(folder / "sources.yaml", "settings: {contact: a@b.example}\n"), ["sources.yaml"]),
        (lambda folder: _append(folder / "sources.yaml", "settings: {ping: {url: 'https://a.example/'}}\n"), ["sources.yaml"]),
        (lambda folder: _append(folder / "seeds" / "one.txt", "More."), ["the seeds of s"]),
        (lambda folder: (folder / "seeds" / "two.txt").write_text("x"), ["the seeds of s"]),
        (lambda folder: (folder / "seeds" / "one.txt").rename(folder / "seeds" / "1.txt"), ["the seeds of s"]),
        (lambda folder: _append(folder / "hook.j2", " {{ link }}"), ["sources.yaml"]),
    ],
)  # fmt: skip
def test_what_changed_since_it_was_read_is_named(edit, names, written, tmp_path):
    (tmp_path / "hook.j2").write_text("{{ subject }}")
    path = written(
        "channels: {h: {kind: webhook, url: 'https://h.example/', template: hook.j2}}\n"
        "sources: [{name: a, url: 'https://a.example/', headers: {x-a: b}}]\n"
    )
    before = stand(load(path))
    edit(tmp_path)
    assert changed(before, stand(load(path))) == names


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)
