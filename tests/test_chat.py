"""`deliver.chat` through the real Apprise, to receivers on loopback; and without it."""

import importlib
import json
import logging
import sys
from datetime import UTC, datetime

import pytest
import structlog

from monitor.alert.compose import compose
from monitor.alert.render import lead, render
from monitor.deliver.chat import MISSING, UNKNOWN, Chat
from monitor.deliver.deliver import Courier
from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery, Notice, Secret
from tests import alerts
from tests.receivers import Hook, tcp_server, unused_port
from tests.test_deliver import Memory

# Apprise's own, when it is imported.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

TOKEN = "hunter2token"


def channel(address: str, **changed) -> Channel:
    secret = Secret(kind="plain", value=address)
    return Channel(**{"name": "team", "kind": "chat", "service": secret, **changed})


def delivery(body: bytes) -> Delivery:
    return Delivery(
        id=1,
        channel="team",
        recipient="",
        key="msg_1_team",
        content_type="application/json",
        body=body,
        attempts=0,
        created=datetime(2026, 11, 20, 14, 8, tzinfo=UTC),
    )


BODY = json.dumps({"title": "عنوان", "text": "x"}).encode()


async def failure(to: Channel, **options) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await Chat(to, **options).send(delivery(BODY))
    assert not caught.value.permanent
    return caught.value


@pytest.mark.parametrize("name", alerts.NAMES)
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_an_alert_reaches_a_service(name: str, language: str) -> None:
    hook = Hook(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    async with tcp_server(hook) as port:
        way = channel(f"json://user:{TOKEN}@127.0.0.1:{port}/x", language=language)
        alert = alerts.load(name)
        message = compose(alert, way)
        receipt = await Chat(way).send(delivery(message.body))
    assert receipt.reply == "taken"
    ((line, _, body),) = hook.requests
    assert line == "POST /x HTTP/1.1"
    got = json.loads(body)
    assert got["title"] == render(alert, language).subject
    assert got["message"] == "\n".join((*lead(alert), alert.article.link.strip()))


@pytest.mark.parametrize(("asked", "parts"), [("", 3), ("?overflow=upstream", 1)])
async def test_what_is_too_long_for_a_service_comes_in_parts(asked: str, parts: int) -> None:
    """A morning's summary is longer than a chat message may be, and would never arrive."""
    lines = [f"line {number} https://a.example/{number}" for number in range(2500)]
    hook = Hook(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    async with tcp_server(hook) as port:
        way = channel(f"json://127.0.0.1:{port}/{asked}")
        body = json.dumps({"title": "T", "text": "\n".join(lines)}).encode()
        await Chat(way).send(delivery(body))
    got = [json.loads(each[2])["message"] for each in hook.requests]
    assert len(got) == parts
    assert [line for each in got for line in each.split("\n") if line] == lines


async def test_a_headline_is_no_markup_to_a_service_that_takes_some() -> None:
    hook = Hook(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    async with tcp_server(hook) as port:
        way = channel(f"json://127.0.0.1:{port}/?format=html")
        text = "<script>alert(1)</script> *x* & y"
        body = json.dumps({"title": text, "text": text}).encode()
        await Chat(way).send(delivery(body))
    got = json.loads(hook.requests[0][2])
    assert "<script>" not in got["message"]
    assert "&lt;script&gt;" in got["message"]


async def test_another_service_of_apprise(monkeypatch) -> None:
    monkeypatch.setenv("NTFY", "")
    hook = Hook(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    async with tcp_server(hook) as port:
        monkeypatch.setenv("NTFY", f"ntfy://127.0.0.1:{port}/story?mode=private")
        way = channel("", service=Secret(kind="env", value="NTFY"))
        await Chat(way).send(delivery(compose(alerts.load("arabic"), way).body))
    ((_, _, body),) = hook.requests
    assert "سيول تعلن إرسال ألف خبير ألغام" in body.decode() + json.loads(body)["title"]


def test_a_notice_has_a_title_and_its_line() -> None:
    notice = Notice(id="n", kind="recovery", created=alerts.CREATED, watched=3)
    said = json.loads(compose(notice, channel("json://x")).body)
    assert said["title"].startswith("NOTICE: ")
    assert said["text"].startswith("NOTICE: ")


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
async def test_what_the_service_answered_is_told_and_its_address_is_not(
    status: int, monkeypatch, capfd
) -> None:
    # Not caplog, which listens at each logger that passes nothing on.
    heard: list[str] = []
    root = logging.getLogger()
    ear = logging.Handler()
    ear.emit = lambda record: heard.append(record.getMessage())
    monkeypatch.setattr(root, "handlers", [ear])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    answer = f"HTTP/1.1 {status} {TOKEN}\r\nContent-Length: 0\r\n\r\n".encode()
    logging.getLogger("other").debug("the ear hears")
    with structlog.testing.capture_logs() as logs:
        async with tcp_server(Hook(answer)) as port:
            way = channel(f"json://user:{TOKEN}@127.0.0.1:{port}/{TOKEN}")
            error = await failure(way)
            outbox = Memory()
            outbox.add("team")
            outbox.rows[0].delivery = delivery(BODY)
            courier = Courier(outbox, {"team": Chat(way)})
            await courier.finish()
            await courier.aclose()
    assert error.status == status
    assert error.detail.startswith(f"the service answered {status}")
    seen = f"{error.detail} {error!r} {logs} {outbox.rows} {capfd.readouterr()} {heard}"
    assert "the ear hears" in heard
    assert TOKEN not in seen
    assert TOKEN not in repr(way)


async def test_a_service_that_cannot_be_reached() -> None:
    error = await failure(channel(f"json://127.0.0.1:{unused_port()}/"))
    assert (error.status, error.detail.startswith("the service was not reached")) == (None, True)


async def test_a_service_that_hangs_ends_with_the_timeout() -> None:
    async def hang(reader, writer) -> None:
        await reader.read()

    async with tcp_server(hang) as port:
        error = await failure(channel(f"json://127.0.0.1:{port}/?rto=1&cto=1"), timeout=0.2)
    assert error.detail == "no answer within 0.2 s"


@pytest.mark.parametrize("address", [f"nonsense://{TOKEN}", TOKEN, "slack://", " "])
async def test_an_address_of_no_service_is_not_repeated(address: str) -> None:
    error = await failure(channel(address))
    assert error.detail == UNKNOWN


async def test_a_secret_that_cannot_be_read_is_said() -> None:
    lies = Secret(kind="file", value="/nonexistent/chat-url")
    assert "/nonexistent/chat-url" in (await failure(channel("", service=lies))).detail


async def test_without_the_extra_it_says_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert (await failure(channel("json://127.0.0.1/"))).detail == MISSING


def test_nobody_pays_for_apprise_who_has_no_chat() -> None:
    for module in ("monitor.daemon.rig", "monitor.cli.check"):
        assert "import apprise" not in importlib.util.find_spec(module).loader.get_source(module)


def test_a_channel_without_an_address_is_no_chat() -> None:
    with pytest.raises(ValueError, match="has no url"):
        Chat(Channel(name="team", kind="chat"))
