"""Which links of a page are its articles: by the look of their groups, or by a remembered form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from monitor.parse.shape import Shape, forms
from monitor.parse.titles import HEADED, Title, is_headline

_FEWEST: Final = 3  # articles that make a listing
_CONVINCING: Final = 3  # points of a group of links


@dataclass(slots=True)
class Link:
    """One address with every link to it that stands outside the page's furniture."""

    url: str
    key: str
    known: bool  # its address has the remembered form
    shape: Shape
    title: Title
    telling: bool
    nodes: list[LexborNode] = field(default_factory=list)
    layouts: set[str] = field(default_factory=set)

    @property
    def headline(self) -> bool:
        """Whether its text is as long as a headline."""
        return is_headline(self.title.text)


def by_layout(links: Sequence[Link]) -> list[Link]:
    """The links in the groups that look like articles; none where they are fewer than a listing has."""
    groups = _groups(links)
    layouts = _shares(groups, (one for one in groups if _points(groups[one]) >= _CONVINCING))
    taken = _taken(links, _shapes(links, layouts), layouts)
    return taken if len(taken) >= _FEWEST else []


def of_known_form(links: Sequence[Link], known: set[Shape]) -> list[Link]:
    """The links of the remembered form, and the articles of other forms in the same layouts."""
    groups = _groups(links)
    counts = {layout: sum(link.known for link in group) for layout, group in groups.items()}
    most = max(counts.values(), default=0)
    layouts = _shares(
        groups,
        (
            layout
            for layout, count in counts.items()
            if count and (count == most or count * 3 >= len(groups[layout]))
        ),
    )
    beside = Counter(
        link.shape
        for link in links
        if link.telling and link.headline and not layouts.keys().isdisjoint(link.layouts)
    )
    shapes = known | {of for of, count in beside.items() if count >= _FEWEST}
    return _taken(links, shapes, layouts) if known else []


def passed_over(look: Sequence[Link], taken: Sequence[Link]) -> tuple[str, ...]:
    """A note where more looks like articles than has the remembered form: the page may have changed."""
    keys = {link.key for link in taken}
    others = [link.key for link in look if link.key not in keys]
    if len(others) < max(_FEWEST, len(taken)):
        return ()
    form = forms(others) or "no common form"
    return (f"{len(others)} links of another form than before are passed over: {form}",)


def _shares(groups: Mapping[str, Sequence[Link]], layouts: Iterable[str]) -> dict[str, float]:
    """Each layout with its share of telling addresses."""
    return {one: sum(link.telling for link in groups[one]) / len(groups[one]) for one in layouts}


def _taken(links: Sequence[Link], shapes: set[Shape], layouts: Mapping[str, float]) -> list[Link]:
    return [
        link for link in links if link.title.text and _belongs(link, shapes=shapes, layouts=layouts)
    ]


def _belongs(link: Link, *, shapes: set[Shape], layouts: Mapping[str, float]) -> bool:
    around_it = [layouts[layout] for layout in link.layouts if layout in layouts]
    if link.shape in shapes:
        return link.headline or (bool(around_it) and len(link.title.text.split()) > 1)
    if not (link.headline and around_it):
        return False
    # Among articles that are known by their addresses, one of another kind is a special page.
    return min(around_it) < 1 / 3 or (link.telling and link.title.rank >= HEADED)


def _points(group: Sequence[Link]) -> int:
    count = len(group)
    headlines = [link for link in group if link.headline]
    if len(headlines) < _FEWEST or len(headlines) * 2 < count:
        return 0
    common = Counter(link.shape for link in group if link.telling).most_common(1)
    words = sum(len(link.title.text.split()) for link in headlines) / len(headlines)
    return (
        2 * (bool(common) and common[0][1] >= 0.6 * count)
        + (sum(link.title.rank >= HEADED for link in group) >= 0.6 * count)
        + (words >= 6)
        + (count >= 8)
    )


def _shapes(links: Iterable[Link], convincing: Mapping[str, float]) -> set[Shape]:
    """Shapes of articles' addresses: borne by a convincing group, or by many headlines."""
    by_shape: dict[Shape, list[Link]] = defaultdict(list)
    for link in links:
        if link.telling and link.headline:
            by_shape[link.shape].append(link)
    return {
        of
        for of, group in by_shape.items()
        if len(group) >= 2 * _FEWEST
        or sum(not convincing.keys().isdisjoint(link.layouts) for link in group) >= _FEWEST
        or sum(link.title.rank >= HEADED for link in group) >= _FEWEST
    }


def _groups(links: Iterable[Link]) -> dict[str, list[Link]]:
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        for layout in link.layouts:
            groups[layout].append(link)
    return groups
