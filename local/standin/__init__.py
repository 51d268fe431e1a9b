"""Stand-in for other people's APIs, on recorded and fictitious answers; and the mailbox page.

    python -m local.standin --port 4580 --emulator http://127.0.0.1:4566

One module an API, each a Flask blueprint under the paths of the real one. ``faults`` makes any of
them fail in the ways the real ones do.
"""
