"""`deliver.email` against a real mail server, and against what real ones do wrong."""

import asyncio
import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest

from monitor.alert.compose import compose
from monitor.alert.render import render
from monitor.deliver.email import Email
from monitor.errors import DeliveryError
from monitor.model import Delivery, Message, Secret
from tests import alerts
from tests.receivers import Mailbox, certificate, login_as, mail_server, tcp_server, unused_port

PASSWORD = Secret(kind="plain", value="كلمة سر pass")


def delivery(message: Message, recipient: str = "desk@example.org") -> Delivery:
    return Delivery(
        id=1,
        channel=message.channel,
        recipient=recipient,
        key=message.key,
        content_type=message.content_type,
        body=message.body,
        attempts=0,
        created=datetime(2026, 11, 20, 14, 0, tzinfo=UTC),
    )


def plain(
    body: bytes = b"Subject: x\r\n\r\nx\r\n", recipient: str = "desk@example.org"
) -> Delivery:
    return delivery(
        Message(
            key="<k@x>", channel="desk", content_type="message/rfc822", body=body, recipients=()
        ),
        recipient,
    )


def sender(port: int, **smtp) -> Email:
    return Email(alerts.email(smtp=alerts.smtp(port, **smtp)))


async def failure(way: Email, what: Delivery | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await way.send(what or plain())
    return caught.value


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", alerts.NAMES)
async def test_every_alert_arrives_byte_by_byte(name: str, language: str) -> None:
    mailbox = Mailbox()
    alert = alerts.load(name)
    message = compose(alert, alerts.email(language))
    async with mail_server(mailbox) as port:
        receipt = await sender(port).send(delivery(message))
    (envelope,) = mailbox.envelopes
    assert envelope.content == message.body
    assert envelope.mail_from == "monitor@example.org"
    assert envelope.rcpt_tos == ["desk@example.org"]
    assert (receipt.status, receipt.reply) == (250, "2.0.0 queued as 4711")
    arrived = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert arrived["Subject"] == render(alert, language).subject


@pytest.mark.parametrize(
    "body",
    [
        b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n",
        b"Subject: from\r\n\r\nFrom nobody Fri Nov 20\r\n>From x\r\n",
        b"Subject: long line\r\n\r\n" + b"0123456789abcdef" * 60 + b"\r\n",
        b"Subject: large\r\n\r\n" + (b"0123456789abcdef" * 4 + b"\r\n") * 32_000,
    ],
    ids=["dots", "from", "long line", "2 MB"],
)
async def test_awkward_bodies_arrive_as_they_are(body: bytes) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        await sender(port).send(plain(body))
    assert mailbox.envelopes[0].content == body


async def test_two_hundred_recipients_get_one_envelope_each() -> None:
    to = tuple(f"reader-{number}@example.org" for number in range(200))
    message = compose(alerts.load("arabic"), alerts.email("ar", to=to))
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        way = sender(port)
        for recipient in message.recipients:
            await way.send(delivery(message, recipient))
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [[one] for one in to]
    assert {envelope.content for envelope in mailbox.envelopes} == {message.body}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_encrypted_with_login(security, tmp_path, monkeypatch) -> None:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    mailbox = Mailbox()
    options = (
        {"tls_context": context, "require_starttls": True}
        if security == "starttls"
        else {"implicit": context, "auth_require_tls": False}
    )
    login = {"auth_required": True, "authenticator": login_as("desk", PASSWORD.value)}
    async with mail_server(mailbox, **options, **login) as port:
        await sender(port, security=security, user="desk", password=PASSWORD).send(plain())
        error = await failure(
            sender(
                port, security=security, user="desk", password=Secret(kind="plain", value="wrong")
            )
        )
    assert len(mailbox.envelopes) == 1
    assert mailbox.users == [b"desk"]
    assert mailbox.encrypted == [security == "starttls"]
    assert error.status == 535
    assert not error.permanent
    assert "login as desk refused" in error.detail
    assert "wrong" not in error.detail


async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path) -> None:
    _, context = certificate(tmp_path)
    mailbox = Mailbox()
    async with mail_server(mailbox, tls_context=context) as port:
        error = await failure(sender(port, security="starttls"))
    assert "certificate" in error.detail.lower()
    assert not error.permanent
    assert mailbox.envelopes == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_of_another_name_is_refused(security, tmp_path, monkeypatch) -> None:
    file, context = certificate(tmp_path, "DNS:mail.elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    mailbox = Mailbox()
    options = {"tls_context": context} if security == "starttls" else {"implicit": context}
    async with mail_server(mailbox, **options) as port:
        error = await failure(sender(port, security=security, user="desk", password=PASSWORD))
    assert "certificate" in error.detail.lower()
    assert not error.permanent
    assert mailbox.envelopes == []
    assert mailbox.users == []


@pytest.mark.parametrize("only", ["LOGIN", "PLAIN"])
async def test_a_server_that_knows_one_way_to_log_in(only, tmp_path, monkeypatch) -> None:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    mailbox = Mailbox()
    other = {"LOGIN": "PLAIN", "PLAIN": "LOGIN"}[only]
    login = {
        "auth_required": True,
        "authenticator": login_as("desk", PASSWORD.value),
        "auth_exclude_mechanism": [other],
    }
    async with mail_server(mailbox, tls_context=context, require_starttls=True, **login) as port:
        await sender(port, security="starttls", user="desk", password=PASSWORD).send(plain())
    assert mailbox.users == [b"desk"]


async def test_never_in_the_clear_where_starttls_is_asked_for() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        error = await failure(sender(port, security="starttls"))
    assert not error.permanent
    assert mailbox.envelopes == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_server_that_wants_a_login_drops_no_alert() -> None:
    login = {"auth_required": True, "auth_require_tls": False}
    async with mail_server(Mailbox(), authenticator=login_as("a", "b"), **login) as port:
        error = await failure(sender(port))
    assert (error.status, error.permanent) == (530, False)


async def test_a_password_that_cannot_be_read_is_said() -> None:
    secret = Secret(kind="file", value="/nonexistent/password")
    async with mail_server(Mailbox()) as port:
        error = await failure(sender(port, user="desk", password=secret))
    assert "/nonexistent/password" in error.detail
    assert not error.permanent


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("450 4.2.0 greylisted, come again", False),
        ("421 4.3.2 shutting down", False),
        ("452 4.2.2 mailbox full", False),
        ("550 5.1.1 no such user", True),
        ("554 5.7.1 refused", True),
        ("530 5.7.0 login first", False),
    ],
)
async def test_an_answer_about_the_message(step: str, answer: str, permanent: bool) -> None:
    mailbox = Mailbox(answers={step: answer})
    async with mail_server(mailbox) as port:
        error = await failure(sender(port))
    assert (error.status, error.permanent) == (int(answer[:3]), permanent)
    assert answer in error.detail
    assert mailbox.envelopes == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_a_hang_ends_with_the_timeout(step: str) -> None:
    async with mail_server(Mailbox(hang=step)) as port:
        error = await failure(sender(port, timeout=timedelta(seconds=0.3)))
    assert "did not answer within 0.3 s" in error.detail
    assert (error.status, error.permanent) == (None, False)


