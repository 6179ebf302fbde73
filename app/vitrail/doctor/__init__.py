"""What is installed, what runs, what a kernel can do, and what is wrong with it."""
