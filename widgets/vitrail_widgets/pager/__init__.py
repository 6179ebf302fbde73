"""A pane for what is read page by page: help, sources, long listings."""
