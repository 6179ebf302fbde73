"""Themes, metrics and other small things all widgets share."""
