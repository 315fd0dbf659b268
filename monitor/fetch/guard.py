"""The address guard: which addresses the monitor may visit at all.

Feeds and pages are written by strangers, and what they link to is fetched by a
daemon that stands inside somebody's network. So an address is judged twice:
here by its text alone (`verdict`), and when the name has been resolved, by the
very IP address that is then connected to (`public`, asked by `fetch.network`).

Cheap on purpose: nothing but the URL parser and the standard library.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import ada_url

from monitor.identify.href import normal

Address = IPv4Address | IPv6Address

# The tables are our own, because what `ipaddress.is_global` says depends on the
# version of Python. IANA's IPv4 special-purpose registry, the multicast and
# reserved classes, and one cloud's host-only service on a public number.
_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# IPv6 the other way round: only 2000::/3 is handed out as global unicast (RFC
# 4291), less IETF's own (Teredo, ORCHID, benchmarks) and the documentation blocks.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_NAT64 = IPv6Network("64:ff9b::/96")

_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa")


def verdict(url: str, *, private: bool = False) -> str | None:
    """None if `url` may be visited as far as its text tells, else why not.

    The text is read as browsers read it (WHATWG URL), so that no spelling of an
    IP address (decimal, octal, hex, short, full-width digits, v4 inside v6) is
    taken for a name. Plain host names pass: they are judged once resolved.
    A user name or password in an address is refused, because addresses are
    stored, logged and mailed; a source that needs one has its `headers`.
    `private` lifts the rule on hosts, not the one on schemes and passwords.
    """
    if (plain := normal(url)) is not None:  # http or https, and nothing before the host
        return None if private else _of_host(plain.hostname, plain.hostname[-1].isdigit())
    try:
        parsed = ada_url.URL(url)
    except (ValueError, UnicodeError):
        return "it is no valid address"
    if parsed.protocol not in ("http:", "https:"):
        return f"only http and https are visited, not {str(parsed.protocol).rstrip(':')}"
    if parsed.username or parsed.password:
        return "it carries a user name or password; use the source's `headers`"
    if private:
        return None
    return _of_host(parsed.hostname.rstrip("."), parsed.host_type != ada_url.HostType.DEFAULT)


def _of_host(host: str, is_number: bool) -> str | None:
    if is_number:
        address = ip_address(host.strip("[]"))
        return None if public(address) else f"{address} is not a public address"
    if not host:
        return "it names no host"
    if any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        return f"{host} is a local name"
    return None


def public(address: Address) -> bool:
    """Whether `address` is a public unicast one.

    An IPv6 address that carries an IPv4 one (mapped, RFC 4291; NAT64, RFC 6052;
    6to4, RFC 3056) is judged by what it carries, since that is where the packets go.
    """
    if isinstance(address, IPv6Address):
        carried = _carried(address)
        if carried is None:
            return address in _OPEN_V6 and not any(address in net for net in _CLOSED_V6)
        address = carried
    return not any(address in net for net in _CLOSED_V4)


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


@lru_cache(maxsize=1024)
def host_key(url: str) -> str:
    """The server of an http(s) address, as politeness counts servers.

    The host name, with the port where it is an unusual one: http and https of
    one name are one server, `:8080` is another. Raises ValueError on no address.
    """
    parsed = normal(url) or ada_url.URL(url)
    name = str(parsed.hostname).rstrip(".")
    port = str(parsed.port)
    return f"{name}:{port}" if port and port not in ("80", "443") else name
