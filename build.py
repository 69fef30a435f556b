"""The checkout's door to the command line: `python build.py VERB` is `yangfan VERB`; alone it builds corpus/ into exports/."""

from yangfan.cli.main import main

if __name__ == "__main__":
    main()
