"""Logging, set up once: one line an event, key=value for people, JSON by setting."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def set_up(*, as_json: bool = False, quiet: bool = False, verbose: bool = False) -> None:
    """Send events to standard error; `quiet` keeps warnings only.

    Under systemd the journal stamps each line, so a time is given only to a
    terminal or a file. Severity goes to the journal as `<N>` (sd-daemon(3)).
    """
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    journal = "JOURNAL_STREAM" in os.environ
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
    ]
    if not journal or as_json:
        processors.append(structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True))
    if as_json:
        processors.append(structlog.processors.JSONRenderer(ensure_ascii=False))
    else:
        processors.append(_line)
        if journal:
            processors.append(_priority)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # What libraries say goes the same way, from warnings up.
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s"
    )


_PRIORITY = {"debug": "<7>", "info": "<6>", "warning": "<4>", "error": "<3>", "critical": "<2>"}


def _line(_: object, __: str, event: structlog.typing.EventDict) -> str:
    head = [
        str(event.pop("timestamp", "")),
        str(event.pop("level", "")),
        str(event.pop("event", "")),
    ]
    trace = event.pop("exception", None)
    pairs = [f"{key}={_value(value)}" for key, value in event.items()]
    line = " ".join(part for part in [*head, *pairs] if part)
    return f"{line}\n{trace}" if trace else line


def _value(value: object) -> str:
    text = str(value)
    if not text or any(c in text for c in ' "=\n'):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return text


def _priority(_: object, name: str, event: structlog.typing.EventDict) -> str:
    prefix = _PRIORITY.get(name, "<6>")
    return "\n".join(prefix + line for line in str(event).splitlines())
