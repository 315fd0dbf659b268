"""200, and yet no feed: walls, soft errors, other documents, a feed that is broken or empty."""

from __future__ import annotations

import json

from .case import HTML, XML, Case, Peer, answer, feed, in_turn


def _page(title: str, body: str) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    ).encode()


def _html(name: str, does: str, title: str, body: str, outcome: str) -> Case:
    return Case(
        name=f"page-{name}", does=does, act=answer(_page(title, body), HTML), outcomes=(outcome,)
    )


_WALL = (
    "Just a moment...",
    "<noscript>Enable JavaScript and cookies to continue</noscript><form id='challenge-form'>",
)
_LOGIN = (
    "<form><input name='user'><input type='password' name='word'><button>Sign in</button></form>"
)
_EMPTY = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>synthetic</title></channel></rss>'
)


async def _emptied(peer: Peer) -> None:
    """Full until it was surely read: who is in a hurry may miss the first answer."""
    await peer.send(answer(_EMPTY, XML) if peer.conditional else answer(feed(), XML, 'ETag: "one"'))


CASES = (
    _html("wall", "shows a page that wants a browser (an access wall)", *_WALL, "blocked"),
    Case(
        name="page-wall-as-feed",
        does="shows an access wall and calls it a feed",
        act=answer(_page(*_WALL), XML),
        outcomes=("blocked",),
    ),
    _html(
        "wall-arabic",
        "shows an access wall in Arabic",
        "تم رفض الوصول",
        "<p>لا يمكنك الوصول إلى هذه الصفحة.</p>",
        "blocked",
    ),
    _html("login", "shows a page to log in", "Sign in", _LOGIN, "blocked"),
    _html(
        "consent",
        "shows a page that asks for consent",
        "Before you continue",
        "<form action='https://consent.google.com/save'><button>Accept</button></form>",
        "blocked",
    ),
    _html(
        "soft-404",
        'shows "page not found" with status 200',
        "404 Not Found",
        "<h1>Page not found</h1><p>There is nothing here.</p>",
        "misread",
    ),
    _html(
        "soft-404-arabic",
        'shows "page not found" with status 200, in Arabic',
        "الصفحة غير موجودة",
        "<h1>عذرا، الصفحة غير موجودة</h1>",
        "misread",
    ),
    _html(
        "home", "shows its home page in place of the feed", "Home", "<h1>Welcome</h1>", "misread"
    ),
    _html(
        "parked",
        "shows a page of whoever has bought its name",
        "news.example is for sale",
        "<h1>This domain is for sale</h1>",
        "misread",
    ),
    _html(
        "maintenance",
        "says that it is being repaired, with status 200",
        "Maintenance",
        "<h1>We will be back soon</h1>",
        "misread",
    ),
    Case(
        name="page-php",
        does="shows an error of its own program",
        act=answer(b"Fatal error: Uncaught Error in /srv/www/feed.php:12", HTML),
        outcomes=("misread",),
    ),
    Case(
        name="page-warning-first",
        does="shows a warning of its own program before the feed",
        act=answer(b"<br />\n<b>Warning</b>: Undefined in <b>/srv/x.php</b><br />\n" + feed(), XML),
        outcomes=("misread",),
    ),
    Case(
        name="page-json",
        does="answers with an error in JSON",
        act=answer(json.dumps({"error": "not found"}).encode(), "Content-Type: application/json"),
        outcomes=("misread",),
    ),
    Case(
        name="page-image",
        does="sends a picture",
        act=answer(b"\x89PNG\r\n\x1a\n" + bytes(200), "Content-Type: image/png"),
        outcomes=("misread",),
    ),
    Case(
        name="page-xml",
        does="sends XML that is no feed",
        act=answer(b"<?xml version='1.0'?><error><code>NoSuchKey</code></error>", XML),
        outcomes=("misread",),
    ),
    Case(
        name="feed-cut",
        does="sends a feed that breaks off in its second entry",
        act=answer(feed()[:-90], XML),
        outcomes=("new",),
    ),
    Case(
        name="feed-emptied",
        does="shows entries at first and later a feed without any",
        act=_emptied,
        outcomes=("new", "empty"),
    ),
    Case(
        name="feed-replaced",
        does="shows a feed at first and later its home page",
        act=in_turn(answer(feed(), XML), answer(_page("Home", "<h1>Welcome</h1>"), HTML)),
        outcomes=("new", "misread"),
    ),
    Case(
        name="feed-recovers",
        does="fails once and is well again",
        act=in_turn(answer(b"", status="500 X"), answer(feed(), XML)),
        outcomes=("server-error", "new"),
    ),
)
