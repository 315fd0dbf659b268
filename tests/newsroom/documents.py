"""A folder of captured or written documents, made into articles again.

A captured page is a page's text with everything on it: section, headline twice,
byline, boxes of other stories, comment form. Each line goes back to where it
stood, so that a site shows what the real one showed; what belongs to other
stories is known by its runs of four words (`Document.foreign`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from .item import Block, Item, Zone

# From such a line on, what stands on a page is not the article.
MORE = ("قراءة المزيد", "مقالات ذات صلة", "مقالات مشابهة", "Read more", "Related")
EMBEDS = ("إقرأ أيضاً", "اقرأ أيضا", "Read also")
NOTICE = ("تنبيه:", "Notice:")
RUN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: `item` to publish, `pieces` whole second articles inside it.

    `foreign` holds runs of four words that stand only in what belongs to other stories.
    """

    name: str
    item: Item
    pieces: tuple[Item, ...]
    foreign: frozenset[str]

    def shows_foreign(self, text: str) -> list[str]:
        """Runs of words of other stories that `text` shows."""
        return sorted(self.foreign.intersection(runs(text)))


def runs(text: str) -> Iterator[str]:
    """All runs of four words, punctuation and direction marks left out."""
    words = re.findall(r"\w+", text)
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def read_documents(folder: Path) -> list[Document]:
    """Text and Markdown files of a folder, front matter or not, in order of name."""
    files = sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".md", ".markdown"})
    return [read_document(p.name, p.read_text("utf-8")) for p in files if p.name != "README.md"]


def read_document(name: str, raw: str) -> Document:
    """One document; its key is its name without extension."""
    meta, body = _front_matter(raw)
    markdown = meta is not None
    lines = [line.strip() for line in (_unwrapped(body) if markdown else body.splitlines())]
    lines = [line.lstrip("# ").strip() if markdown else line for line in lines if line]
    head = _head(lines, meta or {})
    item = Item(
        key=re.sub(r"\W+", "-", name.rsplit(".", 1)[0]),
        title=head.title,
        blocks=tuple(_zoned(lines[head.used :])),
        language=str((meta or {}).get("language", (meta or {}).get("lang", "ar"))),
        author=head.author,
        section=head.section,
        doubled=head.doubled,
    )
    own = " \n ".join([item.title, *(b.text for b in item.blocks if b.zone != "more")])
    foreign = {run for b in item.blocks if b.zone == "more" for run in runs(b.text)}
    return Document(
        name=name,
        item=item,
        pieces=tuple(_pieces(item)),
        foreign=frozenset(foreign.difference(runs(own))),
    )


def _front_matter(raw: str) -> tuple[dict[str, object] | None, str]:
    if not raw.startswith("---"):
        return None, raw
    _, head, body = re.split(r"^---\s*$", raw, maxsplit=2, flags=re.MULTILINE)
    return dict(yaml.safe_load(head) or {}), body


def _unwrapped(body: str) -> list[str]:
    """Markdown paragraphs, one line each."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", body)]


@dataclass(slots=True)
class _Head:
    title: str
    used: int = 0  # lines that are not body
    doubled: bool = False
    section: str | None = None
    author: str | None = None


def _head(lines: list[str], meta: dict[str, object]) -> _Head:
    """Section, headline (once or twice) and byline from the first lines."""
    if title := meta.get("title"):
        return _Head(title=str(title), used=int(lines[0] == title))
    at, section = 0, None
    if _short(lines[0], 3) and _headline(lines[1]):
        section, at = lines[0], 1
    if not _headline(lines[at]):  # captured without its headline
        return _Head(title=" ".join(lines[at].split()[:10]), used=at, section=section)
    head = _Head(title=lines[at], used=at + 1, section=section)
    if lines[head.used] == head.title:
        head.doubled, head.used = True, head.used + 1
    if _short(lines[head.used], 6):
        head.author, head.used = lines[head.used], head.used + 1
    return head


def _short(line: str, words: int) -> bool:
    return len(line.split()) <= words


def _headline(line: str) -> bool:
    return _short(line, 18) and not line.endswith((".", "،", ":", "؛"))


def _zoned(lines: list[str]) -> Iterator[Block]:
    zone: Zone = "body"
    for number, line in enumerate(lines):
        if line.startswith(MORE):
            zone = "more"
        elif line.startswith(EMBEDS):
            # A headline and at least two paragraphs are an article; anything less is a box.
            following = lines[number + 1 : number + 4]
            whole = len(following) == 3 and _headline(following[0]) and not _headline(following[2])
            zone = "embedded" if whole else "more"
        if line.startswith(("•", "*", "-")):
            yield Block(line.lstrip("•*- ").strip(), "li", zone)
        elif zone != "body" and _headline(line):
            yield Block(line, "h3", zone)
        else:
            yield Block(line, "p", zone)
        if line.startswith(NOTICE):
            zone = "more"


def _pieces(item: Item) -> Iterator[Item]:
    embedded = [block for block in item.blocks if block.zone == "embedded"]
    if embedded:
        _mark, headline, *body = embedded
        yield replace(
            item,
            key=f"{item.key}-2",
            title=headline.text,
            doubled=False,
            blocks=tuple(replace(block, zone="body") for block in body),
        )
