"""Other tools' extractions held against the texts that they quote: read, located, judged."""
