"""A story under other settings: `key=value` as they would stand in sources.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import yaml
from pydantic import ValidationError

from monitor.config.schema import StoryKeys
from monitor.config.values import did_you_mean
from monitor.model import Corrections, Story

_SHORT: Final = {"closes_after": "development.closes_after"}
_LISTS: Final = {"profile.require": "require", "profile.any": "any", "profile.not": "exclude"}
KEYS: Final = (
    *("threshold", "age_gate", "development.closes_after"),
    *_LISTS,
    "profile.aliases",
    "encoder",
)


def changed(story: Story, settings: Sequence[str]) -> Story:
    """The story with each `key=value` in place of what the file says.

    A value is YAML; a list may be written with commas. `profile.aliases.GROUP` sets the
    spellings of one group; `encoder` is that of `settings`. ValueError names the key, what is wrong and what was meant.
    """
    for setting in settings:
        name, sign, written = setting.partition("=")
        name = _SHORT.get(name.strip(), name.strip())
        if not sign:
            raise ValueError(f"{setting}: expected key=value, such as threshold=0.6")
        story = _with(story, name, _value(name, written))
    return story


def _with(story: Story, name: str, value: Any) -> Story:
    group = name.removeprefix("profile.aliases.")
    if group != name:
        name, value = "profile.aliases", {group: value}
    if name not in KEYS:
        near = did_you_mean(name, KEYS)
        raise ValueError(f"{name}: unknown key{near or '; there is ' + ', '.join(KEYS)}")
    if name == "encoder":
        if not isinstance(value, bool):
            raise ValueError(f"encoder: expected on or off, not {value!r}")
        return replace(story, encoder=value)
    keys = _checked(name, value)
    said = story.corrections
    if name == "threshold":
        return replace(story, threshold=keys.threshold or 0.5, edge_given=True)
    if name == "age_gate":
        return replace(story, age_gate=keys.age_gate)
    if keys.development is not None and keys.development.closes_after is not None:
        return replace(story, closes_after=keys.development.closes_after)
    if name == "profile.aliases":
        assert keys.profile is not None
        added = {each: tuple(forms) for each, forms in (keys.profile.aliases or {}).items()}
        return replace(story, corrections=replace(said, aliases={**said.aliases, **added}))
    given: dict[str, Any] = {_LISTS[name]: tuple(value)}
    corrections: Corrections = replace(said, **given)
    return replace(story, corrections=corrections)


def _value(name: str, written: str) -> Any:
    try:
        value = yaml.safe_load(written)
    except yaml.YAMLError:
        raise ValueError(f"{name}: {written!r} is no YAML value") from None
    if name.startswith("profile.") and not isinstance(value, list | dict):
        return [part.strip() for part in written.split(",") if part.strip()]
    return value


def _checked(name: str, value: Any) -> StoryKeys:
    nested: Any = value
    for part in reversed(name.split(".")):
        nested = {part: nested}
    try:
        return StoryKeys.model_validate({"seeds": "seeds", **nested})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        said = detail.get("ctx", {}).get("error") or detail["msg"]
        raise ValueError(f"{name}: {said}") from None
