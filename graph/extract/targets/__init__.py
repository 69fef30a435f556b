"""Targets and observations: quantities, the clauses and tables that set them, the indicators that they measure."""
