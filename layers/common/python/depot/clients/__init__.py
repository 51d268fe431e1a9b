"""Other people's HTTP APIs: one module each, errors translated, their shapes stay here."""
