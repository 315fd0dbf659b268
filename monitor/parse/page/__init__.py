"""An article page: what it says of itself, and its text without what stands around it."""
