"""Profiles kept in step with the labels in the store, also while the daemon runs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from monitor.store.store import Store
from monitor.story.labels import taught
from monitor.story.profile import Profile


class Teacher:
    """Holds what was learnt from the seeds, and teaches it anew when labels change."""

    def __init__(self, learnt: Mapping[str, Profile], store: Store) -> None:
        """Take profiles as learnt; `profiles` are taught from the start, then changed in place."""
        self._learnt = learnt
        self._store = store
        self._versions: dict[str, int] = {}
        self.profiles: dict[str, Profile] = dict(learnt)
        for name, version in self._changed().items():
            self.profiles[name] = taught(learnt[name], store.labels.of(name))
            self._versions[name] = version

    async def look(self) -> list[Profile]:
        """Teach what has new labels, until there are none.

        With 200 labels it takes a second of CPU, on a thread of its own; those that come
        meanwhile are taught as well.
        """
        found = []
        while changed := self._changed():
            for name, version in changed.items():
                labels = self._store.labels.of(name)
                self.profiles[name] = await asyncio.to_thread(taught, self._learnt[name], labels)
                self._versions[name] = version
                found.append(self.profiles[name])
        return found

    def _changed(self) -> dict[str, int]:
        return {
            name: version
            for name, version in self._store.labels.version().items()
            if name in self._learnt and version != self._versions.get(name)
        }
