"""Scan results: checking folders, and reading what this and other programs wrote."""
