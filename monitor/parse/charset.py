"""Bytes to text: byte order mark, well-formed UTF-8, declared labels, then detection.

The order differs from the WHATWG's: bytes that *are* well-formed UTF-8 with
letters beyond ASCII are UTF-8 whatever a header says, because no other encoding
produces such bytes by chance and servers often declare a wrong one; and an XML
declaration, which its writer put there, goes before the server's header (against
RFC 7303, 3.2, as feeds need it).
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels mean the larger set that pages really use (WHATWG Encoding, 4.2), by Python's names.
_WIDER: Final = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "korean": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "ks_c_5601-1989": "cp949",
    "windows-949": "cp949",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "gb_2312-80": "gb18030",
    "cn-big5": "big5hkscs",
    "windows-874": "cp874",
    "koi8": "koi8-r",
    "mac": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "arabic": "iso8859-6",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "unicode": "utf-8",
    **{f"x-cp{number}": f"cp{number}" for number in range(1250, 1259)},
}
# Python's own ways to write text; two of them cannot replace what is no text.
_NO_CHARSETS: Final = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape")
)
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)
_PROLOG: Final = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE
)
_META: Final = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
# From a word's first byte only, or a picture in base64 would be looked at from each of its bytes.
_WORDS: Final = re.compile(rb"(?<![^\s<>\"'=])[^\s<>\"'=\x80-\xff]*+[\x80-\xff][^\s<>\"'=]*+")
_BEYOND: Final = re.compile(r"[^\x00-\x7f]+")
_LOOK_AHEAD: Final = 65_536  # a meta tag this late still counts; the standard stops at 1024
_SAMPLE: Final = 20_000
# Eight-bit charsets that UTF-8 gets taken for. Latin-1 and the holes of the others give controls.
_MISTAKEN: Final = tuple(
    {chr(byte): byte for byte in range(0x80, 0xA0)}
    | {bytes([byte]).decode(name, "ignore"): byte for byte in range(0x80, 0x100)}
    for name in ("cp1252", "cp1256", "cp1251")
)
_RUN: Final = re.compile(r"[^\x00-\x7f]{4,}")
_RUNS: Final = 40
_FEW_RUNS: Final = _RUNS // 10 + 1  # more than may say nothing, however many there are
_LONG_RUN: Final = 200
_OPENING: Final = 4_096  # bytes


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of `body`; undecodable bytes become U+FFFD. Never raises.

    What was encoded twice (UTF-8 taken for windows-1252, 1256 or 1251 and encoded
    again) is undone.
    """
    text = _told(body, content_type)
    if text is None:
        labels = _labels(body, content_type)
        name = _detected(body) or (labels[0] if labels else "utf-8")
        text = body.decode(name, "replace")
    return _encoded_once(text)


def told(body: bytes, content_type: str | None = None) -> str | None:
    """The same, None where the bytes and their labels do not tell: detection may take seconds."""
    text = _told(body, content_type)
    return None if text is None else _encoded_once(text)


def opening(body: bytes) -> str | None:
    """The first tags of what is nothing but its text in UTF-8, if it is UTF-8 throughout.

    None where `decode` must look closer.
    """
    if b"\x00" in body or b"\x1b" in body or body.startswith(codecs.BOM_UTF8):
        return None
    try:
        text = body[: body.rfind(b">", 0, _OPENING) + 1].decode()
    except UnicodeDecodeError:
        return None
    # `_encoded_once` looks no further where so many runs say nothing.
    runs = [run[0][:_LONG_RUN] for run in islice(_RUN.finditer(text), _FEW_RUNS)]
    told = len(runs) == _FEW_RUNS and _is_letters(runs)
    return text if told else None


