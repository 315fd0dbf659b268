"""A test message through channels: rendered and sent as an alert would be, stored nowhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.alert.compose import compose
from monitor.daemon.rig import sender
from monitor.errors import DeliveryError, MonitorError
from monitor.identify.fingerprint import fingerprint
from monitor.look.deliveries import answer
from monitor.model import Alert, Article, Channel, Config, Delivery, Match, Reason, Story

_WORDS = {
    "ar": ("رسالة تجريبية من مراقب القصة", "إذا وصلتك هذه الرسالة فالقناة تعمل."),
    "en": ("Test message of story-monitor", "If you read this, the channel works."),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a channel's test: what is wrong, or what the receivers answered."""

    channel: str
    problem: str | None
    answers: tuple[str, ...]


async def send_trial(config: Config, channels: Sequence[Channel], now: datetime) -> list[Tried]:
    """Send one test alert to each recipient of each channel."""
    found: list[Tried] = []
    for channel in channels:
        message = compose(trial(config, channel, now), channel)
        way = sender(channel)
        problem = None
        answers: list[str] = []
        try:
            for recipient in message.recipients:
                receipt = await way.send(
                    Delivery(
                        id=0,
                        channel=channel.name,
                        recipient=recipient,
                        key=message.key,
                        content_type=message.content_type,
                        body=message.body,
                        attempts=0,
                        created=now,
                    )
                )
                answers.append(answer({"status": receipt.status, "reply": receipt.reply}))
        except (DeliveryError, MonitorError) as error:
            problem = str(error)
        finally:
            await way.aclose()
        said = tuple(dict.fromkeys(filter(None, answers)))
        found.append(Tried(channel=channel.name, problem=problem, answers=said))
    return found


def trial(config: Config, channel: Channel, now: datetime) -> Alert:
    """A test alert in the channel's language."""
    title, text = _WORDS.get(channel.language, _WORDS["en"])
    language = channel.language if channel.language in _WORDS else "en"
    carried = [one for one in config.stories if one.name in channel.stories] or config.stories
    story = carried[0] if carried else Story(name="test", title="test", seeds=Path("seeds"))
    return Alert(
        id=f"test{uuid.uuid4().hex[:12]}",
        kind="test",
        story=story,
        created=now,
        article=Article(
            url="https://example.org/test",
            link="https://example.org/test",
            addresses=(),
            source="test",
            outlet="story-monitor",
            title=title,
            text=text,
            kind="full",
            language=language,
            author=None,
            published=now,
            updated=None,
            first_seen=now,
            fingerprint=fingerprint(title, text),
        ),
        match=Match(
            story=story.name,
            score=1.0,
            threshold=story.threshold,
            band="on",
            reasons=(Reason(kind="rule", text="a test: nothing was judged"),),
            rule="test",
            profile="",
        ),
    )
