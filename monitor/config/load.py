"""Reads sources.yaml into a Config, or tells every mistake in it with its place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config import rules, ways, wording
from monitor.config.addresses import is_here
from monitor.config.channel_keys import ChannelKeys, SendKeys
from monitor.config.checked import DAYS
from monitor.config.keys import Keys
from monitor.config.schema import (
    FileKeys,
    InboxKeys,
    RecheckKeys,
    SourceKeys,
    StoryKeys,
    WebKeys,
    WebSubKeys,
)
from monitor.config.syntax import Place, SyntaxProblem, place_in
from monitor.config.tree import Tree
from monitor.config.warn import warnings
from monitor.errors import ConfigError, Problem
from monitor.model import (
    Channel,
    Config,
    Corrections,
    Digest,
    Inbox,
    Ping,
    PollSettings,
    Quiet,
    Secret,
    Selectors,
    Smtp,
    Source,
    Story,
    Web,
    WebSub,
)

MAX_BYTES = 5_000_000
_FOLD_WINDOW = timedelta(days=14)
_RECHECK = timedelta(days=30)
# Of a file that is no YAML, too.
_DATABASE = re.compile(r"(?:^|[{,])[ \t]*database:[ \t]+(.+)", re.MULTILINE)
_AFTER = re.compile(r"(?:^|\s)#|,(?:\s|$)|\}")  # what comes behind a value: a comment, the next key
_PORTS = {"tls": 465, "none": 25}  # RFC 8314, 3.3; else submission, the model's default


def load(path: Path, former: str | None = None) -> Config:
    """Read a configuration; ConfigError carries all problems, in the order of the file.

    Secrets are not read: only the service may be allowed to. `former` is an earlier text of
    the file, read as if it stood there still: what it refers to is looked for as ever.
    """
    file = str(path)
    text = _text(path) if former is None else former
    tree = _tree(file, text)
    folder = path.absolute().parent
    found = [*tree.problems, *rules.findings(tree, folder)]
    try:
        keys = FileKeys.model_validate(tree.value)
    except ValidationError as error:
        found += wording.findings(tree, error)
        raise _wrong(file, found) from None
    if found:
        raise _wrong(file, found)
    settings = keys.settings
    poll = PollSettings(**_given(settings.poll if settings else None))
    database = database_of(folder, settings.database if settings else None)
    encoder = bool(settings and settings.encoder)
    return Config(
        path=path.absolute(),
        contact=settings.contact if settings else None,
        database=database,
        poll=poll,
        fold_window=(settings and settings.fold and settings.fold.window) or _FOLD_WINDOW,
        stories=tuple(
            _story(folder, name, story, encoder=encoder) for name, story in keys.stories.items()
        ),
        channels=tuple(
            _channel(folder, database, name, each) for name, each in (keys.channels or {}).items()
        )
        or (Channel(name="log", kind="log"),),
        sources=tuple(map(_source, keys.sources or ())),
        websub=_websub(settings.websub if settings else None),
        keep_off=settings.keep.off if settings and settings.keep else None,
        recheck=_recheck(settings.recheck if settings else None),
        inbox=_inbox(folder, settings.inbox) if settings and settings.inbox else None,
        web=_web(folder, settings.web) if settings and settings.web else None,
        ping=Ping(**_given(settings.ping)) if settings and settings.ping else None,
        warnings=tuple(warnings(file, tree, keys, poll)),
        text=text,
    )


def _wrong(file: str, found: Iterable[tuple[Place, str]]) -> ConfigError:
    return ConfigError([Problem(file, *place, message) for place, message in found])


def _text(path: Path) -> str:
    file = str(path)
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _wrong(file, [((1, 1), f"cannot be read: {error.strerror}")]) from None
    if len(body) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1_000_000} MB: too large for a configuration"
        raise _wrong(file, [((1, 1), message)])
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8-sig", errors="ignore")
        message = "not UTF-8 from here on: save the file in UTF-8"
        raise _wrong(file, [(place_in(before, len(before)), message)]) from None


def _tree(file: str, text: str) -> Tree:
    try:
        tree = Tree(text)
    except SyntaxProblem as problem:
        raise _wrong(file, [(problem.place, problem.message)]) from None
    if not isinstance(tree.value, dict):
        empty = tree.root is None or (not tree.root.text and tree.root.children is None)
        what = "empty" if empty else "not a mapping"
        message = f"{what}: expected stories:, sources: and channels: at the left edge"
        raise _wrong(file, [*tree.problems, (tree.at_value(()), message)])
    return tree


def _given(keys: Keys | None) -> dict[str, Any]:
    """Return what was written, so that the dataclass's defaults stand for the rest."""
    if keys is None:
        return {}
    return {
        name: found for name in keys.model_fields_set if (found := getattr(keys, name)) is not None
    }


def database_of(folder: Path, written: str | None) -> Path:
    """Where the database lies, by the folder of the file and what is written in it."""
    # systemd gives several state directories parted by ':' (systemd.exec).
    state = os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    if written is None and state:
        return Path(state, "monitor.db")
    return folder / (written or "monitor.db")


def database_near(path: Path) -> Path:
    """Where the database lies of a file that may be wrong, no YAML, or gone, as far as it tells."""
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        text = ""
    return database_of(path.absolute().parent, _database_in(text))


