"""What the use cases need from outside, as Protocols, one module a neighbour.

The adapters implement them; so do the fakes, held to the same contract tests.
"""
