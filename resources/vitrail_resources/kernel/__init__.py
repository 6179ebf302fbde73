"""Code that is sent into kernels; nothing here is imported by Vitrail itself."""
