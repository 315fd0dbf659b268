"""`deliver.deliver` and `deliver.backoff`: the courier over an outbox in memory."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver.backoff import (
    CEILING,
    FEWEST_ATTEMPTS,
    FIRST,
    GIVE_UP_AFTER,
    LONGEST_REST,
    given_up,
    next_attempt,
)
from monitor.deliver.deliver import Courier, utcnow
from monitor.deliver.log import Log
from monitor.errors import DeliveryError
from monitor.model import Channel, Delivery, Receipt

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
OK = Receipt(status=250, reply="taken")


@dataclass
class Row:
    delivery: Delivery
    due: datetime
    state: str = "queued"
    note: str = ""


class Memory:
    """An outbox in memory, by the contract of `deliver.Outbox`."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.full = False

    def add(self, channel: str, recipient: str = "", created: datetime = START) -> None:
        number = len(self.rows) + 1
        delivery = Delivery(
            id=number,
            channel=channel,
            recipient=recipient,
            key=f"key-{number}",
            content_type="text/plain",
            body=f"body {number}".encode(),
            attempts=0,
            created=created,
        )
        self.rows.append(Row(delivery, created))

    def claim(self, channel, now, limit, lease) -> list[Delivery]:
        due = [
            row
            for row in self.rows
            if row.state == "queued"
            and row.delivery.channel == channel
            and row.due <= now
            and not any(self._holds(earlier, row, now) for earlier in self.rows)
        ][:limit]
        for row in due:
            row.due = now + lease
        return [row.delivery for row in due]

    def _holds(self, earlier: Row, later: Row, now: datetime) -> bool:
        return (
            earlier.state == "queued"
            and earlier.due > now
            and earlier.delivery.attempts < 6
            and earlier.delivery.id < later.delivery.id
            and (earlier.delivery.channel, earlier.delivery.recipient)
            == (later.delivery.channel, later.delivery.recipient)
        )

    def _settle(self, number, state, note, due=None) -> None:
        if self.full:
            raise OSError("disk full")
        row = self.rows[number - 1]
        row.state, row.note, row.due = state, note, due or row.due
        row.delivery = replace(row.delivery, attempts=row.delivery.attempts + 1)

    def delivered(self, delivery_id, receipt, now) -> None:
        self._settle(delivery_id, "delivered", receipt.reply)

    def retry(self, delivery_id, error, status, at) -> None:
        self._settle(delivery_id, "queued", error, at)

    def give_up(self, delivery_id, error, status, now) -> None:
        self._settle(delivery_id, "given-up", error)

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.rows]


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Way:
    """A sender that does what it is told, and remembers what it was given."""

    def __init__(self, answer: Callable[[Delivery], Receipt] = lambda _: OK) -> None:
        self.answer = answer
        self.sent: list[Delivery] = []
        self.gate: asyncio.Event | None = None
        self.closed = False

    async def send(self, delivery: Delivery) -> Receipt:
        self.sent.append(delivery)
        if self.gate:
            await self.gate.wait()
        return self.answer(delivery)

    async def aclose(self) -> None:
        self.closed = True


def failing(**fields) -> Callable[[Delivery], Receipt]:
    def answer(delivery: Delivery) -> Receipt:
        raise DeliveryError("no", **fields)

    return answer


def courier(outbox: Memory, clock: Clock, patience: float = 5.0, **senders: Way) -> Courier:
    return Courier(outbox, senders, clock, patience=patience, chance=lambda: 1.0)


async def test_a_round_delivers_what_is_due_in_order() -> None:
    outbox, clock, desk, hook = Memory(), Clock(), Way(), Way()
    for channel in ("desk", "hook", "desk", "desk", "nobody"):
        outbox.add(channel)
    outbox.add("desk", created=START + timedelta(seconds=1))
    found = courier(outbox, clock, desk=desk, hook=hook)
    assert await found.round() == 4
    assert [one.id for one in desk.sent] == [1, 3, 4]
    assert [one.id for one in hook.sent] == [2]
    assert outbox.states == ["delivered"] * 4 + ["queued"] * 2
    assert await found.round() == 0
    await found.aclose()
    assert desk.closed
    assert hook.closed


async def test_a_failure_comes_again_later_with_the_same_bytes_under_the_same_key() -> None:
    outbox, clock, desk = Memory(), Clock(), Way(failing(status=451))
    outbox.add("desk")
    found = courier(outbox, clock, desk=desk)
    assert await found.round() == 0
    assert outbox.rows[0].due == START + FIRST
    assert outbox.rows[0].note == "no"
    assert await found.round() == 0
    assert len(desk.sent) == 1

    clock.now += FIRST
    desk.answer = lambda _: OK
    assert await found.round() == 1
    first, second = desk.sent
    assert (first.key, first.body) == (second.key, second.body)
    assert (first.attempts, second.attempts) == (0, 1)


