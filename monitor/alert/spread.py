"""Who has a piece of news: own reports, copies and of whom, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.alert.direction import Direction, isolate, one_line
from monitor.alert.words import Words
from monitor.model import Alert

_OUTLETS = 6
# The agency of a text that names none of them.
_UNNAMED = "agencies"


def spread(alert: Alert, said: Words, reader: Direction, outlet: str) -> list[str]:
    """A few lines; that nobody but `outlet` has it, where that is so."""
    event, lineage = alert.event, alert.lineage
    lines: list[str] = []
    if event is not None and (event.reports > 1 or alert.copies):
        voices = [said.independent.format(count=lineage.independent)] if lineage else []
        lines.append(said.clause.join((said.reports.format(reports=event.reports), *voices)))
        if event.outlets:
            lines.append(f"{said.own}: {_names(event.outlets, said, reader)}")
    elif event is not None:
        lines.append(said.only.format(outlet=isolate(outlet, reader)))
    if alert.copies:
        who = (
            f" ({_names(lineage.copied_by, said, reader)})" if lineage and lineage.copied_by else ""
        )
        lines.append(f"{said.copies}: {alert.copies}{who}")
    if lineage and alert.copies and one_line(lineage.first) != outlet:
        lines.append(said.first.format(outlet=isolate(one_line(lineage.first), reader)))
    if lineage and lineage.agency:
        agency = said.agencies if lineage.agency == _UNNAMED else lineage.agency
        lines.append(said.credited.format(agency=isolate(one_line(agency), reader)))
    return lines


def _names(outlets: Sequence[str], said: Words, reader: Direction) -> str:
    shown = (isolate(one_line(one), reader) for one in outlets[:_OUTLETS])
    return said.separator.join(shown) + (" …" if len(outlets) > _OUTLETS else "")
