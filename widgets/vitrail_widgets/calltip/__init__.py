"""The call tip: what the function that is being called takes, and which argument one is at."""
