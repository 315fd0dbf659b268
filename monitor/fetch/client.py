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
from types import MappingProxyType, TracebackType
from urllib.parse import urlencode

import httpx

from monitor.errors import Failure, FetchError
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
from monitor.fetch.standing import Standing
from monitor.fetch.transport import Transport, explain
from monitor.fetch.way import Way
from monitor.model import Fetched, NotModified, PollSettings, Validators

# A 429 that does not say how long.
_HOLD = timedelta(seconds=60)
# Chunks read before the loop gets its turn: a server may send a byte in each, and
# ten thousand of those come in one read of the socket.
_CHUNKS = 64
# Bodies beyond this size, in bytes, wait for one of the few places where one may grow:
# forty of ten megabytes at once would be the memory of a small machine.
_LARGE = 256 * 1024
_PLACES = 3

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NOTHING = httpx.ByteStream(b"")
_FORM = MappingProxyType({"Content-Type": "application/x-www-form-urlencoded"})


class _Allowance:
    """What is left of the deadline: its clock runs within `async with` (TimeoutError).

    It stands still while others are waited for.
    """

    def __init__(self, deadline: timedelta) -> None:
        self._left = deadline.total_seconds()
        self._since = 0.0
        self._timer = asyncio.timeout(None)

    async def __aenter__(self) -> None:
        self._since = asyncio.get_running_loop().time()
        self._timer = asyncio.timeout(self._left)
        await self._timer.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left -= asyncio.get_running_loop().time() - self._since
        await self._timer.__aexit__(kind, raised, trace)

    @contextlib.asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """Stop the clock where it runs."""
        loop = asyncio.get_running_loop()
        start, end = loop.time(), self._timer.when()
        assert end is not None
        self._timer.reschedule(None)
        try:
            yield
        finally:
            waited = loop.time() - start
            self._left += waited
            self._timer.reschedule(end + waited)


