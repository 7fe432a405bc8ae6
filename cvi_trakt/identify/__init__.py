"""Paths → what they say a file is → works. The only importer of guessit."""
