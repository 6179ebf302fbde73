"""What shows one object: a header with the way to it, and pages about it."""
