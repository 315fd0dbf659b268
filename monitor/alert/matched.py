"""Why an article matched, in one sentence of the reader's language."""

from __future__ import annotations

from monitor.alert.direction import Direction, isolate, one_line, shorten
from monitor.alert.words import Words
from monitor.model import Match, Reason
from monitor.text.arabic import fold
from monitor.text.spelt import spelt

_TERMS = 6
_SEED = 70
# What only stands near the story, or hints at it, shows no group of it.
_BESIDE = frozenset(("near", "hint"))


def why(match: Match, said: Words, reader: Direction, text: str = "") -> str:
    """Terms as `text` spells them, the label that moved the score, nearest seed, score and edge."""
    named = terms(match, said, reader, text)
    parts = [said.names.format(names=said.clause.join(named))] if named else []
    parts += [
        said.labelled[answer].format(title=said.quoted.format(isolate(title, reader)))
        for answer, title in map(_labelled, match.reasons)
        if answer
    ]
    if match.nearest_seed:
        # Its headline, where the verdict has it: a file's name tells a reader little.
        titles = (reason.text for reason in match.reasons if reason.kind == "seed")
        name = shorten(one_line(next(titles, match.nearest_seed)), _SEED)
        seed = said.quoted.format(isolate(name, reader))
        parts.append(said.nearest.format(seed=seed, likeness=f"{match.seed_score:.2f}"))
    parts.append(said.scored.format(score=f"{match.score:.2f}", edge=f"{match.threshold:.2f}"))
    return said.clause.join(parts)


def _labelled(reason: Reason) -> tuple[str, str]:
    """The answer that a label gave, and the headline of its article; "" for other reasons."""
    if reason.kind != "label":
        return "", ""
    before, _, title = reason.text.partition(": ")
    return before.rpartition(" ")[2], shorten(one_line(title), _SEED)


def terms(match: Match, said: Words, reader: Direction, text: str = "") -> list[str]:
    """What the verdict rests on: what each group was named as, then the words of the seeds.

    Words are kept in the folded spelling that is compared: they are shown as `text` has them,
    and those that a name shows are left out.
    """
    named: dict[str, list[str]] = {}
    for reason in match.reasons:
        if reason.kind == "concept":
            group, mark, name = reason.text.partition(": ")
            if mark and group in _BESIDE:
                continue
            group, name = (group, name) if mark and group in said.groups else ("", reason.text)
            named.setdefault(group, []).append(one_line(name))
    shown = [
        f"{said.groups[group]}: "
        + said.separator.join(isolate(name, reader) for name in dict.fromkeys(named[group]))
        for group in said.groups
        if group in named
    ]
    shown += [isolate(name, reader) for name in dict.fromkeys(named.get("", ()))]
    known = fold(" ".join(shown))
    heavy = sorted(
        (reason for reason in match.reasons if reason.kind == "term"),
        key=lambda reason: -reason.weight,
    )
    others = (one_line(reason.text) for reason in heavy)
    shown += [isolate(spelt(word, text), reader) for word in others if fold(word) not in known]
    return list(dict.fromkeys(shown))[:_TERMS]
