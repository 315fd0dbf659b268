"""A story as it was learnt, for a person to read: what was understood, and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any, Final

from monitor.model import Seed
from monitor.story.combined import Combined
from monitor.story.match import judge
from monitor.story.profile import Profile, learn

_WORDS: Final = 20
# Of pieces that the others do not recognise, this share and more is no single odd one.
_APART: Final = 1 / 3


def portrait(seeded: Profile, taught: Profile, languages: Sequence[str] = ()) -> dict[str, Any]:
    """The profile as plain values for JSON; `seeded` is what it was before any label.

    Spellings are given for the languages asked for (`*` for all), else only counted.
    """
    story = taught.story
    pieces = [_piece(seeded, taught, seed) for seed in seeded.seeds]
    words = sorted(taught.centroid.items(), key=lambda pair: (-pair[1], pair[0]))[:_WORDS]
    return {
        "story": story.name,
        "title": story.title,
        "version": taught.version,
        "threshold": story.threshold,
        "threshold_from": "sources.yaml"
        if story.edge_given
        else ("labels" if story.threshold != seeded.story.threshold else "default"),
        "pieces": pieces,
        "groups": [
            {
                "group": group,
                "required": group in taught.required,
                "from": "labels"
                if seeded.groups.get(group) != names and group in seeded.groups
                else ("sources.yaml" if group in story.corrections.aliases else "seeds"),
                "concepts": [_concept(taught, name, languages) for name in names],
            }
            for group, names in taught.groups.items()
        ],
        "required": list(taught.required),
        "told_by": "groups"
        if taught.required
        else ("shared" if taught.combined else ("names" if taught.names else "words")),
        "shared": _shared(taught.combined, seeded.combined) if taught.combined else None,
        "names": [
            {"name": name, "weight": round(weight, 2)}
            for name, weight in taught.names.weights.items()
        ],
        "any": list(taught.any_of),
        "not": list(taught.excluded),
        "words": [{"word": word, "weight": round(weight, 4)} for word, weight in words],
        "words_edge": round(taught.edge, 4),
        "corrections": asdict(story.corrections),
        "not_understood": list(_doubts(seeded, pieces)),
    }


def _shared(combined: Combined, seeded: Combined | None) -> dict[str, Any]:
    """What the seeds share, heaviest first: countries by share of the seeds, kinds by what they say.

    `from` says whether the seeds alone share it, or only with what is labelled.
    """
    lands, worth = (seeded.lands, seeded.worth) if seeded else ({}, {})
    kinds = sorted(combined.worth.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "countries": [
            {"country": code, "share": round(share, 2), "from": _whose(lands.get(code, 0.0))}
            for code, share in sorted(combined.lands.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "kinds": [
            {"kind": kind, "worth": round(said, 2), "from": _whose(worth.get(kind, 0.0))}
            for kind, said in kinds
            if said > 0
        ],
    }


def _whose(seeded: float) -> str:
    return "seeds" if seeded > 0 else "labels"


def _piece(seeded: Profile, taught: Profile, seed: Seed) -> dict[str, Any]:
    """One piece, judged by the whole profile and by one that was learnt from the others."""
    own = judge(taught, title=seed.title, text=seed.text, language=seed.language)
    others = [other for other in seeded.seeds if other is not seed]
    held = None
    if others:
        without = learn(seeded.story, others)
        held = judge(without, title=seed.title, text=seed.text, language=seed.language)
    return {
        "name": seed.name,
        "title": seed.title,
        "language": seed.language,
        "words": len(seed.text.split()),
        "band": own.band,
        "score": own.score,
        "held_out_band": held.band if held else None,
        "held_out_score": held.score if held else None,
    }


def _concept(profile: Profile, name: str, languages: Sequence[str]) -> dict[str, Any]:
    concept = profile.concepts[name]
    spelt = _spellings().get(name, {})
    own = name.removeprefix("own ")
    mine = profile.story.corrections.aliases.get(own, (own,)) if own != name else ()
    wanted = {
        language: forms
        for language, forms in spelt.items()
        if language in languages or "*" in languages
    }
    return {
        "name": name,
        "from": "sources.yaml" if mine else "aliases" if spelt else "CLDR",
        "kind": concept.kind,
        "weight": concept.weight,
        "count": sum(map(len, spelt.values())) + len(mine),
        "languages": sorted(spelt),
        "spellings": {**wanted, **({"own": list(mine)} if mine else {})},
    }


def _doubts(seeded: Profile, pieces: Sequence[dict[str, Any]]) -> list[str]:
    """What the seeds leave open, in sentences that say what to do."""
    if not pieces:
        return ["there are no seeds: nothing can match; put articles into the story's folder"]
    found = []
    if len(pieces) == 1:
        found.append(
            "there is one seed alone: nothing tells what it has in common with others;"
            " add a few more articles on the story"
        )
    if not seeded.required and not seeded.names.subject and not seeded.combined:
        found.append(
            "no country, place or kind of event that is known was found in most seeds, and no"
            " name that most headlines share: the seeds' own words decide alone; name the groups"
            " with `profile: aliases` where that is too little"
        )
    apart = [each for each in pieces if each["held_out_band"] == "off"]
    missed = [each for each in pieces if each["held_out_band"] not in {"on", None}]
    if len(missed) >= max(2, _APART * len(pieces)):
        found.append(
            "the seeds have little in common: by the others alone "
            + ", ".join(each["name"] for each in missed)
            + " would be missed, and so will be reports like these; add a few plain ones that say who, where and what"
        )
    elif apart:
        found.append(f"{apart[0]['name']} is not recognised by the other seeds")
    found += [
        f"{each['name']} does not match its own story ({each['score']:.2f}):"
        " is it about something else?"
        if each["band"] == "off"
        else f"{each['name']} matches its own story only nearly (maybe, {each['score']:.2f})"
        for each in pieces
        if each["band"] != "on"
    ]
    return found


@cache
def _spellings() -> dict[str, dict[str, list[str]]]:
    """The shipped spellings by concept and language; names from CLDR are not among them."""
    found: dict[str, dict[str, list[str]]] = {}
    concept: dict[str, list[str]] = {}
    text = files("monitor.story").joinpath("aliases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            concept = found.setdefault(line[1:].partition("]")[0], {})
        elif line and not line.startswith("#"):
            language, _, written = line.partition(":")
            concept.setdefault(language.strip(), []).extend(
                spelling.strip() for spelling in written.split("|")
            )
    return found
