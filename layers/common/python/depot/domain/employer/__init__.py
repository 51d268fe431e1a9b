"""Deposits on somebody's behalf: by whom, with whose contact, and what the employer says."""
