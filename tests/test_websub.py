"""WebSub over real sockets: a hub that confirms, a source that is polled when it speaks."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from monitor.daemon.push import pushing
from monitor.fetch.client import Client
from monitor.model import PollSettings, Source, WebSub
from monitor.parts import Parts
from monitor.poll import Poller
from monitor.store.subscriptions import Subscription, in_force
from monitor.subscribe import Subscriber
from monitor.web import server
from monitor.workers import Workers
from tests.newsroom.newsroom import PATIENCE
from tests.newsroom.server import Request, Response, Server
from tests.receivers import unused_port
from tests.test_poll import START, Desk, Site, answered

SLOW = timedelta(minutes=30)
TOPIC = "https://gazette.example/feed.xml"


class Hub:
    """A hub that asks back at once, or later, or not at all."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.behaviour = "confirm"
        self.lease = "86400"
        self.confirmed: list[tuple[int, str]] = []
        self.server = Server(self.answer)

    async def answer(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        self.asked.append(form)
        if self.behaviour == "refuse":
            return Response(status=500)
        if self.behaviour == "confirm":
            await self.verify(form)
        return Response(status=202)

    async def verify(self, form: dict[str, str], **changes: str) -> tuple[int, str]:
        query = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "a-challenge",
            "hub.lease_seconds": self.lease,
            **{f"hub.{name}": value for name, value in changes.items()},
        }
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
            answer = await browser.get(f"{form['hub.callback']}?{urlencode(query)}")
        self.confirmed.append((answer.status_code, answer.text))
        return self.confirmed[-1]

    async def publish(self, body: bytes, *, method: str = "sha256", secret: str = "") -> int:
        form = self.asked[-1]
        key = (secret or form["hub.secret"]).encode()
        signature = (
            f"{method}={hmac.digest(key, body, 'sha256' if method == 'rot13' else method).hex()}"
        )
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
            answer = await browser.post(
                form["hub.callback"], content=body, headers={"X-Hub-Signature": signature}
            )
        return answer.status_code


class Pushed(Desk):
    """A monitor with one source whose feed names the hub."""

    def __init__(self, workers: Workers, hub: Hub, port: int) -> None:
        self.hub = hub
        self.news = 0  # entries on top of the first twenty
        self.source = Source(name="pushed", url=TOPIC, private=True)
        super().__init__(Site(), workers)
        self.config = replace(
            self.config,
            sources=(self.source,),
            websub=WebSub(callback=f"http://127.0.0.1:{port}/hooks/websub", port=port),
        )
        with self.store.transaction():
            self.store.sources.declare([self.source], self.now)
        self.client = Client(PollSettings(host_gap=timedelta(0)), contact=None)
        self.parts = Parts(
            config=self.config,
            profiles={},
            store=self.store,
            client=self.client,
            workers=workers,
            clock=lambda: self.now,
        )
        self.poller = Poller(replace(self.parts, client=self._fake()))

    def _fake(self) -> Client:
        hub = f"{self.hub.server.origin}/"

        def answer(request: httpx.Request) -> httpx.Response:
            entries = "".join(
                f"<entry><id>urn:{n}</id><title>News {n}</title>"
                f"<published>{(START - timedelta(hours=n)).isoformat()}</published>"
                f"<link href='https://gazette.example/{n}'/></entry>"
                for n in range(-self.news, 20)
            )
            body = (
                '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title>'
                f'<link rel="hub" href="{hub}"/><link rel="self" href="{TOPIC}"/>{entries}</feed>'
            ).encode()
            return answered(body, {"content-type": "text/xml"})

        return Client(
            self.config.poll,
            contact=None,
            transport=httpx.MockTransport(answer),
            now=lambda: self.now,
        )

    @property
    def subscription(self) -> Subscription:
        found = self.store.subscriptions.of("pushed")
        assert found is not None
        return found

    @property
    def due_in(self) -> timedelta:
        state = self.store.sources.state("pushed")
        assert state is not None
        return state.next_poll - self.now


@pytest.fixture
async def pushed() -> AsyncIterator[tuple[Pushed, Hub, Subscriber]]:
    hub, workers = Hub(), Workers()
    await hub.server.start()
    desk = Pushed(workers, hub, unused_port())
    await desk.poll(desk.source)
    async with pushing(desk.parts) as subscriber:
        assert subscriber is not None
        yield desk, hub, subscriber
    await desk.client.aclose()
    await workers.aclose()
    await hub.server.stop()
    desk.store.close()


Everything = tuple[Pushed, Hub, Subscriber]


