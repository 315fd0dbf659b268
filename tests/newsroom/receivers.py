"""Who takes the alerts: an SMTP sink and a webhook receiver that can also misbehave.

Both keep every receipt in memory and, with `journal`, as JSON Lines on disk in
the order of arrival, so that keys and bytes can be compared after a crash.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks import Webhook, WebhookVerificationError

from .server import Request, Response, Server

Behaviour = Literal["accept", "later", "refuse", "limit", "hang", "drop"]
"""`later` 451 or 500, `refuse` 554 or 410, `limit` 429 (webhook), `drop` takes it and hangs up."""

SECRET = "whsec_" + base64.b64encode(b"newsroom on loopback, no secret").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One receipt of one message; `key` is its Message-ID or webhook-id."""

    channel: Literal["email", "webhook"]
    key: str
    recipient: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict, compare=False)
    at: float = 0.0

    @property
    def mail(self) -> EmailMessage:
        """The parsed e-mail."""
        message = message_from_bytes(self.body, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def data(self) -> dict[str, Any]:
        """The webhook's JSON."""
        data = json.loads(self.body)
        assert isinstance(data, dict)
        return data

    @property
    def text(self) -> str:
        """All that a reader may see, decoded."""
        if self.channel == "webhook":
            return json.dumps(self.data, ensure_ascii=False)
        parts = [p.get_content() for p in self.mail.walk() if p.get_content_maintype() == "text"]
        return "\n".join([self.mail.get("Subject", ""), *parts])

    @property
    def subject(self) -> str:
        """The e-mail's subject, or the headline that the webhook carries."""
        if self.channel == "webhook":
            return str(self.data["data"]["article"]["title"])
        return str(self.mail["Subject"])

    @property
    def story(self) -> str:
        """The story it is about, by name."""
        if self.channel == "webhook":
            return str(self.data["data"]["story"]["name"])
        return str(self.mail["List-Id"]).strip("<>").split(".story-monitor.")[0]

    @property
    def addresses(self) -> set[str]:
        """All web addresses in it, decoded, without query of tracking and piece mark."""
        return _addresses(self)


@cache
def _addresses(received: Received) -> set[str]:
    return {plain(found) for found in re.findall(r"https?://[^\s\"'<>]+", received.text)}


def plain(address: str) -> str:
    """An address as it is compared here: decoded, tracking and fragment dropped."""
    return unquote(re.split(r"[?&]utm_|#", address)[0])


class _Receiver:
    """What both have in common: a behaviour and a book of receipts."""

    def __init__(self, journal: Path | None = None) -> None:
        self.behaviour: Behaviour = "accept"
        self.received: list[Received] = []
        self.journal = journal
        # Called before a message is taken (an error refuses it) and when it was.
        self.arriving: Callable[[], object] = lambda: None
        self.taken: Callable[[], object] = lambda: None

    def _keep(self, received: Received) -> None:
        self.received.append(received)
        if self.journal:
            row = {
                "at": received.at,
                "channel": received.channel,
                "key": received.key,
                "recipient": received.recipient,
                "sha256": hashlib.sha256(received.body).hexdigest(),
                "body": base64.b64encode(received.body).decode(),
            }
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        self.taken()


class MailSink(_Receiver):
    """An SMTP server that delivers nowhere."""

    def __init__(self, journal: Path | None = None) -> None:
        super().__init__(journal)
        self.host, self.port = "127.0.0.1", 0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="sink.newsroom.example", enable_SMTPUTF8=True, loop=loop),
            self.host,
            self.port,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a message, or not, as the behaviour says."""
        self.arriving()
        if self.behaviour == "later":
            return "451 4.3.0 try again later"
        if self.behaviour == "refuse":
            return "554 5.7.1 not wanted"
        if self.behaviour == "hang":
            await asyncio.sleep(3600)
        body = bytes(envelope.content or b"")
        key = str(message_from_bytes(body, policy=policy.default)["Message-ID"] or "").strip()
        for recipient in envelope.rcpt_tos:
            self._keep(
                Received(
                    channel="email",
                    key=key,
                    recipient=recipient or "",
                    body=body,
                    headers={"from": envelope.mail_from or ""},
                    at=time.time(),
                )
            )
        if self.behaviour == "drop" and server.transport:
            server.transport.abort()
        return "250 2.0.0 taken"


class WebhookReceiver(_Receiver):
    """An HTTP server that verifies signatures by the public package."""

    def __init__(self, journal: Path | None = None) -> None:
        super().__init__(journal)
        self.server = Server(self._handle)
        self.refused: list[str] = []  # why a signature was not believed

    @property
    def url(self) -> str:
        """Where to post to."""
        return self.server.origin + "/hook"

    async def start(self) -> None:
        """Listen on a free port."""
        await self.server.start()

    async def stop(self) -> None:
        """Stop listening."""
        await self.server.stop()

    async def _handle(self, request: Request) -> Response:
        self.arriving()
        if self.behaviour == "later":
            return Response(status=500, body=b"broken")
        if self.behaviour == "refuse":
            return Response(status=410, body=b"gone")
        if self.behaviour == "limit":
            return Response(status=429, headers={"Retry-After": "1"}, body=b"slow down")
        if self.behaviour == "hang":
            await asyncio.sleep(3600)
        try:
            Webhook(SECRET).verify(request.body, request.headers, json_parse=False)
        except (WebhookVerificationError, ValueError) as error:
            self.refused.append(str(error))
            return Response(status=401, body=b"bad signature")
        self._keep(
            Received(
                channel="webhook",
                key=request.headers["webhook-id"],
                recipient="",
                body=request.body,
                headers=request.headers,
                at=time.time(),
            )
        )
        if self.behaviour == "drop":
            raise ConnectionResetError  # taken, but the sender never hears so
        return Response(status=204)
