"""Finding in the transcript: the bar, the search in slices, the marks."""
