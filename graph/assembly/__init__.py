"""From readings to one graph: the builder, citations, overlays, inference, and evidence read back from the graph."""
