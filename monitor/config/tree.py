"""YAML text as plain values that still know where each key and value stands.

Read from the parser's events and not by `yaml.compose`: that recurses in C, so
that a file of 40,000 `[` ends the process, and takes three times as long. Both
of two equal keys are seen. Aliases share their value, so an alias bomb costs no
memory; its size written out is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import ScalarNode
from yaml.reader import Reader

from monitor.config.syntax import Place, SyntaxProblem, in_plain_words, place_in

Path = tuple[str | int, ...]

MAX_DEPTH = 50
MAX_VALUES = 1_000_000  # 10,000 sources are about 100,000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
# What a bare scalar may be, by its first letter; a date stays the text that was written.
_RESOLVERS = {
    first: [(tag, rule) for tag, rule in rules if tag in {_TAG + n for n in ("bool", "int", "float", "null")}]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}  # fmt: skip
_construct = SafeConstructor()


@dataclass(slots=True)
class Node:
    """One value: what YAML reads, where it starts, and for a scalar its bare `text`."""

    value: Any
    mark: Any
    text: str | None = None
    children: dict[str, Node] | list[Node] | None = None
    size: int = 1  # values in it, aliases written out
    keys: dict[str, Any] = field(default_factory=dict)  # name -> mark
    pending: str | None = None  # the key whose value comes next; "" for one to be dropped


class Tree:
    """A whole file. `problems` are keys and tags that no configuration can have."""

    def __init__(self, text: str) -> None:
        """Read it; SyntaxProblem where it cannot be read on."""
        self.problems: list[tuple[Place, str]] = []
        if control := Reader.NON_PRINTABLE.search(text):
            where = place_in(text, control.start())
            raise SyntaxProblem(where, "a control character, which YAML does not allow: delete it")
        try:
            self.root = self._read(yaml.parse(text, _Loader))
        except yaml.MarkedYAMLError as error:
            raise in_plain_words(error, text) from None

    @property
    def value(self) -> Any:
        """Everything, as plain values; a key with nothing after it is left out."""
        return self.root.value if self.root else None

    def node(self, path: Path) -> Node | None:
        """Return the node at a path, None where there is none."""
        node = self.root
        for part in path:
            children = node.children if node else None
            if isinstance(children, dict):
                node = children.get(str(part))
            elif isinstance(children, list) and isinstance(part, int) and part < len(children):
                node = children[part]
            else:
                return None
        return node

    def at_value(self, path: Path) -> Place:
        """Place of the value at a path, or of the nearest thing around it."""
        node = self.node(path)
        if node is None:
            return self.at_key(path[:-1]) if path else (1, 1)
        return _place(node.mark)

    def at_key(self, path: Path) -> Place:
        """Place of the key at a path; of the value where it is no key (list item, top)."""
        parent = self.node(path[:-1]) if path else None
        mark = parent.keys.get(str(path[-1])) if parent else None
        return self.at_value(path) if mark is None else _place(mark)

    def _read(self, events: Iterable[Any]) -> Node | None:
        stack: list[Node] = []
        anchors: dict[str, Node] = {}
        root: Node | None = None
        for event in events:
            kind = type(event)
            if kind is ScalarEvent:
                node = self._scalar(event)
                if event.anchor is not None:
                    anchors[event.anchor] = node
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = self._opened(event, kind is MappingStartEvent, len(stack))
                if event.anchor is not None:
                    anchors[event.anchor] = node
                stack.append(node)
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = stack.pop()
            elif kind is AliasEvent:
                node = _aliased(anchors, event, stack)
            else:
                if kind is DocumentStartEvent and root is not None:
                    where = _place(event.start_mark)
                    raise SyntaxProblem(where, "a second document: keep what stands before '---'")
                continue
            if stack:
                self._put(stack[-1], node, event)
            else:
                root = node
        return root

    def _opened(self, event: Any, is_mapping: bool, depth: int) -> Node:
        if depth >= MAX_DEPTH:
            raise SyntaxProblem(_place(event.start_mark), f"nested deeper than {MAX_DEPTH} levels")
        if event.tag is not None:
            self._tagged(event)
        if is_mapping:
            return Node({}, event.start_mark, children={})
        return Node([], event.start_mark, children=[])

    def _scalar(self, event: Any) -> Node:
        text: str = event.value
        value: Any = text
        if event.tag is None and event.implicit[0]:
            value = _plain(text)
        elif event.tag not in (None, "!", _TAG + "str"):
            self._tagged(event)
        return Node(value, event.start_mark, text)

    def _tagged(self, event: Any) -> None:
        tag = event.tag.replace(_TAG, "!!")
        message = f"the tag '{tag}' means nothing here: write the value without it"
        self.problems.append((_place(event.start_mark), message))

    def _put(self, parent: Node, child: Node, event: Any) -> None:
        children = parent.children
        if isinstance(children, list):
            children.append(child)
            parent.value.append(child.value)
        elif parent.pending is None:
            parent.pending = self._key(parent, child)
            return
        else:
            name, parent.pending = parent.pending, None
            if name == "<<":
                self._merge(parent, child)
            elif name and isinstance(children, dict):
                children[name] = child
                if child.value is not None or child.text:  # `key:` alone is a key left out
                    parent.value[name] = child.value
        parent.size += child.size
        if parent.size > MAX_VALUES:
            message = f"more than {MAX_VALUES:,} values, with the aliases up to here written out"
            raise SyntaxProblem(_place(event.start_mark), message)

    def _key(self, parent: Node, key: Node) -> str:
        """Name of a key; "" where its value is to be dropped."""
        where = _place(key.mark)
        if not key.text:
            self.problems.append((where, "a key must be a name, not empty, a list or a mapping"))
            return ""
        if not isinstance(key.value, str):
            message = f'the key {key.text} is not text in YAML: write it in quotes, "{key.text}"'
            self.problems.append((where, message))
        if key.text == "<<":
            return key.text
        if key.text in parent.keys:
            first = _place(parent.keys[key.text])[0]
            message = f"duplicate key '{key.text}', first given on line {first}"
            self.problems.append((where, message))
            return ""
        parent.keys[key.text] = key.mark
        return key.text

    def _merge(self, node: Node, merged: Node) -> None:
        """Take over what `<<` names (YAML 1.1 merge key); a key of the mapping's own wins."""
        sources = merged.children if isinstance(merged.children, list) else [merged]
        for source in sources:
            if not isinstance(source.children, dict) or not isinstance(node.children, dict):
                self.problems.append((_place(merged.mark), "'<<' takes a mapping, such as *name"))
                continue
            for name, child in source.children.items():
                node.children.setdefault(name, child)
                node.value.setdefault(name, child.value)


def _aliased(anchors: dict[str, Node], event: Any, stack: list[Node]) -> Node:
    where, name = _place(event.start_mark), event.anchor
    node = anchors.get(name)
    if node is None:
        raise SyntaxProblem(where, f"the alias '*{name}' names nothing: no '&{name}' before it")
    if any(node is outer for outer in stack):
        raise SyntaxProblem(where, f"the alias '*{name}' stands inside what it names")
    return node


def _plain(text: str) -> Any:
    if text.lower() in ("on", "off"):  # bands, and words of YAML 1.1 for true and false
        return text
    for tag, rule in _RESOLVERS.get(text[:1], ()):
        if rule.match(text):
            try:
                return _construct.construct_object(ScalarNode(tag, text))
            except ValueError:  # such as a number of 5,000 digits
                return text
    return text


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1
