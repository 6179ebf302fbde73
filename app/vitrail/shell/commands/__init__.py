"""The commands of the window, one table for each menu."""
