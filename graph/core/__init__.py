"""What every other part rests on: the records, the ontology and the vocabulary as read, names, errors, files."""
