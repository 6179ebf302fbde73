"""JSON as a tree that folds."""
