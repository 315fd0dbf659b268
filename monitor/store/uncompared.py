"""Articles that their headline ruled out: stored whole, compared with nothing until asked for.

Their relation is `uncompared`, their sketch empty, and of fold keys they have
none: they are found by their addresses and headlines. Rows of a whole feed are written by one
statement a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import NamedTuple

from sqlite_utils import Database

from monitor.model import Article, Entry, Fold, Match, Outline
from monitor.store import search
from monitor.store.headlines import alike
from monitor.store.rows import moment, pack, short, stamp
from monitor.store.rulings import ruling

# So many of one headline catch up at a time, the oldest first: each takes some milliseconds. Of
# one that stands over everything the newest are looked at.
_AT_ONCE, _LOOKED = 8, 100


class Ruled(NamedTuple):
    """An entry that its headline rules out for every story, and the outline of its article.

    `addresses` are digests of the article's (`rows.short`), `headline` is that of the entry's
    (`headlines.py`), None where it has none.
    """

    key: str
    entry: Entry
    article: Outline
    addresses: tuple[int, ...]
    headline: int | None
    matches: tuple[Match, ...]
    score: float


class _Stamps(dict[datetime | None, str | None]):
    """Each moment written once: an entry and its article have the same, and a poll its own."""

    def __missing__(self, when: datetime | None) -> str | None:
        self[when] = written = stamp(when)
        return written


class _Rulings:
    """Numbers of rulings: of a hundred stories nearly all say the same of one entry after the other."""

    def __init__(self, db: Database, told: str) -> None:
        self._db = db
        self._told = told
        self._numbers: dict[tuple[str, str, str, str, float], int] = {}
        # Those of which nothing is named share their matches. These are held, so that no others
        # take their place in memory.
        self._known: dict[int, tuple[tuple[Match, ...], list[tuple[int, float]]]] = {}

    def of(self, matches: tuple[Match, ...]) -> list[tuple[int, float]]:
        """The ruling and the score of each."""
        if id(matches) not in self._known:
            self._known[id(matches)] = (
                matches,
                [(self._number(match), round(match.score, 4)) for match in matches],
            )
        return self._known[id(matches)][1]

    def _number(self, match: Match) -> int:
        same = (match.story, match.band, match.rule, match.profile, match.threshold)
        if same not in self._numbers:
            self._numbers[same] = ruling(self._db, match, self._told)
        return self._numbers[same]


class Uncompared:
    """Rows in the tables of entries, articles, addresses and verdicts."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def add(
        self,
        source: str,
        batch: Sequence[tuple[Ruled, bool]],
        told: str,
        now: datetime,
        flood: int | None,
    ) -> set[str]:
        """Store them, each with whether it is of the baseline; call inside a transaction.

        What is known already, by its key or by an address, is not stored: the keys of these,
        which must be compared. `told` is what their verdicts say became of them.
        """
        every = [ruled for ruled, _ in batch]
        entry_ids, first = count(self._free("entries")), self._free("articles")
        article_ids = count(first)
        shown = self._shown(source, every)
        # Nearly always none is known: that they can be put in tells it, and costs no look before.
        is_new = not shown and self._claim(every, first)
        taken = set() if is_new else self._taken(every)
        at, stamps, rulings = stamp(now), _Stamps(), _Rulings(self._db, told)
        left: set[str] = set()
        entries, articles, texts = [], [], []
        addresses, judged = [], []
        for ruled, baseline in batch:
            if not is_new:
                is_known = ruled.key in shown or not taken.isdisjoint(ruled.addresses)
                shown.add(ruled.key)
                taken.update(ruled.addresses)
                if is_known:
                    left.add(ruled.key)
                    continue
            entry_id, article_id, one = next(entry_ids), next(article_ids), ruled.article
            entries.append(
                (
                    entry_id, source, ruled.key, *_own(ruled), at, at, int(baseline),
                    ruled.score, article_id, flood,
                )
            )  # fmt: skip
            articles.append(
                (
                    article_id, one.url, one.link, one.source, one.outlet, one.title,
                    one.kind, one.language, one.author, stamps[one.published], stamps[one.updated],
                    stamps[one.first_seen], int(one.aggregator),
                )
            )  # fmt: skip
            texts.append((article_id, one.text))
            if not is_new:
                addresses += [(key, article_id) for key in ruled.addresses]
            judged += [
                (article_id, entry_id, at, number, score)
                for number, score in rulings.of(ruled.matches)
            ]
        run = self._db.conn.executemany
        run(
            """insert into entries (id, source, key, url, title, headline, published, first_seen,
                 last_seen, baseline, stage, headline_score, article_id, flood)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'settled', ?, ?, ?)""",
            entries,
        )
        run(
            """insert into articles (id, url, link, source, outlet, title, kind, language,
                 author, published, updated, first_seen, exact, title_print, sketch, words,
                 relation, aggregator)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', x'', 0, 'uncompared', ?)""",
            articles,
        )
        search.arrived(self._db, texts)
        run("insert into addresses (key, article_id) values (?, ?)", addresses)
        run(
            """insert into judgements (article_id, entry_id, judged_at, ruling, score)
               values (?, ?, ?, ?, ?)""",
            judged,
        )
        return left

    def _shown(self, source: str, batch: Sequence[Ruled]) -> set[str]:
        """Which of their keys the source has shown."""
        run = self._db.conn.execute
        if run("select 1 from entries where source = ? limit 1", [source]).fetchone() is None:
            return set()
        rows = run(
            f"select key from entries where source = ? and key in ({_marks(batch)})",  # noqa: S608 - marks only
            [source, *(ruled.key for ruled in batch)],
        ).fetchall()
        return {key for (key,) in rows}

    def _taken(self, batch: Sequence[Ruled]) -> set[int]:
        """Which of their addresses are an article's."""
        asked = [address for ruled in batch for address in ruled.addresses]
        rows = self._db.conn.execute(
            f"select key from addresses where key in ({_marks(asked)})",  # noqa: S608 - marks only
            asked,
        ).fetchall()
        return {key for (key,) in rows}

    def _claim(self, batch: Sequence[Ruled], first: int) -> bool:
        """Put in all their addresses, of articles from number `first` on; none, and False, where any comes twice."""
        if len({ruled.key for ruled in batch}) < len(batch):
            return False
        rows = [
            (key, number) for number, ruled in enumerate(batch, first) for key in ruled.addresses
        ]
        run = self._db.conn.executemany
        put = run("insert or ignore into addresses (key, article_id) values (?, ?)", rows).rowcount
        if put < len(rows):
            run("delete from addresses where key = ? and article_id = ?", rows)
        return put == len(rows)

    def _free(self, table: str) -> int:
        """The first of the numbers that no row has: ours as long as the writer's lock is."""
        (last,) = self._db.conn.execute(f"select max(id) from {table}").fetchone()  # noqa: S608 - our own name
        return (last or 0) + 1

    def like(
        self, addresses: Sequence[str], title: str, since: datetime
    ) -> list[tuple[int, Outline]]:
        """Those that have one of the addresses, or since then the headline; as stored, oldest first."""
        rows = self._db.conn.execute(
            f"""select a.id, a.url, a.link, a.source, a.outlet, a.title, a.text, a.kind, a.language,
                  a.author, a.published, a.updated, a.first_seen, a.aggregator
                from printed a where a.relation = 'uncompared' and a.id in (
                  select article_id from addresses where key in ({_marks(addresses)})
                  union select * from (
                    select u.id from (select article_id from entries where headline between ? and ?
                      order by headline desc, id desc limit ?) e
                    join articles u on u.id = e.article_id
                    where u.relation = 'uncompared' and u.id >= (
                      select id from articles where dropped is null and first_seen >= ?
                      order by first_seen limit 1)
                    order by u.id limit ?))
                order by a.id""",  # noqa: S608 - marks only
            [*map(short, addresses), *alike(title), _LOOKED, stamp(since), _AT_ONCE],
        ).fetchall()
        return [
            (
                row[0],
                Outline(
                    url=row[1],
                    link=row[2],
                    addresses=(row[1],),
                    source=row[3],
                    outlet=row[4],
                    title=row[5],
                    text=row[6],
                    kind=row[7],
                    language=row[8],
                    author=row[9],
                    published=moment(row[10]),
                    updated=moment(row[11]),
                    first_seen=moment(row[12]),
                    aggregator=bool(row[13]),
                ),
            )
            for row in rows
        ]

    def compared(self, article_id: int, article: Article, fold: Fold, keys: Sequence[str]) -> None:
        """It is identified in full now, and was compared: `fold` is what came of it."""
        print_ = article.fingerprint
        self._db.conn.execute(
            """update articles set kind = ?, language = ?, exact = ?, title_print = ?,
                 sketch = ?, words = ?, relation = ?, original_id = ?, why = ?, edited = ? where id = ?""",
            [
                article.kind, article.language, print_.exact, print_.title,
                pack(print_.sketch), print_.words, fold.relation, fold.original, fold.why, int(fold.edited),
                article_id,
            ],
        )  # fmt: skip
        search.changed(self._db, [(article_id, article.text)])
        self._db.conn.executemany(
            "insert or ignore into fold_keys (key, article_id) values (?, ?)",
            [(short(key), article_id) for key in keys],
        )


def _own(ruled: Ruled) -> tuple[str | None, str | None, int | None, str | None]:
    """Address, title, headline and date of an entry; what its article says is not said twice."""
    entry, article = ruled.entry, ruled.article
    url = None if entry.url == article.link else entry.url
    if entry.title != article.title:
        return url, entry.title, ruled.headline, stamp(entry.published)
    same = entry.published == article.published
    return url, None, ruled.headline, None if same else stamp(entry.published)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
