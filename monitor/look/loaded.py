"""Whether the running daemon works by what is written: it reads again only when it is told to."""

from __future__ import annotations

from monitor.config.stand import changed, place, stand
from monitor.model import Config
from monitor.store.lock import holder
from monitor.store.store import Store

MEND = "monitor reload"


def unread(config: Config, store: Store) -> str:
    """What the daemon has not read, in a sentence; empty where it has all, or none runs."""
    loaded = store.care.loaded() if holder(config.database) else None
    if loaded is None:
        return ""
    if loaded.path != place(config.path):
        return f"the daemon reads {loaded.path}, and not {config.path}"
    names = changed(loaded.stand, stand(config))
    if not names and loaded.wrong:
        return f"{config.path.name} was wrong when the daemon began, and is as before that again"
    if not names:
        return (
            f"the daemon works without {loaded.without}; mend or remove it first"
            if loaded.without
            else ""
        )
    whole = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    said = f"{whole} changed since the daemon last read them, {loaded.at:%Y-%m-%d %H:%M} UTC"
    if loaded.wrong:
        said += f"; it began by what was in force before, as {loaded.wrong.splitlines()[0]}"
    if loaded.refused and loaded.asked:
        said += f"; at {loaded.asked:%H:%M} it refused: {loaded.refused.splitlines()[0]}"
    return said
