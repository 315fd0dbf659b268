"""HTTP read and written without h11: what h11 would read and write, or None."""

from __future__ import annotations

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch import wire

HOST = (b"Host", b"a.example")
NAMES = ("ETag", "Content-Type", "content-length", "Connection", "Transfer-Encoding", "Upgrade", "X y", "Ünicode", "", " Folded")  # fmt: skip
VALUES = ("", "5", "05", "5, 5", "-5", "5x", "close", "Keep-Alive", "chunked", "gzip", "a  b\tc", " \t ", "\x7f", "\x00", "é", "a\rb", "\x0b", '"W/x"', "9" * 16)  # fmt: skip
STATUS = ("HTTP/1.1 200 OK", "HTTP/1.1 304", "HTTP/1.1 204 ", "HTTP/1.1 404 é\t!", "HTTP/1.1 101 X", "HTTP/1.1 100 Go on", "HTTP/1.0 200 OK", "HTTP/1.1 200OK", "HTTP/1.1 20 OK", "HTTP/1.1 600 X", "http/1.1 200 OK", "")  # fmt: skip
ENDS = ("\r\n", "\n")

lines = st.tuples(st.sampled_from(NAMES), st.sampled_from([":", ": ", ":\t ", " :", ""]), st.sampled_from(VALUES), st.sampled_from(["", " "])).map("".join)  # fmt: skip


@st.composite
def answers(draw) -> bytes:
    head = [draw(st.sampled_from(STATUS)), *draw(st.lists(lines, max_size=5)), ""]
    if draw(st.booleans()):
        head.insert(1, "Content-Length: 5")
    ends = [draw(st.sampled_from(ENDS * 3)) if draw(st.booleans()) else "\r\n" for _ in head]
    written = "".join(map("".join, zip(head, ends, strict=True))).encode("latin-1")
    return written + draw(st.sampled_from([b"", b"12", b"12345", b"12345HTTP/1.1 200 OK\r\n"]))


def asked() -> h11.Connection:
    http = h11.Connection(h11.CLIENT)
    http.send(h11.Request(method=b"GET", target=b"/", headers=[HOST]))
    http.send(h11.EndOfMessage())
    return http


def by_h11(data: bytes, body: int) -> tuple[int, list[tuple[bytes, bytes]], bytes, bytes, bool]:
    """Status, headers, the body with what it lacks, what comes behind, and whether another may follow."""
    http = asked()
    http.receive_data(data)
    head = http.next_event()
    assert isinstance(head, h11.Response)
    found = b""
    while isinstance(event := http.next_event(), h11.Data) or event is h11.NEED_DATA:
        if event is h11.NEED_DATA:
            # Nothing but this many more bytes end it.
            missing = body - len(found)
            assert missing > 0
            http.receive_data(b"." * missing)
        else:
            found += event.data
    assert isinstance(event, h11.EndOfMessage)
    return head.status_code, head.headers.raw_items(), found, http.trailing_data[0], http.their_state is h11.DONE  # fmt: skip


@settings(max_examples=500)
@given(answers())
def test_an_answer_is_h11s(data: bytes) -> None:
    found = wire.head(data)
    if found is None:
        return
    behind = data[found.size :]
    status, headers, body, more, kept = by_h11(data, found.length)
    assert (found.head.status, found.head.headers) == (status, headers)
    assert (len(body), kept) == (found.length, True)
    assert body.startswith(behind[: found.length])
    assert more == behind[found.length :]


@pytest.mark.parametrize(
    ("data", "length"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12", 5),
        (b"HTTP/1.1 200\r\ncontent-length:05\r\nConnection: Keep-Alive\r\n\r\n", 5),
        (b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n', 0),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 0),
        (b"HTTP/1.1 503 \xe9\r\nServer:\r\nContent-Length: 0 \r\n\r\n", 0),
    ],
)
def test_most_answers_are_read(data: bytes, length: int) -> None:
    found = wire.head(data)
    assert found is not None
    assert found.length == length


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n Folded: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 5\n\n",
    ],
)
def test_what_is_h11s(data: bytes) -> None:
    assert wire.head(data) is None


@settings(max_examples=200)
@given(
    st.sampled_from([b"/", b"/a?b=c", b"", b"/a b", b"/\xe9", b"/a\r\nX: y", b"http://a.example/"]),
    st.lists(st.tuples(st.sampled_from([*NAMES, "Host"]), st.sampled_from([*VALUES, "a\r\nX: y", "x "])), max_size=4),
)  # fmt: skip
def test_a_request_is_h11s(target: bytes, more: list[tuple[str, str]]) -> None:
    headers = [HOST, *((name.encode("latin-1"), value.encode("latin-1")) for name, value in more)]
    written = wire.request(b"GET", target, headers)
    if written is None:
        return
    http = h11.Connection(h11.CLIENT)
    assert written == http.send(h11.Request(method=b"GET", target=target, headers=headers))
    assert not http.send(h11.EndOfMessage())
    assert http.our_state is h11.DONE


def test_most_requests_are_written() -> None:
    headers = [HOST, (b"User-Agent", b"x/1 (+y z)"), (b"If-None-Match", b'W/"\xe9"'), (b"X", b"")]
    written = wire.request(b"GET", b"/feed?a=b", headers)
    assert written == b'GET /feed?a=b HTTP/1.1\r\nHost: a.example\r\nUser-Agent: x/1 (+y z)\r\nIf-None-Match: W/"\xe9"\r\nX: \r\n\r\n'  # fmt: skip


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        (b"POST", [HOST]),
        (b"GET", []),
        (b"GET", [HOST, HOST]),
        (b"GET", [(b"X", b"y"), HOST]),
        (b"GET", [HOST, (b"Connection", b"close")]),
        (b"GET", [HOST, (b"X", b"two\r\nLines: y")]),
    ],
)
def test_what_h11_must_look_at(method: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    assert wire.request(method, b"/", headers) is None
