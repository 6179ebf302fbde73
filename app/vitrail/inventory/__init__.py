"""`vitrail kernels`: what could be launched here, and what runs."""
