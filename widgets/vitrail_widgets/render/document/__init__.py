"""Formatted text: HTML that is no table, Markdown, and the formulas in it."""
