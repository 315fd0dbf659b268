"""story-monitor: follows one unfolding news story and alerts once for each development."""

__version__ = "0.1.0"
