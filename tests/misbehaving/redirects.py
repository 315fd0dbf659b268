"""Redirects: in circles, without end, to where nobody should go, and odd ones that lead home."""

from __future__ import annotations

from .case import Case, Peer, answer, by_path, feed, head, in_turn, redirect

_GUARD = ("forbidden-address",)


async def _chain(peer: Peer) -> None:
    """Sixty hops, and a feed at their end."""
    hop = int(peer.path.rpartition("/")[2]) if peer.path.startswith("/hop/") else 0
    await peer.send(answer(feed()) if hop == 60 else redirect(f"/hop/{hop + 1}"))


async def _longer(peer: Peer) -> None:
    await peer.send(redirect(f"{peer.path}a"))


async def _slow_hops(peer: Peer) -> None:
    await peer.send(b"", pause=0.7)
    await peer.send(redirect(f"/{peer.number}"))


async def _other_port(peer: Peer) -> None:
    await peer.send(redirect(f"{peer.elsewhere}/feed.xml"))


async def _nobody(peer: Peer) -> None:
    await peer.send(redirect(f"{peer.closed}/feed.xml"))


async def _userinfo(peer: Peer) -> None:
    await peer.send(redirect(peer.origin.replace("//", "//reader:word@") + "/feed.xml"))


async def _endless_body(peer: Peer) -> None:
    if peer.path == "/new":
        await peer.send(answer(feed()))
        return
    await peer.send(head("Location: /new", status="301 Moved Permanently"))
    await peer.flood(b"<p>moved</p>" * 500)


async def _until_cookie(peer: Peer) -> None:
    if b"\r\ncookie:" in peer.head.lower():
        await peer.send(answer(feed()))
        return
    await peer.send(
        answer(b"", "Set-Cookie: seen=1; Path=/", "Location: /feed.xml", status="302 Found")
    )


async def _until_cookie_longer(peer: Peer) -> None:
    await peer.send(
        answer(b"", "Set-Cookie: seen=1", f"Location: /feed.xml?try={peer.number}", status="302 X")
    )


def _to(name: str, does: str, location: str, *, detail: str, private: bool = True) -> Case:
    return Case(
        name=f"redirect-{name}",
        does=does,
        act=redirect(location),
        outcomes=_GUARD,
        detail=detail,
        private=private,
    )


def _home(name: str, does: str, location: str | bytes, path: str) -> Case:
    """A redirect that is odd and leads to a feed all the same."""
    return Case(
        name=f"redirect-{name}",
        does=does,
        act=by_path(
            {"/feed.xml": redirect(location), path: answer(feed())}, answer(status="404 X")
        ),
        outcomes=("new",),
    )


_ARABIC = "/%D8%AE%D8%A8%D8%B1/%D8%B9%D8%A7%D8%AC%D9%84.xml"

