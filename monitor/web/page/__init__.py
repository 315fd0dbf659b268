"""The page for people: what the commands that look print, in a browser; nothing is written here."""
