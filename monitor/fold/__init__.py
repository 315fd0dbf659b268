"""Whether an article is already known: new, copy or revision."""
