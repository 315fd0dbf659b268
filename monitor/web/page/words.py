"""The words of the page in the reader's language: English and Arabic, as the alerts have.

Counts stand beside their labels, so that no language has to decline them. What verdicts say of
themselves is put into the reader's language by `spoken`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Groups of what only stands near a story, or hints at it.
BESIDE = frozenset(("near", "hint"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """One catalogue. `nav` by path; `relations`, `states`, `bands`, `kinds`, `held` by their names."""

    language: str
    other: str  # the other language, in its own words
    nav: Mapping[str, str]
    skip: str
    as_of: str
    reload: str
    older: str
    newest: str
    see_all: str
    # how it fares
    fares: str
    well: str
    look: str
    sources_well: str  # "{ok}" of "{all}"
    last_poll: str
    never_polled: str
    overdue: str
    still: str
    held_back: str
    full: str
    pending: str
    queued: str
    given_up: str
    on_hold: str
    refused: str  # "{channel}" since "{when}"
    stranded: str
    gaps: str
    no_sources: str
    # developments
    developments: str
    last_news: str
    no_news: str
    no_news_next: str
    first: str
    reports: str
    outlets: str
    independent: str
    copies: str
    updates: str
    languages: str
    told: str
    not_told: str
    baseline: str
    muted: str
    note: str
    feed: str
    maybe: str
    maybe_why: str
    no_maybe: str
    score: str
    edge: str
    # one development
    of: str
    published: str
    undated: str
    credits: str
    aggregator: str
    at_outlet: str
    who_was_told: str
    nobody: str
    answer: str
    next_try: str
    mend: str
    mute: str
    unmute: str
    rename: str
    part: str
    merge: str
    # one article
    seen: str
    text: str
    no_text: str
    cut: str
    verdict: str
    rule: str
    came_of_it: str
    named: str
    nearest: str
    terms: str
    lacks: str
    excluded: str
    label: str
    meaning: str
    other_reason: str
    would_change: str
    pieces: str  # what belongs to no story
    place: str
    lineage: str
    first_at: str
    then_at: str
    labelled: Mapping[str, str]
    evidence: str
    no_evidence: str
    fetched: str
    since_told: str
    went: str
    came: str
    teach: str
    yes: str
    no: str
    undo: str
    explain: str
    # sources
    state: str
    since: str
    last_read: str
    next_poll: str
    due: str
    no_source_next: str
    # search
    words: str
    find: str
    how: str
    nothing_found: str
    nothing_found_next: str
    filling: str
    story: str
    every: str
    # alerts
    channel: str
    no_alerts: str
    no_alerts_next: str
    no_such_alerts: str
    all: str
    hold: Mapping[str, str]
    until: str
    # articles
    articles: str
    no_articles: str
    bands: Mapping[str, str]
    relations: Mapping[str, str]
    states: Mapping[str, str]
    # the hand
    acts: Mapping[str, str]  # by `monitor.hand.ACTS`: what a button says
    done: Mapping[str, str]  # and what is said when it was pressed
    done_before: str
    done_already: str
    done_at: str
    done_moved: str
    refusals: Mapping[str, str]  # by `monitor.hand.Why`
    busy: str
    left: str
    forged: str
    another_login: str
    logged_out: str
    typed: str
    back: str
    to_merged: str
    new_name: str
    new_note: str
    other_number: str
    mend_here: str
    teach_here: str
    terminal: str
    by_hand: str
    by_hand_done: Mapping[str, str]
    taken_back: str
    known: str
    known_only: str
    only_shows: str
    # the login
    login: str
    logout: str
    login_with: str
    login_wrong: str
    slowed: str  # "{seconds}"
    closed: str
    closed_next: str
    go_on: str
    # errors
    unknown: str
    unknown_next: str
    bad: str
    away: str
    foreign: str
    foreign_next: str
    separator: str
    beside: Mapping[str, str]  # by `BESIDE`
