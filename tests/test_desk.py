"""Developments mended by hand: what was told stays told, and every step can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.aftermath import Aftermath
from monitor.alert.answers import Answers, Asked
from monitor.answer import Desk as ByMail
from monitor.desk import mark, merge, split, undo
from monitor.errors import MonitorError
from monitor.model import Change
from monitor.searching import fill, search
from monitor.store.desk import Entry
from monitor.story.grouping import Development
from monitor.story.profile import Profile
from monitor.web.answers import answering
from tests.labelled import learnt
from tests.stored import Desk

FIGHT = "سيول: ثلاثة آلاف جندي كوري شمالي يقاتلون في كورسك إلى جانب القوات الروسية"
FIGHT_TEXT = (
    "قال جهاز الاستخبارات في سيول إن ثلاثة آلاف جندي من كوريا الشمالية يقاتلون إلى جانب القوات الروسية في كورسك."
    " وأضاف أن الوحدات تعمل قرب خط الجبهة منذ أسابيع."
)
FIGHT_AGAIN = "3,000 North Korean soldiers are fighting in Kursk beside Russian forces, Seoul says"
FIGHT_AGAIN_TEXT = (
    "South Korea's intelligence service said 3,000 North Korean soldiers are fighting beside Russian forces"
    " in Kursk."
)
MEDALS = "كيم جونغ أون يقلد جنودا كوريين شماليين عادوا من روسيا أوسمة في بيونغ يانغ"
MEDALS_TEXT = (
    "قلد الزعيم الكوري الشمالي كيم جونغ أون جنودا عادوا من روسيا أوسمة في حفل أقيم في بيونغ يانغ."
    " وذكرت وكالة الأنباء المركزية أن كيم أشاد ببسالتهم."
)
MEDALS_AGAIN = "Kim Jong Un decorates North Korean soldiers back from Russia in Pyongyang"
MEDALS_AGAIN_TEXT = (
    "North Korean leader Kim Jong Un decorated soldiers who returned from Russia at a ceremony in"
    " Pyongyang, the Korean Central News Agency said."
)
DENIAL = "الكرملين ينفي أن جنودا كوريين شماليين يقاتلون في كورسك"
DENIAL_TEXT = "نفى المتحدث باسم الكرملين دميتري بيسكوف أن جنودا من كوريا الشمالية يقاتلون في كورسك."


@pytest.fixture(scope="module")
def profile() -> Profile:
    return learnt()


@pytest.fixture
def desk(profile: Profile) -> Desk:
    return Desk(profile=profile)


def state(desk: Desk, development: int) -> Development:
    found = desk.store.desk.state("troops", development)
    assert found is not None
    return Development.from_json(found[0])


def tables(desk: Desk) -> dict[str, list]:
    """What a merge or split touches, as it stands."""
    names = ("developments", "members", "told")
    return {name: desk.store.db.execute(f"select * from {name} order by 1, 2, 3").fetchall() for name in names}  # fmt: skip


def last(desk: Desk) -> Entry:
    return desk.store.desk.log("troops")[-1]


def test_merged_developments_are_one_and_tell_nothing_again(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    assert desk.alerts == [fight, medals]
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert desk.alerts == [fight, medals]
    assert desk.home(medals) == fight
    assert desk.store.desk.state("troops", medals) is None
    later = [
        desk.tell(MEDALS_AGAIN, MEDALS_AGAIN_TEXT, language="en"),
        desk.tell(FIGHT_AGAIN, FIGHT_AGAIN_TEXT, language="en"),
    ]
    assert [desk.home(each.article_id) for each in later] == [fight, fight]
    assert [each.told for each in later] == [("told already: a repeat",)] * 2
    assert desk.alerts == [fight, medals]
    with pytest.raises(MonitorError, match=f"merged into {fight}"):
        merge(desk.store, desk.profile, fight, medals, desk.now)


def test_a_merge_makes_what_either_was_told_told(desk: Desk) -> None:
    """One by a source's baseline, the other by an alert."""
    fight = desk.tell(FIGHT, FIGHT_TEXT, baseline=True).article_id
    desk.tell("أسعار الخضار ترتفع", "ارتفعت الأسعار.")
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    assert desk.store.outbox.told("troops", fight) == {"*"}
    merge(desk.store, desk.profile, medals, fight, desk.now)
    assert desk.store.outbox.told("troops", medals) == {"*", "hook"}
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert desk.store.outbox.told("troops", medals) == {"hook"}


