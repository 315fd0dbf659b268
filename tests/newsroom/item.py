"""What a newsroom publishes: one article with all that its page shows around it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Zone = Literal["body", "embedded", "more"]
"""`body` is the article, `embedded` a whole second one, `more` what belongs to other stories."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page: `tag` is p, h3 or li."""

    text: str
    tag: Literal["p", "h3", "li"] = "p"
    zone: Zone = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article. `key` is unique on its site; `published` None means when it is published."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    language: str = "ar"
    author: str | None = None
    section: str | None = None
    doubled: bool = False  # the page shows its headline twice
    published: datetime | None = None
    updated: datetime | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The article alone, without what stands around it."""
        return tuple(block.text for block in self.blocks if block.zone == "body")

    @property
    def lead(self) -> str:
        """The first paragraph, or the title where there is none."""
        return self.paragraphs[0] if self.paragraphs else self.title


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs parted by an empty line, as the body of an article."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return tuple(Block(part) for part in parts if part)


def read_items(path: Path) -> list[tuple[Item, dict[str, object]]]:
    """Articles of a JSON Lines file (id, lang, title, text), each with its whole row."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        (
            Item(
                key=row["id"],
                title=row["title"],
                blocks=blocks(row["text"]),
                language=row["lang"],
            ),
            row,
        )
        for row in rows
    ]
