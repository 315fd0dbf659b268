"""The sources.yaml that a new story begins with: the shipped one's explanations, without its world."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_SHIPPED = "north-korea-russia"
_OWN_SOURCES = "#\n# The addresses were collected"


def begun(shipped: str, name: str, title: str, *, remarks: Sequence[str] = ()) -> str:
    """Return the text with one story, no channel and no source; `shipped` is the shipped text.

    The seeds are expected in `seeds/NAME`. `remarks` become comments under `sources:`.
    """
    head = shipped[: shipped.index(_OWN_SOURCES)].replace(_SHIPPED, name)
    quoted = json.dumps(title, ensure_ascii=False)  # every JSON string is one of YAML
    head = re.sub(r"(?m)^    title: .*$", lambda _: f"    title: {quoted}", head, count=1)
    return head + "sources:\n" + "".join(f"  # {remark}\n" for remark in remarks)
