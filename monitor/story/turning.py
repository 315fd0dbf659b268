"""What would have changed a verdict, from its score and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.story.match import MAYBE


def turning(
    band: str, score: float, threshold: float, reasons: Sequence[Mapping[str, Any]]
) -> list[str]:
    """One sentence for each thing that was near; `reasons` as they are stored.

    First the nearest edge, then what the story asks for and the article lacks, then
    the words, labels and meaning without which it would have scored otherwise. What is *off*
    without a reason was ruled out by what it names: its score is on no edge's scale.
    """
    lower = threshold * MAYBE
    said = []
    if band == "on":
        said.append(f"{score - threshold:.2f} less, and it would have been maybe")
    elif band == "maybe":
        said.append(
            f"{threshold - score:.2f} more, and it would have been on;"
            f" {score - lower:.2f} less, and it would have been off"
        )
    elif not reasons:
        said.append("it names too little of what the story asks for to be weighed")
    else:
        said.append(f"{lower - score:.2f} more, and it would have been maybe")
    lacking = [each["text"] for each in reasons if each["kind"] == "missing"]
    if lacking and band != "on":
        said.append("what it lacks beside the rest in one passage: " + "; ".join(lacking))
    said += [
        f"without the excluded word {each['text']} it would have scored five times as much"
        for each in reasons
        if each["kind"] == "excluded"
    ]
    said += [
        f"without your label it would have scored {score - each['weight']:.2f} ({each['text']})"
        for each in reasons
        if each["kind"] == "label"
    ]
    said += [
        f"without the sentence encoder it would have scored {score - each['weight']:.2f}"
        for each in reasons
        if each["kind"] == "meaning"
    ]
    return said
