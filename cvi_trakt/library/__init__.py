"""Trakt's data about the user, shown and taken out."""
