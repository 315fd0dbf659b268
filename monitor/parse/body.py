"""The lines of an article in a page: the container that holds the running text, read in order."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.errors import ParseError
from monitor.model import Selectors
from monitor.parse.furniture import Line, ends, words
from monitor.parse.markup import squeeze

_BLOCKS: Final = frozenset(
    str.split("""
        p div section article ul ol li table tr td th thead tbody tfoot blockquote h1 h2 h3 h4 h5 h6
        pre figure figcaption header main dl dt dd hr address details summary center fieldset body
    """)
)
_PARAGRAPHS: Final = frozenset(("p", "li", "blockquote", "h2", "h3", "h4"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SKIPPED: Final = frozenset(
    str.split("""
        script style noscript template svg math iframe object embed form nav aside footer button
        select textarea dialog video audio canvas figure picture menu input label head
    """)
)
_SKIPPED_ROLES: Final = frozenset(
    str.split("""
        navigation complementary banner contentinfo search dialog alert menu toolbar
    """)
)
# Whole words of class and id that name furniture; "post-text" and "article-body" have none.
_FURNITURE: Final = re.compile(
    r"(?:^|[-_ ])(?:related\w*|similar|recommend\w*|comments?|comment(?:list|form|area)|respond|disqus|shar(?:e|es|ing)"
    r"|sharedaddy|addtoany|social\w*|sidebar|side|(?<!elementor-)widget|newsletter|subscri\w+|breadcrumbs?|cookies?|consent|gdpr"
    r"|promo\w*|advert\w*|ads?|adsense|adsbygoogle|banner|sponsor\w*|taboola|outbrain|popular|trending|mostread|ticker"
    r"|most[-_](?:read|viewed|popular)|tags?|tagcloud|keywords|author[-_]?(?:box|bio|info)|about[-_]author|copyright"
    r"|(?:go|back|scroll)[-_]?(?:to[-_]?)?top|nav|navbar|navigation|menu|pagination|pager|footer|toolbar|modal|popup"
    r"|read[-_]?(?:more|also|next|too)|also[-_]?read|more[-_](?:news|stories|posts|articles)|see[-_]?also"
    r"|post[-_]?(?:meta|tags|nav|share|footer|cats?)|entry[-_](?:meta|footer|header)|byline|caption|credits?|skip[-_]link"
    r"|screen[-_]reader(?:[-_]text)?|visually[-_]hidden|sr[-_]only|login|signup|inread|teasers?)(?:$|[-_ ])"
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMED: Final = (
    '[itemprop~="articleBody"], .entry-content, .article-body, .article__body, .article-content, .article-text,'
    " .articleBody, #articleBody, #article-body, .post-content, .post-text, .post-body, .story-body, .story-content,"
    " .news-content, .news-text, .content-body, .body-content, .text-content, .wysiwyg, .article-container,"
    " .single-content, .td-post-content, .elementor-widget-theme-post-content"
)
_NAMING: Final = ("class", "id", "data-component", "data-testid", "data-e2e")
_NAMEABLE: Final = ", ".join(f"[{name}]" for name in (*_NAMING, "role", "hidden", "aria-hidden"))
_CANDIDATES: Final = 40
# Words of prose beside the headline that are an article, if a brief one.
_BRIEF_WORDS: Final = 15
# Words under which a box is no article, but one of the blocks of a broken up one.
_BLOCK_WORDS: Final = 60
_ENOUGH_WORDS: Final = 30


def read_lines(document: LexborHTMLParser, selectors: Selectors | None = None) -> list[Line]:
    """The article's paragraphs with what stands among them, in the page's order.

    `selectors.text` names the container, `selectors.cut` what to leave out of it;
    without them, or where they find nothing, the densest container is taken.
    ParseError for a selector that is no CSS.
    """
    if document.body is None:
        return []
    dropped = _dropped(document)
    if selectors and selectors.cut:
        dropped |= {node.mem_id for node in select(document, selectors.cut)}
    if selectors and selectors.text:
        lines = [
            line for node in select(document, selectors.text) for line in _lines(node, dropped)
        ]
        if lines:
            return lines
    return _lines(_densest(document.body, document, dropped), dropped)


def select(document: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The nodes of a user's selector; ParseError when it is none."""
    try:
        return document.css(selector)
    except (SelectolaxError, ValueError) as fault:
        raise ParseError(f"no CSS selector ({selector}): {fault}") from None


def _dropped(document: LexborHTMLParser) -> set[int]:
    """Identities of nodes that class, id or role call furniture.

    A box that holds most of the page, or the headline, is none whatever its
    class says (`has-sidebar` on the body, `share-page` on the article).
    """
    assert document.body is not None
    whole = len(document.body.text())
    # Beside a known container that holds an article, even the longest box is a box.
    held = max((words(node.text()) for node in document.css(_NAMED)), default=0)
    found: set[int] = set()
    for node in document.body.css(_NAMEABLE):
        attributes = node.attributes
        named = " ".join(attributes.get(name) or "" for name in _NAMING)
        is_furniture = (
            _FURNITURE.search(_CAMEL.sub("-", named).lower())
            or (attributes.get("role") or "") in _SKIPPED_ROLES
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
        )
        if (
            is_furniture
            and node.tag not in {"body", "html", "article", "main"}
            and (
                len(node.text()) * 2 < whole
                or (held > _ENOUGH_WORDS and not node.css_first(_NAMED))
            )
            and node.css_first("h1") is None
        ):
            found.add(node.mem_id)
    return found


