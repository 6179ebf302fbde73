"""Tables as values: read from HTML, sorted, written as text. Pure."""
