"""Webhooks by the Standard Webhooks specification: the same id and body on every attempt."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import ada_url
import httpcore
from standardwebhooks import Webhook as Signer

from monitor import __version__
from monitor.config.secrets import read
from monitor.deliver.deliver import utcnow
from monitor.errors import DeliveryError, MonitorError
from monitor.fetch.guard import verdict
from monitor.fetch.network import Network, Refusal, Resolve, why_refused
from monitor.fetch.transport import default_tls
from monitor.model import Channel, Delivery, Receipt, Secret

_TIMEOUT = 15.0  # seconds for an attempt (the specification asks for 15 to 30)
_ANSWER_TIMEOUT = 2.0  # seconds more for the text of an answer whose status is known
_REPLY = 300  # letters of the answer that are kept
_REFUSED = 400  # of the `code` in an answer
_REPLY_BYTES = 4096


class Webhook:
    """Posts the stored body to one address, signed where the channel has a secret.

    The address is guarded like that of a source, when it is written and when it
    is resolved, unless the channel says `private: true`. Redirects are not
    followed: the alert and its signature would go to a stranger. No connection is
    kept, because alerts are rare and a stale one would cost an attempt.
    """

    def __init__(
        self,
        channel: Channel,
        *,
        clock: Callable[[], datetime] = utcnow,
        timeout: float = _TIMEOUT,
        resolve: Resolve | None = None,
    ) -> None:
        """Take a channel of kind webhook (ValueError where it has no address).

        `timeout` in seconds, over everything up to the answer's status; `resolve`
        stands in for the name service.
        """
        if channel.url is None:
            raise ValueError(f"channel {channel.name} has no url")
        self._url = channel.url
        self._channel = channel
        self._clock = clock
        self._timeout = timeout
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=default_tls(),
            max_keepalive_connections=0,
            network_backend=Network(private=channel.private, patience=timeout / 2, resolve=resolve),
        )

    async def send(self, delivery: Delivery) -> Receipt:
        """Post once. 2xx is delivered unless the answer's JSON says no, 410 is final, anything else may pass."""
        why = verdict(self._url, private=self._channel.private)
        if why:
            raise DeliveryError(f"{why}{_advice(self._channel)}")
        request = httpcore.Request(
            "POST",
            ada_url.URL(self._url).href,
            headers=self._headers(delivery),
            content=delivery.body,
        )
        with _failures(self._channel, self._timeout):
            async with asyncio.timeout(self._timeout):
                response = await self._pool.handle_async_request(request)
        try:
            answer = await _beginning(response)
        finally:
            with contextlib.suppress(httpcore.NetworkError):
                await response.aclose()
        return self._judged(response, answer)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._pool.aclose()

    def _headers(self, delivery: Delivery) -> Mapping[bytes | str, bytes | str]:
        now = self._clock()
        headers: dict[bytes | str, bytes | str] = {
            "Host": ada_url.URL(self._url).host,
            "Content-Type": delivery.content_type,
            "Content-Length": str(len(delivery.body)),
            "Accept": "*/*",
            "Connection": "close",
            "User-Agent": f"story-monitor/{__version__}",
            "webhook-id": delivery.key,
            "webhook-timestamp": str(int(now.timestamp())),
        }
        if self._channel.secret is not None:
            body = delivery.body.decode()
            # Parted by blanks: the receiver takes the one that it has the secret of.
            headers["webhook-signature"] = " ".join(
                _signer(secret).sign(delivery.key, now, body)
                for secret in (self._channel.secret, *self._channel.former)
            )
        return headers

    def _judged(self, response: httpcore.Response, answer: str) -> Receipt:
        status = response.status
        reply = " ".join(answer.split())[:_REPLY]
        if 200 <= status < 300:
            if _says_no(answer):
                raise DeliveryError(f"answered {status}, but refused it: {reply}", status=status)
            return Receipt(status=status, reply=reply)
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if 300 <= status < 400:
            target = headers.get(b"location", "nowhere")[:_REPLY]
            raise DeliveryError(
                f"redirects to {target}; redirects are not followed, name the address itself",
                status=status,
            )
        raise DeliveryError(
            f"answered {status}" + (f": {reply}" if reply else ""),
            permanent=status == 410,
            status=status,
            retry_after=_retry_after(headers, self._clock()),
        )


def _signer(lies: Secret) -> Signer:
    """A signing key, read now: a rotated secret needs no restart.

    `whsec_` and base64 is the specification's form; any other text is itself the key.
    """
    try:
        secret = read(lies)
        return Signer(secret if secret.startswith("whsec_") else secret.encode())
    except MonitorError as error:
        raise DeliveryError(f"secret: {error}") from error
    except Exception as error:
        # Whatever the library says of a bad key; never the key itself.
        raise DeliveryError("secret: it is empty, or no base64 after whsec_") from error


def _advice(channel: Channel) -> str:
    return "" if channel.private else "; for a receiver of your own say `private: true`"


def _retry_after(headers: Mapping[bytes, str], now: datetime) -> timedelta | None:
    """Seconds or a date (RFC 9110, 10.2.3); None where it says nothing sensible."""
    asked = headers.get(b"retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return timedelta(seconds=min(int(asked[:12]), 10**9))
    try:
        when = parsedate_to_datetime(asked)
    except (ValueError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(when - now, timedelta(0))


def _says_no(answer: str) -> bool:
    """Whether an answer of success carries a refusal, as those of chat services and of JSend do.

    `{"ok": false}`, `{"success": false}`, `{"status": "error"}`, `{"errcode": 310000}`,
    `{"code": 9499, "msg": "Bad Request"}`. Codes below 400 mean anything, success too.
    """
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return False
    if not isinstance(said, dict):
        return False
    return (
        said.get("ok") is False
        or said.get("success") is False
        or said.get("status") in ("error", "fail", "failed")
        or (isinstance(said.get("errcode"), int) and said["errcode"] != 0)
        or (isinstance(said.get("code"), int) and said["code"] >= _REFUSED and "msg" in said)
    )


async def _beginning(response: httpcore.Response) -> str:
    """The beginning of an answer's text; an answer that drips or breaks has less of it."""
    body = bytearray()
    with contextlib.suppress(TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
        async with asyncio.timeout(_ANSWER_TIMEOUT):
            async for chunk in response.aiter_stream():
                body += chunk
                if len(body) >= _REPLY_BYTES:
                    break
    return body[:_REPLY_BYTES].decode("utf-8", "replace")


@contextlib.contextmanager
def _failures(channel: Channel, timeout: float) -> Iterator[None]:
    """Every way in which an exchange fails before there is a status, as a DeliveryError."""
    try:
        yield
    except TimeoutError as error:
        raise DeliveryError(f"no answer within {timeout:g} s") from error
    except Refusal as error:
        advice = _advice(channel) if error.failure == "forbidden-address" else ""
        raise DeliveryError(error.detail + advice) from error
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise DeliveryError(_why_broken(error)) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise DeliveryError(f"the receiver does not speak HTTP properly: {error}") from error


def _why_broken(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    return f"TLS failed: {cause}" if cause else why_refused(error)
