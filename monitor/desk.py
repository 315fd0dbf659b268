"""The desk: developments merged, parted, named, muted and noted by hand, each reversible.

Each call is one transaction of its own, so it works beside the running daemon, which
reads developments anew for every article. Nothing here queues an alert: what was told
under either of two merged developments is told under both, what waits for a message of
many waits for one of them, and an article parted from its development takes along what
was told of it itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.alert.decide import MUTED
from monitor.errors import MonitorError
from monitor.store.desk import Entry, Member, Verb
from monitor.store.store import Store
from monitor.story.mend import Telling, gathered
from monitor.story.profile import Profile


def merge(store: Store, profile: Profile, into: int, other: int, now: datetime) -> int:
    """Put all reports of `other` into `into`; the number of the log's entry.

    From then on a report that belongs to either belongs to both. MonitorError where
    there is no such development.
    """
    story = profile.story.name
    with store.transaction():
        _found(store, story, into)
        state, last_new = _found(store, story, other)
        if into == other:
            raise MonitorError(f"{into} cannot be merged with itself")
        moved = [report.article for report in store.desk.reports(story, other)]
        added = sorted(store.outbox.told(story, other) - store.outbox.told(story, into))
        store.desk.move(story, moved, into)
        store.desk.drop(story, other)
        _gather(store, profile, into)
        store.outbox.tell(story, into, added, None)
        held = store.desk.join_held(story, other, into)
        held += store.desk.withdraw(story, other, _merged(into))
        before = {
            "members": moved,
            "state": state,
            "last_new": last_new,
            "told": added,
            "held": held,
        }
        return store.desk.note(story, "merge", into, now, other=other, before=before)


def split(store: Store, profile: Profile, article: int, now: datetime) -> int:
    """Part an article, with its copies, from its development; the number of the log's entry.

    It begins a development of its own, under its own number. MonitorError where it is in
    none, or is what its development began with.
    """
    story = profile.story.name
    with store.transaction():
        home = store.desk.home(story, article)
        if home is None:
            raise MonitorError(f"article {article} is in no development of {story}")
        if home == article:
            raise MonitorError(
                f"development {home} began with article {article}: split the other reports off"
                f" instead (`monitor development show {home}` lists them)"
            )
        moved = store.desk.copies(story, home, article)
        if len(moved) == len(store.desk.reports(story, home)):
            raise MonitorError(f"development {home} has no other report than {article}")
        before = {"members": moved, "place": store.desk.place(story, article)}
        store.desk.move(story, moved, article)
        store.desk.replace(story, article, ["new", None, "[]", None])
        _gather(store, profile, home)
        _gather(store, profile, article)
        store.outbox.tell(story, article, store.desk.told_by(story, moved), None)
        return store.desk.note(story, "split", home, now, other=article, before=before)


def mark(
    store: Store, story: str, verb: Verb, development: int, now: datetime, said: str | None = None
) -> int | None:
    """Rename, mute, unmute or note; the entry's number, None where it is so already."""
    with store.transaction():
        _found(store, story, development)
        if "mute" in verb and store.desk.muted(story, development) == (verb == "mute"):
            return None
        if verb == "rename" and store.desk.title(story, development) == said:
            return None
        if verb == "note" and said in store.desk.notes(story, development):
            return None
        before = {"held": store.desk.withdraw(story, development, MUTED)} if verb == "mute" else {}
        if verb == "unmute":
            _unheld(store, story, development)
        return store.desk.note(story, verb, development, now, said=said, before=before)


def undo(store: Store, profile: Profile, entry: Entry, now: datetime) -> None:
    """Take back an entry of the log.

    Reports that came since stay where they are. MonitorError where it was taken back
    before, or where a later merge or split stands on it.
    """
    story = profile.story.name
    with store.transaction():
        log = {each.id: each for each in store.desk.log(story)}
        if log[entry.id].undone is not None:
            raise MonitorError(f"entry {entry.id} was taken back at {log[entry.id].undone}")
        if entry.verb in {"merge", "split"}:
            _refuse_later(entry, list(log.values()))
            _put_back(store, profile, entry)
        if entry.verb in {"merge", "mute"}:
            whose = entry.development if entry.other is None else entry.other
            why = MUTED if entry.other is None else _merged(entry.development)
            store.desk.rehold(entry.before["held"], whose, why)
        if entry.verb == "unmute":
            store.desk.withdraw(story, entry.development, MUTED)
        store.desk.undone(entry.id, now)


def _unheld(store: Store, story: str, development: int) -> None:
    """Let what a mute withdrew wait again for its message."""
    rows = store.desk.withdrawn(story, development, MUTED)
    store.desk.rehold(rows, development, MUTED)


def _merged(into: int) -> str:
    return f"merged into {into}"


def _refuse_later(entry: Entry, log: Sequence[Entry]) -> None:
    touched = {entry.development, entry.other}
    for each in log:
        later = each.id > entry.id and each.undone is None and each.verb in {"merge", "split"}
        members = set(each.before.get("members", ()))
        if later and (
            not touched.isdisjoint({each.development, each.other})
            or not members.isdisjoint(entry.before["members"])
        ):
            raise MonitorError(
                f"entry {each.id} ({each.verb} {each.development} {each.other}) came later and"
                f" stands on it: `monitor development undo {each.id}` first"
            )


def _put_back(store: Store, profile: Profile, entry: Entry) -> None:
    story, home, other = entry.story, entry.development, entry.other
    assert other is not None
    moved = entry.before["members"]
    if entry.verb == "merge":
        store.desk.move(story, moved, other)
        _gather(store, profile, other)
        left = [report.article for report in store.desk.reports(story, home)]
        added = set(entry.before["told"]) - store.desk.told_by(story, left)
        store.desk.untell(story, home, added)
    else:
        came = [report.article for report in store.desk.reports(story, other)]
        store.desk.move(story, came, home)
        store.desk.replace(story, other, entry.before["place"])
        store.desk.drop(story, other)
    _gather(store, profile, home)


def _found(store: Store, story: str, development: int) -> tuple[str, str]:
    state = store.desk.state(story, development)
    if state is None:
        gone = store.desk.merged_into(story, development)
        raise MonitorError(
            f"there is no development {development} of {story}: see `monitor developments`"
            if gone is None
            else f"development {development} was merged into {gone}"
        )
    return state


def _gather(store: Store, profile: Profile, development: int) -> None:
    """Write anew what a development's reports say; only what was told counts as known."""
    reports = store.desk.reports(profile.story.name, development)
    known = [report for report in reports if report.known] or reports[:1]
    found = gathered(profile, development, [_telling(report) for report in known])
    store.developments.keep(profile.story.name, development, found.to_json(), found.last_new)


def _telling(report: Member) -> Telling:
    when = report.joined if report.published is None else min(report.joined, report.published)
    return Telling(
        article=report.article,
        title=report.title,
        text=report.text,
        language=report.language,
        when=when,
        fresh=bool(report.new_facts) or report.relation == "new",
    )
