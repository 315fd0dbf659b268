"""`deliver.files`, `alert.feeds`: feeds that feedparser and our own reader take."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.compose import compose
from monitor.alert.feeds import as_atom, as_json, parse, put
from monitor.deliver.files import Files
from monitor.errors import DeliveryError
from monitor.model import Alert, Channel, Delivery, Event, Fetched, Held, Notice, Receipt, Source
from monitor.parse import read_entries
from tests import alerts, mailed


def channel(folder: Path, **changed) -> Channel:
    return Channel(**{"name": "feeds", "kind": "files", "folder": folder, **changed})


def delivery(body: bytes) -> Delivery:
    return Delivery(
        id=1,
        channel="feeds",
        recipient="",
        key="msg_1_feeds",
        content_type="application/json",
        body=body,
        attempts=0,
        created=alerts.CREATED,
    )


async def put_into(to: Channel, *told: Alert | Notice) -> list[Receipt]:
    way = Files(to)
    return [await way.send(delivery(compose(one, to).body)) for one in told]


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def about(number: int, title: str = "A headline", minutes: int = 0, **changed) -> Alert:
    event = Event(id=number, headline=title, language="en", reports=1)
    at = alerts.CREATED + timedelta(minutes=minutes)
    url = changed.pop("url", f"https://news.example.org/{number}/{minutes}")
    alert = alerts.titled(title, url=url, link=url, **changed)
    return replace(alert, id=f"a{number}-{minutes}", event=event, created=at)


def fetched(path: Path, media: str) -> Fetched:
    url = f"https://monitor.example/{path.name}"
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", media),),
        content_type=media,
        body=path.read_bytes(),
        fetched_at=alerts.CREATED,
    )


def own(path: Path, media: str) -> list:
    source = Source(name="own", url=f"https://monitor.example/{path.name}")
    return list(read_entries(source, fetched(path, media)).entries)


async def test_both_feeds_are_read_by_feedparser_and_by_our_own_reader(tmp_path: Path) -> None:
    store = mailed.settled([channel(tmp_path)], mailed.rows())
    for body in mailed.bodies(store, "feeds"):
        await Files(channel(tmp_path)).send(delivery(body))
    atom, feed = (tmp_path / f"north-korea-russia.{end}" for end in ("atom", "json"))
    read = feedparser.parse(atom.read_bytes())
    assert (read.bozo, read.version) == (False, "atom10")
    items = json.loads(feed.read_text("utf-8"))["items"]
    assert json.loads(feed.read_text("utf-8"))["version"] == "https://jsonfeed.org/version/1.1"
    # Four developments; two of them with a later report, which is on top of their item.
    assert [item["title"].split(":")[0] for item in items] == ["CORRECTED", "NEW", "NEW", "DENIED"]
    assert [e.title for e in read.entries] == [item["title"] for item in items]
    assert [e.id for e in read.entries] == [item["id"] for item in items]
    for path, media in ((atom, "application/atom+xml"), (feed, "application/feed+json")):
        entries = own(path, media)
        assert [e.guid for e in entries] == [item["id"] for item in items]
        assert [e.url for e in entries] == [item["url"] for item in items]
        assert all(e.published and e.updated and e.title for e in entries)
    denied = items[3]["content_text"]
    assert denied.index("DENIED") < denied.index("NEW")


async def test_an_item_keeps_its_id_and_takes_the_latest_report(tmp_path: Path) -> None:
    to = channel(tmp_path)
    await put_into(to, about(1, "First"), about(2, "Other", 1), about(1, "Second", 2))
    one, two = json.loads((tmp_path / "north-korea-russia.json").read_text("utf-8"))["items"]
    assert (one["title"], two["title"]) == (
        "NEW: Second – Example News",
        "NEW: Other – Example News",
    )
    assert one["date_published"] == "2026-11-20T14:07:30Z"
    assert one["date_modified"] == "2026-11-20T14:09:30Z"
    first = one["id"]
    # A file that was lost is begun anew, with the same ids.
    (tmp_path / "north-korea-russia.json").unlink()
    await put_into(to, about(1, "First"))
    (again,) = json.loads((tmp_path / "north-korea-russia.json").read_text("utf-8"))["items"]
    assert again["id"] == first


async def test_the_same_alert_twice_changes_nothing(tmp_path: Path) -> None:
    to = channel(tmp_path)
    await put_into(to, about(1), about(1, "More", 5))
    before = written(tmp_path)
    await put_into(to, about(1), about(1, "More", 5))
    assert written(tmp_path) == before
    assert before.keys() == {"north-korea-russia.atom", "north-korea-russia.json"}


async def test_the_number_of_items_and_of_reports_is_bounded(tmp_path: Path) -> None:
    to = channel(tmp_path, items=5)
    await put_into(to, *(about(n, minutes=n) for n in range(1, 9)))
    items = json.loads((tmp_path / "north-korea-russia.json").read_text("utf-8"))["items"]
    assert [item["_story_monitor"]["development"] for item in items] == [8, 7, 6, 5, 4]
    await put_into(to, *(about(8, minutes=n) for n in range(10, 40)))
    items = json.loads((tmp_path / "north-korea-russia.json").read_text("utf-8"))["items"]
    assert len(items) == 5
    assert len(items[0]["_story_monitor"]["reports"]) == 20


async def test_a_test_writes_no_item_and_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    (receipt,) = await put_into(channel(folder), alerts.build({"kind": "test"}))
    assert "no feed was changed" in receipt.reply
    assert list(folder.iterdir()) == []


async def test_a_flood_stands_for_its_alerts_and_other_notices_for_none(tmp_path: Path) -> None:
    held = Held(
        article_id=7, title="خبر قديم", link="https://old.example/7", outlet=None, source="old",
        language="ar", score=0.8,
    )  # fmt: skip
    flood = Notice(
        id="f1", kind="flood", created=alerts.CREATED, source="old", why="many",
        story=alerts.story(), held=(held,),
    )  # fmt: skip
    other = Notice(id="t1", kind="trouble", created=alerts.CREATED)
    await put_into(channel(tmp_path), flood, other, flood)
    (item,) = json.loads((tmp_path / "north-korea-russia.json").read_text("utf-8"))["items"]
    assert (item["title"], item["url"]) == ("خبر قديم", "https://old.example/7")


@pytest.mark.parametrize("text", ["{}x", "[]", '{"items": [{"id": 1}]}', "not json", ""])
async def test_somebody_elses_file_is_not_written_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / "north-korea-russia.json"
    path.write_text(text)
    with pytest.raises(DeliveryError, match="move it away") as caught:
        await put_into(channel(tmp_path), about(1))
    assert str(path) in caught.value.detail
    assert path.read_text() == text


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        await put_into(channel(tmp_path / "file" / "feeds"), about(1))
    assert not caught.value.permanent


async def test_a_full_disk_leaves_the_old_feed_whole(tmp_path: Path, monkeypatch) -> None:
    to = channel(tmp_path)
    await put_into(to, about(1))
    before = written(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DeliveryError, match="No space left on device"):
        await put_into(to, about(2))
    assert written(tmp_path) == before


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_well_formed_feeds(title: str, outlet: str) -> None:
    told = json.loads(compose(about(1, title, outlet=outlet, text=title), alerts.webhook()).body)
    feed = put(None, told, most=3)
    root = ET.fromstring(as_atom(feed))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert parse(as_json(feed).decode("utf-8"))["items"][0]["id"] == feed["items"][0]["id"]


def test_times_are_those_of_the_alerts() -> None:
    told = json.loads(compose(about(1), alerts.webhook()).body)
    when = datetime.fromisoformat(put(None, told, most=3)["items"][0]["date_modified"])
    assert when == alerts.CREATED.astimezone(UTC)


def test_a_channel_without_a_folder_is_none_of_files() -> None:
    with pytest.raises(ValueError, match="has no folder"):
        Files(Channel(name="feeds", kind="files"))
