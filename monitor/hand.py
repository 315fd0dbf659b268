"""What a user does on the page, carried out: the hand that `web/page/acts.py` asks for.

It does as the commands do, by the same rooms (`desk`, the labels), over a connection of its own
and in a thread of its own: to gather a merged development may take a second, which polls need not
wait for. Each act is one transaction, and is logged where the commands log theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from monitor import desk
from monitor.bulletin import Editor
from monitor.errors import MonitorError, StoreError
from monitor.model import Config
from monitor.store.desk import Verb
from monitor.store.labels import Said
from monitor.store.store import Store
from monitor.story.profile import Profile

Act = Literal[
    "yes", "no", "none", "mute", "unmute", "rename", "note", "merge", "split", "undo", "poll",
    "known", "unknown", "resend", "dismiss", "release",
]  # fmt: skip
ACTS: Final[Mapping[str, Act]] = {act: act for act in get_args(Act)}
_MARKS: Final[Mapping[str, Verb]] = {
    "mute": "mute", "unmute": "unmute", "rename": "rename", "note": "note",
}  # fmt: skip
Why = Literal["gone", "merged", "changed", "later", "source", "over", "cannot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be done. `number` is an article's for labels and split, else a development's.

    For known and unknown it is an episode's; poll has none, and `said` names the source, as it is
    the name or note of rename and note. For resend and dismiss `said` is what did not arrive (an
    alert, notice or summary), "" for all that was given up. `other` is what is merged, or the log's entry to undo.
    `was` is the label that must stand for it to be done ("none" for none), None for any.
    """

    act: Act
    story: str = ""
    number: int = 0
    other: int = 0
    said: str = ""
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of it. `changed` False where it was so already; `undo` takes it back.

    `before` is the label or name that stood before, "" for none; `at` when a poll is due.
    """

    changed: bool
    undo: Wish | None = None
    before: str = ""
    at: datetime | None = None


class Refused(Exception):  # noqa: N818 - an answer, and no error of ours
    """Nothing was done. `into` is what the development was merged into, `text` says more."""

    def __init__(self, why: Why, *, into: int = 0, text: str = "") -> None:
        """Say why."""
        super().__init__(why)
        self.why = why
        self.into = into
        self.text = text


class Hand:
    """Acts over one configuration and its database; `do` is called from one thread."""

    def __init__(
        self, config: Config, profiles: Mapping[str, Profile], clock: Callable[[], datetime]
    ) -> None:
        """Open nothing yet. `profiles` are read at each act: they are taught meanwhile."""
        self._config = config
        self._profiles = profiles
        self._clock = clock

    def do(self, wish: Wish) -> Done:
        """Do it, once and whole.

        Refused where it cannot be done as things are now, StoreError where nothing can be written.
        """
        store = Store.beside(self._config.database)
        try:
            with store.answering():
                return self._do(store, wish)
        except StoreError:
            raise
        except MonitorError as error:
            raise Refused("cannot", text=str(error)) from error
        finally:
            store.close()

    def _do(self, store: Store, wish: Wish) -> Done:
        match wish.act:
            case "poll":
                return self._poll(store, wish)
            case "known" | "unknown":
                return self._know(store, wish)
            case "resend" | "dismiss":
                return self._lost(store, wish)
            case "release":
                return self._release(store, wish)
            case _:
                profile = self._profile(store, wish)
        if wish.act in {"yes", "no", "none"}:
            return self._label(store, profile.story.name, wish)
        return self._mend(store, profile, wish)

    def _profile(self, store: Store, wish: Wish) -> Profile:
        """The story under the name that it has by now."""
        found = self._profiles.get(store.stories.present(wish.story))
        if found is None:
            raise Refused("gone")
        return found

    def _label(self, store: Store, story: str, wish: Wish) -> Done:
        said: Said = "yes" if wish.act == "yes" else "no" if wish.act == "no" else "none"
        if store.articles.find(str(wish.number)) is None:
            raise Refused("gone")
        with store.transaction():
            before = store.labels.said(story, wish.number) or "none"
            if wish.was is not None and before not in {wish.was, said}:
                raise Refused("changed")
            store.labels.say(story, wish.number, said, self._clock())
        back = Wish(act=ACTS[before], story=story, number=wish.number, was=said)
        changed = before != said
        return Done(
            changed=changed, undo=back if changed else None, before=before.replace("none", "")
        )

    def _mend(self, store: Store, profile: Profile, wish: Wish) -> Done:
        story, number, now = profile.story.name, wish.number, self._clock()
        if wish.act == "undo":
            return self._undo(store, profile, wish)
        if wish.act == "split":
            home = store.desk.home(story, number)
            if home is None:
                raise Refused("gone")
            if home == number:
                return Done(changed=False)
            return _noted(story, home, desk.split(store, profile, number, now))
        if store.desk.state(story, number) is None:
            raise _missing(store, story, number)
        if wish.act == "merge":
            if store.desk.state(story, wish.other) is None:
                if store.desk.merged_into(story, wish.other) == number:
                    return Done(changed=False)
                raise _missing(store, story, wish.other)
            return _noted(story, number, desk.merge(store, profile, number, wish.other, now))
        before = (store.desk.title(story, number) or "") if wish.act == "rename" else ""
        verb = _MARKS[wish.act]
        said = wish.said if verb in {"rename", "note"} else None
        entry = desk.mark(store, story, verb, number, now, said)
        return _noted(story, number, entry, before)

    def _undo(self, store: Store, profile: Profile, wish: Wish) -> Done:
        entry = next(
            (each for each in store.desk.log(profile.story.name) if each.id == wish.other), None
        )
        if entry is None:
            raise Refused("gone")
        if entry.undone is not None:
            return Done(changed=False)
        try:
            desk.undo(store, profile, entry, self._clock())
        except StoreError:
            raise
        except MonitorError as error:
            raise Refused("later", text=str(error)) from error
        return Done(changed=True)

    def _poll(self, store: Store, wish: Wish) -> Done:
        names = {source.name for source in self._config.sources if source.enabled}
        if wish.said not in names:
            raise Refused("source")
        now = self._clock()
        with store.transaction():
            due = store.sources.hasten(wish.said, now, self._config.poll.floor)
        if due is None:
            raise Refused("source")
        return Done(changed=due <= now, at=due if due > now else None)

    def _lost(self, store: Store, wish: Wish) -> Done:
        """Send again, or let go, what was given up on channels that there are by now."""
        channels = [channel.name for channel in self._config.channels]
        alert = wish.said or None
        if wish.act == "resend":
            count = store.outbox.resend(alert, self._clock(), channels=channels, lost=True)
        else:
            count = store.outbox.dismiss(alert, channels=channels)
        return Done(changed=count > 0)

    def _release(self, store: Store, wish: Wish) -> Done:
        """Tell a held development on every channel that holds it."""
        wanted = {(store.stories.present(wish.story), wish.number)}
        return Done(changed=bool(Editor(self._config, store, self._clock).release(wanted)))

    def _know(self, store: Store, wish: Wish) -> Done:
        known = wish.act == "known"
        with store.transaction():
            changed = store.health.know(wish.number, self._clock() if known else None)
        if changed is None:
            raise Refused("over")
        back = Wish(act="unknown" if known else "known", number=wish.number)
        return Done(changed=changed, undo=back if changed else None)


def _noted(story: str, development: int, entry: int | None, before: str = "") -> Done:
    """What a log's entry can take back; None where nothing was written."""
    if entry is None:
        return Done(changed=False)
    back = Wish(act="undo", story=story, number=development, other=entry)
    return Done(changed=True, undo=back, before=before)


def _missing(store: Store, story: str, development: int) -> Refused:
    """Where a development went that is not there."""
    seen = {development}
    into = store.desk.merged_into(story, development)
    while into is not None and into not in seen:
        seen.add(into)
        if store.desk.state(story, into) is not None:
            return Refused("merged", into=into)
        into = store.desk.merged_into(story, into)
    return Refused("gone")