async def test_a_hanging_channel_does_not_delay_the_others() -> None:
    outbox, clock, slow, quick = Memory(), Clock(), Way(), Way()
    slow.gate = asyncio.Event()
    found = courier(outbox, clock, patience=0.02, slow=slow, quick=quick)
    for _ in range(3):
        outbox.add("slow")
        outbox.add("quick")
        assert await found.round() == 1
    assert len(quick.sent) == 3
    assert len(slow.sent) == 1  # one lane, one attempt, however many rounds pass
    slow.gate.set()
    assert await found.finish() == 3
    assert [one.id for one in slow.sent] == [1, 3, 5]


async def test_finish_waits_for_the_slowest() -> None:
    outbox, clock, slow = Memory(), Clock(), Way()
    slow.gate = asyncio.Event()
    outbox.add("slow")
    found = courier(outbox, clock, patience=0.01, slow=slow)
    asyncio.get_running_loop().call_later(0.1, slow.gate.set)
    assert await found.finish() == 1


async def test_draining_settles_what_is_under_way_and_starts_nothing() -> None:
    outbox, clock, slow = Memory(), Clock(), Way()
    slow.gate = asyncio.Event()
    outbox.add("slow")
    outbox.add("slow")
    found = courier(outbox, clock, patience=0.01, slow=slow)
    await found.round()
    asyncio.get_running_loop().call_later(0.05, slow.gate.set)
    await found.drain(5.0)
    assert outbox.states == ["delivered", "queued"]
    assert await found.finish() == 1
    assert outbox.states == ["delivered", "queued"]
    await found.aclose()


async def test_draining_has_an_end() -> None:
    outbox, clock, slow = Memory(), Clock(), Way()
    slow.gate = asyncio.Event()
    outbox.add("slow")
    found = courier(outbox, clock, patience=0.01, slow=slow)
    await found.round()
    await found.drain(0.05)
    await found.aclose()
    assert outbox.states == ["queued"]


async def test_nothing_to_do_with_no_channels() -> None:
    assert await courier(Memory(), Clock()).finish() == 0


@pytest.mark.parametrize(
    ("error", "tried"),
    [
        ({}, 1),  # nobody there: the next would meet the same wall
        ({"status": 503, "retry_after": timedelta(minutes=5)}, 1),
        ({"status": 450}, 3),  # an answer about this one
        ({"status": 550, "permanent": True}, 3),
    ],
)
async def test_when_a_lane_rests(error, tried: int) -> None:
    outbox, clock, desk = Memory(), Clock(), Way(failing(**error))
    for recipient in ("a", "b", "c"):
        outbox.add("desk", recipient)
    await courier(outbox, clock, desk=desk).round()
    assert len(desk.sent) == tried


async def test_order_is_kept_through_a_short_outage() -> None:
    outbox, clock, hook = Memory(), Clock(), Way(failing(status=500))
    outbox.add("hook")
    found = courier(outbox, clock, hook=hook)
    await found.round()
    outbox.add("hook")
    await found.round()
    assert [one.id for one in hook.sent] == [1]
    hook.answer = lambda _: OK
    clock.now += FIRST
    assert await found.round() == 2
    assert [one.id for one in hook.sent] == [1, 1, 2]


async def test_a_message_nobody_takes_does_not_silence_its_channel() -> None:
    def answer(delivery: Delivery) -> Receipt:
        if delivery.id == 1:
            raise DeliveryError("500", status=500)
        return OK

    outbox, clock, hook = Memory(), Clock(), Way(answer)
    outbox.add("hook")
    outbox.add("hook")
    found = courier(outbox, clock, hook=hook)
    while outbox.states[1] == "queued":
        await found.round()
        clock.now += FIRST
    assert clock.now - START < timedelta(hours=1)


async def test_one_refused_recipient_does_not_hold_up_the_next() -> None:
    def answer(delivery: Delivery) -> Receipt:
        if delivery.recipient == "b":
            raise DeliveryError("550 no such user", permanent=True, status=550)
        return OK

    outbox, clock, desk = Memory(), Clock(), Way(answer)
    for recipient in ("a", "b", "c"):
        outbox.add("desk", recipient)
    assert await courier(outbox, clock, desk=desk).round() == 2
    assert outbox.states == ["delivered", "given-up", "delivered"]
    assert outbox.rows[1].note == "550 no such user"


