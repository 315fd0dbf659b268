"""What the daemon says of itself as a turn begins: what is polled, what is followed, where alerts go."""

from __future__ import annotations

from datetime import timedelta

import structlog

from monitor.daemon.rig import leads_to
from monitor.look.status import STRANDED
from monitor.parts import Parts

log = structlog.get_logger()

_LISTED = 200  # sources that are named one by one at the start


def introduce(parts: Parts) -> None:
    """One line each, unless there are very many sources."""
    config = parts.config
    for warning in config.warnings:
        log.warning("configuration", note=warning)
    enabled = [source for source in config.sources if source.enabled]
    if len(enabled) > _LISTED:
        log.info("polls", sources=len(enabled), each="monitor status")
    else:
        for source in enabled:
            # Without a word of the user's, each source teaches its own pace.
            every = _short(source.every) if source.every else "as it publishes"
            log.info("polls", source=source.name, every=every, url=source.url)
    if not enabled:
        log.warning("no source is polled", mend="monitor add URL")
    for name, profile in parts.profiles.items():
        log.info("follows", story=name, profile=profile.version)
    for channel in config.channels:
        log.info("alerts go to", channel=channel.name, kind=channel.kind, to=leads_to(channel))
    for name, count in parts.store.deliveries.stranded([c.name for c in config.channels]).items():
        log.warning("alerts without a way out", channel=name, waiting=count, note=STRANDED)
    if hold := parts.store.care.held():
        log.warning("held", note=str(hold), since=hold.since.isoformat())


def _short(span: timedelta) -> str:
    """As it is written in the configuration: 90s, 15m, 6h."""
    seconds = span.total_seconds()
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"
