"""What a story is, learnt from its seeds, and whether an article belongs to it."""
