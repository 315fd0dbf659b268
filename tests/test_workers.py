"""Workers: real processes, killed, starved and crashed."""

from __future__ import annotations

import asyncio
import gc
import math
import operator
import os
import signal
import subprocess
import sys
import textwrap
import time
import tracemalloc
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from monitor.errors import FetchError, ParseError
from monitor.workers import Workers
from tests.newsroom.newsroom import PATIENCE


@asynccontextmanager
async def workers(count=1, **settings):
    crew = Workers(count, **settings)
    try:
        yield crew
    finally:
        await crew.aclose()


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Asyncio says nothing, such as of a process that it lost sight of."""
    yield
    assert not [record.message for record in caplog.get_records("call") if record.name == "asyncio"]


def children() -> set[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return set(map(int, listed.split()))


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


# ---- jobs that must be importable in the worker --------------------------------


def misread(detail):
    raise ParseError(detail, failure="blocked")


def fetch_error():
    raise FetchError("http://a.example/", "gone", "it went")


def unpicklable_error():
    error = ValueError("with a lock inside")
    error.lock = __import__("threading").Lock()
    raise error


def chatter():
    print("a job that prints")
    os.write(1, b"and writes past Python\n")
    return sys.stdin.read()


def hold_memory(megabytes):
    return len(bytearray(megabytes << 20))


def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


KEPT = []  # of the worker that this is imported in


def keep(megabytes):
    KEPT.append(bytes(megabytes << 20))
    return os.getpid()


def tried(log, ends):
    """Notes the try, and comes to nothing where the process has done anything before."""
    with Path(log).open("a") as lines:
        print(os.getpid(), file=lines)
    if KEPT or ends == "always":
        fall(ends if ends != "always" else "memory")
    return "done"


def fall(how):
    if how == "memory":
        raise MemoryError
    if how == "time":
        spin(60)
    if how == "error":
        raise ParseError("no feed")
    signal.raise_signal(signal.SIGSEGV)


def mirrors(value):
    return os.getpid(), value


def close_pipes_and_spin():
    os.closerange(0, 100)
    while True:
        pass


# ---- what comes back ------------------------------------------------------------


async def test_a_value_and_an_error_come_back_as_they_are():
    async with workers() as crew:
        assert await crew.run(math.factorial, 20) == math.factorial(20)
        with pytest.raises(ZeroDivisionError) as caught:
            await crew.run(operator.truediv, 1, 0)
        assert any("worker process" in note for note in caught.value.__notes__)
        with pytest.raises(ParseError, match="كلام") as refused:
            await crew.run(misread, "كلام")
        assert refused.value.failure == "blocked"
        pid, _ = await crew.run(mirrors, None)
        assert (await crew.run(mirrors, None))[0] == pid, "errors do not cost the worker"


@pytest.mark.parametrize("job", [fetch_error, unpicklable_error])
async def test_an_error_that_cannot_travel_is_told(job):
    async with workers() as crew:
        with pytest.raises(RuntimeError, match=job.__name__):
            await crew.run(job)
        assert await crew.run(abs, -1) == 1


async def test_a_value_that_cannot_travel_is_an_error():
    async with workers() as crew:
        with pytest.raises((TypeError, AttributeError), match=r"pickle|local object"):
            await crew.run(open, os.devnull)
        assert await crew.run(abs, -1) == 1


async def test_arguments_that_cannot_travel_start_no_process():
    before = children()
    async with workers() as crew:
        with pytest.raises(Exception, match=r"pickle|local object"):
            await crew.run(abs, lambda: None)
        assert children() == before


async def test_ten_megabytes_go_both_ways():
    body = os.urandom(10_000_000)
    async with workers() as crew:
        _, back = await crew.run(mirrors, body)
    assert back == body


async def test_what_a_job_prints_does_not_corrupt_answers(capfd):
    async with workers() as crew:
        assert await crew.run(chatter) == ""
        assert await crew.run(abs, -2) == 2
    _, err = capfd.readouterr()
    assert "and writes past Python" in err


# ---- what is killed -------------------------------------------------------------


async def test_a_job_that_hangs_is_killed_and_the_next_one_runs():
    async with workers(patience=2) as crew:
        pid = await crew.run(os.getpid)  # which is loaded in no time, however busy the machine
        start = time.monotonic()
        with pytest.raises(ParseError, match="not answer within 2 s") as stalled:
            await crew.run(time.sleep, 60)
        assert time.monotonic() - start < 20
        assert stalled.value.failure == "stalled"
        assert await crew.run(os.getpid) != pid
    assert gone(pid)


async def test_a_job_is_stopped_by_what_it_costs_and_not_by_the_clock():
    async with workers(cpu=0.3) as crew:
        pid, _ = await crew.run(mirrors, None)
        await crew.run(time.sleep, 0.6)
        for _ in range(4):
            await crew.run(spin, 0.2)  # each has its own time
        assert (await crew.run(mirrors, None))[0] == pid
        with pytest.raises(ParseError, match=r"took more than 0\.3 s") as stalled:
            await crew.run(spin, 60)
        assert stalled.value.failure == "stalled"
        assert (await crew.run(mirrors, None))[0] != pid
    assert gone(pid)


async def test_a_timeout_of_the_job_itself_is_no_stall():
    async with workers() as crew:
        with pytest.raises(TimeoutError):
            await crew.run(raise_timeout)


def raise_timeout():
    raise TimeoutError


async def test_a_job_that_eats_memory_is_stalled():
    async with workers(memory=400 << 20) as crew:
        with pytest.raises(ParseError, match="more than 400 MB") as stalled:
            await crew.run(hold_memory, 1000)
        assert stalled.value.failure == "stalled"
        assert await crew.run(hold_memory, 1) == 1 << 20


@pytest.mark.parametrize(
    ("job", "argument", "reason"),
    [
        (signal.raise_signal, signal.SIGSEGV, "Segmentation fault"),
        (signal.raise_signal, signal.SIGKILL, "Killed"),
        (os._exit, 3, "exit status 3"),
    ],
)
async def test_a_worker_that_dies_says_how_and_is_replaced(job, argument, reason):
    async with workers() as crew:
        with pytest.raises(ParseError, match=reason) as stalled:
            await crew.run(job, argument)
        assert stalled.value.failure == "stalled"
        assert await crew.run(abs, -1) == 1


async def test_a_worker_that_closes_its_pipes_is_not_waited_for():
    async with workers() as crew:
        with pytest.raises(ParseError, match="closed its pipes"):
            await crew.run(close_pipes_and_spin)


async def test_a_worker_that_died_while_idle_costs_no_job():
    async with workers() as crew:
        pid, _ = await crew.run(mirrors, None)
        os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.5)
        assert await crew.run(abs, -1) == 1


async def test_a_cancelled_caller_takes_its_job_along():
    async with workers() as crew:
        pid, _ = await crew.run(mirrors, None)
        job = asyncio.create_task(crew.run(time.sleep, 60))
        await asyncio.sleep(0.1)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert await crew.run(abs, -1) == 1
    assert gone(pid)


# ---- what other jobs left in the process ------------------------------------------


async def test_a_worker_that_holds_a_lot_does_no_other_job():
    async with workers(memory=480 << 20) as crew:
        pid = await crew.run(keep, 1)
        assert await crew.run(keep, 60) == pid
        pids = [(await crew.run(mirrors, None))[0] for _ in range(2)]
        assert pids[0] == pids[1] != pid
    assert gone(pid)


@pytest.mark.parametrize("how", ["memory", "crash"])
async def test_a_job_is_not_lost_for_what_its_worker_did_before(tmp_path, how):
    log = tmp_path / "tries"
    async with workers() as crew:
        pid = await crew.run(keep, 0)
        assert await crew.run(tried, str(log), how) == "done"
    first, second = map(int, log.read_text().split())
    assert first == pid != second


async def test_a_job_that_needs_too_much_costs_two_tries_at_most(tmp_path):
    log = tmp_path / "tries"
    async with workers() as crew:
        for tries in (1, 3):  # a fresh worker's word is believed
            with pytest.raises(ParseError, match="more than 768 MB") as stalled:
                await crew.run(tried, str(log), "always")
            assert stalled.value.failure == "stalled"
            assert len(log.read_text().split()) == tries
            await crew.run(keep, 0)


@pytest.mark.parametrize("how", ["time", "error"])
async def test_what_is_no_worker_s_doing_is_tried_once(tmp_path, how):
    log = tmp_path / "tries"
    async with workers(cpu=0.3) as crew:
        await crew.run(keep, 0)
        with pytest.raises(ParseError, match=r"took more than|no feed"):
            await crew.run(tried, str(log), how)
    assert len(log.read_text().split()) == 1


async def test_a_body_that_failed_is_not_held_until_the_collector_comes():
    """A daemon that reads a dozen bad bodies a minute held them all: the collector counts no bytes."""
    body = os.urandom(5_000_000)
    async with workers() as crew:
        await crew.run(mirrors, None)
        gc.collect()
        gc.disable()
        tracemalloc.start()
        try:
            for _ in range(4):
                try:
                    await crew.run(misread, body)
                except ParseError as error:
                    assert error.detail == body  # noqa: PT017 - `raises` would keep the frames
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            gc.enable()
    assert held < len(body)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
async def test_signals_meant_for_the_daemon_leave_a_job_alone(name, capfd):
    async with workers() as crew:
        pid, _ = await crew.run(mirrors, None)
        job = asyncio.create_task(crew.run(time.sleep, 0.3))
        await asyncio.sleep(0.1)
        os.kill(pid, getattr(signal, name))
        await job
        assert (await crew.run(mirrors, None))[0] == pid
    assert capfd.readouterr().err == ""


async def test_an_answer_that_is_too_large_is_not_brought_home():
    async with workers() as crew:
        pid, _ = await crew.run(mirrors, None)
        with pytest.raises(ParseError, match="its answer is of 95 MB") as refused:
            await crew.run(bytes, 100_000_000)
        assert refused.value.failure == "too-large"
        assert (await crew.run(mirrors, None))[0] == pid, "it costs no worker"


# ---- how many, and for how long ---------------------------------------------------


async def test_no_process_before_the_first_job_and_never_more_than_count():
    before = children()
    async with workers(2) as crew:
        assert children() == before
        pids = {pid for pid, _ in await asyncio.gather(*(crew.run(mirrors, n) for n in range(9)))}
        assert len(pids) <= 2
        assert children() - before == pids
    assert not children() - before


async def test_a_worker_retires_after_its_jobs():
    async with workers(jobs=3) as crew:
        pids = [(await crew.run(mirrors, n))[0] for n in range(7)]
        assert not crew._busy
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]
    assert all(map(gone, pids))


async def test_closing_cuts_short_what_runs_and_refuses_the_rest():
    crew = Workers(1)
    running = asyncio.create_task(crew.run(time.sleep, 60))
    waiting = asyncio.create_task(crew.run(time.sleep, 60))
    await asyncio.sleep(0.5)
    start = time.monotonic()
    await crew.aclose()
    assert time.monotonic() - start < 10
    for job in (running, waiting):
        with pytest.raises(ParseError, match="its process ended"):
            await job
    with pytest.raises(RuntimeError, match="closed"):
        await crew.run(abs, -1)
    await crew.aclose()


def test_nothing_is_left_behind_when_the_loop_ends(recwarn):
    before = children()

    async def day():
        async with workers(2, cpu=0.1) as crew:
            await asyncio.gather(*(crew.run(abs, -n) for n in range(4)))
            with pytest.raises(ParseError):
                await crew.run(spin, 60)

    asyncio.run(day())
    gc.collect()
    assert not children() - before
    assert not [w for w in recwarn if issubclass(w.category, ResourceWarning)]


@pytest.mark.parametrize("then", ["asyncio.sleep(60)", "crew.run(time.sleep, 60)"])
def test_workers_end_with_a_parent_that_is_killed(then):
    """An idle one sees the end of its input, a busy one has an alarm of its own."""
    program = textwrap.dedent(f"""
        import asyncio, os, time
        from monitor.workers import Workers
        async def main():
            crew = Workers(patience=3)
            print(await crew.run(os.getpid), flush=True)
            await {then}
        asyncio.run(main())
    """)
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        assert not gone(pid)
        parent.kill()
    deadline = time.monotonic() + PATIENCE
    while not gone(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not gone(pid):
        os.kill(pid, signal.SIGKILL)
        pytest.fail("the worker outlived its parent")
