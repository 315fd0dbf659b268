"""A newsroom on loopback: sites that publish, receivers that take alerts, and what goes wrong.

Real sockets, no network, no dependency at run time but the development ones.
`Newsroom` is the face; `python -m tests.newsroom` runs it by hand.
"""

from .copies import copy_of
from .documents import Document, read_documents
from .item import Block, Item, read_items
from .newsroom import Newsroom
from .process import Here, Monitor, command
from .receivers import MailSink, Received, WebhookReceiver

__all__ = [
    "Block",
    "Document",
    "Here",
    "Item",
    "MailSink",
    "Monitor",
    "Newsroom",
    "Received",
    "WebhookReceiver",
    "command",
    "copy_of",
    "read_documents",
    "read_items",
]
