"""What others read of an offer, and what they say they did with it."""