def _database_in(text: str) -> str | None:
    found = _DATABASE.search(text)
    value = found[1].strip() if found else ""
    if value[:1] in {'"', "'"}:
        value = value[1:].partition(value[0])[0]
    else:
        value = _AFTER.split(value, maxsplit=1)[0].strip()
    return value if value and "\0" not in value else None


def _websub(keys: WebSubKeys | None) -> WebSub | None:
    if keys is None:
        return None
    if keys.listen is None:
        return WebSub(callback=keys.callback)
    host, port = keys.listen
    return WebSub(callback=keys.callback, host=host, port=port)


def _web(folder: Path, keys: WebKeys) -> Web:
    host, port = keys.listen
    page = is_here(host) if keys.page is None else keys.page
    password = _anchored(folder, keys.password) if keys.password else None
    return Web(host=host, port=port, page=page, url=keys.url, password=password)


def _inbox(folder: Path, keys: InboxKeys) -> Inbox:
    secret = _anchored(folder, keys.secret)
    if keys.listen is None:
        return Inbox(url=keys.url, secret=secret)
    host, port = keys.listen
    return Inbox(url=keys.url, secret=secret, host=host, port=port)


def _recheck(keys: RecheckKeys | None) -> timedelta | None:
    if keys is None or "span" not in keys.model_fields_set:
        return _RECHECK
    return keys.span  # None is a value: nothing is looked at again


def _story(folder: Path, name: str, keys: StoryKeys, *, encoder: bool) -> Story:
    given = _given(keys)
    given["encoder"] = encoder
    profile = given.pop("profile", None)
    development = _given(given.pop("development", None))
    if "age_gate" in keys.model_fields_set:  # None is a value: the gate is off
        given["age_gate"] = keys.age_gate
    corrections = Corrections()
    if profile:
        lists = {
            key: tuple(found) for key in ("require", "any") if (found := getattr(profile, key))
        }
        aliases = {concept: tuple(forms) for concept, forms in (profile.aliases or {}).items()}
        corrections = Corrections(aliases=aliases, exclude=tuple(profile.not_ or ()), **lists)
    given["seeds"] = folder / keys.seeds
    given["edge_given"] = "threshold" in given
    return Story(**{"title": name, **given, **development}, name=name, corrections=corrections)


def _channel(folder: Path, database: Path, name: str, keys: ChannelKeys) -> Channel:
    given = _given(keys)
    send = given.pop("send", None)
    smtp = given.pop("smtp", None)
    given |= _send(send) if send else {}
    if "from_" in given:
        given["sender"] = given.pop("from_")
    for key in ("to", "stories"):
        given[key] = tuple(given.get(key, ()))
    if "secret" in given:
        first, *former = (_anchored(folder, one) for one in given["secret"])
        given |= {"secret": first, "former": tuple(former)}
    if keys.kind == "chat":
        # The address of a chat service holds the key to it.
        lies = given.pop("url")
        lies = Secret(kind="plain", value=lies) if isinstance(lies, str) else lies
        given["service"] = _anchored(folder, lies)
    if "template" in given:
        given["template"] = ways.template(folder / given["template"])
    if keys.kind == "files":
        given["folder"] = database.parent / given.get("folder", ways.FEEDS)
        given["notices"] = False
    if "run" in given:
        given["run"] = tuple(given["run"])
    if smtp:
        written = _given(smtp)
        if "password" in written:
            written["password"] = _anchored(folder, written["password"])
        written.setdefault("port", _PORTS.get(smtp.security, Smtp(host="").port))
        given["smtp"] = Smtp(**written)
    return Channel(name=name, **given)


def _send(keys: SendKeys) -> dict[str, Any]:
    written = _given(keys)
    given: dict[str, Any] = {key: written[key] for key in ("notices", "ceiling") if key in written}
    if "bands" in written:
        given["bands"] = tuple(written["bands"])
    if "instant" in written:
        # A digest tells new facts, too, where nothing else does.
        given["instant"] = written["instant"] != "none"
        given["updates"] = written["instant"] != "new"
    if keys.quiet:
        quiet = keys.quiet
        given["quiet"] = Quiet(begin=quiet.from_, end=quiet.to, timezone=quiet.timezone or "UTC")
    if keys.digest:
        digest = _given(keys.digest)
        digest["at"] = tuple(sorted(set(digest["at"])))
        if "days" in digest:
            digest["days"] = tuple(sorted({DAYS.index(day) for day in digest["days"]}))
        if "bands" in digest:
            digest["bands"] = tuple(digest["bands"])
        given["digest"] = Digest(**digest)
    return given


def _anchored(folder: Path, secret: Secret) -> Secret:
    """Make a secret file's path absolute: it is read later, from anywhere."""
    return replace(secret, value=str(folder / secret.value)) if secret.kind == "file" else secret


def _source(keys: SourceKeys) -> Source:
    given = _given(keys)
    selectors = _given(given.pop("selectors", None))
    if selectors:
        given["selectors"] = Selectors(**selectors)
    given.setdefault("kind", rules.guess_kind(keys.url, links="links" in selectors))
    return Source(**given)
