"""What is known of live objects, as values: where one is found, what it is, what it holds; pure."""
