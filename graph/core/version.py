"""The version of the program: written into what it builds, and read from here by the package's build."""

__version__ = "0.1.0"
