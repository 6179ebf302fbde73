"""What the user has set: the settings, the file they stand in, and who must know of a change."""
