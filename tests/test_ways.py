"""`monitor check` and `monitor alerts test` for every kind of channel, on a real configuration."""

import json
import sys
from pathlib import Path

import pytest

from monitor.cli.trial import send_trial
from monitor.cli.ways import fault
from monitor.config.load import load
from monitor.daemon.clock import clock
from monitor.model import Config
from tests.newsroom import command
from tests.receivers import Hook, Mailbox, mail_server, tcp_server

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
TEMPLATE = '{"text": {{ (subject ~ " " ~ (link or "")) | tojson }}}'


def configured(folder: Path, channels: str) -> Config:
    (folder / "seeds").mkdir()
    (folder / "seeds" / "one.txt").write_text("A synthetic seed.")
    path = folder / "sources.yaml"
    path.write_text(f"stories: {{s: {{seeds: seeds}}}}\nchannels:\n{channels}", "utf-8")
    return load(path)


async def test_a_test_goes_through_every_kind(tmp_path: Path) -> None:
    hook, chat, mailbox = Hook(), Hook(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), Mailbox()
    (tmp_path / "hook.j2").write_text(TEMPLATE)
    got = tmp_path / "got.json"
    async with tcp_server(hook) as one, tcp_server(chat) as two, mail_server(mailbox) as three:
        config = configured(
            tmp_path,
            f"""
  log: {{kind: log}}
  mail: {{kind: email, language: ar, to: [a@example.org], smtp: {{host: 127.0.0.1, port: {three}, security: none}}}}
  hook: {{kind: webhook, url: "http://127.0.0.1:{one}/", private: true, template: hook.j2}}
  team: {{kind: chat, url: "json://127.0.0.1:{two}/"}}
  script: {{kind: command, run: ["{sys.executable}", -c, "import sys; open('{got}', 'w').write(sys.stdin.read())"]}}
  feeds: {{kind: files}}
""",
        )
        assert [fault(config, channel) for channel in config.channels] == [None] * 6
        sent = await send_trial(config, config.channels, clock())
    assert [(each.channel, each.problem) for each in sent] == [
        (channel.name, None) for channel in config.channels
    ]
    assert json.loads(hook.requests[0][2])["text"].startswith("TEST: ")
    assert json.loads(chat.requests[0][2])["title"].startswith("TEST: ")
    assert b"Subject: =?utf-8?B?" in mailbox.envelopes[0].content
    assert json.loads(got.read_text("utf-8"))["type"] == "alert.test"
    assert list((tmp_path / "feeds").iterdir()) == []


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("kind: command, run: [/nonexistent/x]", "/nonexistent/x is no program that can be run"),
        ("kind: command, run: [./x]", "./x would be looked for in whatever folder"),
        ("kind: files, folder: seeds/one.txt/x", "cannot be written"),
        ("kind: chat, url: {env: NO_SUCH_CHAT}", "environment variable NO_SUCH_CHAT is not set"),
        ("kind: chat, url: 'nonsense://hunter2'", "no address that Apprise knows"),
        ("kind: webhook, url: 'https://x.example/', secret: [{env: NO_SUCH_A}]", "NO_SUCH_A"),
        (
            "kind: webhook, url: 'https://x.example/', secret: [{file: key}, {env: NO_SUCH_B}]",
            "NO_SUCH_B",
        ),
        (
            "kind: webhook, url: 'https://x.example/', template: bad.j2",
            "the template fails: 'dict object' has no attribute 'article' (on a body of type notice",
        ),
    ],
)
def test_check_sees_what_would_keep_a_channel_from_delivering(
    tmp_path: Path, channel: str, said: str
) -> None:
    (tmp_path / "key").write_text("k")
    (tmp_path / "bad.j2").write_text("{{ data.article.title }}")
    config = configured(tmp_path, f"  one: {{{channel}}}\n")
    found = fault(config, config.channels[0])
    assert found is not None
    assert said in found
    assert "hunter2" not in found


def test_the_commands_name_each_channel_and_no_key(tmp_path: Path) -> None:
    configured(
        tmp_path,
        """
  team: {kind: chat, url: "slack://hunter2A/hunter2B/hunter2C"}
  script: {kind: command, run: [/bin/false]}
  feeds: {kind: files}
""",
    )
    done = command("check", cwd=tmp_path)
    assert "command to /bin/false" in done.stdout
    assert f"files to {tmp_path}/feeds" in done.stdout
    tried = command("alerts", "test", "script", "feeds", cwd=tmp_path)
    assert tried.returncode == 1
    assert "script: /bin/false exited with 1" in tried.stdout
    assert "feeds: sent" in tried.stdout
    assert "hunter2" not in done.stdout + done.stderr + tried.stdout + tried.stderr
