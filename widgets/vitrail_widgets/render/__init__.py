"""One renderer per MIME type behind a registry."""
