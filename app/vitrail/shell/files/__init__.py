"""Saving, exporting, printing, and opening files."""
