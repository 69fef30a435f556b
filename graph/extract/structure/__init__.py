"""How a plan is built: the roles of its sections, its tasks and measures, principles, goals."""
