"""Looks at how sources and stories fare, and queues what is to be told of it."""

from __future__ import annotations

from monitor.watch.look import Looked, Watch

__all__ = ["Looked", "Watch"]
