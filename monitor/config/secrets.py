"""Reads a secret from where sources.yaml says it lies, at the moment it is used."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.errors import MonitorError
from monitor.model import Secret


def read(secret: Secret) -> str:
    """Return the secret's text; MonitorError names what is missing and what to do about it.

    The line break that editors and `echo` leave at its end is no part of it, nor the mark of
    byte order that editors of Windows put at the head of a file.
    """
    if secret.kind == "plain":
        return secret.value
    if secret.kind == "env":
        return _from_environment(secret.value)
    if secret.kind == "file":
        return _from_file(Path(secret.value), f"secret file {secret.value}")
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise MonitorError(
            f"credential '{secret.value}' cannot be read: CREDENTIALS_DIRECTORY is not set. systemd "
            f"sets it for a unit with LoadCredential={secret.value}:/path; outside systemd use "
            "{file: PATH} or {env: NAME}"
        )
    return _from_file(
        Path(folder, secret.value),
        f"credential '{secret.value}' (LoadCredential={secret.value}:/path in the unit)",
    )


def _from_environment(name: str) -> str:
    found = os.environ.get(name, "").rstrip("\r\n")
    if not found:
        raise MonitorError(
            f"environment variable {name} is not set or empty: set it for the monitor, "
            "or name another place of the secret in sources.yaml"
        )
    return found


def _from_file(path: Path, what: str) -> str:
    try:
        found = path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except FileNotFoundError:
        raise MonitorError(f"{what} does not exist: make it, readable by the monitor") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise MonitorError(
            f"{what} cannot be read: {why}; let the monitor's user read it"
        ) from None
    except UnicodeDecodeError:
        raise MonitorError(f"{what} is not text in UTF-8") from None
    if not found:
        raise MonitorError(f"{what} is empty: put the secret into it")
    return found
