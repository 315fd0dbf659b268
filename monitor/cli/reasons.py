"""The reasons of a verdict as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.look.reasons import found, others


def lines(reasons: Sequence[Mapping[str, Any]], rule: str) -> Iterator[str]:
    """What was named, by sentence; then one line a kind of the rest. `rule` stands elsewhere."""
    for each in found(reasons):
        groups = (
            f"{group}: {', '.join(names)}" if group else ", ".join(names)
            for group, names in each.named.items()
        )
        where = f' in "{each.sentence}"' if each.sentence else ""
        yield f"concept: {'; '.join(groups)}{where}"
    for kind, texts in others(reasons, rule).items():
        said = (f'{text} in "{where}"' if where else text for text, where in texts)
        yield f"{kind}: {', '.join(said)}"
