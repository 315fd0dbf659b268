"""What the headline rules out: stored whole, and compared when something asks for it.

Identifying and folding an article costs ten times what storing it does, and of what no
story wants nobody asks whose copy it is. It is kept with what it says and under all its
addresses, and catches up as soon as an article comes that may be the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.fold.fold import fold, keys, likest
from monitor.fold.group import group_of
from monitor.identify.article import identify, outline, whole
from monitor.model import Article, Entry, Source
from monitor.store.headlines import headlines
from monitor.store.rows import short
from monitor.store.store import Store
from monitor.store.uncompared import Ruled
from monitor.story.glance import Glanced


def ruled_out(
    source: Source, looked: Sequence[tuple[str, Entry, Glanced]], first_seen: datetime
) -> Iterator[Ruled | None]:
    """Entries that are not wanted, by their keys, as they are stored.

    None for one that has no headline to go by.
    """
    outlines = [outline(source, entry, first_seen) for _, entry, _ in looked]
    digests = headlines([entry.title or "" for _, entry, _ in looked])
    for (key, entry, glanced), article, digest in zip(looked, outlines, digests, strict=True):
        if article is None:
            yield None
            continue
        yield Ruled(
            key=key,
            entry=entry,
            article=article,
            addresses=tuple(map(short, article.addresses)),
            headline=None if entry.title is None else digest,
            matches=glanced.matches,
            score=glanced.score,
        )


class Said:
    """What the entries of each source said at the last poll, in eight bytes each.

    For an entry that is ruled out says something else one day under the headline that it had,
    and which of thousands that is must be seen without a look at every one.
    """

    def __init__(self) -> None:
        """Know nothing: after a start each is looked at once."""
        self._digests: dict[str, array[int]] = {}

    def of(self, source: str) -> Container[int]:
        """The digests of what its entries said at the last poll that was stored."""
        return frozenset(self._digests.get(source, ()))

    def keep(self, source: str, digests: array[int]) -> None:
        """Remember what they say now."""
        self._digests[source] = digests


def digest(key: str, entry: Entry) -> int:
    """Of what it says beside its headline, for this process alone."""
    return hash((key, entry.summary))


def says_otherwise(store: Store, source: Source, entry: Entry, now: datetime) -> bool:
    """Whether an entry says something else than it was ruled out by, and nobody has read its page.

    An edge that a label moved, or an edit, changes nothing that it says.
    """
    article = identify(source, entry, None, now)
    row = store.articles.find(article.url, article.addresses)
    if row is None or row["dropped"] is not None:
        return False
    outlined = outline(source, entry, now)
    if row["text"] in {article.text, outlined.text if outlined else ""}:
        return False
    # Only what was ruled out has a verdict without reasons.
    return all(verdict["reasons"] is None for verdict in store.ledger.verdicts(row["id"]))


def catch_up(store: Store, article: Article, window: timedelta) -> None:
    """Compare what was ruled out and may be what `article` is; call inside a transaction.

    That is what stands at one of its addresses, and what has its headline, however spelled. Each
    is identified and folded into what came before it, as if it had been at once.
    """
    since = article.first_seen - window
    for article_id, outlined in store.uncompared.like(article.addresses, article.title, since):
        late = whole(outlined)
        cheap = keys(late)
        candidates = [
            known
            for known in store.articles.candidates(late, cheap, late.first_seen - window, likest)
            if known.id < article_id
        ]
        verdict = fold(late, candidates)
        if verdict.relation == "revision":
            # The text of its outlet at another address: a row of its own by now.
            verdict = replace(verdict, relation="copy")
        verdict = replace(verdict, original=group_of(verdict, candidates))
        store.uncompared.compared(article_id, late, verdict, cheap)
