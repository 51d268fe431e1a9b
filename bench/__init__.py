"""Measures, each beside the naive way in the same run, against a budget."""
