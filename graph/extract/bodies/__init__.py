"""Bodies: their names and places, who issued a plan, who is responsible for what."""
