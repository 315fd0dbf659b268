"""The room's door: whatever strange bytes make a library raise, only ParseError leaves.

MemoryError goes through: what is left of memory is not the bytes' doing alone, and whoever bounds
it (`Workers`) knows what else was read in the process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from monitor.errors import ParseError

_Args = ParamSpec("_Args")
_Value = TypeVar("_Value")


def guarded(function: Callable[_Args, _Value], *args: _Args.args, **kwargs: _Args.kwargs) -> _Value:
    """What the function returns; ParseError for anything that it raises but MemoryError."""
    try:
        return function(*args, **kwargs)
    except (ParseError, MemoryError):
        raise
    except RecursionError:
        raise ParseError("too deep to read") from None
    except Exception as fault:
        raise ParseError(f"cannot be read: {type(fault).__name__}: {fault}") from fault
