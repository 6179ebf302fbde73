"""Commands at work: which key was pressed, and who does what it means."""
