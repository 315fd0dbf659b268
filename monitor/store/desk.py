"""What was mended by hand: the desk's log, and the rows that a merge or split moves.

Nothing is overwritten without a note of what it was, so every entry can be taken back.
Names, mutes and notes are read from the log itself: the last that was not undone counts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from monitor.store.developments import MEMBERS
from monitor.store.rows import moment, stamp

Verb = Literal["merge", "split", "rename", "mute", "unmute", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a development with its article's text. `known`: what it says was told."""

    article: int
    relation: str
    new_facts: tuple[str, ...]
    known: bool
    joined: datetime
    title: str
    text: str
    language: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the desk said of one development."""

    title: str | None = None
    muted: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log. `other` is what was merged into it, or the article split from it."""

    id: int
    story: str
    verb: Verb
    development: int
    other: int | None
    said: str | None
    before: Mapping[str, Any] = field(repr=False)
    at: str
    undone: str | None


class Desk:
    """The table `desk`, and the members, developments and told rows that it changes."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    # ---- the log

    def note(
        self,
        story: str,
        verb: Verb,
        development: int,
        now: datetime,
        *,
        other: int | None = None,
        said: str | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> int:
        """Write an entry; its number."""
        row = self._db.conn.execute(
            """insert into desk (story, verb, development, other, said, before, at)
               values (?, ?, ?, ?, ?, ?, ?) returning id""",
            [story, verb, development, other, said, json.dumps(before or {}), stamp(now)],
        ).fetchone()
        return int(row[0])

    def undone(self, entry: int, now: datetime) -> None:
        """Note that an entry was taken back."""
        self._db.execute("update desk set undone = ? where id = ?", [stamp(now), entry])

    def log(self, story: str | None = None) -> list[Entry]:
        """Every entry, oldest first, also those that were taken back."""
        return [
            Entry(**{**row, "before": json.loads(row["before"])})
            for row in self._db.query(
                "select * from desk where ?1 is null or story = ?1 order by id", [story]
            )
        ]

    def marks(self, story: str) -> dict[int, Marks]:
        """Names, mutes and notes by development."""
        found: dict[int, Marks] = {}
        for each in self.log(story):
            if each.undone is None:
                mark = found.get(each.development, Marks())
                found[each.development] = Marks(
                    title=each.said if each.verb == "rename" else mark.title,
                    muted=each.verb == "mute" if "mute" in each.verb else mark.muted,
                    notes=(*mark.notes, *([each.said or ""] if each.verb == "note" else [])),
                )
        return found

    def muted(self, story: str, development: int) -> bool:
        """Whether no further alerts of it are wanted."""
        return bool(self._last(story, development, ("mute", "unmute"))[0] == "mute")

    def title(self, story: str, development: int) -> str | None:
        """The name that it was given."""
        return self._last(story, development, ("rename",))[1]

    def notes(self, story: str, development: int) -> list[str]:
        """The notes that stand at it."""
        return [
            said
            for (said,) in self._db.conn.execute(
                """select said from desk where story = ? and development = ? and verb = 'note'
                     and undone is null order by id""",
                [story, development],
            )
        ]

    def _last(
        self, story: str, development: int, verbs: Collection[str]
    ) -> tuple[str | None, str | None]:
        marks = ",".join("?" * len(verbs))
        row = self._db.conn.execute(
            f"""select verb, said from desk where story = ? and development = ?
                  and verb in ({marks}) and undone is null order by id desc limit 1""",  # noqa: S608 - marks only
            [story, development, *verbs],
        ).fetchone()
        return row or (None, None)

    def merged_into(self, story: str, development: int) -> int | None:
        """What a development was merged into, None where it stands for itself."""
        row = self._db.conn.execute(
            """select development from desk where story = ? and other = ? and verb = 'merge'
                 and undone is null order by id desc limit 1""",
            [story, development],
        ).fetchone()
        return None if row is None else int(row[0])

    # ---- what a merge or split moves

    def state(self, story: str, development: int) -> tuple[str, str] | None:
        """The state of a development and when it last brought news; None where there is none."""
        row = self._db.conn.execute(
            "select state, last_new from developments where story = ? and id = ?",
            [story, development],
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def drop(self, story: str, development: int) -> None:
        """Forget a development's state; its members must have gone elsewhere."""
        self._db.execute(
            "delete from developments where story = ? and id = ?", [story, development]
        )

    def home(self, story: str, article: int) -> int | None:
        """The development that an article stands in, told there or not."""
        row = self._db.conn.execute(
            "select development from members where story = ? and article_id = ?", [story, article]
        ).fetchone()
        return None if row is None else int(row[0])

    def reports(self, story: str, development: int) -> list[Member]:
        """The members of a development in the order in which they came, with their texts."""
        return [
            Member(
                article=row["article_id"],
                relation=row["relation"],
                new_facts=tuple(json.loads(row["new_facts"])),
                known=bool(row["known"]) or row["relation"] == "new",
                joined=moment(row["joined"]),
                title=row["title"],
                text=row["text"],
                language=row["language"],
                published=moment(row["published"]),
            )
            for row in self._db.query(
                f"""select m.*, a.title, a.text, a.language, a.published
                   from members m join printed a on a.id = m.article_id
                   where {MEMBERS} order by m.joined, m.article_id""",  # noqa: S608 - our own words
                [story, development],
            )
        ]

    def copies(self, story: str, development: int, article: int) -> list[int]:
        """An article of a development with its copies there."""
        return [
            found
            for (found,) in self._db.conn.execute(
                """select m.article_id from members m join articles a on a.id = m.article_id
                   where m.story = ?1 and m.development = ?2
                     and (m.article_id = ?3 or a.original_id = ?3) order by m.article_id""",
                [story, development, article],
            )
        ]

    def move(self, story: str, articles: Collection[int], development: int) -> None:
        """Put members into another development; each keeps the relation that it came with."""
        self._db.conn.executemany(
            "update members set development = ? where story = ? and article_id = ?",
            [(development, story, article) for article in articles],
        )

    def place(self, story: str, article: int) -> list[Any]:
        """What an article is to its development: relation, of, new facts as JSON, score."""
        return list(
            self._db.conn.execute(
                """select relation, of, new_facts, score from members
                   where story = ? and article_id = ?""",
                [story, article],
            ).fetchone()
        )

    def replace(self, story: str, article: int, place: Collection[Any]) -> None:
        """Write what `place` reads."""
        self._db.execute(
            """update members set relation = ?, of = ?, new_facts = ?, score = ?
               where story = ? and article_id = ?""",
            [*place, story, article],
        )

    # ---- alerts that wait for a message of many

    def withdraw(self, story: str, development: int, why: str) -> list[int]:
        """Let no message tell what of a development is held back; the rows, to `rehold` them."""
        return [
            row
            for (row,) in self._db.conn.execute(
                """update held set told_by = ? where story = ? and original_id = ?
                     and told_by is null returning id""",
                [why, story, development],
            ).fetchall()
        ]

    def withdrawn(self, story: str, development: int, why: str) -> list[int]:
        """The rows of a development that `withdraw` took for this reason."""
        return [
            row
            for (row,) in self._db.conn.execute(
                "select id from held where story = ? and original_id = ? and told_by = ?",
                [story, development, why],
            )
        ]

    def join_held(self, story: str, other: int, into: int) -> list[int]:
        """Let what is held of one development wait for another, where that is not told yet.

        Where that waits itself, or is told, nothing of the one moves, but for new facts, which
        nobody was told. The rows that moved.
        """
        return [
            row
            for (row,) in self._db.conn.execute(
                """update held set original_id = ?3 where story = ?1 and original_id = ?2
                     and told_by is null
                     and not exists (select 1 from held w where w.story = ?1 and w.original_id = ?3
                       and w.channel = held.channel and w.told_by is null)
                     and (kind = 'update' or not exists (select 1 from told t where t.story = ?1
                       and t.original_id = ?3 and t.channel in (held.channel, '*')))
                   returning id""",
                [story, other, into],
            ).fetchall()
        ]

    def rehold(self, rows: Collection[int], development: int, why: str) -> None:
        """Put back what `withdraw` or `join_held` took, where nothing else waits in its place."""
        self._db.conn.executemany(
            """update or ignore held set original_id = ?,
                 told_by = case when told_by = ? then null else told_by end where id = ?""",
            [(development, why, row) for row in rows],
        )

    def untell(self, story: str, development: int, channels: Collection[str]) -> None:
        """Take back that a development is told on these channels."""
        self._db.conn.executemany(
            "delete from told where story = ? and original_id = ? and channel = ?",
            [(story, development, channel) for channel in channels],
        )

    def told_by(self, story: str, articles: Collection[int]) -> set[str]:
        """Channels on which one of the articles was itself told, or waits; `*` where by a baseline."""
        marks = ",".join("?" * len(articles))
        rows = self._db.conn.execute(
            f"""select m.channel from alerts t join messages m on m.alert_id = t.id
                where t.story = ? and t.article_id in ({marks})
                union select channel from held where story = ? and article_id in ({marks})
                  and (told_by is null or told_by in (select alert_id from messages))
                union select '*' from verdicts v join entries e on e.id = v.entry_id
                where v.story = ? and v.article_id in ({marks}) and v.band = 'on'
                  and e.baseline = 1""",  # noqa: S608 - marks only
            [story, *articles, story, *articles, story, *articles],
        )
        return {channel for (channel,) in rows}
