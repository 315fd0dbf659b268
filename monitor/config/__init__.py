"""sources.yaml, read with the place of every mistake."""
