"""`deliver.webhook` against a real HTTP receiver that verifies by the public package."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from monitor.alert.compose import compose
from monitor.deliver.webhook import Webhook
from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery, Secret
from tests import alerts
from tests.newsroom.newsroom import PATIENCE
from tests.receivers import Hook, certificate, tcp_server, unused_port

SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"  # the specification's own example
NOW = datetime(2026, 11, 20, 14, 8, tzinfo=UTC)


def channel(port: int, key: str | None = SECRET, **changed) -> Channel:
    fields = {
        "url": f"http://127.0.0.1:{port}/hooks/x?y=1",
        "private": True,
        "secret": Secret(kind="plain", value=key) if key is not None else None,
        **changed,
    }
    return alerts.webhook(**fields)


def delivery(body: bytes = b"{}", key: str = "msg_1_hook") -> Delivery:
    return Delivery(
        id=1,
        channel="hook",
        recipient="",
        key=key,
        content_type="application/json",
        body=body,
        attempts=0,
        created=NOW,
    )


async def failure(to: Channel, timeout: float = PATIENCE, **options) -> DeliveryError:  # noqa: ASYNC109
    way = Webhook(to, timeout=timeout, **options)
    with pytest.raises(DeliveryError) as caught:
        await way.send(delivery())
    await way.aclose()
    return caught.value


async def answered(answer: bytes) -> DeliveryError:
    async with tcp_server(Hook(answer)) as port:
        return await failure(channel(port), clock=lambda: NOW)


@pytest.mark.parametrize("secret", [SECRET, "كلمة سر, in no base64"])
async def test_every_alert_arrives_signed_and_byte_by_byte(secret: str) -> None:
    hook = Hook()
    verifier = Verifier(secret if secret.startswith("whsec_") else secret.encode())
    async with tcp_server(hook) as port:
        way = Webhook(channel(port, secret))
        for name in alerts.NAMES:
            message = compose(alerts.load(name), channel(port))
            receipt = await way.send(delivery(message.body, message.key))
            assert (receipt.status, receipt.reply) == (204, "")
            line, headers, body = hook.requests[-1]
            assert line == "POST /hooks/x?y=1 HTTP/1.1"
            assert body == message.body
            assert headers["webhook-id"] == message.key
            assert headers["content-type"] == "application/json"
            assert headers["host"] == f"127.0.0.1:{port}"
            assert headers["user-agent"].startswith("story-monitor/")
            # The verifier also judges that the time is the attempt's.
            assert verifier.verify(body, headers) == json.loads(body)
        await way.aclose()


async def test_the_specifications_signing_vector() -> None:
    hook = Hook()
    body = b'{"event_type":"ping","data":{"success":true}}'
    async with tcp_server(hook) as port:
        at = datetime.fromtimestamp(1731705121, UTC)
        await Webhook(channel(port), clock=lambda: at).send(delivery(body, "msg_loFOjxBNrRLzqYUf"))
    _, headers, _ = hook.requests[0]
    assert headers["webhook-timestamp"] == "1731705121"
    assert headers["webhook-signature"] == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


async def test_each_attempt_has_the_same_id_and_body_and_its_own_time() -> None:
    hook, now = Hook(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"), NOW
    async with tcp_server(hook) as port:
        way = Webhook(channel(port), clock=lambda: now)
        for _ in range(2):
            with pytest.raises(DeliveryError):
                await way.send(delivery())
            now += timedelta(minutes=1)
    (_, first, one), (_, second, two) = hook.requests
    assert (first["webhook-id"], one) == (second["webhook-id"], two)
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 60
    assert first["webhook-signature"] != second["webhook-signature"]


async def test_a_wrong_secret_is_seen_by_the_receiver() -> None:
    hook = Hook()
    async with tcp_server(hook) as port:
        await Webhook(channel(port, "other")).send(delivery())
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(hook.requests[0][2], hook.requests[0][1])


async def test_without_a_secret_there_is_no_signature() -> None:
    hook = Hook()
    async with tcp_server(hook) as port:
        await Webhook(channel(port, None)).send(delivery())
    headers = hook.requests[0][1]
    assert "webhook-signature" not in headers
    assert {"webhook-id", "webhook-timestamp"} <= headers.keys()


async def test_while_a_secret_changes_old_and_new_both_sign() -> None:
    hook = Hook()
    old, new = SECRET, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    former = (Secret(kind="plain", value=old),)
    async with tcp_server(hook) as port:
        message = compose(alerts.load("arabic"), channel(port))
        await Webhook(channel(port, new, former=former)).send(delivery(message.body, message.key))
    _, headers, body = hook.requests[0]
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (old, new):
        assert Verifier(secret).verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_plJ3nmyCDGBKInavdOK15jsm").verify(body, headers)


@pytest.mark.parametrize("bad", ["", "whsec_%%%x"])
async def test_a_former_secret_that_is_no_key_is_said(bad: str) -> None:
    former = (Secret(kind="plain", value=bad),)
    error = await failure(channel(unused_port(), former=former))
    assert error.detail == "secret: it is empty, or no base64 after whsec_"


async def test_a_rotated_secret_is_read_at_the_next_attempt(monkeypatch) -> None:
    hook = Hook()
    secret = Secret(kind="env", value="HOOK_SECRET")
    async with tcp_server(hook) as port:
        way = Webhook(channel(port, None, secret=secret))
        for value in ("first", "second"):
            monkeypatch.setenv("HOOK_SECRET", value)
            await way.send(delivery())
            Verifier(value.encode()).verify(hook.requests[-1][2], hook.requests[-1][1])
        monkeypatch.delenv("HOOK_SECRET")
        with pytest.raises(DeliveryError, match="HOOK_SECRET") as caught:
            await way.send(delivery())
    assert not caught.value.permanent
    assert len(hook.requests) == 2


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_%%%x"])
async def test_a_secret_that_is_no_key_is_said_without_showing_it(secret: str) -> None:
    error = await failure(channel(unused_port(), secret))
    assert error.detail == "secret: it is empty, or no base64 after whsec_"
    assert not error.permanent


async def test_the_answer_is_kept_in_short() -> None:
    hook = Hook(b"HTTP/1.1 202 Yes\r\nContent-Length: 6000\r\n\r\n" + "نعم ".encode() * 1000)
    async with tcp_server(hook) as port:
        receipt = await Webhook(channel(port)).send(delivery())
    assert receipt.status == 202
    assert receipt.reply.startswith("نعم نعم")
    assert len(receipt.reply) == 300


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ('{"ok": false, "error": "invalid_token"}', False),
        ('{"success":false}', False),
        ('{"status": "error", "message": "no such room"}', False),
        ('{"errcode": 310000, "errmsg": "keywords not in content"}', False),
        ('{"code": 19021, "msg": "sign match fail", "data": {}}', False),
        ('{"ok": true}', True),
        ('{"code": 0, "msg": "success", "data": {}}', True),
        ('{"code": 200, "msg": "sent"}', True),
        ('{"code": 1, "msg": "sent"}', True),
        ('{"errcode": 0, "errmsg": "ok"}', True),
        ('{"status": "queued", "error": null}', True),
        ('["ok", false]', True),
        ('{"ok": false', True),  # no JSON
        ("ok", True),
        ("[" * 4000, True),
    ],
)
async def test_success_that_says_no_is_none(said: str, taken: bool) -> None:
    body = said.encode()
    hook = Hook(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    async with tcp_server(hook) as port:
        if taken:
            assert (await Webhook(channel(port)).send(delivery())).reply == said[:300]
            return
        error = await failure(channel(port))
    assert error.detail == f"answered 200, but refused it: {said}"
    assert (error.status, error.permanent) == (200, False)


async def test_a_status_counts_even_if_its_text_never_ends() -> None:
    async def drip(reader, writer) -> None:
        await reader.readuntil(b"\r\n\r\n{}")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ntaken")
        await writer.drain()
        await asyncio.sleep(30)

    async with tcp_server(drip) as port:
        receipt = await Webhook(channel(port)).send(delivery())
    assert (receipt.status, receipt.reply) == (200, "taken")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, False),
        (401, False),
        (404, False),
        (410, True),
        (429, False),
        (500, False),
        (503, False),
    ],
)
async def test_answers_told_apart(status: int, permanent: bool) -> None:
    error = await answered(f"HTTP/1.1 {status} X\r\nContent-Length: 5\r\n\r\nsorry".encode())
    assert (error.status, error.permanent) == (status, permanent)
    assert error.detail == f"answered {status}: sorry"
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ("120", timedelta(minutes=2)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), timedelta(0)),
        ("9" * 400, timedelta(seconds=10**9)),
        ("soon", None),
        ("-5", None),
        ("٥", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after(status: int, asked: str, rest: timedelta | None) -> None:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nRetry-After: {asked}\r\n\r\n"
    assert (await answered(head.encode())).retry_after == rest


async def test_redirects_are_not_followed() -> None:
    hook = Hook()
    async with tcp_server(hook) as port:
        error = await answered(
            f"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n\r\n".encode()
        )
    assert (error.status, error.permanent) == (307, False)
    assert f"redirects to http://127.0.0.1:{port}/" in error.detail
    assert hook.requests == []


async def test_no_answer_in_time() -> None:
    async def hang(reader, writer) -> None:
        await asyncio.sleep(30)

    async with tcp_server(hang) as port:
        error = await failure(channel(port), timeout=0.2)
    assert (error.detail, error.status) == ("no answer within 0.2 s", None)


async def test_a_head_that_drips_ends_with_the_timeout() -> None:
    async def drip(reader, writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"x: y\r\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with tcp_server(drip) as port:
        assert (await failure(channel(port), timeout=0.3)).detail == "no answer within 0.3 s"


async def test_refused_port() -> None:
    error = await failure(channel(unused_port()))
    assert (error.detail, error.status, error.permanent) == ("connection refused", None, False)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
async def test_what_is_no_http(answer: bytes) -> None:
    error = await answered(answer)
    assert (error.status, error.permanent) == (None, False)
    assert error.detail


async def test_https_with_a_certificate(tmp_path, monkeypatch) -> None:
    file, context = certificate(tmp_path)
    hook = Hook()
    async with tcp_server(hook, context) as port:
        url = f"https://127.0.0.1:{port}/"
        error = await failure(channel(port, url=url))
        assert "TLS failed" in error.detail
        assert not error.permanent
        assert hook.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert (await Webhook(channel(port, url=url)).send(delivery())).status == 204


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]"])
async def test_loopback_and_private_networks_need_to_be_allowed(host: str) -> None:
    hook = Hook()
    async with tcp_server(hook) as port:
        error = await failure(channel(port, url=f"http://{host}:{port}/", private=False))
    assert "say `private: true`" in error.detail
    assert not error.permanent
    assert hook.requests == []


async def test_a_public_name_at_a_private_address_is_refused() -> None:
    async def inside(host: str, port: int) -> list:
        return [ip_address("127.0.0.1")]

    hook = Hook()
    async with tcp_server(hook) as port:
        error = await failure(
            channel(port, url=f"http://hooks.example.org:{port}/", private=False), resolve=inside
        )
    assert "not a public address" in error.detail
    assert "say `private: true`" in error.detail
    assert hook.requests == []


def test_a_channel_without_an_address_is_no_webhook() -> None:
    with pytest.raises(ValueError, match="has no url"):
        Webhook(alerts.webhook(url=None))
