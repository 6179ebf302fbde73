"""Help about an object as a page."""