async def test_gives_up_after_three_days_of_trying() -> None:
    outbox, clock, desk = Memory(), Clock(), Way(failing())
    outbox.add("desk")
    found = courier(outbox, clock, desk=desk)
    while outbox.states == ["queued"]:
        clock.now = max(clock.now, outbox.rows[0].due)
        await found.round()
    assert outbox.states == ["given-up"]
    assert GIVE_UP_AFTER <= clock.now - START <= GIVE_UP_AFTER + CEILING
    assert 72 <= len(desk.sent) <= 90


async def test_what_was_late_is_still_tried_once() -> None:
    outbox, clock, desk = Memory(), Clock(), Way()
    outbox.add("desk", created=START - timedelta(days=30))
    assert await courier(outbox, clock, desk=desk).round() == 1


async def test_a_defect_of_one_sender_is_a_failure_like_any_other() -> None:
    outbox, clock, desk, hook = Memory(), Clock(), Way(lambda _: 1 // 0), Way()
    outbox.add("desk")
    outbox.add("hook")
    with structlog.testing.capture_logs() as logs:
        assert await courier(outbox, clock, desk=desk, hook=hook).round() == 1
    assert outbox.rows[0].note.startswith("defect: ZeroDivisionError")
    assert outbox.rows[0].due > START
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["attempt broke"]


async def test_an_outbox_that_cannot_note_it_stops_nobody_and_sends_again() -> None:
    outbox, clock, desk = Memory(), Clock(), Way()
    outbox.add("desk")
    outbox.full = True
    found = courier(outbox, clock, desk=desk)
    with structlog.testing.capture_logs() as logs:
        assert await found.round() == 0
    assert [one["event"] for one in logs] == ["lane broke"]
    outbox.full = False
    assert await found.round() == 0  # the lease still runs
    clock.now += timedelta(minutes=5)
    assert await found.round() == 1
    assert desk.sent[0] == desk.sent[1]


async def test_an_attempt_cut_off_is_sent_again_when_its_lease_has_run_out() -> None:
    outbox, clock, desk = Memory(), Clock(), Way()
    desk.gate = asyncio.Event()
    outbox.add("desk")
    found = courier(outbox, clock, patience=0.01, desk=desk)
    await found.round()
    await found.aclose()
    assert outbox.states == ["queued"]

    again = Way()
    restarted = courier(outbox, clock, desk=again)
    assert await restarted.round() == 0
    clock.now += timedelta(minutes=5)
    assert await restarted.round() == 1
    assert again.sent == desk.sent


async def test_an_attempt_ends_before_its_lease() -> None:
    outbox, clock, desk = Memory(), Clock(), Way()
    desk.gate = asyncio.Event()
    outbox.add("desk")
    found = Courier(outbox, {"desk": desk}, clock, lease=timedelta(seconds=0.1))
    assert await found.finish() == 0
    assert outbox.rows[0].note == "no end to the attempt in sight"


async def test_the_log_takes_everything() -> None:
    outbox = Memory()
    outbox.add("log")
    with structlog.testing.capture_logs() as logs:
        receipt = await Log(Channel(name="log", kind="log")).send(outbox.rows[0].delivery)
    assert receipt == Receipt(status=None, reply="logged")
    assert logs == [
        {"event": "alert", "log_level": "info", "channel": "log", "key": "key-1", "text": "body 1"}
    ]


def test_the_clock_is_aware() -> None:
    assert utcnow().tzinfo is UTC


@given(
    attempts=st.integers(min_value=-1, max_value=10**9),
    asked=st.none() | st.timedeltas(),
    random=st.floats(min_value=0, max_value=1, exclude_max=True),
)
def test_the_next_attempt_lies_within_bounds(attempts, asked, random) -> None:
    wait = next_attempt(attempts, START, asked, random) - START
    assert FIRST * 0.75 <= wait <= max(CEILING, LONGEST_REST)
    if asked is not None and asked <= LONGEST_REST:
        assert wait >= asked
    if asked is None:
        assert wait <= CEILING


def test_the_wait_doubles_up_to_the_ceiling() -> None:
    waits = [(next_attempt(n, START, None, 1.0) - START).total_seconds() for n in range(11)]
    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_giving_up_is_counted_from_the_beginning() -> None:
    assert not given_up(START, START + GIVE_UP_AFTER - timedelta(seconds=1), 99)
    assert given_up(START, START + GIVE_UP_AFTER, FEWEST_ATTEMPTS)


def test_a_machine_that_was_off_for_days_does_not_give_up_at_its_first_attempt() -> None:
    assert not given_up(START, START + timedelta(days=30), 1)
