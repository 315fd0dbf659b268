"""The body of a webhook in a shape of the user's own: a Jinja2 template in a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment


def filled(source: str, body: Mapping[str, Any], subject: str, link: str | None) -> str:
    """What the template makes of a message. ValueError where it fails on this one.

    It sees `subject` and `link`, the same for alerts and notices, and the whole `body`
    (docs/webhook.schema.json) with `type` and `data`.
    """
    try:
        return _compiled(source).render(
            subject=subject, link=link, body=body, type=body["type"], data=body["data"]
        )
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"the template fails: {error}") from error


@lru_cache(maxsize=16)
def _compiled(source: str) -> Template:
    # No autoescape: what it writes is seldom HTML, and `tojson` is there for JSON.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    return environment.from_string(source)
