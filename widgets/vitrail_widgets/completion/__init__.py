"""The popup that offers what could be typed next."""
