"""The key by which a source's next poll knows an entry again."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.identify.address import canonical
from monitor.model import Entry, Source


def key_entries(source: Source, entries: Sequence[Entry]) -> dict[str, Entry]:
    """Entries under the key by which this source's polls know them again, first one wins.

    The key is the canonical address; the guid joins it where one reading shows two
    guids at one address (a feed whose links all lead to the front page), and stands
    alone where there is no address.
    """
    addressed: list[tuple[str | None, Entry]] = []
    guids: dict[str, set[str | None]] = {}
    for entry in entries:
        address = None
        if entry.url:
            try:
                address = canonical(entry.url, article_id=source.article_id)
            except ValueError:
                address = None
        if address is not None:
            guids.setdefault(address, set()).add(entry.guid)
        addressed.append((address, entry))
    keyed: dict[str, Entry] = {}
    for address, entry in addressed:
        if address is None:
            key = f"guid:{entry.guid}" if entry.guid else f"title:{entry.title}"
        elif len(guids[address]) > 1:
            key = f"{address} guid:{entry.guid}"
        else:
            key = address
        keyed.setdefault(key, entry)
    return keyed
