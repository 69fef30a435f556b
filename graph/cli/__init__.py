"""The command line: one module a verb; the only part that knows click."""
