"""Turns pydantic's errors into places and sentences for the writer of sources.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from monitor.config.schema import FileKeys
from monitor.config.syntax import Place
from monitor.config.tree import Path, Tree
from monitor.config.values import LANGUAGE_WANTED, TEXT_WANTED, did_you_mean

_CONTAINERS = {"model_type": "a mapping", "dict_type": "a mapping", "list_type": "a list"}


def findings(tree: Tree, error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Yield place and message of every error: the key's place for a key, else the value's."""
    for detail in error.errors(include_url=False):
        path, kind = detail["loc"], detail["type"]
        if kind == "extra_forbidden":
            yield tree.at_key(path), _unknown(path)
        elif kind == "missing":
            yield _missing(tree, path)
        elif path and path[-1] == "[key]":
            yield tree.at_key(path[:-1]), _sentence(detail)
        elif kind in _CONTAINERS:
            such = _such_as(path)
            yield tree.at_value(path), f"expected {_CONTAINERS[kind]}{such}"
        else:
            yield tree.at_value(path), _sentence(detail) + _surprise(tree, path, detail)


def _sentence(detail: Any) -> str:
    return str(detail.get("ctx", {}).get("error") or detail["msg"])


def _surprise(tree: Tree, path: Path, detail: Any) -> str:
    """Say why YAML's reading of a bare word or number is not the text that was meant."""
    sentence, found = _sentence(detail), detail["input"]
    node = tree.node(path)
    bare = node.text if node and node.text and isinstance(found, bool) else None
    if sentence == LANGUAGE_WANTED and bare and bare.lower() == "no":
        return f'; YAML reads a bare {bare} as false: write "{bare}" for Norwegian'
    if sentence != TEXT_WANTED:
        return ""
    such = _such_as(path)
    if bare:
        return f'{such}; YAML reads a bare {bare} as true or false: write "{bare}"'
    if isinstance(found, int | float):
        return f"{such}; YAML reads this as a number: write it in quotes"
    if isinstance(found, dict | list):
        return f"{such}, not a {'mapping' if isinstance(found, dict) else 'list'}"
    return f"{such}, but there is nothing"


def _unknown(path: Path) -> str:
    model = _model_at(path[:-1])
    known = list(_fields(model)) if model else []
    near = did_you_mean(path[-1], known)
    return f"unknown key '{path[-1]}'{near or '; known here: ' + ', '.join(known)}"


def _missing(tree: Tree, path: Path) -> tuple[Place, str]:
    key, such = path[-1], _such_as(path)
    if tree.node(path):
        return tree.at_value(path), f"'{key}' is empty: expected a value{such}"
    return tree.at_key(
        path[:-1]
    ), f"missing key '{key}'{such.replace(' such as ', f', such as {key}: ', 1)}"


def _such_as(path: Path) -> str:
    """` such as …` with an example in YAML: the key's own, or what a mapping must have."""
    model = _model_at(path[:-1]) if path else None
    field = _fields(model).get(str(path[-1])) if model else None
    if field and field.examples:
        example = field.examples[0]
    elif found := _model_at(path):
        example = {
            key: known.examples[0]
            for key, known in _fields(found).items()
            if known.is_required() and known.examples
        }
    else:
        return ""
    written = yaml.safe_dump(
        example, default_flow_style=True, allow_unicode=True, width=1000, sort_keys=False
    )
    return f" such as {written.removesuffix('...' + chr(10)).strip()}"


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(path: Path) -> type[BaseModel] | None:
    model: type[BaseModel] = FileKeys
    is_name = False  # the next part is a name of the user's or a place in a list
    for part in path:
        if is_name:
            is_name = False
            continue
        field = _fields(model).get(str(part))
        inner = _inner(field.annotation) if field else None
        if field is None or inner is None:
            return None
        is_name = any(get_origin(a) in (dict, list) for a in _parts(field.annotation))
        model = inner
    return None if is_name else model


def _parts(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *get_args(annotation))


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        if found := _inner(part):
            return found
    return None
