"""Kernel tabs: their bar, what they say of their kernels, how they are opened, moved and closed."""
