"""Which stored article a user means: by number, address or alert."""

from __future__ import annotations

from typing import Any

from monitor.alert.direction import one_line
from monitor.identify.address import canonical
from monitor.model import Config
from monitor.store.store import Store


def written_out(wanted: str) -> str:
    """An address as people write or paste it: without a scheme, with marks of direction around it."""
    wanted = one_line(wanted)
    return f"https://{wanted}" if "." in wanted and "://" not in wanted else wanted


def addresses(config: Config, wanted: str) -> list[str]:
    """Every canonical form that a source of ours may have stored an address under."""
    patterns = {None, *(source.article_id for source in config.sources)}
    found = []
    for pattern in patterns:
        try:
            found.append(canonical(written_out(wanted), article_id=pattern))
        except ValueError:
            continue
    return found


def article(config: Config, store: Store, wanted: str) -> dict[str, Any] | None:
    """Its row; None where nothing of it is stored."""
    return store.articles.find(wanted, addresses(config, wanted)) or store.articles.alerted(wanted)
