"""What can be called with what, and which parameter an argument in code is for. Pure: no Qt."""
