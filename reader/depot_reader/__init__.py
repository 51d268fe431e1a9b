"""Reference reader of the feed of depot: keeps a copy of the live offers in SQLite."""
