"""The newsroom's receivers do what they are set to."""

from __future__ import annotations

import contextlib
import json
import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage

import httpx
import pytest
from standardwebhooks import Webhook

from tests.newsroom import Newsroom
from tests.newsroom.newsroom import PATIENCE
from tests.newsroom.receivers import SECRET


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory):
    journal = tmp_path_factory.mktemp("newsroom") / "receipts.jsonl"
    with Newsroom([], journal=journal) as running:
        yield running


@pytest.fixture(scope="module")
def client():
    with httpx.Client(follow_redirects=False, timeout=PATIENCE) as running:
        yield running


def _mail(key: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "تنبيه: خبر جديد", key
    message["From"], message["To"] = "monitor@newsroom.example", "reader@newsroom.example"
    message.set_content("نص الخبر")
    return message


def _send(room: Newsroom, key: str) -> None:
    with smtplib.SMTP(room.mail.host, room.mail.port, timeout=PATIENCE) as smtp:
        smtp.send_message(_mail(key))


def _post(room: Newsroom, client: httpx.Client, key: str, body: bytes = b"{}") -> httpx.Response:
    now = datetime.now(UTC)
    headers = {
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(key, now, "{}"),
    }
    return client.post(room.hook.url, content=body, headers=headers)


def test_the_mail_sink_keeps_what_it_took(room):
    _send(room, "<one@monitor>")
    (received,) = [r for r in room.mail.received if r.key == "<one@monitor>"]
    assert received.mail["Subject"] == "تنبيه: خبر جديد"
    assert "نص الخبر" in received.text
    rows = [json.loads(line) for line in room.mail.journal.read_text().splitlines()]
    assert "<one@monitor>" in [row["key"] for row in rows]


@pytest.mark.parametrize(
    ("behaviour", "error", "kept"),
    [
        ("later", smtplib.SMTPDataError, 0),
        ("refuse", smtplib.SMTPDataError, 0),
        ("hang", smtplib.SMTPServerDisconnected, 0),
        ("drop", smtplib.SMTPServerDisconnected, 1),
    ],
)
def test_the_mail_sink_misbehaves(behaviour, error, kept):
    with Newsroom([]) as room:
        room.mail.behaviour = behaviour
        smtp = smtplib.SMTP(room.mail.host, room.mail.port, timeout=PATIENCE)
        with contextlib.closing(smtp), pytest.raises(error):
            if behaviour == "hang":
                smtp.sock.settimeout(0.5)
            smtp.send_message(_mail("<x@monitor>"))
        assert len(room.mail.received) == kept


def test_the_webhook_receiver_believes_signatures_only(room, client):
    assert _post(room, client, "evt_1").status_code == 204
    assert _post(room, client, "evt_2", b'{"forged": 1}').status_code == 401
    assert [r.key for r in room.hook.received] == ["evt_1"]
    assert len(room.hook.refused) == 1


@pytest.mark.parametrize(("behaviour", "status"), [("later", 500), ("refuse", 410), ("limit", 429)])
def test_the_webhook_receiver_misbehaves(client, behaviour, status):
    with Newsroom([]) as room:
        room.hook.behaviour = behaviour
        answer = _post(room, client, "evt_3")
        assert answer.status_code == status
        assert ("retry-after" in answer.headers) == (behaviour == "limit")
        assert room.hook.received == []


def test_a_dropped_webhook_was_taken(client):
    with Newsroom([]) as room:
        room.hook.behaviour = "drop"
        with pytest.raises(httpx.RemoteProtocolError):
            _post(room, client, "evt_4")
        assert [r.key for r in room.hook.received] == ["evt_4"]
