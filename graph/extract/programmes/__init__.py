"""Named programmes that a plan carries out, starts, goes on with or refers to."""
