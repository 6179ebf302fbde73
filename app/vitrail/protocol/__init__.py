"""Jupyter messaging, bytes <-> typed messages. Pure: no Qt, no sockets, no clock."""
