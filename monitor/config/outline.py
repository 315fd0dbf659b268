"""Where things stand in the text of a sources.yaml, to the letter: for who adds to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Span:
    """One value. `start` and `content_end` are offsets; comments after it are not in it.

    `children` of a mapping are keys and values by turns. `column` of a list of
    lines is that of its dashes, counted from 0.
    """

    event: Any
    start: int
    content_end: int
    column: int
    children: list[Span] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        """Whether it is a list, in lines or in brackets."""
        return isinstance(self.event, SequenceStartEvent)

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping, in lines or in braces."""
        return isinstance(self.event, MappingStartEvent)

    @property
    def in_flow(self) -> bool:
        """Whether it stands in brackets or braces."""
        return bool(getattr(self.event, "flow_style", False))

    @property
    def quotes_keys(self) -> bool:
        """Whether its first key stands in double quotes, as in JSON."""
        first = self.children[0] if self.children else None
        if first is not None and self.is_list:
            return first.quotes_keys
        return first is not None and getattr(first.event, "style", None) == '"'


class Outline:
    """The top of a file that Tree has read without complaint.

    `root` is None for a file without content; `end` is where the document ends:
    at its `...`, or at the end of the text.
    """

    def __init__(self, text: str) -> None:
        """Find the places."""
        self._text = text
        self._events: list[Any] = list(yaml.parse(text, _Loader))
        endings: list[Any] = [e for e in self._events if isinstance(e, DocumentEndEvent)]
        explicit = endings and endings[0].explicit
        self.end = endings[0].start_mark.index if explicit else len(text)
        root = self._span(2)[0] if endings else None
        self.root = root if root is not None and root.is_mapping else None

    def top(self, name: str) -> tuple[Span | None, Span | None]:
        """A key at the top and its value; None where there is no such key."""
        children = self.root.children if self.root else []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if isinstance(key.event, ScalarEvent) and key.event.value == name:
                return key, value
        return None, None

    def _span(self, at: int) -> tuple[Span, int]:
        """The value that begins with an event, and the number of the event after it."""
        event = self._events[at]
        start, end = event.start_mark.index, event.end_mark.index
        span = Span(event, start, end, event.start_mark.column)
        if isinstance(event, ScalarEvent | AliasEvent):
            return span, at + 1
        if span.is_list and not span.in_flow:
            # With an anchor before it the list begins there; the first dash is at the end of
            # the event, or just before it where the list is no deeper than its key.
            dash = end if self._text[end : end + 1] == "-" else end - 1
            span.start = dash
            span.column = dash - _line_start(self._text, dash)
        at += 1
        while not isinstance(self._events[at], CollectionEndEvent):
            child, at = self._span(at)
            span.children.append(child)
            span.content_end = child.content_end
        closing = self._events[at]
        if span.in_flow:
            span.content_end = closing.end_mark.index
        return span, at + 1


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind(sign, 0, offset) for sign in "\n\r\x85\u2028\u2029") + 1
