"""The inputs of the past, kept on disk for kernels of every language. No Qt, no sockets."""