def _told(body: bytes, content_type: str | None) -> str | None:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if (wide := _without_mark(body)) is not None:
        return body.decode(wide, "replace")
    # ISO-2022 is seven-bit, so its bytes pass for ASCII; only its label tells it.
    escaped = b"\x1b" in body[:_LOOK_AHEAD]
    if not (escaped and any(n.startswith("iso2022") for n in _labels(body, content_type))):
        if body.isascii():
            return body.decode("ascii")
        if (text := _utf8(body)) is not None:
            return text
    for name in _labels(body, content_type):
        if name == "cp1252" and _is_dense(body):
            continue  # a server's default label over another script
        try:
            return body.decode(name)
        except (UnicodeError, LookupError):
            continue
    return None


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """Codecs by what was declared: prolog, header, meta tag; a Latin-1 default after them all."""
    head = body[:_LOOK_AHEAD]
    prolog, meta = _PROLOG.search(head[:400]), _META.search(head)
    header = _HEADER.search(content_type or "")
    labels = (
        prolog[1].decode("ascii") if prolog else "",
        header[1] if header else "",
        meta[1].decode("ascii") if meta else "",
    )
    names = [name for label in labels if (name := _codec(label))]
    return sorted(dict.fromkeys(names), key=lambda name: name == "cp1252")


def _codec(label: str) -> str | None:
    label = label.strip().lower()
    if not label:
        return None
    try:
        found = codecs.lookup(_WIDER.get(label, label))
    except LookupError:
        return None
    # A tag that could be read as ASCII cannot be in UTF-16; Python's text transforms are no charsets.
    if found.name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"
    if found.name in _NO_CHARSETS or not found._is_text_encoding:  # noqa: SLF001  the only way to tell
        return None
    return found.name


def _utf8(body: bytes) -> str | None:
    """The text if the bytes are UTF-8, a few broken places (a cut, a bad ad) allowed."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if beyond > 20 * broken else None


def _encoded_once(text: str) -> str:
    """The text with a second encoding undone, where nearly every word of it shows one."""
    if text.isascii():
        return text
    # Runs of four letters and more can hardly be UTF-8 by chance.
    runs = (run[0][:_LONG_RUN] for run in islice(_RUN.finditer(text), _RUNS))
    telling = list(islice(runs, _FEW_RUNS))
    if _is_letters(telling):
        return text
    telling += runs
    most = len(telling) // 10  # runs that may say nothing
    for letters in _MISTAKEN:
        missing = _failing(telling, letters, most + 1)
        if len(telling) - missing > 2 and missing <= most:
            return _BEYOND.sub(lambda run: _undone(run[0], letters) or run[0], text)  # noqa: B023 - used here
    return text


def _is_letters(runs: list[str]) -> bool:
    """Whether so many runs say nothing in UTF-8, whatever it was taken for, that no more need be looked at."""
    return all(_failing(runs, letters, _FEW_RUNS) == _FEW_RUNS for letters in _MISTAKEN)


def _failing(runs: list[str], letters: dict[str, int], most: int) -> int:
    """How many of the runs, counted up to `most`, say nothing in UTF-8."""
    failed = (run for run in runs if _undone(run, letters, cut=True) is None)
    return sum(1 for _ in islice(failed, most))


def _undone(run: str, letters: dict[str, int], *, cut: bool = False) -> str | None:
    """What the letters' bytes say in UTF-8, None where they say nothing; `cut` in mid-letter."""
    # By its first two bytes nearly every other run is told (RFC 3629, 4).
    lead, second = letters.get(run[0], 0), letters.get(run[1:2], 0x80)
    if not (lead >= 0xC2 and 0x80 <= second < 0xC0):
        return None
    try:
        encoded = bytes(map(letters.__getitem__, run))
        return codecs.getincrementaldecoder("utf-8")().decode(encoded, final=not cut)
    except (KeyError, UnicodeDecodeError):
        return None


def _without_mark(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, known by the zeros beside the first angle bracket."""
    head = body[:4]
    if head in {b"<\x00\x00\x00", b"\x00\x00\x00<"}:
        return "utf-32-le" if head[:1] == b"<" else "utf-32-be"
    if head[:1] == b"<" and head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return "utf-16-le"
    if head[:2] == b"\x00<" and head[2:3] == b"\x00":
        return "utf-16-be"
    return None


def _is_dense(body: bytes) -> bool:
    """Whether letters beyond ASCII make up most of the words that have any: not Western Europe."""
    words = b"".join(_WORDS.findall(body[: 20 * _SAMPLE])[:2_000])
    return sum(byte >= 0x80 for byte in words) * 2 > len(words) > 0


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415  needed by few pages, slow to load

    # Markup is ASCII in every candidate and would drown the evidence.
    sample = b" ".join(_WORDS.findall(body))[:_SAMPLE]
    best = from_bytes(sample).best()
    return best.encoding if best else None
