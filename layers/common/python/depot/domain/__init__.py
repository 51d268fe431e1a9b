"""The rules of the deposit, a room a subject; what several rooms build on stands beside them.

Standard library, pydantic and pure validators only; no input or output.
"""
