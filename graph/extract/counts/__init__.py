"""Declared counts and the members that the text lists for them."""
