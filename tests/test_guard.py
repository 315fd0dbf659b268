"""The address guard: every spelling, and every block of addresses."""

from __future__ import annotations

import json
import subprocess
import sys
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.guard import host_key, public, verdict

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/guard/verdicts.jsonl").read_text().splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[ascii(case["url"]) for case in CASES])
def test_the_text_of_an_address_is_judged(case):
    why = verdict(case["url"])
    if case["why"] is None:
        assert why is None
    else:
        assert why is not None
        assert case["why"] in why


@pytest.mark.parametrize("case", CASES, ids=[ascii(case["url"]) for case in CASES])
def test_private_lifts_the_rule_on_hosts_and_no_other(case):
    why = verdict(case["url"], private=True)
    lifted = case["why"] in (None, "not a public address", "local name")
    assert (why is None) == lifted


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{}", "0x{:x}", "0{:o}"]))
def test_a_number_is_judged_as_the_address_it_is(number, spelling):
    allowed = verdict(f"http://{spelling.format(number)}/") is None
    assert allowed == public(IPv4Address(number))


@given(st.integers(0, 2**32 - 1))
def test_v4_inside_v6_is_judged_as_v4(number):
    inner = IPv4Address(number)
    for outer in (
        IPv6Address(f"::ffff:{inner}"),
        IPv6Address(f"64:ff9b::{inner}"),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
    ):
        assert public(outer) == public(inner)


SPECIAL = ("private", "loopback", "link_local", "multicast", "unspecified", "reserved")


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6, network="2000::/3")))
def test_nothing_that_python_calls_special_is_public(address):
    assert not public(address) or not any(getattr(address, f"is_{kind}") for kind in SPECIAL)


@pytest.mark.parametrize("text", ["1.1.1.1", "9.9.9.9", "2a00:1450::1", "2001:4860:4860::8888"])
def test_public_addresses_are_public(text):
    assert public(ip_address(text))


@given(st.text())
def test_any_text_has_a_verdict(text):
    why = verdict(text)
    assert why is None or why


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://Example.com/a", "example.com"),
        ("https://example.com./b", "example.com"),
        ("http://example.com:443/", "example.com"),
        ("http://example.com:8080/", "example.com:8080"),
        ("http://[2606:4700::1]:81/", "[2606:4700::1]:81"),
        ("http://مثال.إختبار/", "xn--mgbh0fb.xn--kgbechtv"),
    ],
)
def test_one_server_has_one_key(url, key):
    assert host_key(url) == key


def test_the_guard_is_cheap_to_import():
    program = (
        "import sys; import monitor.fetch.guard; "
        "print(*sorted({'httpx','httpcore','asyncio','ssl','protego','brotli'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
