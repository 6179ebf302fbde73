"""`vitrail run`: code in, transcript out, without a window."""
