"""The command line's door: `python build.py` builds the default corpus, `python build.py --help` lists the verbs."""

from graph.cli import main

if __name__ == "__main__":
    main()
