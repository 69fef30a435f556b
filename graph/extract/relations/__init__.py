"""How what a plan names hangs together: targets and the work that they measure, plans and other plans."""
