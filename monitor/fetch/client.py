"""One HTTP exchange, from an address to its bytes or to a failure with a name.

    client = Client(config.poll, contact=config.contact)
    answer = await client.get(source.url, validators=known, headers=source.headers)

httpx is known to this room alone, and of it only the transport is used: its
client would keep cookies, follow redirects and decode bodies without a limit,
which are the things that are done by hand here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import ada_url
import httpx

from monitor.errors import FetchError
from monitor.fetch import guard, request, robots
from monitor.fetch.answer import (
    REDIRECTS,
    Headers,
    header,
    read_headers,
    refuse,
    retry_after,
    validators,
)
from monitor.fetch.body import Body
from monitor.fetch.hosts import Hosts
from monitor.fetch.transport import Transport, explain
from monitor.model import Fetched, NotModified, PollSettings, Validators

_MAX_REDIRECTS = 5
# A 429 that does not say how long.
_HOLD = timedelta(seconds=60)
# Chunks read before the loop gets its turn: a server may send a byte in each, and
# ten thousand of those come in one read of the socket.
_CHUNKS = 64

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class _Allowance:
    """What is left of the deadline; the clock stands still while a host's turn is awaited."""

    def __init__(self, deadline: timedelta) -> None:
        self._left = deadline.total_seconds()

    @contextlib.asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        start = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= asyncio.get_running_loop().time() - start


