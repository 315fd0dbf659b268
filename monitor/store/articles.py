"""Articles, the addresses they are known by, and the keys that propose copies."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from typing import Any

from sqlite_utils import Database

from monitor.model import Article, Fingerprint, Fold, Known, Match
from monitor.store import search
from monitor.store.rows import moment, pack, short, stamp, unpack
from monitor.store.rulings import ruling

# A key shared by more articles than this says nothing ("Breaking news") and is not asked.
_CROWDED = 100
# So few that share a key may each be the one, for this key alone; of more so many are proposed.
_FEW = 24
_SOME = 4
# Of crowded keys so many together say something: chance seldom brings three.
_TELLING = 3
_MOST = 60
# So many fingerprints are read where the likest are chosen by them.
_LOOKED_AT = 24
Likest = Callable[[Article, Sequence[Known]], Sequence[Known]]


class Articles:
    """Articles with what hangs on them: addresses, fold keys, revisions, verdicts."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def followed(self, story: str) -> bool:
        """Whether the story had news already: an article that is of no source's baseline."""
        row = self._db.conn.execute(
            """select 1 from verdicts v join entries e on e.id = v.entry_id
               where v.story = ? and e.baseline = 0 limit 1""",
            [story],
        ).fetchone()
        return row is not None

    def candidates(
        self,
        article: Article,
        keys: Sequence[str],
        since: datetime,
        likest: Likest | None = None,
    ) -> list[Known]:
        """What `article` may be a revision or copy of.

        Every article that shares an address, whatever its age, then the most often
        proposed by the keys among those first seen since `since`; at most 60, or 24 of which
        `likest` chooses by their fingerprints (title and text are empty then) before more of
        them is read.
        """
        shared: dict[int, list[str]] = {}
        asked = {short(address): address for address in article.addresses}
        for article_id, key in self._db.conn.execute(
            f"select article_id, key from addresses where key in ({','.join('?' * len(asked))})",  # noqa: S608 - marks only
            list(asked),
        ):
            shared.setdefault(article_id, []).append(asked[key])
        # Ids grow with time, so the window is a span of the index.
        oldest = self._db.conn.execute(
            """select id from articles where dropped is null and first_seen >= ?
               order by first_seen limit 1""",
            [stamp(since)],
        ).fetchone()
        most = _MOST if likest is None else _LOOKED_AT
        proposed = self._proposed(keys, oldest[0], most + len(shared)) if oldest else []
        looked_at = [each for each in proposed if each not in shared][:most]
        # Ids that a clock set back has left out of order may be older than the window.
        recent = [each for each in self._prints(looked_at) if each.first_seen >= since]
        if likest is not None:
            recent = list(likest(article, recent))
        chosen = [*shared, *(known.id for known in recent)]
        found = self._known(chosen, shared)
        return [found[article_id] for article_id in chosen][: max(_MOST, len(shared))]

    def _prints(self, ids: Sequence[int]) -> list[Known]:
        """Articles without what they say, in the order asked for."""
        marks = ",".join("?" * len(ids))
        rows = self._db.conn.execute(
            f"""select id, url, language, first_seen, exact, title_print, sketch, words, original_id
                from articles where id in ({marks})""",  # noqa: S608 - marks only
            ids,
        )
        found = {
            row[0]: Known(
                id=row[0],
                url=row[1],
                addresses=(),
                title="",
                text="",
                language=row[2],
                first_seen=moment(row[3]),
                fingerprint=Fingerprint(
                    exact=row[4], title=row[5], sketch=unpack(row[6]), words=row[7]
                ),
                original=row[8],
            )
            for row in rows
        }
        return [found[each] for each in ids if each in found]

    def _proposed(self, keys: Sequence[str], oldest: int, most: int) -> list[int]:
        """The articles from `oldest` on that share most keys and rare ones, crowded ones aside.

        One that shares a single key is proposed where few share it. Of a hundred that have
        two words of a headline in common nothing tells which may be the original, so that no
        more than some of them are.
        """
        crowds = self._crowds([short(key) for key in keys], oldest)
        asked = [(crowd, key, oldest) for key, crowd in crowds if 0 < crowd <= _CROWDED]
        crowded = [key for key, crowd in crowds if crowd > _CROWDED]
        first = self._first_of(crowded, oldest) if len(crowded) >= _TELLING else []
        if not asked:
            return first
        one = "select article_id, ? as crowd from fold_keys where key = ? and article_id >= ?"
        rows = self._db.conn.execute(
            f"""select article_id from ({" union all ".join([one] * len(asked))}) as sharing
                group by article_id having count(*) > 1 or min(crowd) <= ?
                order by count(*) desc, article_id limit ?""",  # noqa: S608 - constants only
            [*chain.from_iterable(asked), _FEW, most],
        )
        found = dict.fromkeys(row[0] for row in rows)
        rarest = min((key for key in asked if key[0] > _FEW), default=None)
        if rarest is not None and len(found) < most:
            rows = self._db.conn.execute(
                """select article_id from fold_keys where key = ? and article_id >= ?
                   order by article_id desc limit ?""",
                [*rarest[1:], min(_SOME, most - len(found))],
            )
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(dict.fromkeys([*list(found)[: most - len(first)], *first]))

    def _first_of(self, crowded: Sequence[int], oldest: int) -> list[int]:
        """The first articles from `oldest` on that share several crowded keys.

        A text that a hundred have printed makes all its keys crowded: of these its first
        printings are as good as all.
        """
        one = "select * from (select article_id from fold_keys where key = ? and article_id >= ? order by article_id limit ?)"
        rows = self._db.conn.execute(
            f"""select article_id from ({" union all ".join([one] * len(crowded))})
                group by article_id having count(*) >= ?
                order by count(*) desc, article_id limit ?""",  # noqa: S608 - constants only
            [*chain.from_iterable((key, oldest, _FEW) for key in crowded), _TELLING, _SOME],
        )
        return [row[0] for row in rows]

    def _crowds(self, digests: Sequence[int], oldest: int) -> list[tuple[int, int]]:
        """Each key with how many articles from `oldest` on share it, counted as far as it matters."""
        if not digests:
            return []
        one = """select ? as shared, count(*)
                 from (select 1 from fold_keys where key = ? and article_id >= ? limit ?)"""
        return self._db.conn.execute(
            " union all ".join([one] * len(digests)),
            [value for digest in digests for value in (digest, digest, oldest, _CROWDED + 1)],
        ).fetchall()

    def _known(self, ids: Sequence[int], shared: Mapping[int, Sequence[str]]) -> dict[int, Known]:
        """Articles by id. Of their addresses those in question are enough: `shared`."""
        marks = ",".join("?" * len(ids))
        return {
            row[0]: Known(
                id=row[0],
                url=row[1],
                addresses=tuple(shared.get(row[0], ())),
                title=row[2],
                text=row[3],
                language=row[4],
                first_seen=moment(row[5]),
                fingerprint=Fingerprint(
                    exact=row[6], title=row[7], sketch=unpack(row[8]), words=row[9]
                ),
                original=row[10],
            )
            for row in self._db.conn.execute(
                f"""select id, url, title, text, language, first_seen, exact, title_print, sketch,
                      words, original_id from printed where id in ({marks})""",  # noqa: S608 - marks only
                ids,
            )
        }

    def add(self, article: Article, fold: Fold, keys: Sequence[str]) -> int:
        """Store a new article (or a copy of one) with its addresses and keys; its id."""
        # A fold may call an article new although its canonical address is taken (one
        # address reused for two articles): then the second is told apart by its number.
        url = article.url
        number = 2
        while self._db.conn.execute(
            "select 1 from addresses where key = ?", [short(url)]
        ).fetchone():
            url = f"{article.url}#{number}"
            number += 1
        row = self._db.conn.execute(
            """insert into articles (url, link, source, outlet, title, kind, language, author,
                 published, updated, first_seen, exact, title_print, sketch, words, relation,
                 original_id, why, aggregator, edited)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""",
            [
                url,
                article.link,
                article.source,
                article.outlet,
                article.title,
                article.kind,
                article.language,
                article.author,
                stamp(article.published),
                stamp(article.updated),
                stamp(article.first_seen),
                article.fingerprint.exact,
                article.fingerprint.title,
                pack(article.fingerprint.sketch),
                article.fingerprint.words,
                fold.relation,
                fold.original,
                fold.why,
                int(article.aggregator),
                int(fold.edited),
            ],
        ).fetchone()
        article_id = int(row[0])
        search.arrived(self._db, [(article_id, article.text)])
        self.alias(article_id, [url, *article.addresses])
        self._db.conn.executemany(
            "insert or ignore into fold_keys (key, article_id) values (?, ?)",
            [(short(key), article_id) for key in keys],
        )
        return article_id

    def alias(self, article_id: int, addresses: Sequence[str]) -> None:
        """Know the article by these addresses too; an address keeps its first article."""
        self._db.conn.executemany(
            "insert or ignore into addresses (key, article_id) values (?, ?)",
            [(short(address), article_id) for address in addresses],
        )

    def revise(self, article_id: int, article: Article, keys: Sequence[str], now: datetime) -> None:
        """Keep what it said before, then let it say what it says now.

        Nothing changes where the text is the same, or where a fuller text would
        be replaced by a headline.
        """
        (row,) = self._db.query("select * from printed where id = ?", [article_id])
        self.alias(article_id, article.addresses)
        print_ = article.fingerprint
        if (row["exact"], row["title_print"]) == (print_.exact, print_.title):
            return
        if row["kind"] == "full" and article.kind != "full":
            return
        self._db.execute(
            # Sites that try two headlines in turn would fill the disk with the same two.
            """insert into revisions (article_id, seen_at, title, text) select ?1, ?2, ?3, ?4
               where not exists (
                 select 1 from revisions where article_id = ?1 and title = ?3 and text = ?4)""",
            [article_id, stamp(now), row["title"], row["text"]],
        )
        self._db.execute(
            """update articles set title = ?, kind = ?, updated = ?, exact = ?,
                 title_print = ?, sketch = ?, words = ?, dropped = null where id = ?""",
            [
                article.title,
                article.kind,
                stamp(article.updated),
                print_.exact,
                print_.title,
                pack(print_.sketch),
                print_.words,
                article_id,
            ],
        )
        search.changed(self._db, [(article_id, article.text)])
        self._db.conn.executemany(
            "insert or ignore into fold_keys (key, article_id) values (?, ?)",
            [(short(key), article_id) for key in keys],
        )

    def judged(
        self, entry_id: int, article_id: int, match: Match, told: str, *, brief: bool, now: datetime
    ) -> None:
        """Keep a verdict; `brief` where the headline alone ruled the article out."""
        reasons = (
            None if brief else json.dumps([asdict(r) for r in match.reasons], ensure_ascii=False)
        )
        number, at = ruling(self._db, match, told), stamp(now)
        self._db.execute(
            """delete from judgements where article_id = ? and entry_id = ? and judged_at = ?
                 and ruling in (select id from rulings where story = ?)""",
            [article_id, entry_id, at, match.story],
        )
        self._db.execute(
            """insert into judgements (article_id, entry_id, judged_at, ruling, score, reasons)
               values (?, ?, ?, ?, ?, ?)""",
            [article_id, entry_id, at, number, round(match.score, 4), reasons],
        )

    def copies(self, original: int) -> int:
        """How many copies were folded under it."""
        return int(
            self._db.conn.execute(
                "select count(*) from articles where original_id = ?", [original]
            ).fetchone()[0]
        )

    def find(self, wanted: str, addresses: Sequence[str] = ()) -> dict[str, Any] | None:
        """One article's row by id, by stored address or by one of `addresses`."""
        if wanted.isdigit():
            for row in self._db.query("select * from printed where id = ?", [int(wanted)]):
                return row
        for address in (wanted, *addresses):
            for row in self._db.query(
                """select a.* from addresses d join printed a on a.id = d.article_id
                   where d.key = ?""",
                [short(address)],
            ):
                return row
        return None

    def alerted(self, alert: str) -> dict[str, Any] | None:
        """The article that an alert told of."""
        for row in self._db.query(
            "select a.* from alerts t join printed a on a.id = t.article_id where t.id = ?",
            [alert],
        ):
            return row
        return None
