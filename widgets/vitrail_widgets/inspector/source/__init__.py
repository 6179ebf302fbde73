"""The source of an object as a page."""
