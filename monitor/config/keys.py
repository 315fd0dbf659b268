"""How a key of sources.yaml is written down: its meaning, default and example."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

Default = str | int | float | bool | list[Any] | None


def key(meaning: str, example: object, default: Default = None, *, alias: str | None = None) -> Any:
    """Make an optional key; the value of `default` is the dataclass's own, told here to people."""
    extra: JsonDict = {"default": default}
    return Field(
        None, description=meaning, examples=[example], alias=alias, json_schema_extra=extra
    )


def must(meaning: str, example: object) -> Any:
    """Make a key that has to be there."""
    return Field(description=meaning, examples=[example])


class Keys(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid")