async def test_a_drip_of_bytes_ends_with_the_timeout_too() -> None:
    async def drip(reader, writer) -> None:
        writer.write(b"220-")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with tcp_server(drip) as port:
        error = await failure(sender(port, timeout=timedelta(seconds=0.3)))
    assert not error.permanent
    assert "within 0.3 s" in error.detail


async def test_refused_port() -> None:
    error = await failure(sender(unused_port()))
    assert (error.status, error.permanent) == (None, False)
    assert "127.0.0.1" in error.detail


@pytest.mark.parametrize(
    ("greeting", "status"),
    [
        (b"554 no service here\r\n", 554),
        (b"421 too busy\r\n", 421),
        (b"", None),
        (b"SSH-2.0-x\r\n", -1),
    ],
)
async def test_a_server_that_is_not_ready_drops_no_alert(greeting: bytes, status) -> None:
    async def greet(reader, writer) -> None:
        writer.write(greeting)
        await writer.drain()

    async with tcp_server(greet) as port:
        error = await failure(sender(port))
    assert not error.permanent
    assert error.status == status


async def test_taken_stays_taken_when_the_server_hangs_up_at_once() -> None:
    async def brusque(reader, writer) -> None:
        writer.write(b"220 hello\r\n")
        for answer in (b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
            await reader.readline()
            writer.write(answer)
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 taken\r\n")
        await writer.drain()

    async with tcp_server(brusque) as port:
        receipt = await sender(port).send(plain())
    assert (receipt.status, receipt.reply) == (250, "taken")


@pytest.mark.parametrize("recipient", ["desk@example.org\r\nRCPT TO:<x@y>", "مكتب@example.org"])
async def test_an_address_that_cannot_be_sent_is_given_up(recipient: str) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        error = await failure(sender(port), plain(recipient=recipient))
    assert error.permanent
    assert mailbox.envelopes == []


def test_a_channel_without_a_server_is_no_mail_channel() -> None:
    with pytest.raises(ValueError, match="names no mail server"):
        Email(alerts.email())


async def test_nothing_to_close() -> None:
    await sender(25).aclose()
