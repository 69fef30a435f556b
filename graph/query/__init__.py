"""Questions to a graph: SPARQL in process, the library of questions, names, cards and paths."""
