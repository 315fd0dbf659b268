"""Whom articles credit, and the reports of one event or text as their lineage is judged."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from monitor.identify.address import site
from monitor.model import Credit, Report
from monitor.store.rows import moment

_REPORTS = """select a.id, a.link, a.outlet, a.source, a.aggregator, a.original_id, a.first_seen,
                a.published, c.agency
              from articles a left join credits c on c.article_id = a.id"""


class Lineages:
    """One table: credits. An article that credits nobody has no row."""

    def __init__(self, db: Database) -> None:
        """Use an open database."""
        self._db = db

    def note(self, article_id: int, credit: Credit | None) -> None:
        """Keep whom an article credits; of a revision that names nobody the old credit stays."""
        if credit is None:
            return
        self._db.execute(
            """insert into credits (article_id, agency, kind) values (?, ?, ?)
               on conflict (article_id) do update set agency = excluded.agency, kind = excluded.kind""",
            [article_id, credit.name, credit.kind],
        )

    def credit(self, article_id: int) -> dict[str, Any] | None:
        """Whom an article credits and where: `agency` and `kind`."""
        for row in self._db.query(
            "select agency, kind from credits where article_id = ?", [article_id]
        ):
            return row
        return None

    def text(self, original: int) -> list[Report]:
        """The printings of one text: its first article and the copies folded under it."""
        rows = self._db.query(
            f"{_REPORTS} where a.id = ?1 or a.original_id = ?1 order by a.id", [original]
        )
        return [_report(row) for row in rows]

    def reports(self, story: str, development: int) -> list[Report]:
        """The reports of one development in the order in which they were first seen."""
        rows = self._db.query(
            f"""{_REPORTS} join members m on m.article_id = a.id
                where m.story = ? and m.development = ? order by a.id""",
            [story, development],
        )
        return [_report(row) for row in rows]

    def around(self, story: str, development: int, original: int) -> list[Report]:
        """The reports of a development, and with them all printings of one text among them."""
        both = (*self.text(original), *self.reports(story, development))
        return list({report.id: report for report in both}.values())


def _report(row: dict[str, Any]) -> Report:
    when = moment(row["first_seen"])
    return Report(
        id=row["id"],
        outlet=site(row["link"]) or row["outlet"] or row["source"],
        name=row["outlet"] or site(row["link"]) or row["source"],
        agency=row["agency"],
        aggregator=bool(row["aggregator"]),
        copy_of=row["original_id"],
        at=min(when, moment(row["published"])) if row["published"] else when,
    )
