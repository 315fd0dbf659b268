"""What is told of an article after it was told: that it changed, is gone, or was told wrongly.

Every word goes to the channels that were told of the article, and to no others. All of it is
called inside a transaction, the one that stores what is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from monitor.alert.compose import compose
from monitor.alert.decide import MUTED
from monitor.alert.notice import notice_title
from monitor.health import broken
from monitor.identify.address import site
from monitor.identify.wrappers import is_wrapper
from monitor.model import (
    Article,
    Change,
    Channel,
    Config,
    Episode,
    Known,
    Notice,
    Sequel,
    SequelKind,
    Telling,
)
from monitor.schedule import next_step
from monitor.sequels import Sequels, after, new_id
from monitor.store.entries import Provenance
from monitor.store.looks import Look
from monitor.store.rows import stamp
from monitor.store.store import Store
from monitor.story.changed import changed
from monitor.story.profile import Profile

# In which a label given by mistake may be taken back before anybody hears of it.
UNDO = timedelta(minutes=1)
# Articles of one site that shrink or vanish within this time do so together.
TOGETHER = timedelta(hours=24)
_NAMED = 5
_LONGEST = 20_000  # letters; compared in a tenth of a second


class Aftermath:
    """Tells over one configuration and an open store."""

    def __init__(self, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        """Use an open store."""
        self._config = config
        self._store = store
        self._clock = clock
        self._stories = {story.name: story for story in config.stories}
        self._channels = {channel.name: channel for channel in config.channels}
        self._sources = {source.name: source for source in config.sources}
        self._sequels = Sequels(self._stories, self._channels, store, clock)

    # ---- what is looked at again

    def untracked(self) -> list[tuple[int, str, str, datetime]]:
        """Articles told of late of which no look is planned yet; outside a transaction, too."""
        span = self._config.recheck
        return [] if span is None else self._store.looks.untracked(self._clock() - span)

    def track(self) -> None:
        """Plan the first look at each."""
        span, now = self._config.recheck, self._clock()
        assert span is not None
        for article_id, link, source, told_at in self.untracked():
            known = self._sources.get(source)
            # A channel's message has no page of its own, and a second piece stands in another's.
            never = (known and known.kind == "telegram") or "#piece-" in link or is_wrapper(link)
            at = None if never else next_step(told_at, now, span)
            self._store.looks.track(article_id, site(link) or source, told_at, at)

    def stories(self, article_id: int) -> list[str]:
        """The stories of which readers were told of an article."""
        return list(dict.fromkeys(one.story for one in self._store.aftermath.told(article_id)))

    # ---- changes

    def changed(
        self,
        article_id: int,
        change: Change,
        print_: str,
        *,
        seen_by: str,
        since: datetime | None = None,
        aside: Collection[str] = (),
    ) -> str:
        """Keep a change and queue word of it; what became of it.

        Weighty ones, and one that is gone, go at once; others wait for the digest, and where
        a channel has none they are only listed. Channels `aside` were told by an alert, and of
        a muted development nobody is.
        """
        now, table = self._clock(), self._store.aftermath
        told = [
            one
            for one in table.told(article_id)
            if one.channel in self._channels and one.story in self._stories
        ]
        number = table.change(
            article_id, change, print_, now, seen_by=seen_by, told="listed", since=since
        )
        if number is None:
            return "said before"
        left = [
            one
            for one in told
            if one.channel not in aside and not self._muted(one.story, article_id)
        ]
        heavy = change.weighty or change.kind == "gone"
        at_once = [one for one in left if heavy and self._channels[one.channel].instant]
        later = [
            one.channel
            for one in left
            if one not in at_once and self._channels[one.channel].digest is not None
        ]
        table.word(number, later, None)
        kind: SequelKind = "gone" if change.kind == "gone" else "changed"
        for sequel, channels in self._sequels.each(article_id, at_once, kind, change, since):
            self._sequels.queue(sequel, channels)
            table.word(number, [channel.name for channel in channels], sequel.id)
        became = [
            *(["told as an update"] if any(one.channel in aside for one in told) else []),
            *([MUTED] if any(self._muted(one.story, article_id) for one in told) else []),
            *(["told"] if at_once else []),
            *(["waits for the digest"] if later else []),
        ]
        table.became(number, "; ".join(became) or "listed")
        return "; ".join(became) or "listed"

    def revised(
        self,
        article_id: int,
        profile: Profile,
        before: Known,
        after: Article,
        came_by: Provenance,
        body: bytes | None,
        *,
        since: datetime,
    ) -> str | None:
        """Judge what a poll shows anew of a told article; None where it was not told.

        `came_by` is its exchange and `body` its page's bytes. Where one text was read from the
        page and the other from the feed they differ by that alone, and only the headlines are
        compared. An alert queued `since` then has told it.
        """
        if not self._store.aftermath.told(article_id):
            return None
        at = stamp(came_by.fetched_at)
        kept = self._store.evidence.of(article_id)
        earlier = [
            row for row in kept if (row["sha256"], row["fetched_at"]) != (came_by.sha256, at)
        ]
        # Long ones are live blogs, and the loop waits while they are compared.
        short = max(len(before.text), len(after.text)) <= _LONGEST
        same_way = short and bool(earlier) and earlier[-1]["url"] == came_by.url
        change = changed(
            profile,
            Telling(title=before.title, text=before.text if same_way else after.text),
            Telling(title=after.title, text=after.text),
        )
        if change.kind in {"unchanged", "unreadable"}:
            return None
        if body is not None and len(earlier) == len(kept):
            # What is told must stand on kept bytes, also where it is off the story by now.
            self._store.evidence.keep_body(body)
            self._store.evidence.add(article_id, came_by)
        aside = self._store.aftermath.alerted_since(article_id, since)
        return self.changed(article_id, change, print_of(after), seen_by="poll", aside=aside)

    def together(
        self, look: Look, row: dict[str, Any], change: Change, print_: str, fellows: Sequence[int]
    ) -> str:
        """Several articles of a site shrank or vanished: a notice about the site, no alert.

        One a day; what is more of it is kept and listed.
        """
        now, table = self._clock(), self._store.aftermath
        is_known = self._store.looks.site_told(look.site, now - TOGETHER)
        told = "listed: with others of its site" if is_known else "site notice"
        number = table.change(
            look.article_id, change, print_, now, seen_by="look", told=told, since=look.since
        )
        if number is None or is_known:
            return told
        ids = [look.article_id, *fellows]
        titles = [str(found["title"]) for each in ids[:_NAMED] if (found := self._row(each))]
        notice = Notice(
            id=new_id(),
            kind="trouble",
            created=now,
            episodes=(
                Episode(
                    state="misread",
                    reason="together",
                    source=row["source"],
                    began=look.since or now,
                    facts={"count": str(len(ids)), "detail": " · ".join(titles)},
                ),
            ),
            watched=sum(source.enabled for source in self._config.sources),
            broken=broken(self._store.health.open()),
        )
        channels = [channel for channel in self._config.channels if channel.notices]
        self._store.outbox.notify(
            notice,
            notice_title(notice, "en"),
            [compose(notice, channel) for channel in channels],
            now,
            after=after(channels, now),
        )
        return told

    def _muted(self, story: str, article_id: int) -> bool:
        """Whether nobody wants to hear more of the development that an article stands in."""
        home = self._store.desk.home(story, article_id)
        return home is not None and self._store.desk.muted(story, home)

    def _row(self, article_id: int) -> dict[str, Any] | None:
        return self._store.articles.find(str(article_id))

    def waiting(self, channel: Channel) -> tuple[Sequel, ...]:
        """The changes that wait for a channel's digest."""
        found = []
        for row in self._store.aftermath.waiting(channel.name):
            told = self._store.aftermath.told(row["id"])
            story = next((self._stories[one.story] for one in told if one.story in self._stories), None)  # fmt: skip
            if story is None:
                continue
            change = Change(
                kind=row["kind"],
                headline=bool(row["headline"]),
                went=tuple(row["went"]),
                came=tuple(row["came"]),
                weights=tuple(row["weights"]),
                corrects=bool(row["corrects"]),
            )
            kind: SequelKind = "gone" if change.kind == "gone" else "changed"
            found.append(self._sequels.one(row, told, story, kind, change, None))
        return tuple(found)

    # ---- what a label took back

    def taken_back(self) -> bool:
        """Whether a label took back what readers were told; outside a transaction, too."""
        return bool(self._store.aftermath.taken_back(self._clock() - UNDO))

    def withdraw(self) -> list[Sequel]:
        """Tell whoever was told of an article that it is not on the story after all, once."""
        now, table = self._clock(), self._store.aftermath
        found = []
        for name, article_id, _ in table.taken_back(now - UNDO):
            done = table.withdrawn(name, article_id)
            told = [
                one
                for one in table.told(article_id)
                if one.story == name and one.channel not in done
            ]
            here = [one for one in told if one.channel in self._channels and name in self._stories]
            gone = [one.channel for one in told if one not in here]
            table.withdraw(name, article_id, gone, None, now)
            for sequel, channels in self._sequels.each(article_id, here, "withdrawn", None, None):
                self._sequels.queue(sequel, channels)
                table.withdraw(name, article_id, [each.name for each in channels], sequel.id, now)
                found.append(sequel)
        return found


def print_of(article: Article) -> str:
    """What recognises a state of an article again."""
    return f"{article.fingerprint.title} {article.fingerprint.exact}"
