"""Kernels as processes and sockets: asyncio, pyzmq and the ecosystem's launcher. No Qt."""
