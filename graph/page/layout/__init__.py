"""Where everything of the network page stands: shapes, sizes, boxes, boards, trees, domains, and the overview of large graphs."""
