"""What the console shows, as a model: cells, outputs, text, changes. Pure: no Qt."""
