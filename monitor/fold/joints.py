"""Persian and Urdu words that some write as one, some as two: کامیون‌ها, کامیون ها; کرے گی, کریگی."""

from __future__ import annotations

from typing import Final

from monitor.text.arabic import fold

# Plurals and degrees behind a Persian word, and what stands before a Persian verb.
_BEHIND: Final = frozenset(map(fold, ("ها", "های", "هایی", "ترین")))
_BEFORE: Final = frozenset(map(fold, ("می",)))
# What makes an Urdu verb tell of what is to come.
_COMING: Final = frozenset(map(fold, ("گا", "گے", "گی")))
_LAST: Final = "ے"
_NASAL: Final = "ں"
_WITHIN: Final = {_LAST: fold("ی"), _NASAL: fold("ن")}
_ANY: Final = _BEHIND | _BEFORE | _COMING


def joined(words: list[str]) -> list[str]:
    """The folded words with each such pair as one; the list itself where there is none."""
    if _ANY.isdisjoint(words):
        return words
    found: list[str] = []
    begun = ""
    for word in words:
        if word in _BEFORE:
            begun += word
            continue
        if found and not begun and word in _BEHIND:
            found[-1] += word
        elif found and not begun and word in _COMING:
            last = found[-1]
            found[-1] = last[:-1] + _WITHIN.get(last[-1], last[-1]) + word
        else:
            found.append(begun + word)
            begun = ""
    return [*found, begun] if begun else found
