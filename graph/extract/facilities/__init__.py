"""Platforms, bases, centres and parks that a plan says are to be built."""
