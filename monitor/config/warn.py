"""What works but may not be meant: the lines of `Config.warnings`."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from monitor.config import seeds
from monitor.config.addresses import is_here
from monitor.config.channel_keys import SendKeys
from monitor.config.exposed import exposed
from monitor.config.schema import FileKeys, WebKeys
from monitor.config.tree import Path, Tree
from monitor.model import PollSettings, Secret

_OPEN = "is written in the open; use {credential: NAME}, {file: PATH} or {env: NAME}"


def warnings(file: str, tree: Tree, keys: FileKeys, poll: PollSettings) -> Iterator[str]:
    """Yield one line each; those about one place begin with `file:line:column`."""
    if poll.proxy is not None:
        message = (
            "names are looked up by the proxy, where the address guard cannot see it: a public "
            "name that leads into your network is visited, if the proxy can reach it"
        )
        yield _at(file, tree, ("settings", "poll", "proxy"), message)
    for name, story in keys.stories.items():
        below = seeds.folders(pathlib.Path(file).absolute().parent / story.seeds)
        if below:
            message = (
                f"folders in {story.seeds} are not looked into, only the files beside them are "
                f"seeds: {', '.join(below)}"
            )
            yield _at(file, tree, ("stories", name, "seeds"), message)
    inbox = keys.settings.inbox if keys.settings else None
    if inbox and isinstance(inbox.secret, Secret) and inbox.secret.kind == "plain":
        yield _at(file, tree, ("settings", "inbox", "secret"), f"the secret {_OPEN}")
    if keys.settings and keys.settings.web:
        for key, message in _web(keys.settings.web):
            yield _at(file, tree, ("settings", "web", key), message)
    channels = (keys.channels or {}).values()
    if channels and all(channel.stories for channel in channels):
        carried = {story for channel in channels for story in channel.stories or ()}
        for name in keys.stories:
            if name not in carried:
                message = f"no channel carries '{name}': nobody is told of it; add it to `stories:` of one"
                yield _at(file, tree, ("stories", name), message)
    for name, channel in (keys.channels or {}).items():
        if channel.send:
            yield from _rhythm(file, tree, name, channel.send)
        smtp = channel.smtp
        password = smtp.password if smtp else None
        if smtp and smtp.user and smtp.security == "none" and not is_here(smtp.host):
            message = (
                f"{name}: the password goes to {smtp.host} in the clear; "
                "use security: starttls or tls"
            )
            yield _at(file, tree, ("channels", name, "smtp", "security"), message)
        written: list[tuple[object, Path]] = [
            *((one, ("channels", name, "secret")) for one in channel.secret or ()),
            (password, ("channels", name, "smtp", "password")),
        ]
        if channel.kind == "chat":
            url = channel.url
            plain = Secret(kind="plain", value=url) if isinstance(url, str) else url
            written.append((plain, ("channels", name, "url")))
        for secret, path in written:
            if isinstance(secret, Secret) and secret.kind == "plain":
                yield _at(
                    file,
                    tree,
                    path,
                    f"{name}: the {path[-1]} {_OPEN}",
                )
    first: dict[str, str] = {}
    for number, source in enumerate(keys.sources or ()):
        other = first.setdefault(source.url, source.name)
        if other != source.name:
            message = f"'{source.name}' has the same address as '{other}'"
            yield _at(file, tree, ("sources", number, "url"), message)
        if source.every and source.every < poll.floor:
            message = f"'{source.name}' is polled at settings.poll.floor, not more often"
            yield _at(file, tree, ("sources", number, "every"), message)


def _web(web: WebKeys) -> Iterator[tuple[str, str]]:
    """The key and what is to be said of it."""
    host = web.listen[0]
    is_there = is_here(host) if web.page is None else web.page
    key, message = exposed(
        host, is_there=is_there, url=web.url, has_password=web.password is not None
    )
    if key:
        yield key, message
    if isinstance(web.password, Secret) and web.password.kind == "plain":
        yield "password", f"the password {_OPEN}"


def _rhythm(file: str, tree: Tree, name: str, send: SendKeys) -> Iterator[str]:
    path = ("channels", name, "send")
    if send.quiet and send.quiet.from_ == send.quiet.to:
        message = f"{name}: quiet hours that end when they begin: no hour is quiet"
        yield _at(file, tree, (*path, "quiet", "to"), message)


def _at(file: str, tree: Tree, path: Path, message: str) -> str:
    line, column = tree.at_value(path)
    return f"{file}:{line}:{column}: {message}"
