"""Finds what a user starts from: sources.yaml, its schema, seeds/ and systemd/."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped() -> Path:
    """Return `monitor/shipped` of an installed wheel, else the checkout's top level."""
    installed = _PACKAGE / "shipped"
    return installed if installed.is_dir() else _PACKAGE.parent
