"""HTTP routes, one module a page or capability; a function includes those it serves."""
