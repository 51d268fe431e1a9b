"""The life of an offer: seen, edited, extended, closed, reactivated; the sweep that ends it."""
