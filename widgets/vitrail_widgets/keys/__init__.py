"""Which keys mean which command; pure."""
