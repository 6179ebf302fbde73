"""Pygments tokens as styled text."""