CASES = (
    Case(
        name="redirect-loop",
        does="redirects from one address to another and back",
        act=by_path({"/b": redirect("/feed.xml")}, redirect("/b")),
        outcomes=("redirects",),
        detail="circle",
    ),
    Case(
        name="redirect-to-itself",
        does="redirects an address to itself",
        act=redirect("/feed.xml"),
        outcomes=("redirects",),
        detail="circle",
    ),
    Case(
        name="redirect-chain",
        does="redirects 60 times before it shows the feed",
        act=_chain,
        outcomes=("redirects",),
        detail="more than 5",
    ),
    Case(
        name="redirect-endless",
        does="redirects to a longer address each time, without end",
        act=_longer,
        outcomes=("redirects",),
        detail="more than 5",
    ),
    Case(
        name="redirect-cookie",
        does="redirects to the same address until a cookie is sent back",
        act=_until_cookie,
        outcomes=("redirects",),
        detail="circle",
    ),
    Case(
        name="redirect-cookie-longer",
        does="redirects to a new address each time until a cookie is sent back",
        act=_until_cookie_longer,
        outcomes=("redirects",),
    ),
    Case(
        name="redirect-nowhere",
        does="redirects without saying where to (no `Location`)",
        act=answer(b"", status="302 Found"),
        outcomes=("redirects",),
        detail="nowhere",
    ),
    Case(
        name="redirect-empty",
        does="redirects to an empty `Location`, which is the same address",
        act=redirect(""),
        outcomes=("redirects",),
    ),
    Case(
        name="redirect-nonsense",
        does="redirects to what is no address (`http://[::bad/`)",
        act=redirect("http://[::bad/"),
        outcomes=("redirects",),
        detail="no valid address",
    ),
    Case(
        name="redirect-choices",
        does="answers 300 with a list to choose from",
        act=answer(b"<ul><li>a</li></ul>", status="300 Multiple Choices"),
        outcomes=("redirects",),
    ),
    Case(
        name="redirect-slow",
        does="redirects in small steps, each within the time and all together not",
        act=_slow_hops,
        outcomes=("timeout",),
    ),
    Case(
        name="redirect-to-nobody",
        does="redirects to where nobody answers",
        act=_nobody,
        outcomes=("unreachable",),
    ),
    _to("file", "redirects to a file (`file:`)", "file:///etc/passwd", detail="file"),
    _to("ftp", "redirects to FTP (`ftp:`)", "ftp://news.example/feed.xml", detail="ftp"),
    _to("javascript", "redirects to a script (`javascript:`)", "javascript:1", detail="javascript"),
    _to(
        "data",
        "redirects to an address that is its own content (`data:`)",
        "data:application/rss+xml,<rss/>",
        detail="data",
    ),
    _to(
        "private",
        "redirects from a public site to an address inside your network",
        "http://10.0.0.7/feed.xml",
        detail="10.0.0.7 is not a public address",
        private=False,
    ),
    _to(
        "private-odd",
        "redirects to an address inside your network, oddly spelt (`0x0a000007`)",
        "http://0x0a000007/",
        detail="10.0.0.7 is not a public address",
        private=False,
    ),
    _to(
        "metadata",
        "redirects to a cloud machine's own data (`169.254.169.254`)",
        "http://169.254.169.254/latest/meta-data/",
        detail="169.254.169.254 is not a public address",
        private=False,
    ),
    _to(
        "localhost",
        "redirects to `localhost`",
        "http://localhost:631/",
        detail="a local name",
        private=False,
    ),
    Case(
        name="redirect-userinfo",
        does="redirects to an address with a user name and password in it",
        act=_userinfo,
        outcomes=_GUARD,
        detail="password",
    ),
    Case(
        name="redirect-other-port",
        does="redirects to another port of the same machine, where the feed is",
        act=_other_port,
        outcomes=("new",),
    ),
    _home(
        "arabic",
        "redirects to an address with Arabic letters, as they are",
        "/خبر/عاجل.xml",
        _ARABIC,
    ),
    _home("arabic-percent", "redirects to Arabic letters, percent-encoded", _ARABIC, _ARABIC),
    _home("latin-1", "redirects to an address in Latin-1", b"/caf\xe9.xml", "/caf%C3%A9.xml"),
    _home("blanks", "redirects to an address with blanks in it", " /a b c.xml ", "/a%20b%20c.xml"),
    _home("backslash", "redirects to an address with backslashes", r"\dir\feed", "/dir/feed"),
    Case(
        name="redirect-endless-body",
        does="redirects with a body that never ends",
        act=_endless_body,
        outcomes=("new",),
    ),
    Case(
        name="redirect-meta",
        does="redirects by a tag in a page (`<meta http-equiv=refresh>`)",
        act=in_turn(
            answer(
                b'<html><head><meta http-equiv="refresh" content="0; url=/new"></head></html>',
                "Content-Type: text/html",
            )
        ),
        outcomes=("misread",),
    ),
)
