"""Whose dossier it is: its link, its contact, its export, its erasure, its end."""
