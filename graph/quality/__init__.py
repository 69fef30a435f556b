"""How good a graph is: checks of exports, scores against annotated documents, differences of two builds or plans."""
