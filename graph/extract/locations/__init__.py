"""Places: what a plan, its work and its targets apply to, and whose place a body is of."""