def test_a_merge_taken_back_leaves_everything_as_it_was(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    desk.tell(MEDALS_AGAIN, MEDALS_AGAIN_TEXT, language="en")
    before = tables(desk)
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert tables(desk) != before
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert tables(desk) == before
    with pytest.raises(MonitorError, match="taken back at"):
        undo(desk.store, desk.profile, last(desk), desk.now)


def test_a_report_that_was_told_is_parted_and_its_own_retelling_is_no_news(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    denial = desk.tell(DENIAL, DENIAL_TEXT).article_id
    assert desk.home(denial) == fight
    assert desk.alerts == [fight, denial]
    split(desk.store, desk.profile, denial, desk.now)
    assert desk.home(denial) == denial
    assert desk.alerts == [fight, denial]
    assert "deny" not in {stance for _, stance in state(desk, fight).stances}
    again = desk.tell(
        "Kremlin denies North Korean soldiers fight in Kursk",
        "Kremlin spokesman Dmitry Peskov denied that North Korean soldiers are fighting in Kursk.",
        language="en",
    )
    assert desk.home(again.article_id) == denial
    assert again.told == ("told already: a repeat",)


def test_a_report_that_was_silent_is_parted_and_the_next_of_its_event_is_news(desk: Desk) -> None:
    """It was never told, so it silences nothing."""
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    merge(desk.store, desk.profile, fight, medals, desk.now)
    silent = desk.tell(MEDALS_AGAIN, MEDALS_AGAIN_TEXT, language="en").article_id
    split(desk.store, desk.profile, silent, desk.now)
    assert desk.store.outbox.told("troops", silent) == set()
    text = MEDALS_AGAIN_TEXT.replace("at a ceremony", "at a large ceremony on Friday")
    later = desk.tell(
        "Kim decorates North Korean soldiers who returned from Russia", text, language="en"
    )
    assert desk.home(later.article_id) == silent
    assert later.told == ("alerted",)
    assert desk.alerts == [fight, medals, later.article_id]


def test_a_split_takes_copies_along_and_is_taken_back_whole(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    denial = desk.tell(DENIAL, DENIAL_TEXT).article_id
    copy = desk.tell(DENIAL, DENIAL_TEXT + " ", url="https://other.example/1")
    assert copy.fold.relation == "copy"
    before = tables(desk)
    split(desk.store, desk.profile, denial, desk.now)
    assert desk.home(copy.article_id) == desk.home(denial) == denial
    assert [each.article for each in desk.store.desk.reports("troops", fight)] == [fight]
    undo(desk.store, desk.profile, last(desk), desk.now)
    after = tables(desk)
    assert (after["members"], after["developments"]) == (before["members"], before["developments"])
    assert state(desk, fight).members == 3


def test_what_began_a_development_or_is_in_none_cannot_be_parted(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    desk.tell(DENIAL, DENIAL_TEXT)
    off = desk.tell("أسعار الخضار ترتفع", "ارتفعت الأسعار.").article_id
    with pytest.raises(MonitorError, match="began with article"):
        split(desk.store, desk.profile, fight, desk.now)
    with pytest.raises(MonitorError, match="in no development"):
        split(desk.store, desk.profile, off, desk.now)
    with pytest.raises(MonitorError, match="there is no development"):
        merge(desk.store, desk.profile, fight, off, desk.now)
    with pytest.raises(MonitorError, match="with itself"):
        merge(desk.store, desk.profile, fight, fight, desk.now)
    assert desk.store.desk.log("troops") == []


def test_an_entry_that_a_later_one_stands_on_is_not_taken_back(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    merge(desk.store, desk.profile, fight, medals, desk.now)
    first = last(desk)
    split(desk.store, desk.profile, medals, desk.now)
    with pytest.raises(MonitorError, match="came later"):
        undo(desk.store, desk.profile, first, desk.now)
    undo(desk.store, desk.profile, last(desk), desk.now)
    undo(desk.store, desk.profile, first, desk.now)
    assert desk.home(medals) == medals


def test_a_muted_development_alerts_no_more_and_goes_on(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    mark(desk.store, "troops", "mute", fight, desk.now)
    assert mark(desk.store, "troops", "mute", fight, desk.now) is None
    denial = desk.tell(DENIAL, DENIAL_TEXT)
    assert denial.told == ("muted by hand",)
    assert desk.home(denial.article_id) == fight
    assert desk.alerts == [fight]
    assert any(stance == "deny" for _, stance in state(desk, fight).stances)
    mark(desk.store, "troops", "unmute", fight, desk.now)
    again = desk.tell(
        "Kremlin denies North Korean soldiers fight in Kursk",
        "Kremlin spokesman Dmitry Peskov denied that North Korean soldiers are fighting in Kursk.",
        language="en",
    )
    assert again.told == ("told already: a repeat",)
    other = desk.tell(MEDALS, MEDALS_TEXT)
    assert other.told == ("alerted",)


def held(desk: Desk) -> list[tuple[int, int]]:
    """(development, article) of what waits for a message of many."""
    return sorted((row["development"], row["article"]) for row in desk.store.held.listing())


def hold(desk: Desk, article: int, *, kind: str = "new") -> None:
    """An alert that waits for the end of quiet hours, as the rhythm holds it."""
    with desk.store.transaction():
        if kind == "new":
            desk.store.db.execute("delete from told where original_id = ?", [article])
        desk.store.held.put(
            "hook", "troops", article, article, kind=kind, reason="quiet", score=0.9, now=desk.now
        )


def test_what_is_held_of_a_muted_development_is_not_sent(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    hold(desk, fight)
    mark(desk.store, "troops", "mute", fight, desk.now)
    assert held(desk) == []
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert held(desk) == [(fight, fight)]


def test_a_muted_development_s_articles_change_and_vanish_in_silence(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    aftermath = Aftermath(desk.config, desk.store, lambda: desk.now)
    mark(desk.store, "troops", "mute", fight, desk.now)
    gone = Change(kind="gone", went=(FIGHT,))
    with desk.store.transaction():
        assert aftermath.changed(fight, gone, "gone", seen_by="look") == "muted by hand"
    mark(desk.store, "troops", "unmute", fight, desk.now)
    with desk.store.transaction():
        assert aftermath.changed(fight, gone, "gone again", seen_by="look") == "told"


def test_what_is_held_waits_again_when_it_is_muted_no_more(desk: Desk) -> None:
    """`unmute` is how the page behind a mail's link says that it is taken back."""
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    hold(desk, fight)
    for _ in range(2):
        mark(desk.store, "troops", "mute", fight, desk.now)
        mark(desk.store, "troops", "unmute", fight, desk.now)
        assert held(desk) == [(fight, fight)]
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert desk.store.desk.muted("troops", fight)
    assert held(desk) == []
    mark(desk.store, "troops", "unmute", fight, desk.now)
    assert held(desk) == [(fight, fight)]


def test_new_facts_that_wait_are_told_though_what_they_are_merged_into_was(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    hold(desk, medals, kind="update")
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert held(desk) == [(fight, medals)]
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert held(desk) == [(medals, medals)]


def test_what_a_mute_withdrew_was_not_told(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    denial = desk.tell(DENIAL, DENIAL_TEXT).article_id
    assert desk.home(denial) == fight
    with desk.store.transaction():
        desk.store.db.execute("delete from told")
        desk.store.db.execute("delete from alerts")
        desk.store.held.put(
            "hook", "troops", fight, denial, kind="new", reason="quiet", score=0.9, now=desk.now
        )
    mark(desk.store, "troops", "mute", fight, desk.now)
    split(desk.store, desk.profile, denial, desk.now)
    assert desk.store.outbox.told("troops", denial) == set()


def test_merged_developments_that_wait_are_told_once(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    hold(desk, medals)
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert held(desk) == [], "the one was told: so is the other"
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert held(desk) == [(medals, medals)]
    hold(desk, fight)
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert held(desk) == [(fight, fight)]
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert held(desk) == [(fight, fight), (medals, medals)]
    with desk.store.transaction():
        desk.store.desk.withdraw("troops", fight, "a test")
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert held(desk) == [(fight, medals)], "nothing of the first was told"
    undo(desk.store, desk.profile, last(desk), desk.now)
    assert held(desk) == [(medals, medals)]


def test_names_and_notes_stand_and_are_taken_back(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    mark(desk.store, "troops", "rename", fight, desk.now, "القتال في كورسك")
    mark(desk.store, "troops", "note", fight, desk.now, "ask the ministry")
    marks = desk.store.desk.marks("troops")[fight]
    assert (marks.title, marks.notes) == ("القتال في كورسك", ("ask the ministry",))
    desk.tell(DENIAL, DENIAL_TEXT)
    body = desk.store.db.execute("select body from messages order by id desc limit 1").fetchone()[0]
    assert "القتال في كورسك" in body.decode()
    for entry in desk.store.desk.log("troops"):
        undo(desk.store, desk.profile, entry, desk.now)
    assert desk.store.desk.marks("troops") == {}
    assert desk.store.desk.title("troops", fight) is None
    with pytest.raises(MonitorError, match="there is no development"):
        mark(desk.store, "troops", "mute", 99, desk.now)


def test_a_failure_half_way_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    before = tables(desk)

    def torn(*_: object, **__: object) -> None:
        raise OSError("torn")

    monkeypatch.setattr(desk.store.desk, "note", torn)
    with pytest.raises(OSError, match="torn"):
        merge(desk.store, desk.profile, fight, medals, desk.now)
    assert tables(desk) == before


def test_a_merged_development_closes_as_late_as_its_latest_news(desk: Desk) -> None:
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT, minutes=60 * 40).article_id
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert state(desk, fight).last_new == state(desk, fight).opened + timedelta(hours=40)


async def test_an_answer_from_the_inbox_is_carried_out(desk: Desk) -> None:
    """Over the real page and its signed links; a merged development is muted where it stands."""
    fight = desk.tell(FIGHT, FIGHT_TEXT).article_id
    medals = desk.tell(MEDALS, MEDALS_TEXT).article_id
    inbox = Answers("https://monitor.example.org/a", b"a secret")
    site = httpx.ASGITransport(
        answering(inbox, ByMail(desk.store, lambda: desk.now), lambda: desk.now)
    )

    async def asked(method: str, act: Literal["yes", "no", "mute"], number: int) -> str:
        link = inbox.link(
            Asked(act=act, story="troops", number=number, until=desk.now + timedelta(days=1))
        )
        async with httpx.AsyncClient(transport=site) as client:
            return (await client.request(method, link)).text

    assert MEDALS in await asked("GET", "no", medals)
    assert desk.store.labels.listing(None) == []
    assert "Noted: it is not of this story" in await asked("POST", "no", medals)
    assert "It was so already" in await asked("POST", "no", medals)
    assert [(row["id"], row["said"]) for row in desk.store.labels.listing(None)] == [(medals, "no")]
    merge(desk.store, desk.profile, fight, medals, desk.now)
    assert "Muted" in await asked("POST", "mute", medals)
    assert desk.store.desk.muted("troops", fight)
    assert "This link does not work" in await asked("POST", "mute", 99)
    assert "This link does not work" in await asked("POST", "yes", 99)


def test_what_a_label_stands_on_is_not_let_go(desk: Desk) -> None:
    """Its text is what the label teaches by; other texts that match nothing go, and their words."""
    told = [desk.tell(f"خبر عن الطقس {n}", "طقس جميل.").article_id for n in range(2)]
    with desk.store.transaction():
        desk.store.labels.say("troops", told[0], "no", desk.now)
        assert desk.store.retention.drop(desk.now + timedelta(days=1), desk.now, 9)[0] == 1
    assert [label.text for label in desk.store.labels.of("troops")] == ["طقس جميل."]
    while fill(desk.store):
        pass
    asked: dict[str, Any] = {"story": None, "since": None, "limit": 9, "stories": []}
    assert [row["id"] for row in search(desk.store, "جميل", **asked)] == told[:1]
    assert len(search(desk.store, "الطقس", **asked)) == 2


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_hand_taken_back_step_by_step_leaves_all_as_it_was(profile: Profile, data: Any) -> None:
    """Merges and splits in any order, then everything undone, the last first."""
    desk = Desk(profile=profile)
    texts = [(FIGHT, FIGHT_TEXT), (MEDALS, MEDALS_TEXT), (DENIAL, DENIAL_TEXT)]
    told = [desk.tell(*text).article_id for text in texts]
    told.append(desk.tell(MEDALS_AGAIN, MEDALS_AGAIN_TEXT, language="en").article_id)
    before = tables(desk)
    number = st.sampled_from(told)
    for _ in range(data.draw(st.integers(1, 5))):
        try:
            if data.draw(st.booleans()):
                merge(desk.store, profile, data.draw(number), data.draw(number), desk.now)
            else:
                split(desk.store, profile, data.draw(number), desk.now)
        except MonitorError:
            continue
    homes = {desk.home(each) for each in told}
    assert all(desk.store.desk.state("troops", home or 0) for home in homes)
    for entry in reversed(desk.store.desk.log("troops")):
        undo(desk.store, profile, entry, desk.now)
    after = tables(desk)
    assert (after["members"], after["developments"]) == (before["members"], before["developments"])
    assert set(before["told"]) <= set(after["told"])
