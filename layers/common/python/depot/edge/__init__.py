"""Where the world comes in: HTTP requests, streams of the tables; and what is logged."""
