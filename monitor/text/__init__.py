"""Letters, words and languages: the ground that the judges share."""
