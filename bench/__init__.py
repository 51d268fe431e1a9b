"""Measurements, side by side in one run: ratios bear a machine that is slow or busy."""
