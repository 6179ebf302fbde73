"""The figures of a session side by side: thumbnails, one or two of them large."""
