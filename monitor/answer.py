"""What a reader answers from the inbox, carried out: the desk that `web/answers.py` asks for."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import datetime

from monitor.alert.answers import Asked
from monitor.desk import mark
from monitor.store.labels import Said
from monitor.store.store import Store


class Desk:
    """Labels and mutes over a store, as the commands do them; each is logged and reversible."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Use an open store."""
        self._store = store
        self._clock = clock

    def about(self, asked: Asked) -> str | None:
        """The headline of what is asked about; None where it is no longer there."""
        story = self._store.stories.present(asked.story)
        if asked.act == "mute":
            development = self._standing(story, asked.number)
            if self._store.desk.state(story, development) is None:
                return None
            named = self._store.desk.title(story, development)
            return named or self._title(development)
        return self._title(asked.number)

    def answer(self, asked: Asked) -> bool:
        """Do it; False where it was so already. Raises StoreError where it cannot be written."""
        now, story = self._clock(), self._store.stories.present(asked.story)
        if asked.act == "mute":
            development = self._standing(story, asked.number)
            return mark(self._store, story, "mute", development, now) is not None
        said: Said = asked.act
        with self._store.transaction():
            return self._store.labels.say(story, asked.number, said, now) != said

    def undo(self, asked: Asked) -> str:
        """The command that takes it back."""
        story = self._store.stories.present(asked.story)
        if asked.act == "mute":
            development = self._standing(story, asked.number)
            return f"monitor development unmute {development} --story {shlex.quote(story)}"
        return f"monitor label {asked.number} --undo --story {shlex.quote(story)}"

    def _standing(self, story: str, development: int) -> int:
        """The development that a number stands for by now: merged ones are part of another."""
        seen = {development}
        while (into := self._store.desk.merged_into(story, development)) is not None:
            if into in seen:
                break
            seen.add(into)
            development = into
        return development

    def _title(self, article: int) -> str | None:
        row = self._store.articles.find(str(article))
        return None if row is None else str(row["title"])
