"""The long-running service: the fixed jobs, the signals, the service manager."""
