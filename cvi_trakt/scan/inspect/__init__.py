"""Inspects one video: ffmpeg, what it says, how the file is built, and the verdict."""
