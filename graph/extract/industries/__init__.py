"""Industries, technologies and scenarios that a plan lists or names."""
