"""The offer record in the words of one partner or one trade: a module each, a pure function.

Each says by its docstring whose format it follows. A dialect may leave an offer out, by giving
None: the docstring says which.
"""
