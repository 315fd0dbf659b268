"""Looks at the world around the daemon, for `doctor`: nothing is sent, nothing is changed."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from monitor.config.secrets import read
from monitor.daemon.rig import leads_to
from monitor.deliver.email import Email
from monitor.errors import DeliveryError, MonitorError
from monitor.fetch.guard import verdict
from monitor.fetch.network import Resolver
from monitor.fetch.transport import default_tls
from monitor.health.finding import Attempt, Listen
from monitor.model import Channel, Config, Secret

UNIT = "monitor.service"
_PATIENCE = 10.0  # seconds for one look
_HOSTS = 5  # whose names are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What systemd knows of the service; `text` is the unit with its drop-ins."""

    state: str
    main: str
    text: str


def unit(name: str = UNIT) -> Unit | None:
    """The installed unit, None where there is none, or no systemd."""
    known = shown(["systemctl"], "LoadState", "ActiveState", "MainPID", unit=name)
    if known.get("LoadState") != "loaded":
        return None
    text = "\n".join(_asked("systemctl", "cat", name))
    return Unit(state=known.get("ActiveState", ""), main=known.get("MainPID", "0"), text=text)


def shown(systemctl: list[str], *properties: str, unit: str = UNIT) -> dict[str, str]:
    """Properties of a unit by name; empty where nothing is known."""
    lines = _asked(*systemctl, "show", "-p", ",".join(properties), unit)
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _asked(*words: str) -> list[str]:
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


# ---- ways out


async def ways_out(
    channels: Iterable[Channel],
    unit_text: str | None,
    fault: Callable[[Channel], str | None] = lambda channel: None,
) -> list[Attempt]:
    """Each channel tried as far as nothing is sent: connected, logged in, and parted.

    `fault` says what is wrong with one that cannot be tried like this.
    """
    outside = [each for each in channels if each.kind != "log"]
    return list(await asyncio.gather(*(_tried(each, unit_text, fault) for each in outside)))


async def _tried(
    channel: Channel, unit_text: str | None, fault: Callable[[Channel], str | None]
) -> Attempt:
    attempt = Attempt(channel=channel.name, kind=channel.kind, to=leads_to(channel))
    readable: dict[Secret, Secret | None] = {}
    try:
        for secret in channel.secrets:
            readable[secret] = _reachable(secret, unit_text)
            if found := readable[secret]:
                read(found)
    except MonitorError as error:
        return replace(attempt, stage="secret", problem=str(error))
    try:
        if channel.kind == "email" and channel.smtp:
            password = channel.smtp.password and readable[channel.smtp.password]
            # Without a password that only the service can read, as far as the login.
            user = channel.smtp.user if password or not channel.smtp.password else None
            smtp = replace(channel.smtp, user=user, password=password)
            await Email(replace(channel, smtp=smtp)).probe()
        elif channel.kind == "webhook" and channel.url:
            if why := verdict(channel.url, private=channel.private):
                return replace(attempt, stage="address", problem=why)
            await _knock(channel.url)
        elif all(readable.values()) and (why := fault(channel)):
            return replace(attempt, stage="setting", problem=why)
    except DeliveryError as error:
        if "login as" in error.detail:
            return replace(attempt, stage="login", problem=error.detail)
        return replace(attempt, problem=error.detail)
    except (OSError, TimeoutError) as error:
        return replace(attempt, problem=str(error) or f"no answer within {_PATIENCE:g} s")
    return attempt


def unreadable(secret: Secret, unit_text: str | None) -> str | None:
    """Why a secret cannot be read where the service looks for it; None where nothing is seen."""
    try:
        if found := _reachable(secret, unit_text):
            read(found)
    except MonitorError as error:
        return str(error)
    return None


def _reachable(secret: Secret, unit_text: str | None) -> Secret | None:
    """Where this process can read a secret; None where only the service can.

    MonitorError where the unit gives the service none.
    """
    if secret.kind != "credential":
        return secret
    with contextlib.suppress(MonitorError):
        read(secret)
        return secret
    if unit_text is None:
        return None
    given = re.findall(
        rf"(?m)^LoadCredential(?:Encrypted)?={re.escape(secret.value)}(?::(.*))?$", unit_text
    )
    if not given:
        raise MonitorError(
            f"credential '{secret.value}' is not given to the service: add"
            f" LoadCredential={secret.value}:/etc/story-monitor/{secret.value} to the unit"
        )
    path = Path(given[-1])
    try:
        if path.is_absolute() and not path.exists():
            raise MonitorError(f"credential '{secret.value}': {path} does not exist")
        encrypted = f"LoadCredentialEncrypted={secret.value}" in unit_text
        if path.is_absolute() and not encrypted and path.read_bytes():
            return Secret(kind="file", value=str(path))
    except OSError:  # only root may look
        pass
    return None


async def _knock(url: str) -> None:
    """Connect, with TLS where the address asks for it, and hang up."""
    parts = urlsplit(url)
    tls = default_tls() if parts.scheme == "https" else None
    port = parts.port or (443 if tls else 80)
    async with asyncio.timeout(_PATIENCE):
        _, writer = await asyncio.open_connection(parts.hostname, port, ssl=tls)
    writer.close()


# ---- ports and names


async def listens(config: Config, *, running: bool) -> list[Listen]:
    """Ports that the configuration wants; where a daemon runs, whether it is it that has them."""
    wanted = []
    if config.websub:
        wanted.append(("settings.websub", config.websub.host, config.websub.port, "subscription"))
    if config.web:
        wanted.append(("settings.web", config.web.host, config.web.port, "story-monitor"))
    if config.inbox:
        wanted.append(("settings.inbox", config.inbox.host, config.inbox.port, "This link does"))
    found = []
    for what, host, port, sign in wanted:
        problem = _bound(host, port)
        ours = bool(problem) and running and await _says(host, port, sign)
        found.append(Listen(what=what, address=f"{host}:{port}", problem=problem, is_ours=ours))
    return found


def _bound(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return error.strerror or str(error)
    return None


async def _says(host: str, port: int, sign: str) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            try:
                await reader.readuntil(sign.encode())
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return False
    return True


async def names(config: Config) -> tuple[int, Mapping[str, str]]:
    """How many hosts of sources were looked up, and what is wrong with which.

    None where a proxy looks them up.
    """
    hosts: dict[str, None] = {}
    for source in config.sources:
        host = urlsplit(source.url).hostname
        if source.enabled and host and not _is_address(host):
            hosts[host] = None
    asked = [] if config.poll.proxy else list(hosts)[:_HOSTS]
    resolve = Resolver()

    async def one(host: str) -> str | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await resolve(host.encode("idna").decode(), 443)
        except TimeoutError:
            return f"no answer within {_PATIENCE:g} s"
        except (OSError, UnicodeError) as error:
            return getattr(error, "strerror", None) or str(error)
        return None

    told = await asyncio.gather(*map(one, asked))
    return len(asked), {host: why for host, why in zip(asked, told, strict=True) if why}


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
