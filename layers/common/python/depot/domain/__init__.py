"""The rules of the deposit.

Standard library, pydantic and pure validators only; no input or output.
"""
