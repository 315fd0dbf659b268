"""What verdicts have in common, said once: story, band, rule, what became of it, profile, edge.

`verdicts` is a view of judgements with their rulings.
"""

from __future__ import annotations

from sqlite_utils import Database

from monitor.model import Match


def ruling(db: Database, match: Match, told: str) -> int:
    """The number of a ruling, which is kept where it is new; inside a transaction."""
    # In the order of the index that finds it.
    values = [match.story, match.band, match.rule, told, match.profile, match.threshold]
    row = db.conn.execute(
        """select id from rulings where story = ? and band = ? and rule = ? and told = ?
             and profile = ? and threshold = ?""",
        values,
    ).fetchone()
    if row is None:
        row = db.conn.execute(
            """insert into rulings (story, band, rule, told, profile, threshold)
               values (?, ?, ?, ?, ?, ?) returning id""",
            values,
        ).fetchone()
    return int(row[0])
