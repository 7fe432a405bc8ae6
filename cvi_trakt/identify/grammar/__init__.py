"""Reads a file name by the grammar of naming conventions: what stands before the number or the year is the title."""