@dataclass(frozen=True, slots=True)
class _Ask:
    """What stays the same over all hops of one exchange."""

    url: str
    validators: Validators | None
    headers: Mapping[str, str]
    private: bool
    limit: int
    cut: bool = False
    form: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer, its body taken in if it is one to be read; `asked` are the validators sent."""

    status: int
    asked: Validators | None
    headers: Headers
    body: Body | None


class Client:
    """Fetches politely; one object for a whole daemon, closed with `aclose`.

    `contact` stands in the User-Agent; `transport` takes httpx's place in tests;
    `standing` is an earlier client's, whose place this one takes, or shares;
    `now` is the wall clock.
    """

    def __init__(
        self,
        poll: PollSettings,
        *,
        contact: str | None,
        transport: httpx.AsyncBaseTransport | None = None,
        standing: Standing | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.standing = Standing() if standing is None else standing
        self._poll = poll
        self._now = now
        self._hosts = self.standing.hosts
        self._hosts.gap = poll.host_gap
        self._transport = transport or Transport(poll, reach=self.standing.reach)
        self._robots = robots.Robots(
            self._robots_txt, self._hosts, origins=self.standing.origins, now=now
        )
        self._agent = request.user_agent(contact)
        self._large = asyncio.Semaphore(_PLACES)

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
        all hops with their bodies together, not for the wait for a host's turn nor
        for one of the few places for large bodies, and robots.txt has one of its own. A host that answered 429, and an address
        that answered 503, is not asked again until its Retry-After has passed:
        `rate-limited` or `unavailable` at once, no traffic.
        A failure is `offline` where our own network is down, which is never
        concluded from or for what is `private`, nor behind a proxy: there it is
        the proxy that fails. `redirects` in the answer are the addresses that
        redirected, in order.
        """
        ask = _Ask(url, validators, headers, private, self._poll.max_body)
        way = Way(url, private=private)
        answer = await self._follow(ask, way, page=page)
        if not page:
            self.standing.homes.note(url, answer.validators, way.address)
        return answer

    async def post_form(
        self, url: str, form: Mapping[str, str], *, private: bool = False
    ) -> Fetched | NotModified:
        """POST a form as politely; a redirect is a failure (FetchError)."""
        ask = _Ask(url, None, _FORM, private, self._poll.max_body, form=urlencode(form).encode())
        return await self._follow(ask, Way(url, private=private), page=False)

    async def _robots_txt(self, url: str, private: bool) -> bytes:
        ask = _Ask(url, None, _NO_HEADERS, private, robots.MAX_BODY, cut=True)
        answer = await self._follow(ask, Way(url, private=private), page=False)
        return answer.body if isinstance(answer, Fetched) else b""

    async def _follow(self, ask: _Ask, way: Way, *, page: bool) -> Fetched | NotModified:
        allowance = _Allowance(self._poll.deadline)
        while True:
            if page:
                await self._robots.check(way.address, private=ask.private)
            try:
                hop = await self._turn(ask, way, allowance)
            except TimeoutError:
                seconds = f"{self._poll.deadline.total_seconds():g}"
                detail = f"the answer was not complete after {seconds} s"
                raise self._failed(ask, "timeout", detail) from None
            target = header(hop.headers, "location") if hop.status in REDIRECTS else None
            if target is None or ask.form is not None:
                return self._result(ask, way, hop)
            way.follow(hop.status, target)

    async def _turn(self, ask: _Ask, way: Way, allowance: _Allowance) -> _Hop:
        host = guard.host_key(way.address)
        self._refuse_held(ask, host, way.address)
        async with self._hosts.turn(host, follow=way.within_host):
            self._refuse_held(ask, host, way.address)
            async with allowance:
                hop = await self._exchange(ask, way, allowance)
            wait = retry_after(hop.headers, self._now())
            if hop.status == 429:
                self._hosts.hold(host, _HOLD if wait is None else wait)
            elif hop.status == 503 and wait:
                self._hosts.hold(way.address, wait)
            return hop

    def _refuse_held(self, ask: _Ask, host: str, address: str) -> None:
        holds: tuple[tuple[str, Failure], ...] = ((host, "rate-limited"), (address, "unavailable"))
        for held, failure in holds:
            left = self._hosts.held(held)
            if left is not None:
                detail = f"{host} asked us to wait; {left.total_seconds():.0f} s are left"
                raise FetchError(ask.url, failure, detail, retry_after=left)

    async def _exchange(self, ask: _Ask, way: Way, allowance: _Allowance) -> _Hop:
        asked = self._validators(ask, way)
        lines = request.headers(
            self._agent,
            asked,
            ask.headers,
            address=way.address,
            at_home=request.at_home(ask.url, way.address),
        )
        extensions = {"private": ask.private}
        try:
            response = await self._transport.handle_async_request(
                httpx.Request(
                    "GET" if ask.form is None else "POST",
                    way.address,
                    headers=lines,
                    content=ask.form,
                    # httpx would go over the headers for what is missing.
                    stream=_NOTHING if ask.form is None else None,
                    extensions=extensions,
                )
            )
            try:
                headers = read_headers(response.headers.raw)
                wanted = 200 <= response.status_code < 300 and response.status_code != 206
                body = await self._read(ask, response, headers, allowance) if wanted else None
                return _Hop(response.status_code, asked, headers, body)
            finally:
                await response.aclose()
        except TimeoutError:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise self._failed(ask, *explain(error)) from error

    def _validators(self, ask: _Ask, way: Way) -> Validators | None:
        """Those to send on this step: to the address that they came from and to no other."""
        home = self.standing.homes.find(ask.url, ask.validators)
        at_home = not way.passed if home is None else way.address == home
        return ask.validators if at_home else None

    def _failed(self, ask: _Ask, failure: Failure, detail: str) -> FetchError:
        """Name what no answer came of: the site's fault or our own network's."""
        ours = failure in ("unreachable", "timeout") and not (ask.private or self._poll.proxy)
        outage = self.standing.reach.outage() if ours else None
        if outage is None:
            return FetchError(ask.url, failure, detail)
        return FetchError(ask.url, "offline", f"{outage}; {detail}")

    async def _read(
        self, ask: _Ask, response: httpx.Response, headers: Headers, allowance: _Allowance
    ) -> Body:
        codings = [value for name, value in headers if name == "content-encoding"]
        body = Body(ask.url, codings, limit=ask.limit, cut=ask.cut)
        length = header(headers, "content-length") or ""
        if length.isascii() and length.isdigit() and len(length) < 20:
            body.expect(int(length))
        count, large = 0, False
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async with contextlib.AsyncExitStack() as place:
            async for chunk in response.stream:
                for _ in body.feed(chunk):
                    if len(body) > _LARGE and not large:
                        large = True
                        async with allowance.waiting():
                            await place.enter_async_context(self._large)
                if body.full:
                    break
                count += 1
                if count % _CHUNKS == 0:
                    await asyncio.sleep(0)
        return body

    def _result(self, ask: _Ask, way: Way, hop: _Hop) -> Fetched | NotModified:
        now = self._now()
        asked = hop.asked
        if hop.status == 304 and asked and (asked.etag or asked.last_modified):
            return NotModified(
                url=ask.url,
                fetched_at=now,
                headers=hop.headers,
                moved=way.moved,
                validators=validators(hop.headers, asked),
            )
        refuse(ask.url, hop.status, hop.headers, now)
        return Fetched(
            url=ask.url,
            final_url=way.address,
            status=hop.status,
            headers=hop.headers,
            body=b"" if hop.body is None else hop.body.finish(),
            content_type=header(hop.headers, "content-type"),
            fetched_at=now,
            redirects=tuple(way.passed),
            moved=way.moved,
            validators=validators(hop.headers),
            packed=None if hop.body is None else hop.body.packed(),
        )
