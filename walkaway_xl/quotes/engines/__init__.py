"""Where lines are checked: on this machine, or on the workers of a cluster."""
