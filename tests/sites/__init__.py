"""Synthetic news sites on loopback, built after real layouts, for the search for sources.

`right.json` holds what the search should find on each; it was written before any ranking.
"""

from .layouts import SITES
from .street import Site, Street

__all__ = ["SITES", "Site", "Street"]
