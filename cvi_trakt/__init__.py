"""Checks a video library for damaged files and brings it to Trakt.tv."""

__version__ = "0.1.0"
