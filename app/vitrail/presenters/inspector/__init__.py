"""What asks the kernel about one object, page by page."""
