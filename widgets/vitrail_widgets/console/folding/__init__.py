"""Folding cells and outputs: what is hidden, how it is drawn, and what opens it."""
