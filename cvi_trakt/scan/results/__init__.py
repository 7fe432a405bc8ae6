"""Reads scan results, whatever program wrote them."""
