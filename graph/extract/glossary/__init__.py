"""Terms that a plan defines, and who evaluates how it is carried out."""
