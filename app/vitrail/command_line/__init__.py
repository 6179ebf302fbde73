"""What can be said on the command line, as one table of parsers; no Qt, nothing that takes time."""
