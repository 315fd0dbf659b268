"""A story taken out of the store: tables, web archives, a dossier."""
