"""What the monitor answers over HTTP; nothing listens unless the configuration says so."""
