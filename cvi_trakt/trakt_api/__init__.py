"""The only door to Trakt, and the only importer of PyTrakt and requests."""
