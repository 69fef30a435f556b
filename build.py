"""The checkout's door to the command line: `python build.py VERB` is `yangfan VERB`; alone it builds corpus/ into exports/."""

import re
import shlex
import sys

try:
    from yangfan.cli.main import main
except ModuleNotFoundError as error:
    # Whoever calls this with a Python that is not the environment's is told how, and in one line.
    words = ("uv", "run", "python", "build.py", *sys.argv[1:])
    typed = " ".join(word if re.fullmatch(r"[\w./:=-]+", word) else shlex.quote(word) for word in words)
    sys.stderr.write(f"build.py: {error.name} is not installed for this Python; type: {typed}\n")
    sys.exit(2)

if __name__ == "__main__":
    main()
