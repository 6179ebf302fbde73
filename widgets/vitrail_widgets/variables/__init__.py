"""The variables of a kernel as a table: what they are called, are and hold."""
