"""What became of an article after it was told, in words for `monitor explain`."""

from __future__ import annotations

from typing import Any

import click

from monitor.alert.sequel_words import ENGLISH_SEQUELS
from monitor.cli.output import when

_SHOWN = 3  # sentences of each side


def say_aftermath(found: dict[str, Any]) -> None:
    """The looks, the changes and what readers were told of them."""
    if looks := found["looks"]:
        click.echo(f"\n{_looks(looks)}")
    for change in found["changes"]:
        touches = ", ".join(ENGLISH_SEQUELS.weights[one] for one in change["weights"])
        click.echo(
            f"\n{change['kind']}, seen by a {change['seen_by']} at {when(change['at'])}"
            f"{f' (touches {touches})' if touches else ''}: {change['told']}"
        )
        for mark, sentences in (("-", change["went"]), ("+", change["came"])):
            for one in sentences[:_SHOWN]:
                click.echo(f"  {mark} {one}")
            if len(sentences) > _SHOWN:
                click.echo(f"  {mark} … {len(sentences) - _SHOWN} more")
        for word in change["words"]:
            by = f"told by {word['told_by']}" if word["told_by"] else "waits for the digest"
            click.echo(f"  on {word['channel']}: {by}")
    for one in found["withdrawals"]:
        click.echo(
            f"\n{one['story']}: withdrawn on {one['channel']} at {when(one['at'])}"
            f" by {one['told_by']}, because it was labelled no"
        )


def _looks(looks: dict[str, Any]) -> str:
    if not looks["looks"] and not looks["next_at"]:
        return "its page is not looked at again: it has none of its own"
    last = f", the last at {when(looks['last_at'])}: {looks['outcome']}" if looks["last_at"] else ""
    following = f"next look {when(looks['next_at'])}" if looks["next_at"] else "no further look"
    seems = (
        f"; it seems {looks['suspect']} since {when(looks['since'])}" if looks["suspect"] else ""
    )
    return f"looked at again {looks['looks']} times{last}{seems}; {following}"
