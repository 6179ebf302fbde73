"""Widgets for consoles and inspectors. They have never heard of ZeroMQ."""