async def test_a_hub_is_subscribed_to_confirmed_and_believed_by_its_signature(
    pushed: Everything,
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    [form] = hub.asked
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == TOPIC
    assert len(form["hub.secret"]) < 200, "section 5.1"
    assert hub.confirmed == [(200, "a-challenge")]
    assert in_force(desk.subscription, desk.now)

    await desk.poll(desk.source)
    slow = desk.due_in
    desk.now += timedelta(minutes=1)
    assert await hub.publish(b"<feed/>", secret="somebody else's") == 202
    assert await hub.publish(b"<feed/>", method="rot13") == 202
    assert desk.due_in > timedelta(0), "a stranger's word is no reason to ask"
    assert await hub.publish(b"<feed/>") == 202
    assert desk.due_in <= timedelta(0) < slow
    for method in ("sha1", "sha384", "sha512"):
        await desk.poll(desk.source)
        desk.now += timedelta(minutes=1)
        await hub.publish(b"<feed/>", method=method)
        assert desk.due_in <= timedelta(0)


async def test_polling_goes_on_as_a_safety_net_and_is_quick_again_without_the_hub(
    pushed: Everything,
) -> None:
    desk, _, subscriber = pushed
    alone = desk.due_in
    await subscriber.look()
    await desk.poll(desk.source)
    assert alone < timedelta(minutes=30) < desk.due_in < timedelta(minutes=70)
    desk.now += timedelta(days=2)
    assert not in_force(desk.subscription, desk.now), "the lease ran out"


async def test_a_subscription_is_renewed_in_good_time_under_the_same_address(
    pushed: Everything,
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    desk.now += timedelta(hours=18)
    await subscriber.look()
    assert len(hub.asked) == 1
    desk.now += timedelta(hours=2)
    await subscriber.look()
    assert len(hub.asked) == 2
    assert hub.asked[0]["hub.callback"] == hub.asked[1]["hub.callback"]
    assert desk.subscription.lease_until == desk.now + timedelta(days=1)


async def test_a_hub_that_fails_or_keeps_silent_is_asked_ever_more_rarely(
    pushed: Everything,
) -> None:
    desk, hub, subscriber = pushed
    hub.behaviour = "refuse"
    times = []
    for _ in range(24 * 8):
        before = len(hub.asked)
        await subscriber.look()
        if len(hub.asked) > before:
            times.append(desk.now)
        hub.behaviour = "silent"
        desk.now += timedelta(hours=1)
    waits = [(b - a).total_seconds() / 3600 for a, b in itertools.pairwise(times)]
    assert waits == [1, 2, 4, 8, 16, 32, 48, 48]
    assert not in_force(desk.subscription, desk.now)


async def test_what_was_not_asked_for_is_not_confirmed(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    hub.behaviour = "silent"
    await subscriber.look()
    [form] = hub.asked
    assert (await hub.verify(form, topic="https://other.example/feed"))[0] == 404
    assert (await hub.verify(form, mode="unsubscribe"))[0] == 404
    assert (await hub.verify({**form, "hub.callback": f"{form['hub.callback']}x"}))[0] == 404
    assert not in_force(desk.subscription, desk.now)
    assert (await hub.verify(form, challenge="<b>&"))[1] == "<b>&"
    assert in_force(desk.subscription, desk.now)
    assert (await hub.verify(form, mode="denied", reason="no room"))[0] == 200
    assert (desk.subscription.state, desk.subscription.detail) == ("denied", "no room")
    desk.now += timedelta(days=6)
    await subscriber.look()
    assert len(hub.asked) == 1


async def test_a_lease_of_no_sense_is_held_within_bounds(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    for lease, length in (
        ("1", timedelta(minutes=5)),
        ("9" * 11, timedelta(days=10)),
        ("-5", None),
    ):
        hub.lease = lease
        await subscriber.look()
        assert desk.subscription.lease_until == desk.now + (length or timedelta(days=10))
        desk.now += timedelta(days=11)


async def test_a_source_taken_away_is_unsubscribed_and_forgotten(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    with desk.store.transaction():
        desk.store.sources.declare([], desk.now)
    await subscriber.look()
    assert hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert hub.confirmed[-1][0] == 200
    desk.now += timedelta(hours=2)
    await subscriber.look()
    assert desk.store.subscriptions.of("pushed") is None
    assert await hub.publish(b"more") == 410


async def test_news_told_while_the_source_is_being_polled_is_not_slept_over(
    pushed: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    get = Client.get

    async def slow(self: Client, url: str, **given: object) -> object:
        answer = await get(self, url, **given)  # type: ignore[arg-type]
        desk.now += timedelta(seconds=1)
        await hub.publish(b"<feed/>")
        desk.now += timedelta(seconds=1)
        return answer

    monkeypatch.setattr(Client, "get", slow)
    await desk.poll(desk.source)
    assert desk.due_in <= timedelta(seconds=30)


async def test_nobody_is_relied_on_who_cannot_reach_us(pushed: Everything) -> None:
    desk, _, subscriber = pushed
    await subscriber.look()
    await desk.poll(desk.source)
    assert desk.due_in > SLOW
    taken = desk.store.subscriptions.listening
    desk.store.subscriptions.listening = False  # as a process that was started anew
    await desk.poll(desk.source)
    assert taken
    assert desk.due_in < SLOW
    assert in_force(desk.subscription, desk.now)


async def test_when_the_callback_closes_polling_is_quick_again(pushed: Everything) -> None:
    desk, _, _ = pushed
    elsewhere = unused_port()
    websub = WebSub(callback=f"http://127.0.0.1:{elsewhere}/x", port=elsewhere)
    parts = replace(desk.parts, config=replace(desk.config, websub=websub))
    async with pushing(parts) as moved:
        assert moved is not None
        await moved.look()
        await desk.poll(desk.source)
        assert desk.due_in > SLOW
    await desk.poll(desk.source)
    assert desk.due_in < SLOW


async def test_hubs_are_asked_anew_under_a_new_callback(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    websub = desk.config.websub
    assert websub is not None
    moved = Subscriber(desk.parts, websub.callback.replace("/hooks/", "/moved/"))
    await moved.look()
    await moved.look()
    first, second = hub.asked
    assert "/moved/" in second["hub.callback"]
    assert first["hub.secret"] != second["hub.secret"]
    assert hub.confirmed == [(200, "a-challenge")] * 2
    assert in_force(desk.subscription, desk.now)


async def test_a_hub_that_leaves_news_to_polling_is_not_relied_on_until_it_speaks(
    pushed: Everything,
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    await desk.poll(desk.source)
    assert desk.due_in > SLOW
    desk.now += timedelta(hours=1)
    desk.news = 1
    await desk.poll(desk.source)
    assert desk.due_in < SLOW
    assert in_force(desk.subscription, desk.now)
    desk.now += timedelta(minutes=15)
    await desk.poll(desk.source)
    assert desk.due_in < SLOW, "still not a word of it"
    desk.now += timedelta(minutes=5)
    await hub.publish(b"<feed/>")
    desk.now += timedelta(seconds=1)
    desk.news = 2
    await desk.poll(desk.source)
    assert desk.due_in > SLOW
    desk.now += desk.due_in
    await hub.publish(b"<feed/>")
    desk.now += timedelta(seconds=1)
    desk.news = 3
    await desk.poll(desk.source)
    assert desk.due_in > SLOW, "it told of this, though the source was due anyway"


async def test_a_word_for_a_source_that_is_due_writes_nothing(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    desk.now += timedelta(hours=2)
    before = desk.store.db.conn.total_changes
    assert await hub.publish(b"<feed/>") == 202
    assert desk.store.db.conn.total_changes == before
    assert desk.subscription.told_at == desk.now


@pytest.mark.parametrize("rest", ["", "Content-Length: 9\r\n\r\n1234"], ids=["head", "body"])
async def test_strangers_who_hold_the_line_keep_no_hub_away(
    pushed: Everything, monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    assert desk.config.websub is not None
    here = "127.0.0.1", desk.config.websub.port
    monkeypatch.setattr(server, "_HEAD", 60.0)
    path = hub.asked[-1]["hub.callback"].partition(str(here[1]))[2]
    strangers = [await asyncio.open_connection(*here) for _ in range(150)]
    for _, writer in strangers:
        writer.write(f"POST {path} HTTP/1.1\r\nHost: a\r\n{rest}".encode())
    assert await hub.publish(b"<feed/>") == 202
    gone = [reader for reader, _ in strangers if reader.at_eof() or reader.exception()]
    assert len(gone) >= 50, "open files are bounded"
    for _, writer in strangers:
        writer.close()


async def test_a_head_or_a_body_that_does_not_come_is_not_waited_for(
    pushed: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    assert desk.config.websub is not None
    here = "127.0.0.1", desk.config.websub.port
    monkeypatch.setattr(server, "_HEAD", 0.2)
    path = hub.asked[-1]["hub.callback"].partition(str(here[1]))[2]
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
    for body_within, said in ((60.0, head), (0.2, f"{head}\r\n1234")):
        monkeypatch.setattr(server, "_BODY", body_within)
        reader, writer = await asyncio.open_connection(*here)
        writer.write(said.encode())
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionError):
                assert await reader.read() == b""
        writer.close()
    monkeypatch.setattr(server, "_BODY", 60.0)
    assert await hub.publish(b"<feed/>") == 202


async def test_a_connection_serves_one_request(pushed: Everything) -> None:
    desk, _, _ = pushed
    assert desk.config.websub is not None
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
        answer = await browser.post(f"{desk.config.websub.callback}/unknown", content=b"x" * 9999)
    assert (answer.status_code, answer.headers["connection"]) == (410, "close")


async def test_a_body_too_large_and_a_port_that_is_taken(pushed: Everything) -> None:
    desk, hub, subscriber = pushed
    await subscriber.look()
    with contextlib.suppress(httpx.TransportError):
        assert await hub.publish(b"x" * 20_000_000) == 413
    assert desk.subscription.told_at is None
    async with pushing(desk.parts) as second:
        assert second is None
    assert await hub.publish(b"still there") == 202
