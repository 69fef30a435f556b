"""Competency questions: three made-up plans that hang together, and what the named queries answer on them."""
