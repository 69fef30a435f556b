"""The plan itself: its title, number, period, and the works that it cites."""
