"""The feed partners read: file names, encodings, index.

Pure: bytes in, bytes out; docs/feed is its contract.
"""
