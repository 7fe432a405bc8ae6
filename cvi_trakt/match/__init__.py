"""Finds the film or show that a work is, or says why it cannot be told."""
