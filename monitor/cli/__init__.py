"""The command line: one file a group of commands, imports only what a command needs."""
