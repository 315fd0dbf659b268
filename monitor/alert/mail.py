"""An alert as the bytes of one e-mail (RFC 5322, MIME), the same bytes each time."""

from __future__ import annotations

import re
from base64 import b64encode
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import quote

from monitor.alert.render import Letter
from monitor.model import Alert, Bulletin, Channel, Notice, Sequel

_PLAIN = re.compile(r"(?!.*=\?)[ -~]{1,60}")
_WORD = 45  # bytes in one encoded word: 60 letters of base64, 72 with its frame (RFC 2047, 2)


def message_id(told: Alert | Notice | Bulletin | Sequel, channel: Channel) -> str:
    """The key of an alert or notice on a channel, made of nothing that changes between attempts."""
    domain = sender(channel).domain
    return f"<{_atom(told.id)}.{_atom(channel.name)}@{domain}>"


def sender(channel: Channel) -> Address:
    """From and envelope sender; `story-monitor@` the mail server where none is named."""
    if channel.sender:
        return address(channel.sender)
    host = channel.smtp.host if channel.smtp else "localhost"
    try:
        ip_address(host)
    except ValueError:
        return Address(username="story-monitor", domain=_ascii(host))
    return Address(username="story-monitor", domain="localhost")


def address(written: str) -> Address:
    """`Desk <desk@example.org>` or the bare address; a domain of any script becomes ASCII."""
    name, plain = parseaddr(written)
    username, _, domain = plain.rpartition("@")
    return Address(display_name=name, username=username, domain=_ascii(domain))


def mail(
    letter: Letter,
    told: Alert | Notice | Bulletin | Sequel,
    channel: Channel,
    *,
    about: str,
) -> bytes:
    """Write the whole message for all recipients of a channel, who see each other.

    `about` names the list that it belongs to: a story, or the notices.

    Both bodies are base64 of UTF-8, so no line is longer than 76 letters and none
    starts with `From ` or a dot, whatever a headline holds.
    """
    key = message_id(told, channel)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(channel)
    message["To"] = [address(one) for one in channel.to]
    message["Date"] = format_datetime(told.created)
    message["Message-ID"] = key
    first = told.threads.get(channel.name) if isinstance(told, Alert | Sequel) else None
    if first is not None and first != key:
        # The first mail of the development: readers gather the later ones under it.
        message["In-Reply-To"] = first
        message["References"] = first
    # No answers of the reader's absence (RFC 3834); Exchange has a word of its own for that ([MS-OXCMAIL]).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"<{_atom(about)}.story-monitor.{sender(channel).domain}>"
    message.set_content(_crlf(letter.text), charset="utf-8", cte="base64")
    message.add_alternative(_crlf(letter.html), subtype="html", charset="utf-8", cte="base64")
    # After the bodies: the library takes Content fields that stand before for the first part's.
    message["Content-Language"] = channel.language
    # Set, because a random one would make the bytes of two renderings differ.
    message.set_boundary(f"=_{sha256(key.encode()).hexdigest()[:32]}")
    # Beside the library, whose folding of long encoded headers loses blanks between words.
    return b"Subject: " + encoded(letter.subject) + b"\r\n" + message.as_bytes()


def encoded(text: str) -> bytes:
    """An unstructured header's value, folded (RFC 2047): words cut between letters only.

    Blanks stand inside the encoded words, because those between two of them are
    dropped by every reader (RFC 2047, 6.2).
    """
    if _PLAIN.fullmatch(text):
        return text.encode("ascii")
    words: list[bytes] = []
    word = b""
    for letter in text:
        octets = letter.encode("utf-8", "replace")
        if len(word) + len(octets) > _WORD:
            words.append(word)
            word = b""
        word += octets
    words.append(word)
    return b"\r\n ".join(b"=?utf-8?B?" + b64encode(one) + b"?=" for one in words)


def _crlf(text: str) -> str:
    # Text bodies have CRLF line ends in canonical form, before base64 (RFC 2049, 4).
    return text.replace("\n", "\r\n").encode("utf-8", "replace").decode()


def _atom(name: str) -> str:
    # Percent signs may stand in an atom; blanks, dots and other letters may not.
    return quote(name, safe="").replace(".", "%2E")


def _ascii(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")
