"""The JSON Schema and the reference of keys are held to the models that validate."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from monitor.config.load import load
from monitor.config.schema import json_schema
from monitor.config.tree import Tree

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "data" / "config"
SCHEMA = json_schema()
REFERENCE = ROOT / "docs" / "configuration.md"


def accepts(text: str) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(Tree(text).value)


def keys(schema: dict, path: str = "") -> dict[str, dict]:
    """Every key as the reference writes it: `stories.NAME.seeds`, `sources[].url`."""
    found = {}
    for name, key in schema.get("properties", {}).items():
        here = f"{path}.{name}".lstrip(".")
        found[here] = key
        for form in key.get("anyOf", [key]):
            inner, below = form, here
            if form.get("type") == "array":
                inner, below = form["items"], f"{here}[]"
            elif named := form.get("patternProperties"):
                (inner,), below = named.values(), f"{here}.NAME"
            elif isinstance(form.get("additionalProperties"), dict):
                inner, below = form["additionalProperties"], f"{here}.NAME"
            if "$ref" in inner:
                found |= keys(SCHEMA["$defs"][inner["$ref"].rpartition("/")[2]], below)
    return found


KEYS = keys(SCHEMA)
SECTIONS = {
    name
    for name, key in KEYS.items()
    if any(other.startswith((f"{name}.", f"{name}[]")) for other in KEYS)
}


def test_the_shipped_schema_is_current():
    shipped = json.loads((ROOT / "sources.schema.json").read_text("utf-8"))
    assert shipped == SCHEMA, "run: python -m monitor.config.schema > sources.schema.json"


def test_it_is_a_schema_and_accepts_what_is_shipped():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert accepts((ROOT / "sources.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", ["everything", "merge"])
def test_it_accepts_what_loads(case):
    assert accepts((CASES / f"{case}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", ["types", "sections", "keys", "twelve-mistakes", "no-stories"])
def test_it_refuses_what_does_not(case):
    assert not accepts((CASES / f"{case}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_key_is_explained_with_an_example(name):
    assert KEYS[name]["description"].endswith(".")
    assert KEYS[name]["examples"]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_the_reference_has_every_key_with_default_and_example(name):
    lines = REFERENCE.read_text("utf-8").splitlines()
    if name in SECTIONS:
        assert any(line.startswith("#") and f"`{name}`" in line for line in lines)
        return
    (row,) = [line for line in lines if line.startswith(f"| `{name}` |")]
    _, _, _, default, example, _ = (cell.strip() for cell in re.split(r"(?<!\\)\|", row))
    declared = KEYS[name].get("default")
    if declared is not None:
        assert yaml.safe_load(default.strip("`")) in (declared, str(declared).lower())
    assert default
    assert example.startswith("`")


def test_the_reference_has_no_key_that_is_not_there():
    rows = re.findall(r"^\| `([^`]+)` \|", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert rows
    assert set(rows) <= set(KEYS)


def test_the_examples_of_the_reference_load(tmp_path):
    blocks = re.findall(r"```yaml\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL)
    assert blocks
    for folder in ("seeds/north-korea-russia", "seeds/lamp"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.txt").write_text("A synthetic seed.")
    for block in blocks:
        path = tmp_path / "sources.yaml"
        path.write_text(block, "utf-8")
        assert load(path).stories


def test_the_defaults_that_are_told_are_those_that_hold(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A synthetic seed.")
    told: dict = {}
    for name, key in KEYS.items():
        if key.get("default") is not None and "NAME" not in name and "[]" not in name:
            *above, last = name.split(".")
            place = told
            for part in above:
                place = place.setdefault(part, {})
            place[last] = key["default"]
    story = {n.rpartition(".")[2]: k["default"] for n, k in KEYS.items()
             if re.fullmatch(r"stories\.NAME\.\w+", n) and k.get("default") is not None}  # fmt: skip
    story["development"] = {
        "closes_after": KEYS["stories.NAME.development.closes_after"]["default"]
    }
    source = {n.rpartition(".")[2]: k["default"] for n, k in KEYS.items()
              if re.fullmatch(r"sources\[\]\.\w+", n) and k.get("default") is not None}  # fmt: skip
    # Push is off until its public address is given.
    push = {"callback": "https://m.example/hub"}
    told["settings"]["websub"] |= push
    life = {"url": "https://ping.example/"}
    told["settings"]["ping"] |= life
    # And answers, until their address and secret are.
    inbox = {"url": "https://m.example/answer", "secret": {"env": "INBOX"}}
    told["settings"]["inbox"] |= inbox
    base = {
        "settings": {"websub": push, "ping": life, "inbox": inbox},
        "stories": {"s": {"seeds": "seeds"}},
        "channels": {"c": {"kind": "log"}},
        "sources": [{"name": "a", "url": "https://a.example/"}],
    }
    full = {
        **told,
        "stories": {"s": {"seeds": "seeds", **story}},
        "channels": {"c": {"kind": "log", "language": "en", "send": {"bands": ["on"]}}},
        "sources": [{"name": "a", "url": "https://a.example/", **source}],
    }
    assert told["settings"]["poll"]
    assert set(story) >= {"age_gate", "threshold"}
    assert set(source) >= {"enabled", "aggregator", "private"}
    loaded = []
    for written in (base, full):
        path = tmp_path / "sources.yaml"
        path.write_text(yaml.safe_dump(written), "utf-8")
        loaded.append(load(path))
    assert loaded[0] == loaded[1]
