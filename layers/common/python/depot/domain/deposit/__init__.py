"""What is deposited many at a time, and what would be deposited twice."""
