"""The room's door: whatever strange bytes make a library raise, only ParseError leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from monitor.errors import ParseError

_Args = ParamSpec("_Args")
_Value = TypeVar("_Value")


def guarded(function: Callable[_Args, _Value], *args: _Args.args, **kwargs: _Args.kwargs) -> _Value:
    """What the function returns; ParseError for anything that it raises."""
    try:
        return function(*args, **kwargs)
    except ParseError:
        raise
    except (RecursionError, MemoryError) as fault:
        raise ParseError(f"too deep or too large to read ({type(fault).__name__})") from None
    except Exception as fault:
        raise ParseError(f"cannot be read: {type(fault).__name__}: {fault}") from fault
