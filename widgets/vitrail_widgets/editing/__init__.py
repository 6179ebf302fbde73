"""What an input knows about code: completeness, indentation, brackets, history. Pure: no Qt."""
