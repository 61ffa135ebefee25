"""Room: what the sender is told, how much of it and when; what did not happen; today."""
