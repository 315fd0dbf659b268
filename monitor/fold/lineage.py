"""Who speaks in the reports of one event: how many outlets tell it from a source of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from monitor.model import Report


def independent(reports: Iterable[Report]) -> int:
    """How many independent voices the reports are.

    Copies of one text are one voice, and so are texts that credit one agency, at however
    many outlets they stand; an outlet is one voice however often it reports. A text that
    only aggregators show is none: they collect and confirm nothing.
    """
    texts: dict[int, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda each: each.id):
        texts[report.id if report.copy_of is None else report.copy_of].append(report)
    voices = (_voice(text) for text in texts.values())
    return len({voice for voice in voices if voice})


def _voice(text: list[Report]) -> str:
    """Whose text it is: the agency that any of its printings credits, else the first outlet's."""
    printed = [report.outlet for report in text if not report.aggregator]
    if not printed:
        return ""
    return next((report.agency for report in text if report.agency), printed[0]).casefold()
