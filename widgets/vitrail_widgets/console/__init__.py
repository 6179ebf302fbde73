"""The console: a virtualised view of a transcript and the input below it."""
