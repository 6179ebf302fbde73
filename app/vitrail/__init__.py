"""Vitrail: a desktop frontend for Jupyter kernels."""

__version__ = "0.1.0"
