"""The feed and all that is made of it: segments, snapshots, pages, counts, compared, repaired."""
