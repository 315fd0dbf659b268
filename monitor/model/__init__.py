"""The values that rooms hand to each other: frozen, one concept each, no behaviour.

Times are aware datetimes in UTC. Text is plain unless a field says HTML.
The words are the field's: a *source* is what sources.yaml declares, an *entry*
what a source says exists, a *page* what the entry's address returned, an
*article* both identified as one thing. TDT research calls our story a topic
and our article a story; nowhere else in the code.
"""

from __future__ import annotations

from monitor.model.declared import (
    Band,
    Channel,
    ChannelKind,
    Config,
    Corrections,
    PollSettings,
    Secret,
    Selectors,
    Smtp,
    Source,
    SourceKind,
    Story,
    Web,
    WebSub,
)
from monitor.model.fetched import Fetched, NotModified, Validators
from monitor.model.judged import (
    Article,
    Fingerprint,
    Fold,
    Known,
    Match,
    Reason,
    Relation,
    Seed,
    TextKind,
)
from monitor.model.lineage import Credit, CreditKind, Lineage, Report
from monitor.model.parsed import Entry, Page, Piece, Reading, Trace
from monitor.model.remembered import Rhythm
from monitor.model.told import (
    Added,
    Alert,
    Count,
    Delivery,
    Event,
    Held,
    Message,
    Notice,
    NoticeKind,
    Receipt,
    StateWord,
)
from monitor.model.watched import Episode, Run, State, Trouble

__all__ = [
    "Added",
    "Alert",
    "Article",
    "Band",
    "Channel",
    "ChannelKind",
    "Config",
    "Corrections",
    "Count",
    "Credit",
    "CreditKind",
    "Delivery",
    "Entry",
    "Episode",
    "Event",
    "Fetched",
    "Fingerprint",
    "Fold",
    "Held",
    "Known",
    "Lineage",
    "Match",
    "Message",
    "NotModified",
    "Notice",
    "NoticeKind",
    "Page",
    "Piece",
    "PollSettings",
    "Reading",
    "Reason",
    "Receipt",
    "Relation",
    "Report",
    "Rhythm",
    "Run",
    "Secret",
    "Seed",
    "Selectors",
    "Smtp",
    "Source",
    "SourceKind",
    "State",
    "StateWord",
    "Story",
    "TextKind",
    "Trace",
    "Trouble",
    "Validators",
    "Web",
    "WebSub",
]
