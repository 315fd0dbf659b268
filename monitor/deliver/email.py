"""E-mail handed to a mail server: one transaction for one recipient (RFC 5321)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import aiosmtplib

from monitor.alert.mail import sender
from monitor.config.secrets import read
from monitor.errors import DeliveryError, MonitorError
from monitor.model import Channel, Delivery, Receipt, Smtp

_REPLY = 300
_GOODBYE = 2.0  # seconds to part politely once the message is taken
# The server wants other credentials: a wrong password must not drop alerts (RFC 4954, 6).
_CREDENTIALS = frozenset({530, 534, 535, 538})


class Email:
    """Sends the stored bytes of a mail as they are, over STARTTLS, TLS or in the clear.

    Certificates are checked against the system's authorities; `SSL_CERT_FILE`
    names others. Without STARTTLS on the server's side nothing is sent in the clear
    where the channel asks for it.
    """

    def __init__(self, channel: Channel) -> None:
        """Take a channel of kind email; ValueError where it names no server."""
        if channel.smtp is None:
            raise ValueError(f"channel {channel.name} names no mail server")
        self._smtp: Smtp = channel.smtp
        self._sender = sender(channel).addr_spec

    async def send(self, delivery: Delivery) -> Receipt:
        """Hand one message to the server within its timeout, counted over the whole exchange.

        A 5xx answer about this message is permanent. A 5xx before it (greeting, TLS,
        login) is about the server or its settings, and may be mended.
        """
        if not delivery.recipient.isprintable():
            # Parsers of addresses differ in what they make of a line break.
            raise DeliveryError("the address holds a control character", permanent=True)
        seconds = self._smtp.timeout.total_seconds()
        client = self._client()
        try:
            with _failures(self._smtp):
                async with asyncio.timeout(seconds):
                    await self._open(client)
                    _, reply = await client.sendmail(
                        self._sender, [delivery.recipient], delivery.body
                    )
            # It is taken: nothing that happens while parting can change that.
            with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                async with asyncio.timeout(_GOODBYE):
                    await client.quit()
        finally:
            client.close()
        return Receipt(status=250, reply=reply[:_REPLY])

    async def probe(self) -> None:
        """Connect and log in as `send` does, and send nothing; DeliveryError where that fails."""
        client = self._client()
        try:
            with _failures(self._smtp):
                async with asyncio.timeout(self._smtp.timeout.total_seconds()):
                    await self._open(client)
                    await client.quit()
        finally:
            client.close()

    async def aclose(self) -> None:
        """Connections end with each message."""

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._smtp.host,
            port=self._smtp.port,
            use_tls=self._smtp.security == "tls",
            start_tls=self._smtp.security == "starttls",
            local_hostname=_own_name(),
            timeout=self._smtp.timeout.total_seconds(),
        )

    async def _open(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
            if self._smtp.user is not None:
                password = read(self._smtp.password) if self._smtp.password else ""
                await client.login(self._smtp.user, password)
        except aiosmtplib.SMTPAuthenticationError as error:
            raise DeliveryError(
                f"login as {self._smtp.user} refused: {error.code} {error.message}",
                status=error.code,
            ) from error
        except aiosmtplib.SMTPResponseException as error:
            raise DeliveryError(
                f"server not ready: {error.code} {error.message}", status=error.code
            ) from error


def _own_name() -> str:
    # The library would ask the name service, which may hang; an address literal is
    # what a client without a full name says (RFC 5321, 4.1.4).
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


@contextlib.contextmanager
def _failures(smtp: Smtp) -> Iterator[None]:
    """Every way in which an exchange fails, as a DeliveryError."""
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _answered(error.recipients[0], "recipient refused") from error
    except aiosmtplib.SMTPResponseException as error:
        raise _answered(error, "message refused") from error
    except TimeoutError as error:
        detail = f"{smtp.host}:{smtp.port} did not answer within {smtp.timeout.total_seconds():g} s"
        raise DeliveryError(detail) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{smtp.host}:{smtp.port}: {error}") from error
    except ValueError as error:
        raise DeliveryError(f"address cannot be sent: {error}", permanent=True) from error
    except DeliveryError:
        raise
    except MonitorError as error:
        raise DeliveryError(f"password of {smtp.user}: {error}") from error


def _answered(error: aiosmtplib.SMTPResponseException, what: str) -> DeliveryError:
    return DeliveryError(
        f"{what}: {error.code} {error.message}",
        permanent=error.code >= 500 and error.code not in _CREDENTIALS,
        status=error.code,
    )
