"""The values that rooms hand to each other: frozen, one concept each, no behaviour.

Times are aware datetimes in UTC. Text is plain unless a field says HTML.
The words are the field's: a *source* is what sources.yaml declares, an *entry*
what a source says exists, a *page* what the entry's address returned, an
*article* both identified as one thing. TDT research calls our story a topic
and our article a story; nowhere else in the code.
"""

from __future__ import annotations

from monitor.model.bulletin import (
    Bulletin,
    BulletinKind,
    Covered,
    HoldReason,
    Lately,
    Named,
    Standing,
    Waiting,
)
from monitor.model.declared import (
    Band,
    Ceiling,
    Channel,
    ChannelKind,
    Config,
    Corrections,
    Digest,
    Ping,
    PollSettings,
    Quiet,
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
    Label,
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
    "Bulletin",
    "BulletinKind",
    "Ceiling",
    "Channel",
    "ChannelKind",
    "Config",
    "Corrections",
    "Count",
    "Covered",
    "Credit",
    "CreditKind",
    "Delivery",
    "Digest",
    "Entry",
    "Episode",
    "Event",
    "Fetched",
    "Fingerprint",
    "Fold",
    "Held",
    "HoldReason",
    "Known",
    "Label",
    "Lately",
    "Lineage",
    "Match",
    "Message",
    "Named",
    "NotModified",
    "Notice",
    "NoticeKind",
    "Page",
    "Piece",
    "Ping",
    "PollSettings",
    "Quiet",
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
    "Standing",
    "State",
    "StateWord",
    "Story",
    "TextKind",
    "Trace",
    "Trouble",
    "Validators",
    "Waiting",
    "Web",
    "WebSub",
]
