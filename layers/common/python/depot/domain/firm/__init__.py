"""The firm: its establishment, what its depositor corrects, where the apprentice will work."""
