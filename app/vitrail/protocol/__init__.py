"""Jupyter messaging: bytes to typed messages and back. Pure: no sockets, no clock, no threads."""
