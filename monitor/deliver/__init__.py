"""Outbox rows on their way to a receiver, one file a channel."""
