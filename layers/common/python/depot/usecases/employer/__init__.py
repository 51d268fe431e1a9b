"""Deposits on somebody's behalf: the employer is told, reminded, and answers."""
