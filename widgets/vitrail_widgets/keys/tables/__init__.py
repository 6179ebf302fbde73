"""The commands of the widgets, one table for each area."""
