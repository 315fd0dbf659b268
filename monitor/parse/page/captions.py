"""The words under a picture or a film, in whatever box they stand."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from monitor.parse.lines import ends, leads_on
from monitor.parse.page.blocks import Block, Box, is_prose
from monitor.parse.page.boxes import INNER

_CAPTION_WORDS: Final = 40
_CREDITED_WORDS: Final = 25
# Who took a picture, at the end of its caption.
_CREDIT: Final = re.compile(
    r"(?:تصوير|عدسة|photo(?:graph)?(?: by)?|foto|фото|ảnh|사진|撮影|crédit|credit)\s*[:：/=]|©|\([^()]{2,40}\)$"
    r"|[.,،、|–—-]\s*(?:تصوير|عدسة|عکس|photo(?:graph)?|foto|fotoğraf|fotografía|фото|photographie|zdjęcie|ảnh|사진|写真|撮影)(?:\s+\S+){1,4}$",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"[.!؟?…۔»”\"]\s*\([^()\d]{3,40}\)$")
_SHORT_CAPTION: Final = 15
_LINE_WORDS: Final = 12


def kill_captions(held: list[Block], usual: Counter[tuple[str, str]]) -> None:
    """The words under a picture, in a box of another kind than the text's paragraphs."""
    for at, block in enumerate(held):
        if not block.is_under:
            continue
        kind = (block.box.tag, block.box.name)
        # A name in brackets behind the stop: at the end of a text it is its agency's.
        if ends(block.line.text) and not (
            block.words <= _CREDITED_WORDS
            and _SIGNED.search(block.line.text)
            and any(map(is_prose, held[at + 1 :]))
        ):
            continue
        is_other = usual[kind] == 0
        if block.box.tag == "p":
            credited = _CREDIT.search(block.line.text) is not None
            # A class of its own, where the text's paragraphs have another and end as sentences do.
            is_other = is_other and block.box.name != "" and usual.total() > 1
            is_caption = (credited or is_other) and block.words <= _CREDITED_WORDS
        else:
            is_inner = block.box.tag in INNER or block.box.tag == "li"
            is_caption = block.words <= _CAPTION_WORDS and is_other and not is_inner
        # Among paragraphs that end as sentences do, a bold line would be a subheading.
        is_line = block.box.tag in {"p", "div"} and not block.box.is_bold
        is_caption = is_caption or (
            is_line
            and block.words <= _LINE_WORDS
            and usual.total() > 1
            and usual.total() * 5 >= sum(map(is_prose, held)) * 4
            and not ends(block.line.text)
            and not leads_on(block.line.text)
            and any(map(is_prose, held[:at]))
            and any(map(is_prose, held[at + 1 :]))
        )
        if is_caption:
            block.is_dead = True


def is_caption(held: list[Block], box: Box) -> bool:
    """Whether a box is a picture and the words under it."""
    if not (box.images or (box.films and box.tag != "p")) or len(held) > 3 or held[0].line.heading:
        return False
    size = sum(block.words for block in held)
    is_open = not (ends(held[-1].line.text) or leads_on(held[-1].line.text))
    if box.tag == "p":
        return size <= _CAPTION_WORDS and is_open
    is_open = is_open or size <= _SHORT_CAPTION
    holds_paragraph = any(block.box.tag == "p" and not block.box.name for block in held)
    return size <= _CAPTION_WORDS and (is_open or not holds_paragraph)
