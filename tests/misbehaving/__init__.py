"""Servers that misbehave, each in its own way, and the state that each should be given.

Raw sockets on loopback. `CASES` is the one table of them, `Street` serves it.
"""

from .case import TITLE, Case
from .catalogue import CASES, GROUPS
from .street import Street

__all__ = ["CASES", "GROUPS", "TITLE", "Case", "Street"]
