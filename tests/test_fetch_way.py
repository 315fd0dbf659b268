"""The way over redirects: where a source has moved to, and whose its validators are."""

from __future__ import annotations

import pytest

from monitor.model import Fetched, NotModified, Validators
from tests.fetching import answer, client, redirect, serving

MOVES = {301: "301 Moved", 308: "308 Moved", 302: "302 X", 303: "303 X", 307: "307 X"}


def street(*statuses, end=None):
    """`/0` leads to `/1` and so on by these statuses, and the last answers."""
    hops = {f"/{n}": redirect(f"/{n + 1}", MOVES[status]) for n, status in enumerate(statuses)}
    return {**hops, f"/{len(statuses)}": end or answer(b"news", 'ETag: "1"')}


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((), None),
        ((301,), "/1"),
        ((308,), "/1"),
        ((301, 308), "/2"),
        ((301, 308, 302), "/2"),
        ((301, 307, 301), "/1"),
        ((302,), None),
        ((303, 301), None),
        ((307, 308, 301), None),
    ],
)
async def test_moved_is_the_end_of_the_permanent_beginning(statuses, moved):
    async with serving(street(*statuses).get) as server, client() as ours:
        got = await ours.get(server.url + "/0", private=True)
        assert isinstance(got, Fetched)
        assert got.moved == (moved and server.url + moved)
        assert got.final_url == f"{server.url}/{len(statuses)}"


async def test_moved_to_another_host_is_told_without_its_fragment():
    async with serving(answer(b"x")) as new:
        old_site = {"/": redirect(f"{new.url}/feed#top", "301 X")}
        async with serving(old_site.get) as old, client() as ours:
            got = await ours.get(old.url + "/", private=True)
    assert got.moved == got.final_url == f"{new.url}/feed"


def conditional(server, path):
    """Per request: (path, its If-None-Match)."""
    return [
        (head.split()[1], (server.header("if-none-match", n)))
        for n, head in enumerate(server.requests)
        if head.split()[1].startswith(path)
    ]


async def unchanged(server, writer):
    """200 with an ETag, or 304 to whoever has it."""
    same = server.header("if-none-match") == '"1"'
    writer.write(
        answer(b"", 'ETag: "1"', "Cache-Control: max-age=60", status="304 X")
        if same
        else answer(b"news", 'ETag: "1"')
    )


async def test_not_modified_at_the_end_of_redirects():
    script = street(301, 302, end=unchanged)
    async with serving(script.get) as server, client() as ours:
        first = await ours.get(server.url + "/0", private=True)
        again = await ours.get(server.url + "/0", private=True, validators=first.validators)
    assert isinstance(again, NotModified)
    assert again.moved == server.url + "/1"
    assert again.validators == first.validators == Validators(etag='"1"')
    assert ("cache-control", "max-age=60") in again.headers
    # They were given at /2, and are shown there alone.
    assert conditional(server, "/")[3:] == [("/0", None), ("/1", None), ("/2", '"1"')]


async def test_validators_are_not_shown_where_they_did_not_come_from():
    """The redirect leads elsewhere now; a 304 from there would hide what is there."""
    where = {"/0": redirect("/old"), "/old": unchanged, "/new": unchanged}
    async with serving(lambda path: where[path]) as server, client() as ours:
        first = await ours.get(server.url + "/0", private=True)
        where["/0"] = redirect("/new")
        second = await ours.get(server.url + "/0", private=True, validators=first.validators)
        assert isinstance(second, Fetched), "taken for unchanged, never seen"
        where["/0"] = unchanged
        third = await ours.get(server.url + "/0", private=True, validators=second.validators)
        assert isinstance(third, Fetched)
        # And from now on there is no redirect, and no reason to fetch it whole.
        fourth = await ours.get(server.url + "/0", private=True, validators=third.validators)
        assert isinstance(fourth, NotModified)


async def test_other_validators_than_those_of_the_last_answer_are_not_known():
    """The last answer was not kept: it could not be read, say."""
    where = {"/0": redirect("/old"), "/old": unchanged, "/new": answer(b"x", 'ETag: "2"')}
    async with serving(lambda path: where[path]) as server, client() as ours:
        kept = await ours.get(server.url + "/0", private=True)
        where["/0"] = redirect("/new")
        await ours.get(server.url + "/0", private=True)
        await ours.get(server.url + "/0", private=True, validators=kept.validators)
    assert conditional(server, "/new") == [("/new", None)] * 2


async def test_of_validators_from_before_a_start_nothing_is_known():
    """Without a redirect they are the address's own; behind one it is fetched whole."""
    script = street(302, end=unchanged)
    known = Validators(etag='"1"')
    async with serving(script.get) as server, client() as ours:
        got = await ours.get(server.url + "/1", private=True, validators=known)
        assert isinstance(got, NotModified)
        got = await ours.get(server.url + "/0", private=True, validators=known)
        assert isinstance(got, Fetched)
        assert conditional(server, "/0") == [("/0", '"1"')]
