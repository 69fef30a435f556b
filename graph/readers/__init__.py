"""Readers of source formats: each turns bytes into lines with their kinds, and the metadata that the copy carries."""
