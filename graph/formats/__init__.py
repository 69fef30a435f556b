"""Everything a graph is written as and read from: one registry of formats."""
