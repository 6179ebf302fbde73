"""What several pages show as a tree that is asked for level by level."""
