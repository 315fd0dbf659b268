"""The addresses in sources.yaml: of sites and services, of this machine, of people.

As in `values`, each check raises ValueError with a message for the writer of the file that
repeats nothing of what was written: a password may stand in an address.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from monitor.config.values import secret, text
from monitor.model import Secret

# An address in which nothing can be wrong.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")
_LOCAL = r"[^\s@<>(),:;\\\"\[\]\x00-\x1f\x7f]+"
_DOMAIN = r"(?:[^\W_](?:[\w-]*[^\W_])?)(?:\.[^\W_](?:[\w-]*[^\W_])?)*"


def url(value: object) -> str:
    """Check an absolute http or https address."""
    wanted = "expected an address such as https://example.org/feed"
    address = text(value)
    if _PLAIN.fullmatch(address):
        return address
    if re.search(r"\s", address):
        raise ValueError(f"{wanted}, without blanks: write %20 for a blank")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{wanted}: {_why(error)}") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"{wanted}, beginning with https:// or http://")
    if not host or host.startswith(".") or ".." in host:
        raise ValueError(f"{wanted}: it names no host")
    return address


def address(value: object) -> str | Secret:
    """Check where a channel leads: a web address; a chat service's, best as a secret."""
    if isinstance(value, dict):
        return secret(value)
    if isinstance(value, str) and re.match(
        r"(?!https?:)[a-z][a-z0-9+.-]*://.", value, re.IGNORECASE
    ):
        return Secret(kind="plain", value=value)
    return url(value)


def is_here(host: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(value: object) -> tuple[str, int]:
    """Check an address of this machine to listen on: host and port."""
    wanted = "expected an address and port of this machine such as 127.0.0.1:8085"
    try:
        parts = urlsplit(f"//{text(value)}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(wanted) from None
    if not host or port is None or parts.path or parts.username:
        raise ValueError(wanted)
    return host, port


def proxy(value: object) -> str:
    """Check the address of an HTTP proxy: `http://user:password@proxy.example.org:3128`."""
    wanted = "expected the address of an HTTP proxy such as http://proxy.example.org:3128"
    try:
        parts = urlsplit(url(value))
    except ValueError:
        raise ValueError(wanted) from None
    if parts.port is None:
        raise ValueError(f"{wanted}, with its port")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{wanted}, with nothing after the port")
    return f"{parts.scheme}://{parts.netloc}"


def _why(error: ValueError) -> str:
    return (
        "its port is no number up to 65535"
        if "port" in str(error).lower()
        else "its host is ill-formed"
    )


def email(value: object) -> str:
    """Check one bare e-mail address; letters of any script (RFC 6531), no blanks or brackets."""
    if isinstance(value, str) and len(value) <= 254 and re.fullmatch(f"{_LOCAL}@{_DOMAIN}", value):
        return value
    raise ValueError("expected an e-mail address such as desk@example.org")


def sender(value: object) -> str:
    """Check an e-mail address, or a name with the address in angle brackets."""
    if isinstance(value, str) and (found := re.fullmatch(r"([^<>\r\n\"]*)<([^<>]*)>", value)):
        return f"{found[1].strip()} <{email(found[2])}>".strip()
    return email(value)


def contact(value: object) -> str:
    """Check an e-mail or web address: it stands in the User-Agent, so ASCII without brackets."""
    line = text(value)
    if line.isascii() and not re.search(r"[\s()<>]", line):
        for check in (email, url):
            try:
                return check(line)
            except ValueError:
                continue
    raise ValueError("expected an e-mail or web address such as desk@example.org")
