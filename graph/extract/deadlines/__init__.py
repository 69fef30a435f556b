"""When: deadlines and frequencies of work, the period of a plan and its phases."""