def _densest(body: LexborNode, document: LexborHTMLParser, dropped: set[int]) -> LexborNode:
    """The container with the most running text for its size.

    Known containers compete with parents of paragraphs, scored as Readability
    does: a paragraph counts for its parent in full and for the grandparent by half.
    """
    scores: dict[int, float] = defaultdict(float)
    nodes: dict[int, LexborNode] = {}
    for block, line in _blocks(body, dropped):
        if line.linked or words(line.text) < 8:
            continue
        worth = 1 + words(line.text) / 15
        # Text parted by <br> stands in the container itself; a div may be a paragraph or hold some.
        is_paragraph = block.tag in _PARAGRAPHS
        holder = block.parent if is_paragraph else block
        for share in (1.0, 0.5) if is_paragraph else (1.0, 0.75, 0.3):
            if holder is None or holder.tag in {"html", "-document"}:
                break
            scores[holder.mem_id] += worth * share
            nodes[holder.mem_id] = holder
            holder = holder.parent
    if not scores:
        return body
    best = nodes[max(scores, key=lambda identity: scores[identity])]
    size = _prose(best, dropped)
    for node in document.css(f"{_NAMED}, article, main")[:_CANDIDATES]:
        held = _prose(node, dropped)
        inside = any(parent.mem_id == node.mem_id for parent in _parents(best))
        # The container around the densest part has the rest of a text broken up by boxes;
        # `main` often holds other stories too, and counts only where the part is a mere block.
        wide = node.tag != "main" or (size < _BLOCK_WORDS and held > size * 2)
        if held >= _ENOUGH_WORDS and inside and held > size * 1.15 and wide:
            best, size = node, held
    return _home(document, best, dropped) or best


def _home(document: LexborHTMLParser, best: LexborNode, dropped: set[int]) -> LexborNode | None:
    """The `article` or `main` around the headline, where the densest part lies outside of it.

    A brief, or a text of which each paragraph has a box of its own, is outweighed by a
    list of other stories' leads.
    """
    around = {node.mem_id for node in (best, *_parents(best))}
    for node in document.css("article, main")[:_CANDIDATES]:
        if node.css_first("h1") is not None and _prose(node, dropped) >= _BRIEF_WORDS:
            return None if node.mem_id in around else node
    return None


def _parents(node: LexborNode) -> list[LexborNode]:
    found = []
    parent = node.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found


def _prose(node: LexborNode, dropped: set[int]) -> int:
    return sum(
        words(line.text)
        for _, line in _blocks(node, dropped)
        if not line.linked and words(line.text) >= 8
    )


def _lines(node: LexborNode, dropped: set[int]) -> list[Line]:
    return [line for _, line in _blocks(node, dropped - {node.mem_id})]


def _blocks(root: LexborNode, dropped: set[int]) -> list[tuple[LexborNode, Line]]:
    """Every paragraph under `root` with the block it stands in."""
    found: list[tuple[LexborNode, Line]] = []
    run: list[tuple[str, bool]] = []  # text with whether it is linked; "\n" where a <br> stands

    def flush(block: LexborNode) -> None:
        if run:
            heading = block.tag in _HEADINGS
            found.extend((block, line) for line in _paragraphs(run, heading=heading))
            run.clear()

    # (node, its block, inside a link); a loop, nesting being the sender's.
    stack: list[tuple[LexborNode | None, LexborNode, bool]] = [(root, root, False)]
    while stack:
        node, block, linked = stack.pop()
        if node is None:
            flush(block)
            continue
        if node.is_text_node:
            run.append((node.text_content or "", linked))
            continue
        tag = node.tag or ""
        if tag == "br":
            run.append(("\n", linked))
            continue
        if tag in _SKIPPED or (node.mem_id in dropped and node.mem_id != root.mem_id):
            continue
        if tag == "header" and node.css_first("h1") is not None and node.mem_id != root.mem_id:
            continue  # headline, byline, date
        inside = block
        if tag in _BLOCKS:
            flush(block)
            inside = node
            stack.append((None, node, linked))
        children = list(node.iter(include_text=True))
        stack.extend((child, inside, linked or tag == "a") for child in reversed(children))
    flush(root)
    return found


def _paragraphs(run: list[tuple[str, bool]], *, heading: bool) -> list[Line]:
    """A run of text parted at its line breaks, except inside a sentence."""
    parts: list[list[tuple[str, bool]]] = [[]]
    for text, linked in run:
        if text == "\n":
            parts.append([])
        else:
            parts[-1].append((text, linked))
    lines: list[Line] = []
    for part in parts:
        text = squeeze("".join(one for one, _ in part))
        if not text:
            continue
        outside = squeeze("".join(one for one, linked in part if not linked)).strip(" :.|-–—•»«،,")
        line = Line(text, linked=not outside, heading=heading)
        before = lines[-1] if lines else None
        if before and text[0].islower() and not ends(before.text) and not before.linked:
            lines[-1] = Line(f"{before.text} {text}", heading=heading)
        else:
            lines.append(line)
    return lines
