"""The data grid: rows of a table of any length, of which only what is seen is fetched."""
