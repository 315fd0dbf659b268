"""The only room that speaks HTTP to sources: politely, bounded, honestly."""
