"""The popup in which an input of the past is looked for."""
