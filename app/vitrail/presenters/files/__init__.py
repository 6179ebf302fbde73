"""A transcript as a file (notebook, script, web page, Markdown), and cells out of files."""
