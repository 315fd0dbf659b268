"""One address and one fingerprint for an article, however it was reached."""
