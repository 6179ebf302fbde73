"""The console as a document that a screen reader can read."""
