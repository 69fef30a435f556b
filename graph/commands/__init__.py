"""One module a verb: each opens the data, calls one function of the library and prints the result."""
