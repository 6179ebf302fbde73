"""The page that shows what an object holds, as a tree that asks when it is opened."""
