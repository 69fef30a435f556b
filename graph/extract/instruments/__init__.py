"""Policy instruments that work uses, and provisions that say who is given how much."""
