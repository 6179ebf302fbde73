"""Tables of a kernel as values: what is known of one, its pages, how they are shown; pure."""
