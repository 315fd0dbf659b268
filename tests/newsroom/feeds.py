"""Feeds in the dialects that sources speak: RSS 2.0, WordPress's RSS, Atom, RDF."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from html import escape

from .item import Item

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
Listed = list[tuple[Item, str]]
"""Articles newest first, each with its address."""


def _summary(item: Item, length: int = 220) -> str:
    lead = item.lead
    return lead if len(lead) <= length else lead[:length].rsplit(" ", 1)[0] + "…"


def _rfc822(item: Item) -> str:
    assert item.published
    return format_datetime(item.published.astimezone(UTC), usegmt=True)


def rss(items: Listed, name: str, origin: str) -> str:
    """RSS 2.0; guid is an opaque key."""
    entries = "\n".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(url)}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{escape(item.key)}</guid><pubDate>{_rfc822(item)}</pubDate>'
        f"<description>{escape(_summary(item))}</description></item>"
        for item, url in items
    )
    return (
        f'{HEAD}<rss version="2.0"><channel><title>{escape(name)}</title><link>{origin}/</link>'
        f"<description>{escape(name)}</description><language>ar</language>\n{entries}\n</channel></rss>\n"
    )


def wordpress(items: Listed, name: str, origin: str) -> str:
    """WordPress: guid is the short address, content:encoded only an excerpt with its footer line."""
    entries = "\n".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(url)}</link>"
        f"<dc:creator><![CDATA[{item.author or name}]]></dc:creator><pubDate>{_rfc822(item)}</pubDate>"
        f'<guid isPermaLink="false">{origin}/?p={escape(item.key)}</guid>'
        f"<description><![CDATA[<p>{escape(_summary(item))} [&#8230;]</p>\n<p>The post <a href='{escape(url)}'>"
        f"{escape(item.title)}</a> appeared first on <a href='{origin}'>{escape(name)}</a>.</p>]]></description>"
        f"<content:encoded><![CDATA[<p>{escape(_summary(item, 400))}</p>]]></content:encoded></item>"
        for item, url in items
    )
    return (
        f'{HEAD}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f'<title>{escape(name)}</title><atom:link href="{origin}/feed/" rel="self" type="application/rss+xml"/>'
        f"<link>{origin}</link><description></description><language>ar</language>\n{entries}\n</channel></rss>\n"
    )


def atom(items: Listed, name: str, origin: str) -> str:
    """Atom 1.0; the language stands on each entry."""
    entries = "\n".join(
        f'<entry xml:lang="{item.language}"><id>tag:newsroom.example,2026:{escape(item.key)}</id>'
        f'<title type="text">{escape(item.title)}</title><link rel="alternate" href="{escape(url)}"/>'
        f"<published>{item.published.isoformat() if item.published else ''}</published>"
        f"<updated>{item.updated.isoformat() if item.updated else ''}</updated>"
        f'<summary type="html">{escape(f"<p>{escape(_summary(item))}</p>")}</summary></entry>'
        for item, url in items
    )
    newest = max((item.updated for item, _ in items if item.updated), default=None)
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><id>{origin}/</id><title>{escape(name)}</title>'
        f"<updated>{newest.isoformat() if newest else '2026-01-01T00:00:00Z'}</updated><author><name>{escape(name)}"
        f'</name></author><link rel="self" href="{origin}/atom.xml"/>\n{entries}\n</feed>\n'
    )


def rdf(items: Listed, name: str, origin: str) -> str:
    """RSS 1.0 with Dublin Core dates; a headline and an address, no summary."""
    index = "".join(f'<rdf:li rdf:resource="{escape(url)}"/>' for _, url in items)
    entries = "\n".join(
        f'<item rdf:about="{escape(url)}"><title>{escape(item.title)}</title><link>{escape(url)}</link>'
        f"<dc:date>{item.published.isoformat() if item.published else ''}</dc:date></item>"
        for item, url in items
    )
    return (
        f'{HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{origin}/"><title>{escape(name)}</title>'
        f"<link>{origin}/</link><description>{escape(name)}</description><items><rdf:Seq>{index}</rdf:Seq></items>"
        f"</channel>\n{entries}\n</rdf:RDF>\n"
    )
