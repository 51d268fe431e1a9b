"""A need is deposited: one, one more, or a file of them; duplicates are shown first."""
