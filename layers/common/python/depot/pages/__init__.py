"""Public pages of offers, from the templates of ``web/``."""