@dataclass(frozen=True, slots=True)
class _Ask:
    """What stays the same over all hops of one exchange."""

    url: str
    validators: Validators | None
    headers: Mapping[str, str]
    private: bool
    limit: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer, its body read if it is one to be read."""

    status: int
    headers: Headers
    body: bytes


class Client:
    """Fetches politely; one object for a whole daemon, closed with `aclose`.

    `contact` stands in the User-Agent; `transport` takes httpx's place in tests;
    `hosts` is shared where there are several clients; `now` is the wall clock.
    """

    def __init__(
        self,
        poll: PollSettings,
        *,
        contact: str | None,
        transport: httpx.AsyncBaseTransport | None = None,
        hosts: Hosts | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._poll = poll
        self._now = now
        self._transport = Transport(poll) if transport is None else transport
        self._hosts = Hosts(poll.host_gap) if hosts is None else hosts
        self._robots = robots.Robots(self._robots_txt, self._hosts, now=now)
        self._agent = request.user_agent(contact)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        headers: Mapping[str, str] = _NO_HEADERS,
        private: bool = False,
        page: bool = False,
    ) -> Fetched | NotModified:
        """GET `url`, redirects followed, the body decoded (FetchError for whatever fails).

        `validators` make it a conditional request; `headers` are the source's own
        and win over ours; `private` lets it, and its redirects, go to addresses
        that are not public; `page` asks robots.txt first. `poll.deadline` is for
        all hops with their bodies together, not for the wait for a host's turn,
        and robots.txt has one of its own. A host that answered 429 is not asked
        again until its Retry-After has passed: `rate-limited` at once, no traffic.
        `redirects` in the answer are the addresses that redirected, in order.
        """
        ask = _Ask(url, validators, headers, private, self._poll.max_body)
        return await self._follow(ask, page=page)

    async def _robots_txt(self, url: str, private: bool) -> bytes:
        ask = _Ask(url, None, _NO_HEADERS, private, robots.MAX_BODY, cut=True)
        answer = await self._follow(ask, page=False)
        return answer.body if isinstance(answer, Fetched) else b""

    async def _follow(self, ask: _Ask, *, page: bool) -> Fetched | NotModified:
        allowance = _Allowance(self._poll.deadline)
        address = self._admit(ask, ask.url)
        passed: list[str] = []
        while True:
            if page:
                await self._robots.check(address, private=ask.private)
            try:
                hop = await self._turn(ask, address, passed, allowance)
            except TimeoutError:
                seconds = f"{self._poll.deadline.total_seconds():g}"
                raise FetchError(
                    ask.url, "timeout", f"the answer was not complete after {seconds} s"
                ) from None
            target = header(hop.headers, "location") if hop.status in REDIRECTS else None
            if target is None:
                return self._result(ask, address, passed, hop)
            passed.append(address)
            address = self._admit(ask, target, base=address)
            if address in passed:
                raise FetchError(ask.url, "redirects", "the redirects go in a circle")
            if len(passed) > _MAX_REDIRECTS:
                raise FetchError(ask.url, "redirects", f"more than {_MAX_REDIRECTS} redirects")

    def _admit(self, ask: _Ask, url: str, base: str | None = None) -> str:
        """Make `url` absolute, without its fragment, if the guard lets it pass."""
        if base is not None:
            # Raw UTF-8 in Location is no HTTP and common all the same.
            with contextlib.suppress(UnicodeError):
                url = url.encode("latin-1").decode("utf-8")
        try:
            address = ada_url.URL(url, base)
        except (ValueError, UnicodeError):
            if base is None:
                raise FetchError(ask.url, "forbidden-address", "it is no valid address") from None
            raise FetchError(ask.url, "redirects", "redirected to no valid address") from None
        address.hash = ""
        why = guard.verdict(address.href, private=ask.private)
        if why is not None:
            lead = "" if base is None else f"redirected to {address.href}: "
            raise FetchError(ask.url, "forbidden-address", lead + why)
        return str(address.href)

    async def _turn(
        self, ask: _Ask, address: str, passed: list[str], allowance: _Allowance
    ) -> _Hop:
        host = guard.host_key(address)
        self._refuse_held(ask, host)
        follow = bool(passed) and guard.host_key(passed[-1]) == host
        async with self._hosts.turn(host, follow=follow):
            self._refuse_held(ask, host)
            async with allowance.spending():
                hop = await self._exchange(ask, address)
            if hop.status == 429:
                wait = retry_after(hop.headers, self._now())
                self._hosts.hold(host, _HOLD if wait is None else wait)
            return hop

    def _refuse_held(self, ask: _Ask, host: str) -> None:
        left = self._hosts.held(host)
        if left is not None:
            detail = f"{host} asked us to wait; {left.total_seconds():.0f} s are left"
            raise FetchError(ask.url, "rate-limited", detail, retry_after=left)

    async def _exchange(self, ask: _Ask, address: str) -> _Hop:
        lines = request.headers(
            self._agent, ask.validators, ask.headers, at_home=request.at_home(ask.url, address)
        )
        try:
            response = await self._transport.handle_async_request(
                httpx.Request("GET", address, headers=lines, extensions={"private": ask.private})
            )
            try:
                headers = read_headers(response.headers.raw)
                wanted = 200 <= response.status_code < 300 and response.status_code != 206
                body = await self._read(ask, response, headers) if wanted else b""
                return _Hop(response.status_code, headers, body)
            finally:
                await response.aclose()
        except TimeoutError:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            failure, detail = explain(error)
            raise FetchError(ask.url, failure, detail) from error

    async def _read(self, ask: _Ask, response: httpx.Response, headers: Headers) -> bytes:
        codings = [value for name, value in headers if name == "content-encoding"]
        body = Body(ask.url, codings, limit=ask.limit, cut=ask.cut)
        length = header(headers, "content-length") or ""
        if length.isascii() and length.isdigit() and len(length) < 20:
            body.expect(int(length))
        count = 0
        async for chunk in response.aiter_raw():
            body.feed(chunk)
            if body.full:
                break
            count += 1
            if count % _CHUNKS == 0:
                await asyncio.sleep(0)
        return body.finish()

    def _result(
        self, ask: _Ask, address: str, passed: list[str], hop: _Hop
    ) -> Fetched | NotModified:
        now = self._now()
        asked = ask.validators
        if hop.status == 304 and asked and (asked.etag or asked.last_modified):
            return NotModified(
                url=ask.url, fetched_at=now, validators=validators(hop.headers, asked)
            )
        refuse(ask.url, hop.status, hop.headers, now)
        return Fetched(
            url=ask.url,
            final_url=address,
            status=hop.status,
            headers=hop.headers,
            body=hop.body,
            content_type=header(hop.headers, "content-type"),
            fetched_at=now,
            redirects=tuple(passed),
            validators=validators(hop.headers),
        )
