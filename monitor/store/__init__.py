"""The SQLite file: every line of SQL lives here."""
