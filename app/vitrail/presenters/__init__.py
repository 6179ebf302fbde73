"""Glue between the protocol on one side and the widget models on the other."""
