"""Tools run by hand, never by the service: they rebuild data files that are committed."""
