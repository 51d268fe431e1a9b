"""Partners who read no feed, and what partners say they did with our offers."""
